package check

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
)

// copulaKept looks for where the passage says that the one is the other: with a form of be, in an apposition ("Jon
// Aske, the mayor"), or before a name ("the shipowner Lars Tveit").
func (m *Pair) copulaKept(sc *syntax.Clause) bool {
	for _, j := range m.beingVerbs(sc.Verb) {
		if m.p.PartOf(j) == syntax.Verbal && m.saidToBe(sc, j) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	if len(sc.Mood) > 0 {
		return m.noLonger(sc)
	}
	if m.measureKept(sc) || m.attributive(sc) || m.agentKept(sc) {
		return true
	}
	return !sc.Subject.Missing && !sc.Subject.Pronoun && len(sc.Subject.Heads) > 0 && m.apposedKept(sc)
}

// saidToBe reports whether the passage's verb at j says that its subject is what the statement says.
func (m *Pair) saidToBe(sc *syntax.Clause, j int) bool {
	pc := clause.At(m.p, j)
	return (pc.Copula || stayVerbs[m.p.Units[j].Folded]) && m.moodKept(sc, &pc) &&
		(sc.Subject.Missing && pc.Subject.Missing || m.phraseKept(&sc.Subject, &pc.Subject)) &&
		m.complementKept(sc, &pc) && m.restLeft(sc, &pc) < 0
}

// apposedKept reports whether the passage has what the subject is said to be in apposition to it, or behind it.
func (m *Pair) apposedKept(sc *syntax.Clause) bool {
	head := sc.Subject.Heads[len(sc.Subject.Heads)-1]
	for _, h := range m.hits[head] {
		if len(sc.Objects) == 0 {
			if m.attributeKept(sc, h) {
				m.grounds = append(m.grounds, h)
				return true
			}
			continue
		}
		for _, p := range clause.Apposed(m.p, h) {
			if m.complementIn(sc, &p) {
				m.grounds = append(m.grounds, h, p.Units[0])
				return true
			}
		}
	}
	return false
}

// complementKept compares what the subject is said to be.
func (m *Pair) complementKept(sc, pc *syntax.Clause) bool {
	for k := range sc.Objects {
		o := &sc.Objects[k]
		if !slices.ContainsFunc(o.Units, func(i int) bool { return m.s.weights[i] >= weightPlain }) {
			continue // "is a place": nearly everything is
		}
		if len(o.Units) == 1 && m.hitAmong(o.Units[0], complements(m.p, pc)) && !m.nowOver(sc, &pc.Objects[0]) {
			continue // "is American" of "is an American actress"; "is an inventor" of a list of what somebody is
		}
		if !slices.ContainsFunc(pc.Objects, func(p syntax.Phrase) bool { return m.phraseKept(o, &p) && !m.nowOver(sc, &p) }) {
			return false
		}
	}
	return len(sc.Objects) > 0 || len(pc.Objects) == 0
}

// complements are the heads of all that a subject is said to be, and what stands before the first of them.
func complements(r *syntax.Analysis, pc *syntax.Clause) []int {
	if len(pc.Objects) == 0 {
		return nil
	}
	list := slices.Clone(pc.Objects[0].Units)
	for _, o := range pc.Objects[1:] {
		list = append(list, o.Heads...)
	}
	end := r.From[r.Units[pc.Verb].Sentence+1]
	for k := list[len(list)-1] + 1; k < end; k++ {
		switch q := r.PartOf(k); {
		case q == syntax.Nominal && (k+1 >= end || r.Parted(k+1) || r.PartOf(k+1) != syntax.Nominal):
			list = append(list, k)
		case q == syntax.Preposition || syntax.VerbOrHelp(q) || q == syntax.Relativizer || q == syntax.Subordinator ||
			q == syntax.Pronominal:
			return list
		}
	}
	return list
}

// complementIn reports whether an apposed phrase is what the statement says that the subject is, with all else that
// it says.
func (m *Pair) complementIn(sc *syntax.Clause, p *syntax.Phrase) bool {
	if !m.phraseKept(&sc.Objects[0], p) || m.nowOver(sc, p) {
		return false
	}
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.s.weights[i] == 0 || slices.Contains(sc.Objects[0].Units, i) || m.s.sourceUnit(i) {
			continue
		}
		if !m.hitAmong(i, p.Units) && !m.ownerNamed(i, p) &&
			!(m.s.Units[i].Kind == syntax.Name && (m.excused[i] || m.possessed(p) && len(m.hits[i]) > 0)) {
			return false
		}
	}
	return true
}

// attributeKept reports whether a prepositional phrase stands behind the noun at h as the statement has it behind its
// "is": "the institute in Brask".
func (m *Pair) attributeKept(sc *syntax.Clause, h int) bool {
	k := h + 1
	end := m.p.From[m.p.Units[h].Sentence+1]
	for k < end && m.p.PartOf(k) == syntax.Nominal && !m.p.Parted(k) {
		k++
	}
	var inside []int
	for ; k < end && !m.p.Parted(k) && !syntax.VerbOrHelp(m.p.PartOf(k)); k++ {
		inside = append(inside, k)
	}
	some := false
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.s.weights[i] == 0 {
			continue
		}
		if !m.hitAmong(i, inside) ||
			clause.PrepositionOf(m.s.Analysis, i) != clause.PrepositionOf(m.p, m.firstHit(i, inside)) {
			return false
		}
		some = true
	}
	return some
}

func (m *Pair) firstHit(i int, inside []int) int {
	return inside[slices.IndexFunc(inside, func(j int) bool { return m.hit(i, j) })]
}
