package when

import (
	"math/rand/v2"
	"testing"
	"time"

	"pilcrow/internal/timeline"
)

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
			return PartEntailed(s.date, p.date, "")
		case s.limit == "" && p.limit == "":
			return DateEntailed(s.date, p.date, "")
		}
		return LimitEntailed(s.limit, s.date, p.limit, p.date)
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
