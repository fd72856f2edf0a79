package claim

import (
	"cmp"
	"slices"

	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
)

// amountsOf lists the words of amount in the statement that the twin does not have at their place.
func (m *matching) amountsOf() []int {
	var list []int
	for i := range m.s.units {
		if u := &m.s.units[i]; u.op == amount && !u.quoted && !m.alignedTo(i) && !m.s.distributes(i) {
			list = append(list, i)
		}
	}
	return list
}

// distributes reports whether a word of amount says how often, or of two that they do it to one another: "every three
// days", "each other".
func (r *reading) distributes(i int) bool {
	after := r.plainAfter(i)
	switch r.units[i].folded {
	case "each":
		return after == "other"
	case "every":
		return after == "other" || after != "" && r.units[i+1].quantity != nil
	}
	return false
}

// smallerAmount refuses "all" where the passage has "most" in its place.
func (m *matching) smallerAmount() *failure {
	for _, i := range m.amountsOf() {
		if j := m.lesser(i, quantifiers[m.s.units[i].folded]); j >= 0 {
			return &failure{NotFound, CheckStrength, lang.Say(
				"the paragraph says “%s”, not “%s”", piece(m.p.of(j)), piece(m.s.of(i)))}
		}
	}
	return nil
}

// unsaidAmount refuses "all" and "most" where the passage has no such word of the same thing.
func (m *matching) unsaidAmount() *failure {
	for _, i := range m.amountsOf() {
		rank := quantifiers[m.s.units[i].folded]
		if !m.amountSaid(i, rank) && !m.notAll(i, rank) && (m.near || rank != 2 && rank != 4) {
			return &failure{NotFound, CheckStrength, lang.Say("the paragraph does not say “%s”", piece(m.s.of(i)))}
		}
	}
	return nil
}

// amountSaid reports whether the passage has as large an amount of the same.
func (m *matching) amountSaid(i, rank int) bool {
	for j := range m.p.units {
		v := &m.p.units[j]
		theirs := quantifiers[v.folded]
		if v.op == amount && m.inWindow(j) && (theirs >= rank && rank >= 2 || theirs == rank) &&
			(m.followed(i, j) || howOften[m.s.units[i].folded] && m.p.ofTimes(j)) {
			return true
		}
	}
	return false
}

// ofTimes reports whether an amount is one of times: "at all times" is always.
func (r *reading) ofTimes(j int) bool { return timeNouns[r.plainAfter(j)] }

// howOften are the amounts of times.
var howOften = lexicon.Set("always usually often frequently sometimes occasionally")

// notAll reports whether a statement denies that it is all, and the passage nowhere says that it is.
func (m *matching) notAll(i, rank int) bool {
	return quantifiers["all"] == rank && m.s.plainBefore(i) == "not" && !slices.ContainsFunc(m.p.units, func(u unit) bool {
		return u.op == amount && quantifiers[u.folded] == rank && u.sentence >= m.first && u.sentence <= m.last
	})
}

// droppedAmount refuses to leave out "most", "some" or "few"; "all" and "many" may be left out.
func (m *matching) droppedAmount() *failure {
	if !m.near {
		return nil
	}
	for _, g := range m.gaps() {
		if n, _ := count(m.s.units[g.s0:g.s1], amount); n > 0 {
			continue
		}
		for j := g.p0; j < g.p1; j++ {
			v := &m.p.units[j]
			rank := quantifiers[v.folded]
			if v.op == amount && !v.quoted && (rank == 5 || rank <= 2) && j+1 < len(m.p.units) && m.takesNext(j) {
				return &failure{NotFound, CheckStrength, lang.Say("the paragraph says “%s”", piece(m.p.around(j)))}
			}
		}
	}
	return nil
}

// amounts is the three rules of amounts in their order.
func (m *matching) amounts() *failure {
	return cmp.Or(m.smallerAmount(), m.unsaidAmount(), m.droppedAmount())
}

// lesser finds a smaller amount in the twin where the statement has one of the rank; -1 for none.
func (m *matching) lesser(i, rank int) int {
	g, ok := m.gapOf(i)
	if !ok || !m.near {
		return -1
	}
	for j := g.p0; j < g.p1; j++ {
		if v := &m.p.units[j]; v.op == amount && quantifiers[v.folded] < rank {
			return j
		}
	}
	return -1
}

// followed reports whether the content words after two operators are the same.
func (m *matching) followed(i, j int) bool {
	for k := i + 1; k < len(m.s.units) && k <= i+4; k++ {
		if m.s.units[k].kind == light || m.s.units[k].op != none {
			continue
		}
		for l := j + 1; l < len(m.p.units) && l <= j+5; l++ {
			if m.same(&m.s.units[k], &m.p.units[l]) {
				return true
			}
		}
		return false
	}
	return true
}

