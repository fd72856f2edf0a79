package check

import (
	"slices"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/value"
)

// derived tells whether a number is reckoned from two that were given: their sum, difference, product or quotient, or
// the share of one in the other. One of the two may stand in the statement itself, which must say that it reckons. A
// number that was given in another unit was not reckoned, but taken with the wrong one: "ten days" for "ten weeks".
func derived(q *quantity.Quantity, s *match.Hypothesis, list []held) bool {
	if !slices.ContainsFunc(s.Units, func(u syntax.Unit) bool { return value.Reckoning[u.Folded] }) {
		return false
	}
	r := value.Reckoned{Quantity: q}
	for _, h := range list {
		if value.SaysBare(h.m.Prem, q) {
			return true
		}
		for _, j := range match.Figures(h.m.Prem, syntax.NumberKey) {
			r.Note(h.m.Prem.Units[j].Quantity, false)
		}
	}
	return r.Found(s)
}
