package polarity

import (
	"slices"

	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
)

// deniedAlike reports whether the clause of a word that the statement denies is kept as a denial: "No sequel was made"
// by "was planned but never made".
func deniedAlike(m *match.Pair, i int) bool {
	for _, sc := range m.Hyp.Clauses(m.Hyp.Units[i].Sentence) {
		if sc.Verb != i && !slices.Contains(sc.Subject.Units, i) && !inference.Names(&sc, i) {
			continue
		}
		if denies(&sc) && entail.ClauseKept(m, &sc).Part == entail.NothingMissed {
			return true
		}
	}
	return false
}

// allDeniedAlike reports whether the statement denies something, and the passage keeps each clause that does.
func allDeniedAlike(m *match.Pair) bool {
	some := false
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			if !denies(&sc) {
				continue
			}
			if entail.ClauseKept(m, &sc).Part != entail.NothingMissed {
				return false
			}
			some = true
		}
	}
	return some
}

// denies reports whether a clause denies its verb.
func denies(c *syntax.Clause) bool {
	return slices.Contains(c.Mood, "not") || slices.Contains(c.Mood, "no longer")
}

// DeniesAnotherTime reports whether the statement is one clause that AnotherTime keeps.
func DeniesAnotherTime(m *match.Pair) bool {
	if len(m.Hyp.Sentences) != 1 {
		return false
	}
	list := m.Hyp.Clauses(0)
	return len(list) == 1 && entail.AnotherTime(m, &list[0])
}
