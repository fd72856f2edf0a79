package check

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"pilcrow/internal/timeline"
)

// TestQuantityEntailment holds that following from a number is a partial order over exact numbers and bounds, and
// agrees with looking at every value: a number follows from another if whatever the other may be, it may be, too.
func TestQuantityEntailment(t *testing.T) {
	bounds := []bound{Exactly, atLeast, moreThan, atMost, lessThan}
	var all []quantity
	for _, b := range bounds {
		for v := 1.0; v <= 5; v++ {
			all = append(all, quantity{value: v, bound: b})
		}
	}
	meant := func(q quantity) (values []float64) {
		for v := 0.0; v <= 6; v += 0.5 {
			is := map[bound]bool{Exactly: v == q.value, atLeast: v >= q.value, moreThan: v > q.value, atMost: v <= q.value,
				lessThan: v < q.value}
			if is[q.bound] {
				values = append(values, v)
			}
		}
		return values
	}
	for _, s := range all {
		if !s.entailedBy(s) {
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
			if got := s.entailedBy(p); got != want {
				t.Errorf("%+v from %+v: %t, want %t", s, p, got, want)
			}
			if got := s.contradicts(p); got != disjoint {
				t.Errorf("%+v contradicts %+v: %t, want %t", s, p, got, disjoint)
			}
			if s != p && s.entailedBy(p) && p.entailedBy(s) {
				t.Errorf("%+v and %+v follow from each other", s, p)
			}
			for _, q := range all {
				if s.entailedBy(p) && p.entailedBy(q) && !s.entailedBy(q) {
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
			q := quantity{value: 12, unit: from}
			converted, _, ok := q.in(to)
			if ok != (a.dimension == b.dimension) {
				t.Fatalf("%s in %s: %t", from, to, ok)
			}
			if !ok {
				continue
			}
			if !q.entailedBy(converted) || !converted.entailedBy(q) {
				t.Errorf("%+v and %+v do not follow from each other", q, converted)
			}
			back, _, _ := converted.in(from)
			if math.Abs(back.value-q.value) > 1e-9*q.value {
				t.Errorf("%s to %s and back: %v", from, to, back.value)
			}
			converted.value *= 1.02
			if q.entailedBy(converted) {
				t.Errorf("%+v follows from %+v", q, converted)
			}
		}
	}
}

// TestDateEntailment holds dates and their limits to brute force over days: a date follows from another if each day
// that the other may be is one that it may be. What is known of a part ("mid-March") is taken for all of its period
// where the other is no part: there a date follows only if brute force says so, and not whenever it does.
func TestDateEntailment(t *testing.T) {
	first := time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)
	const days = 120
	r := rand.New(rand.NewPCG(14, 4))
	type dated struct {
		limit string
		date  timeline.Date
	}
	limits := []string{"", "before", "after"}
	var all []dated
	for range 60 {
		from := r.IntN(days-50) + 10
		length := []int{0, 0, 6, 28}[r.IntN(4)]
		d := timeline.Date{Start: first.AddDate(0, 0, from), End: first.AddDate(0, 0, from+length), Precision: timeline.Month}
		limit := limits[r.IntN(len(limits))]
		switch {
		case length == 0:
			d.Precision = timeline.Day
		case limit == "":
			d.Mod = []timeline.Mod{"", timeline.ModEarly, timeline.ModMid, timeline.ModLate}[r.IntN(4)]
		}
		all = append(all, dated{limit, d})
	}
	may := func(d dated, n int) bool {
		day := first.AddDate(0, 0, n)
		switch d.limit {
		case "before":
			return day.Before(d.date.Start)
		case "after":
			return day.After(d.date.End)
		}
		from, to := d.date.Part()
		return !day.Before(from) && !day.After(to)
	}
	follows := func(s, p dated) bool {
		switch {
		case s.limit == "" && p.limit == "" && s.date.IsPart():
			return partEntailed(s.date, p.date, "")
		case s.limit == "" && p.limit == "":
			return dateEntailed(s.date, p.date, "")
		}
		return limitEntailed(s.limit, s.date, p.limit, p.date)
	}
	for _, s := range all {
		for _, p := range all {
			want := true
			for n := range days {
				want = want && (!may(p, n) || may(s, n))
			}
			coarse := p.date.IsPart() && !s.date.IsPart()
			if got := follows(s, p); got != want && (got || !coarse) {
				t.Errorf("%+v from %+v: %t, want %t", s, p, got, want)
			}
			for _, q := range all {
				coarse := (p.date.IsPart() || q.date.IsPart()) && !s.date.IsPart()
				if !coarse && follows(s, p) && follows(p, q) && !follows(s, q) {
					t.Errorf("%+v from %+v from %+v, but not from the last", s, p, q)
				}
			}
		}
	}
}
