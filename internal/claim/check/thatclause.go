package check

import (
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
)

// movedClause reports whether the passage has the verb of the statement with its subject, and the clause behind that
// verb only elsewhere: "E1 means that the tank is empty. E2 means that the pump is blocked" does not say what E2 means
// by the tank.
func (m *Pair) movedClause() bool {
	for k := range m.s.Sentences {
		for _, sc := range m.s.Clauses(k) {
			if governsClause(m.s.Analysis, sc.Verb) && !sc.Subject.Missing && !sc.Subject.Pronoun && m.apartFrom(&sc) {
				return true
			}
		}
	}
	return false
}

// governsClause reports whether a verb has a clause of its own behind it: "means that the tank is empty".
func governsClause(r *syntax.Analysis, v int) bool {
	end := r.From[r.Units[v].Sentence+1]
	return v+1 < end && !r.Parted(v+1) && (r.PartOf(v+1) == syntax.Subordinator || clause.TellsClause(r, v)) &&
		r.HasVerb(v+1, end)
}

// apartFrom reports whether each sentence of the passage that has a clause's subject and verb, with a clause behind
// the verb, lacks most of what the statement's clause has behind it.
func (m *Pair) apartFrom(sc *syntax.Clause) bool {
	found := false
	for _, j := range m.sameVerbs(sc.Verb) {
		k := m.p.Units[j].Sentence
		if m.p.PartOf(j) != syntax.Verbal || !governsClause(m.p, j) || !m.allIn(sc.Subject.Units, k) {
			continue
		}
		all, there := 0.0, 0.0
		for i := sc.Verb + 1; i < m.s.From[m.s.Units[sc.Verb].Sentence+1]; i++ {
			all += m.s.weights[i]
			if m.standsIn(i, k) {
				there += m.s.weights[i]
			}
		}
		if 2*there > all {
			return false
		}
		found = true
	}
	return found
}

// allIn reports whether all units of a list that say something stand in a sentence of the passage.
func (m *Pair) allIn(list []int, sentence int) bool {
	for _, i := range list {
		if m.s.weights[i] > 0 && !m.standsIn(i, sentence) {
			return false
		}
	}
	return true
}
