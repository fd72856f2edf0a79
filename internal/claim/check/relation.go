package check

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
	"pilcrow/internal/lexicon"
)

// rolesExchanged refuses a sentence that exchanges who did something and to whom: around the same verb or comparison,
// what stands before it in the statement stands after it in the passage and the other way round, while both are
// active or both passive.
func (m *Pair) rolesExchanged() *failure {
	for i := range m.s.Units {
		u := &m.s.Units[i]
		if u.Kind != plain || u.op != None || u.quoted || !m.s.verb(i) {
			continue
		}
		exchanged := -1
		for _, j := range m.hits[i] {
			straight, crossed := m.sides(i, j)
			if straight || mutual[u.Key] && m.p.Units[j].Key == u.Key {
				exchanged = -1
				break
			}
			if crossed {
				exchanged = j
			}
		}
		if exchanged >= 0 {
			return &failure{claim.Contradicted, claim.CheckRelation, lang.Say(
				"in the paragraph it is the other way round: “%s”", piece(m.p.around(exchanged)))}
		}
	}
	return nil
}

// mutual verbs say the same of both: who was married to her, she was married to him.
var mutual = keysOf("marry")

// relations is the rules of who does what to whom in their order.
func (m *Pair) relations() *failure {
	return cmp.Or(m.rolesExchanged(), m.pronounRoles(), m.parties(), m.skips())
}

// sides compares what stands around a verb of the statement and one of the passage.
func (m *Pair) sides(i, j int) (straight, crossed bool) {
	sl, sr := m.s.roles(i)
	pl, pr := m.p.roles(j)
	if m.otherVoice(i, j) {
		pl, pr = pr, pl
	}
	ll, rr, lr, rl := m.meet(sl, pl), m.meet(sr, pr), m.meet(sl, pr), m.meet(sr, pl)
	if comparative := m.s.folded(i+1) == "than" && m.p.folded(j+1) != "than"; comparative {
		// "the smaller mill" is the smaller one, so that the other one is not.
		next := j + 1
		return false, next < len(m.p.Units) && m.p.Units[next].Kind != light && m.meet(sr, []int{next})
	}
	return ll || rr, lr && rl
}

// folded is the folded word of a unit, "" where there is none.
func (r *Analysis) folded(i int) string {
	if i < 0 || i >= len(r.Units) {
		return ""
	}
	return r.Units[i].Folded
}

// roles lists the content words before and after a verb in its clause: where it has a name near it, that name.
func (r *Analysis) roles(i int) (left, right []int) {
	const reach = 6
	take := func(k, step int) []int {
		var list []int
		for n := 0; n < reach && k >= 0 && k < len(r.Units) && r.Units[k].sentence == r.Units[i].sentence; n, k = n+1,
			k+step {
			if r.Units[k].clause != r.Units[i].clause && (step > 0 || len(list) > 0) {
				break // only a subject stands outside: "the office, which ignored"
			}
			if r.Units[k].Kind == Name {
				from, to := r.run(k)
				for list = list[:0]; from < to; from++ {
					list = append(list, from)
				}
				return list
			}
			if u := &r.Units[k]; u.Kind == plain && u.op == None {
				list = append(list, k)
			}
		}
		return list
	}
	return take(i-1, -1), take(i+1, 1)
}

// meet reports whether one of the statement's units is one of the passage's.
func (m *Pair) meet(s, p []int) bool {
	for _, a := range s {
		for _, b := range p {
			if m.same(&m.s.Units[a], &m.p.Units[b]) {
				return true
			}
		}
	}
	return false
}

// pronounRoles refuses a subject that the passage's sentence has in another role, while its own subject is "it" or
// "he": who that is was named before.
func (m *Pair) pronounRoles() *failure {
	for i := range m.s.Units {
		if m.s.Units[i].Kind != plain || m.s.Units[i].quoted || !m.s.verb(i) || m.s.passive(i) {
			continue
		}
		left, right := m.s.neighbors(i)
		if left < 0 || m.s.otherSubject(left+1, i) {
			continue
		}
		for _, j := range m.hits[i] {
			at := m.p.pronounSubject(j)
			if at < 0 || m.sameRun(left, at) || m.p.passive(j) {
				continue // "It was produced by Redfern": who does it stands behind
			}
			sentence := m.p.Units[j].sentence
			here := slices.ContainsFunc(m.hits[left], func(h int) bool { return m.p.Units[h].sentence == sentence })
			if here || right >= 0 && m.sameRun(right, at) {
				return &failure{claim.Contradicted, claim.CheckRelation, lang.Say(
					"the paragraph says this of “%s”, not of “%s”", piece(m.p.of(at)), piece(m.s.of(left)))}
			}
		}
	}
	return nil
}

