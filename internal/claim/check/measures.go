package check

import (
	"math"
	"slices"

	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
)

// differences lists the numbers of the passage of which two are the ends of a change by the statement's number: "from
// 12 to 18 percent" for "by six percentage points".
func (m *Pair) differences(i int) []int {
	q := m.s.Units[i].Quantity
	if q.Bound != quantity.Exactly || q.Unit != quantity.PointUnit && (i == 0 || m.s.Units[i-1].Folded != "by") {
		return nil
	}
	list := figures(m.p, syntax.NumberKey)
	for k := 1; k < len(list); k++ {
		a, b := list[k-1], list[k]
		if b-a > quantity.ChangeReach || a == 0 || m.p.Units[a].Sentence != m.p.Units[b].Sentence ||
			m.p.Units[a-1].Folded != "from" ||
			m.p.Folded(b-1) != "to" {
			continue
		}
		p, to := m.p.Units[a].Quantity, m.p.Units[b].Quantity
		unit := to.Unit
		if q.Unit == quantity.PointUnit && unit == "percent" {
			unit = quantity.PointUnit
		}
		if unit == q.Unit && (p.Unit == to.Unit || p.Unit == "") && quantity.Near(math.Abs(p.Value-to.Value), q.Value, 0) &&
			unit != "percent" {
			return []int{a, b}
		}
	}
	return nil
}

// looser finds a bound of the statement that only follows from the passage's number or date: "at most 16" from "at most
// 10". It follows of what is so, but not of what is required, allowed or counted, and which of them it is nobody here
// can tell. -1 for none.
func (m *Pair) looser() int {
	for i := range m.s.Units {
		u := &m.s.Units[i]
		if u.Quoted || len(m.hits[i]) == 0 {
			continue
		}
		switch {
		case u.Kind == syntax.Number && u.Quantity.Bound != quantity.Exactly && u.Quantity.Bound != quantity.About &&
			!u.Quantity.Vague:
			if !slices.ContainsFunc(m.hits[i], func(j int) bool { return m.sameValue(i, j) }) {
				return i
			}
		case u.Kind == syntax.Date && limitOf(m.s.Analysis, i) != "":
			if !slices.ContainsFunc(m.hits[i], func(j int) bool {
				return m.p.Units[j].Kind == syntax.Date && u.Date.Start.Equal(m.p.Units[j].Date.Start) &&
					u.Date.End.Equal(m.p.Units[j].Date.End)
			}) {
				return i
			}
		}
	}
	return -1
}

// sameValue reports whether a number of the passage has the value of the statement's, in whatever unit.
func (m *Pair) sameValue(i, j int) bool {
	p := m.p.Units[j].Quantity
	if p == nil {
		return true
	}
	q := m.s.Units[i].Quantity
	converted, slack, _ := p.In(q.Unit)
	return quantity.Near(q.Value, converted.Value, slack)
}
