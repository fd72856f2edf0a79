package check

import (
	"cmp"
	"slices"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
)

// amountsOf lists the words of amount in the statement that the twin does not have at their place.
func (m *Pair) amountsOf() []int {
	var list []int
	for i := range m.s.Units {
		if u := &m.s.Units[i]; u.Op == syntax.Amount && !u.Quoted && !m.alignedTo(i) && !distributes(m.s.Analysis, i) {
			list = append(list, i)
		}
	}
	return list
}

// distributes reports whether a word of amount says how often, or of two that they do it to one another: "every three
// days", "each other".
func distributes(r *syntax.Analysis, i int) bool {
	after := r.PlainAfter(i)
	switch r.Units[i].Folded {
	case "each":
		return after == "other"
	case "every":
		return after == "other" || after != "" && r.Units[i+1].Quantity != nil
	}
	return false
}

// smallerAmount refuses "all" where the passage has "most" in its place.
func (m *Pair) smallerAmount() *failure {
	for _, i := range m.amountsOf() {
		if j := m.lesser(i, syntax.Quantifiers[m.s.Units[i].Folded]); j >= 0 {
			return &failure{claim.NotFound, claim.CheckStrength, lang.Say(
				"the paragraph says “%s”, not “%s”", piece(m.p.Of(j)), piece(m.s.Of(i)))}
		}
	}
	return nil
}

// unsaidAmount refuses "all" and "most" where the passage has no such word of the same thing.
func (m *Pair) unsaidAmount() *failure {
	for _, i := range m.amountsOf() {
		rank := syntax.Quantifiers[m.s.Units[i].Folded]
		if !m.amountSaid(i, rank) && !m.notAll(i, rank) && (m.near || rank != 2 && rank != 4) {
			return &failure{claim.NotFound, claim.CheckStrength, lang.Say("the paragraph does not say “%s”", piece(m.s.Of(i)))}
		}
	}
	return nil
}

// amountSaid reports whether the passage has as large an amount of the same.
func (m *Pair) amountSaid(i, rank int) bool {
	for j := range m.p.Units {
		v := &m.p.Units[j]
		theirs := syntax.Quantifiers[v.Folded]
		if v.Op == syntax.Amount && m.inWindow(j) && (theirs >= rank && rank >= 2 || theirs == rank) &&
			(m.followed(i, j) || howOften[m.s.Units[i].Folded] && ofTimes(m.p, j)) {
			return true
		}
	}
	return false
}

// ofTimes reports whether an amount is one of times: "at all times" is always.
func ofTimes(r *syntax.Analysis, j int) bool { return clause.TimeNouns[r.PlainAfter(j)] }

// howOften are the amounts of times.
var howOften = lexicon.Set("always usually often frequently sometimes occasionally")

// notAll reports whether a statement denies that it is all, and the passage nowhere says that it is.
func (m *Pair) notAll(i, rank int) bool {
	return syntax.Quantifiers["all"] == rank && m.s.PlainBefore(i) == "not" &&
		!slices.ContainsFunc(m.p.Units, func(u syntax.Unit) bool {
			return u.Op == syntax.Amount && syntax.Quantifiers[u.Folded] == rank && u.Sentence >= m.first && u.Sentence <= m.last
		})
}

// droppedAmount refuses to leave out "most", "some" or "few"; "all" and "many" may be left out.
func (m *Pair) droppedAmount() *failure {
	if !m.near {
		return nil
	}
	for _, g := range m.gaps() {
		if n, _ := count(m.s.Units[g.s0:g.s1], syntax.Amount); n > 0 {
			continue
		}
		for j := g.p0; j < g.p1; j++ {
			v := &m.p.Units[j]
			rank := syntax.Quantifiers[v.Folded]
			if v.Op == syntax.Amount && !v.Quoted && (rank == 5 || rank <= 2) && j+1 < len(m.p.Units) && m.takesNext(j) {
				return &failure{claim.NotFound, claim.CheckStrength, lang.Say("the paragraph says “%s”", piece(around(m.p, j)))}
			}
		}
	}
	return nil
}

// amounts is the three rules of amounts in their order.
func (m *Pair) amounts() *failure {
	return cmp.Or(m.smallerAmount(), m.unsaidAmount(), m.droppedAmount())
}

// lesser finds a smaller amount in the twin where the statement has one of the rank; -1 for none.
func (m *Pair) lesser(i, rank int) int {
	g, ok := m.gapOf(i)
	if !ok || !m.near {
		return -1
	}
	for j := g.p0; j < g.p1; j++ {
		if v := &m.p.Units[j]; v.Op == syntax.Amount && syntax.Quantifiers[v.Folded] < rank {
			return j
		}
	}
	return -1
}

