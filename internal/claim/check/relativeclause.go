package check

import (
	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
)

// startsBeside reports whether the noun phrase at j of the passage, with which near wording begins, belongs to a clause
// that tells of the noun before it, and the verb of the statement does not.
func startsBeside(m *match.Pair, j int) bool {
	verbs := nearGrounds(m)
	if len(verbs) == 0 || verbs[0] <= j {
		return false
	}
	_, from := clause.NounPhraseEnding(m.Prem, j)
	_, _, ok := clause.BesideRelative(m.Prem, from, verbs[0], m.Prem.ClauseStart(verbs[0]))
	return ok
}