// takesNext reports whether the statement has the content word that follows the passage's unit.
func (m *matching) takesNext(j int) bool {
	for l := j + 1; l < len(m.p.units) && m.p.units[l].sentence == m.p.units[j].sentence; l++ {
		if m.p.units[l].kind == light || m.p.units[l].op != none {
			continue
		}
		for i, a := range m.align {
			if a == l || a < 0 && m.same(&m.s.units[i], &m.p.units[l]) {
				return true
			}
		}
		return false
	}
	return false
}

// limited finds an "only" that the passage does not have.
func (m *matching) limited() *failure {
	for i := range m.s.units {
		u := &m.s.units[i]
		if u.op != limits || u.quoted || m.alignedTo(i) {
			continue
		}
		found := false
		for j := range m.p.units {
			if m.inWindow(j) && m.p.restricts(j) {
				found = true
			}
		}
		if !found {
			return &failure{NotFound, CheckStrength, lang.Say("the paragraph does not say “%s”", piece(m.s.of(i)))}
		}
	}
	return nil
}

// restricts reports whether a word restricts what is said to one thing, as "only" does: "nowhere else", "nobody other
// than", "alone".
func (r *reading) restricts(j int) bool {
	switch u := &r.units[j]; u.folded {
	case "sole", "alone", "except":
		return true
	case "else":
		return exclusive[r.plainBefore(j)] || r.plainBefore(j) == "one" && r.plainBefore(j-1) == "no"
	case "other":
		return r.plainAfter(j) == "than"
	default:
		return u.op == limits
	}
}

// exclusive are what with "else" is all that there is not.
var exclusive = lexicon.Set("nowhere nobody nothing none")

// noMore is the failure of what the passage only says may be.
func (m *matching) noMore(j int) *failure {
	return &failure{NotFound, CheckStrength, lang.Say("the paragraph says no more than “%s”", piece(m.p.around(j)))}
}

// droppedHedge refuses to leave out a "may" of the twin.
func (m *matching) droppedHedge() *failure {
	if !m.near {
		return nil
	}
	for _, g := range m.gaps() {
		if n, _ := count(m.s.units[g.s0:g.s1], hedge); n > 0 {
			continue
		}
		for j := g.p0; j < g.p1; j++ {
			if v := &m.p.units[j]; v.op == hedge && !v.quoted && m.takesNext(j) {
				return m.noMore(j)
			}
		}
	}
	return nil
}

// planAsFact refuses a verb that the twin has under a hedge, and the statement has not.
func (m *matching) planAsFact() *failure {
	if !m.near {
		return nil
	}
	for i, j := range m.align {
		if j >= 0 && m.p.units[j].hedged && !m.s.units[i].hedged && m.s.weights[i] == weightPlain && m.s.verb(i) {
			return m.noMore(j)
		}
	}
	return nil
}

// bare reports whether the statement has no hedge and no twin, so that single words decide.
func (m *matching) bare() bool {
	return !m.near && !slices.ContainsFunc(m.s.units, func(u unit) bool { return u.op == hedge })
}

// hedgedVerb refuses a verb that the passage has under hedges only.
func (m *matching) hedgedVerb() *failure {
	if !m.bare() {
		return nil
	}
	for i := range m.s.units {
		if at := m.hedgedOnly(i); at >= 0 {
			return m.noMore(at)
		}
	}
	return nil
}

// hedgedThroughout refuses a statement all of whose words the passage has under hedges.
func (m *matching) hedgedThroughout() *failure {
	if !m.bare() {
		return nil
	}
	hedged := -1
	for i := range m.s.units {
		if m.s.weights[i] != weightPlain || m.s.units[i].quoted {
			continue
		}
		for _, j := range m.hits[i] {
			if m.inWindow(j) && !m.p.units[j].hedged {
				return nil
			}
			if m.inWindow(j) {
				hedged = j
			}
		}
	}
	if hedged < 0 {
		return nil
	}
	return m.noMore(hedged)
}

// hedgedOnly finds where the passage has a verb of the statement, if it has it under a hedge alone; -1 otherwise.
func (m *matching) hedgedOnly(i int) int {
	if m.s.weights[i] != weightPlain || m.s.units[i].quoted || !m.s.verb(i) {
		return -1
	}
	at := -1
	for _, j := range m.hits[i] {
		if !m.inWindow(j) {
			continue
		}
		if !m.p.units[j].hedged {
			return -1
		}
		at = j
	}
	return at
}