// followed reports whether the content words after two operators are the same.
func (m *Pair) followed(i, j int) bool {
	for k := i + 1; k < len(m.s.Units) && k <= i+4; k++ {
		if m.s.Units[k].Kind == syntax.Light || m.s.Units[k].Op != syntax.None {
			continue
		}
		for l := j + 1; l < len(m.p.Units) && l <= j+5; l++ {
			if m.same(&m.s.Units[k], &m.p.Units[l]) {
				return true
			}
		}
		return false
	}
	return true
}

// takesNext reports whether the statement has the content word that follows the passage's unit.
func (m *Pair) takesNext(j int) bool {
	for l := j + 1; l < len(m.p.Units) && m.p.Units[l].Sentence == m.p.Units[j].Sentence; l++ {
		if m.p.Units[l].Kind == syntax.Light || m.p.Units[l].Op != syntax.None {
			continue
		}
		for i, a := range m.align {
			if a == l || a < 0 && m.same(&m.s.Units[i], &m.p.Units[l]) {
				return true
			}
		}
		return false
	}
	return false
}

// limited finds an "only" that the passage does not have.
func (m *Pair) limited() *failure {
	for i := range m.s.Units {
		u := &m.s.Units[i]
		if u.Op != syntax.Limits || u.Quoted || m.alignedTo(i) {
			continue
		}
		found := false
		for j := range m.p.Units {
			if m.inWindow(j) && restricts(m.p, j) {
				found = true
			}
		}
		if !found {
			return &failure{claim.NotFound, claim.CheckStrength, lang.Say("the paragraph does not say “%s”", piece(m.s.Of(i)))}
		}
	}
	return nil
}

// restricts reports whether a word restricts what is said to one thing, as "only" does: "nowhere else", "nobody other
// than", "alone".
func restricts(r *syntax.Analysis, j int) bool {
	switch u := &r.Units[j]; u.Folded {
	case "sole", "alone", "except":
		return true
	case "else":
		return exclusive[r.PlainBefore(j)] || r.PlainBefore(j) == "one" && r.PlainBefore(j-1) == "no"
	case "other":
		return r.PlainAfter(j) == "than"
	default:
		return u.Op == syntax.Limits
	}
}

// exclusive are what with "else" is all that there is not.
var exclusive = lexicon.Set("nowhere nobody nothing none")

// noMore is the failure of what the passage only says may be.
func (m *Pair) noMore(j int) *failure {
	return &failure{claim.NotFound, claim.CheckStrength,
		lang.Say("the paragraph says no more than “%s”", piece(around(m.p, j)))}
}

// droppedHedge refuses to leave out a "may" of the twin.
func (m *Pair) droppedHedge() *failure {
	if !m.near {
		return nil
	}
	for _, g := range m.gaps() {
		if n, _ := count(m.s.Units[g.s0:g.s1], syntax.Hedge); n > 0 {
			continue
		}
		for j := g.p0; j < g.p1; j++ {
			if v := &m.p.Units[j]; v.Op == syntax.Hedge && !v.Quoted && m.takesNext(j) {
				return m.noMore(j)
			}
		}
	}
	return nil
}

// planAsFact refuses a verb that the twin has under a hedge, and the statement has not.
func (m *Pair) planAsFact() *failure {
	if !m.near {
		return nil
	}
	for i, j := range m.align {
		if j >= 0 && m.p.Units[j].Hedged && !m.s.Units[i].Hedged && m.s.weights[i] == weightPlain &&
			clause.Verb(m.s.Analysis, i) {
			return m.noMore(j)
		}
	}
	return nil
}

// bare reports whether the statement has no hedge and no twin, so that single words decide.
func (m *Pair) bare() bool {
	return !m.near && !slices.ContainsFunc(m.s.Units, func(u syntax.Unit) bool { return u.Op == syntax.Hedge })
}

// hedgedVerb refuses a verb that the passage has under hedges only.
func (m *Pair) hedgedVerb() *failure {
	if !m.bare() {
		return nil
	}
	for i := range m.s.Units {
		if at := m.hedgedOnly(i); at >= 0 {
			return m.noMore(at)
		}
	}
	return nil
}

// hedgedThroughout refuses a statement all of whose words the passage has under hedges.
func (m *Pair) hedgedThroughout() *failure {
	if !m.bare() {
		return nil
	}
	hedged := -1
	for i := range m.s.Units {
		if m.s.weights[i] != weightPlain || m.s.Units[i].Quoted {
			continue
		}
		for _, j := range m.hits[i] {
			if m.inWindow(j) && !m.p.Units[j].Hedged {
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
func (m *Pair) hedgedOnly(i int) int {
	if m.s.weights[i] != weightPlain || m.s.Units[i].Quoted || !clause.Verb(m.s.Analysis, i) {
		return -1
	}
	at := -1
	for _, j := range m.hits[i] {
		if !m.inWindow(j) {
			continue
		}
		if !m.p.Units[j].Hedged {
			return -1
		}
		at = j
	}
	return at
}
