package quantity

import (
	"math"
	"testing"
)

// TestQuantityEntailment holds that following from a number is a partial order over exact numbers and bounds, and
// agrees with looking at every value: a number follows from another if whatever the other may be, it may be, too.
func TestQuantityEntailment(t *testing.T) {
	bounds := []Bound{Exactly, AtLeast, MoreThan, AtMost, LessThan}
	var all []Quantity
	for _, b := range bounds {
		for v := 1.0; v <= 5; v++ {
			all = append(all, Quantity{Value: v, Bound: b})
		}
	}
	meant := func(q Quantity) (values []float64) {
		for v := 0.0; v <= 6; v += 0.5 {
			is := map[Bound]bool{Exactly: v == q.Value, AtLeast: v >= q.Value, MoreThan: v > q.Value, AtMost: v <= q.Value,
				LessThan: v < q.Value}
			if is[q.Bound] {
				values = append(values, v)
			}
		}
		return values
	}
	for _, s := range all {
		if !s.EntailedBy(s) {
			t.Errorf("%+v does not follow from itself", s)
		}
		for _, p := range all {
			in := map[float64]bool{}
			for _, v := range meant(s) {
				in[v] = true
			}
			want, disjoint := true, true
			for _, v := range meant(p) {
				want = want && in[v]
				disjoint = disjoint && !in[v]
			}
			if got := s.EntailedBy(p); got != want {
				t.Errorf("%+v from %+v: %t, want %t", s, p, got, want)
			}
			if got := s.Contradicts(p); got != disjoint {
				t.Errorf("%+v contradicts %+v: %t, want %t", s, p, got, disjoint)
			}
			if s != p && s.EntailedBy(p) && p.EntailedBy(s) {
				t.Errorf("%+v and %+v follow from each other", s, p)
			}
			for _, q := range all {
				if s.EntailedBy(p) && p.EntailedBy(q) && !s.EntailedBy(q) {
					t.Errorf("%+v from %+v from %+v, but not from the last", s, p, q)
				}
			}
		}
	}
}

// TestMeasures holds that a value is the same in every unit of its dimension, and that a conversion and its way back
// end where they began.
func TestMeasures(t *testing.T) {
	for from, a := range measureSizes {
		for to, b := range measureSizes {
			q := Quantity{Value: 12, Unit: from}
			converted, _, ok := q.In(to)
			if ok != (a.dimension == b.dimension) {
				t.Fatalf("%s in %s: %t", from, to, ok)
			}
			if !ok {
				continue
			}
			if !q.EntailedBy(converted) || !converted.EntailedBy(q) {
				t.Errorf("%+v and %+v do not follow from each other", q, converted)
			}
			back, _, _ := converted.In(from)
			if math.Abs(back.Value-q.Value) > 1e-9*q.Value {
				t.Errorf("%s to %s and back: %v", from, to, back.Value)
			}
			converted.Value *= 1.02
			if q.EntailedBy(converted) {
				t.Errorf("%+v follows from %+v", q, converted)
			}
		}
	}
}
