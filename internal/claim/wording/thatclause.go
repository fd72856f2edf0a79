package wording

import (
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
)

// movedClause reports whether the passage has the verb of the statement with its subject, and the clause behind that
// verb only elsewhere: "E1 means that the tank is empty. E2 means that the pump is blocked" does not say what E2 means
// by the tank.
func movedClause(m *match.Pair) bool {
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			if governsClause(m.Hyp.Analysis, sc.Verb) && !sc.Subject.Missing && !sc.Subject.Pronoun && apartFrom(m, &sc) {
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
func apartFrom(m *match.Pair, sc *syntax.Clause) bool {
	found := false
	for _, j := range entail.SameVerbs(m, sc.Verb) {
		k := m.Prem.Units[j].Sentence
		if m.Prem.PartOf(j) != syntax.Verbal || !governsClause(m.Prem, j) || !allIn(m, sc.Subject.Units, k) {
			continue
		}
		all, there := 0.0, 0.0
		for i := sc.Verb + 1; i < m.Hyp.From[m.Hyp.Units[sc.Verb].Sentence+1]; i++ {
			all += m.Hyp.Weights[i]
			if m.StandsIn(i, k) {
				there += m.Hyp.Weights[i]
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
func allIn(m *match.Pair, list []int, sentence int) bool {
	for _, i := range list {
		if m.Hyp.Weights[i] > 0 && !m.StandsIn(i, sentence) {
			return false
		}
	}
	return true
}