// parties refuses "talks between A and C" where the passage has talks between A and B.
func (m *Pair) parties() *failure {
	for i := range m.s.Units {
		mine := m.s.between(i)
		if len(mine) < 2 {
			continue
		}
		rival := -1
		for j := range m.p.Units {
			theirs := m.p.between(j)
			if len(theirs) < 2 || !m.inWindow(j) || !m.same(&m.s.Units[i-1], &m.p.Units[j-1]) {
				continue
			}
			shared := 0
			for _, a := range mine {
				if m.meet([]int{a}, theirs) {
					shared++
				}
			}
			if shared == len(mine) {
				rival = -1
				break
			}
			rival = j
		}
		if rival >= 0 {
			return &failure{claim.Contradicted, claim.CheckRelation,
				lang.Say("the paragraph says “%s”", piece(m.p.around(rival)))}
		}
	}
	return nil
}

// between lists the words that name the parties of "between A and B", where i is "between": names, or a noun where
// there is none. nil for anything else.
func (r *Analysis) between(i int) []int {
	const reach = 10
	if i == 0 || r.Units[i].Folded != "between" {
		return nil
	}
	var list []int
	and, named := false, false // after the "and"; the party has its name
	for k := i + 1; k < min(len(r.Units), i+reach) && r.Units[k].clause == r.Units[i].clause; k++ {
		u := &r.Units[k]
		switch {
		case u.Folded == "and" && !and:
			and, named = true, false
		case u.Kind == Name:
			list, named = append(list, k), true
		case u.Kind == plain && u.op == None && (!named || list[len(list)-1] == k-1):
			list, named = append(list, k), and
		case named && and || u.Kind != light && u.Kind != plain:
			k = len(r.Units)
		}
	}
	if !and {
		return nil
	}
	return list
}

// skips refuses a sentence that joins a verb to the object of another, or a figure to what another one counts: between
// the two the passage has a rival that the statement leaves out. "62 percent were against" does not follow from "62
// percent were in favor and 21 percent against".
func (m *Pair) skips() *failure {
	if !m.near {
		return nil
	}
	last := -1
	for k := range m.s.Units {
		if m.s.Units[k].Kind == light || m.s.Units[k].quoted {
			continue
		}
		i := last
		last = k
		if i < 0 || m.align[i] < 0 || m.align[k] < 0 || m.s.Units[i].sentence != m.s.Units[k].sentence {
			continue
		}
		if t := m.skippedBetween(m.align[i], m.align[k]); t >= 0 {
			return &failure{claim.Contradicted, claim.CheckRelation,
				lang.Say("the paragraph says “%s” in its place", piece(m.p.around(t)))}
		}
	}
	return nil
}

// skippedBetween finds a rival of one of two units of the passage that the statement leaves out between them: another
// figure with what it counts, another object of the verb. -1 for none.
func (m *Pair) skippedBetween(j, l int) int {
	a, b := &m.p.Units[j], &m.p.Units[l]
	for t := j + 1; t < l; t++ {
		v := &m.p.Units[t]
		if v.Kind < Name || slices.Contains(m.align, t) || v.quoted {
			continue
		}
		figures := a.Kind == number && v.Kind == number && a.quantity.Unit == v.quantity.Unit && b.Kind == plain &&
			v.clause == b.clause && m.leftOut(j, t)
		object := b.Kind == Name && v.Kind == Name && a.Kind == plain && v.clause == a.clause && v.clause != b.clause &&
			v.Key != b.Key && m.p.verb(j) && m.leftOut(t, l) && t-j <= 2
		if figures || object {
			return t
		}
	}
	return -1
}

// leftOut reports whether the statement leaves out a content word of the passage between two positions.
func (m *Pair) leftOut(from, to int) bool {
	for t := from + 1; t < to; t++ {
		if m.p.Units[t].Kind == plain && !slices.Contains(m.align, t) {
			return true
		}
	}
	return false
}

// isPronoun reports whether a word stands for what was named before.
func isPronoun(folded string) bool {
	switch folded {
	case "it", "he", "she", "they":
		return true
	}
	return false
}

