package value

import (
	"slices"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
)

// Looser finds a bound of the statement that only follows from the passage's number or date: "at most 16" from "at most
// 10". It follows of what is so, but not of what is required, allowed or counted, and which of them it is nobody here
// can tell. -1 for none.
func Looser(m *match.Pair) int {
	for i := range m.Hyp.Units {
		u := &m.Hyp.Units[i]
		if u.Quoted || len(m.Hits[i]) == 0 {
			continue
		}
		switch {
		case u.Kind == syntax.Number && u.Quantity.Bound != quantity.Exactly && u.Quantity.Bound != quantity.About &&
			!u.Quantity.Vague:
			if !slices.ContainsFunc(m.Hits[i], func(j int) bool { return sameValue(m, i, j) }) {
				return i
			}
		case u.Kind == syntax.Date && match.LimitOf(m.Hyp.Analysis, i) != "":
			if !slices.ContainsFunc(m.Hits[i], func(j int) bool {
				return m.Prem.Units[j].Kind == syntax.Date && u.Date.Start.Equal(m.Prem.Units[j].Date.Start) &&
					u.Date.End.Equal(m.Prem.Units[j].Date.End)
			}) {
				return i
			}
		}
	}
	return -1
}

// sameValue reports whether a number of the passage has the value of the statement's, in whatever unit.
func sameValue(m *match.Pair, i, j int) bool {
	p := m.Prem.Units[j].Quantity
	if p == nil {
		return true
	}
	q := m.Hyp.Units[i].Quantity
	converted, slack, _ := p.In(q.Unit)
	return quantity.Near(q.Value, converted.Value, slack)
}

// BareAt reports whether nothing that it could count follows a number.
func BareAt(r *syntax.Analysis, j int) bool {
	return r.PlainAfter(j) == "" || r.PartOf(j+1) != syntax.Nominal && r.PartOf(j+1) != syntax.Adverbial
}
