package value

import (
	"math"
	"slices"

	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// Reckoning are the words with which a writer gives what was reckoned.
var Reckoning = lexicon.List("reckoning")

// maxSummands bounds the numbers of which sums are tried.
const maxSummands = 60

// A Reckoned is a number of the statement, and the numbers that were given of which it may have been reckoned.
type Reckoned struct {
	*quantity.Quantity
	measures, counts []float64 // with its unit, and without one
	otherUnit        bool      // the same number was given in another unit of the same dimension
}

// DerivedHere is derived, of the numbers of the sentence that is nearly the statement alone.
func DerivedHere(m *match.Pair, q *quantity.Quantity) bool {
	r := Reckoned{Quantity: q}
	for _, j := range match.Figures(m.Prem, syntax.NumberKey) {
		if m.Prem.Units[j].Sentence == m.Twin {
			r.Note(m.Prem.Units[j].Quantity, false)
		}
	}
	return r.Found(m.Hyp)
}

// Found tells whether the number is reckoned of those that were noted and those of the statement.
func (r *Reckoned) Found(s *match.Hypothesis) bool {
	for _, j := range match.Figures(s.Analysis, syntax.NumberKey) {
		r.Note(s.Units[j].Quantity, true)
	}
	return !r.otherUnit && (r.ofMeasures() || r.shareOfCounts())
}

// SaysBare reports whether a text has a number without a unit and without what is counted: "at the age of four or
// five".
func SaysBare(r *syntax.Analysis, q *quantity.Quantity) bool {
	return q.Unit != "percent" && slices.ContainsFunc(match.Figures(r, syntax.NumberKey), func(j int) bool {
		p := r.Units[j].Quantity
		if p.Value != q.Value || p.Unit != "" || p.Ordinal || p.Vague {
			return false
		}
		return r.PlainAfter(j) == "" || r.Units[j+1].Kind == syntax.Light
	})
}

// Note takes a number into account. What the writer repeats is the number that was given, not another one to add.
func (r *Reckoned) Note(p *quantity.Quantity, own bool) {
	if !own && p.Value == r.Value && p.Unit != r.Unit && quantity.SameDimension(p.Unit, r.Unit) {
		r.otherUnit = true
	}
	if p.Ordinal || p.Vague || p == r.Quantity || p.Value == r.Value || len(r.measures)+len(r.counts) == maxSummands {
		return
	}
	list := &r.counts
	if p.Unit == r.Unit {
		list = &r.measures
	} else if p.Unit != "" && r.Unit != "percent" {
		return
	}
	if !own || !slices.Contains(*list, p.Value) {
		*list = append(*list, p.Value)
	}
}

// near tells whether a value is the number, as exactly as the statement gives it.
func (r *Reckoned) near(v float64) bool {
	if r.Bound == quantity.About || r.Bound == quantity.LessThan || r.Bound == quantity.MoreThan {
		return math.Abs(v-r.Value) <= quantity.RoundTo*math.Abs(v)
	}
	return math.Abs(v-r.Value) <= 1e-9*math.Max(1, math.Abs(v)) || math.Round(v) == r.Value && v > MaxCounted
}

// ofMeasures tells whether the number is reckoned from two with its unit, or from one and a count.
func (r *Reckoned) ofMeasures() bool {
	for i, a := range r.measures {
		for _, b := range r.measures[i+1:] {
			share := r.Unit == "percent" && r.share(a, b)
			if share || r.near(a+b) || r.near(math.Abs(a-b)) || r.Unit == "" && r.near(a*b) {
				return true
			}
		}
		for _, b := range r.counts {
			if b > 1 && (r.near(a*b) || r.near(a/b)) {
				return true
			}
		}
	}
	return false
}

// shareOfCounts tells whether the number is the share of one count in another.
func (r *Reckoned) shareOfCounts() bool {
	for i, a := range r.counts {
		if r.Unit == "percent" && slices.ContainsFunc(r.counts[i+1:], func(b float64) bool { return r.share(a, b) }) {
			return true
		}
	}
	return false
}

func (r *Reckoned) share(a, b float64) bool { return r.near(100*a/b) || r.near(100*b/a) }

// MaxCounted is the largest number that a reader checks by counting.
const MaxCounted = 10
