package check

import "pilcrow/internal/claim/clause"

// startsBeside reports whether the noun phrase at j of the passage, with which near wording begins, belongs to a clause
// that tells of the noun before it, and the verb of the statement does not.
func (m *Pair) startsBeside(j int) bool {
	verbs := m.nearGrounds()
	if len(verbs) == 0 || verbs[0] <= j {
		return false
	}
	_, from := clause.NounPhraseEnding(m.p, j)
	_, _, ok := clause.BesideRelative(m.p, from, verbs[0], m.p.ClauseStart(verbs[0]))
	return ok
}