// otherSubject reports whether a verb at to has a subject between from and itself that is not the name before: "Lund
// said that the mill closed", "said Lund, who led".
func (r *Analysis) otherSubject(from, to int) bool {
	for k := from; k < to; k++ {
		switch f := r.Units[k].Folded; {
		case isPronoun(f), f == "who", f == "which", f == "that" && r.PartOf(k-1) == Verbal:
			return true
		}
	}
	return false
}

// pronounSubject finds the name that "It", "He" or "They" before a verb most likely stands for: the first of the
// sentence before. -1 for none, and where the pronoun is somebody's words while the verb is not.
func (r *Analysis) pronounSubject(j int) int {
	s := r.Units[j].sentence
	if s == 0 {
		return -1
	}
	begin := r.from[s]
	if !isPronoun(r.Units[begin].Folded) || r.Units[begin].quoted != r.Units[j].quoted || r.otherSubject(begin+1, j) {
		return -1
	}
	// The verb may be the second of its subject: "It was finished in 1949 … and was closed in 2001."
	for k := max(r.from[s]+1, j-maxClause); k < j; k++ {
		if r.Units[k].Kind == Name && r.Units[k].clause == r.Units[j].clause {
			return -1
		}
	}
	for k := r.from[s-1]; k < min(r.from[s], r.from[s-1]+maxClause); k++ {
		if r.Units[k].Kind == Name {
			return k
		}
		if r.PartOf(k) == Verbal {
			break // "The mirror was ground in Arnby. It …": what has a name is not what the sentence is about
		}
	}
	return -1
}

// sameRun reports whether the names around two units have a word in common.
func (m *Pair) sameRun(i, j int) bool {
	s0, s1 := m.s.run(i)
	p0, p1 := m.p.run(j)
	for a := s0; a < s1; a++ {
		for b := p0; b < p1; b++ {
			if m.same(&m.s.Units[a], &m.p.Units[b]) {
				return true
			}
		}
	}
	return false
}

// verb guesses whether a word is a verb with a subject and an object, by its form and what is around it.
func (r *Analysis) verb(i int) bool {
	w := r.Units[i].Folded
	if strings.HasSuffix(w, "er") && r.folded(i+1) == "than" {
		return true
	}
	if strings.HasSuffix(w, "ed") || strings.HasSuffix(w, "ing") || pastForms[w] {
		return true
	}
	if !strings.HasSuffix(w, "s") || i+1 >= len(r.Units) || i == 0 {
		return false
	}
	return r.Units[i-1].Kind == Name && (r.Units[i+1].Kind == Name || determiners[r.Units[i+1].Folded])
}

// pastForms of irregular verbs that people and states do to each other (Quirk et al., section 3.11 ff).
var pastForms = lexicon.List("past-forms-of-acts")

// neighbors finds the nearest name before and after a word in its sentence.
func (r *Analysis) neighbors(i int) (left, right int) {
	const reach = 6
	left, right = -1, -1
	for k := i - 1; k >= max(0, i-reach) && r.Units[k].sentence == r.Units[i].sentence; k-- {
		if r.Units[k].Kind == Name {
			left = k
			break
		}
	}
	for k := i + 1; k < min(len(r.Units), i+reach+1) && r.Units[k].sentence == r.Units[i].sentence; k++ {
		if r.Units[k].Kind == Name {
			right = k
			break
		}
	}
	return left, right
}

// passive reports whether a word is the participle of "was … by".
func (r *Analysis) passive(i int) bool { return r.byWithin(i, 4) }

// byWithin reports whether "by" stands less than so many units behind a word in its sentence.
func (r *Analysis) byWithin(i, reach int) bool {
	for k := i + 1; k < min(len(r.Units), i+reach) && r.Units[k].sentence == r.Units[i].sentence; k++ {
		if r.Units[k].Folded == "by" {
			return true
		}
	}
	return false
}

// farAgent is how many units a passive's "by" may stand behind it: "was bought from the port authority by Norlin".
const farAgent = 10

// otherVoice reports whether of a verb of the statement and one of the passage one is passive.
func (m *Pair) otherVoice(i, j int) bool {
	if m.s.passiveVerb(i) && m.s.byWithin(i, farAgent) && !m.p.passiveVerb(j) && !m.p.passive(j) {
		return true
	}
	return m.s.passive(i) != m.p.passive(j)
}
