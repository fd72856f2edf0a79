package match

import (
	"math"
	"strings"

	"pilcrow/internal/claim/quantity"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/when"
	"pilcrow/internal/timeline"
)

// findDate lists the dates of the passage from which the statement's follows: the same days, or some among them.
func (m *Pair) findDate(i int) []int {
	phrase := m.Hyp.Of(i)
	d := when.WithPart(m.Hyp.Units[i].Date, phrase)
	var hits []int
	related := when.Relative(phrase)
	limit := LimitOf(m.Hyp.Analysis, i)
	for _, j := range Figures(m.Prem, syntax.DateKey) {
		if theirs := LimitOf(m.Prem, j); limit != "" || theirs != "" {
			if when.LimitEntailed(limit, d, theirs, m.Prem.Units[j].Date) {
				hits = append(hits, j)
			}
			continue
		}
		theirs := when.WithPart(m.Prem.Units[j].Date, m.Prem.Of(j))
		follows := when.DateEntailed(d, theirs, phrase)
		if d.IsPart() {
			follows = when.PartEntailed(d, theirs, phrase)
		}
		if follows || related && strings.EqualFold(phrase, m.Prem.Of(j)) {
			hits = append(hits, j)
		}
	}
	if d.Precision == timeline.Year && len(hits) == 0 && !d.IsPart() {
		for _, j := range Figures(m.Prem, syntax.NumberKey) {
			if q := m.Prem.Units[j].Quantity; q.Unit == "" && int(q.Value) == d.Start.Year() && !q.Ordinal {
				hits = append(hits, j)
			}
		}
	}
	return hits
}

// LimitOf is the preposition by which a date is one end of a time: before, after, until or since; "" for a time of
// its own.
func LimitOf(r *syntax.Analysis, i int) string {
	if i == 0 || r.Units[i-1].Sentence != r.Units[i].Sentence {
		return ""
	}
	switch w := r.Units[i-1].Folded; w {
	case "before", "after", "until", "since":
		return w
	case "till":
		return "until"
	}
	return ""
}

// differences lists the numbers of the passage of which two are the ends of a change by the statement's number: "from
// 12 to 18 percent" for "by six percentage points".
func (m *Pair) differences(i int) []int {
	q := m.Hyp.Units[i].Quantity
	if q.Bound != quantity.Exactly || q.Unit != quantity.PointUnit && (i == 0 || m.Hyp.Units[i-1].Folded != "by") {
		return nil
	}
	list := Figures(m.Prem, syntax.NumberKey)
	for k := 1; k < len(list); k++ {
		a, b := list[k-1], list[k]
		if b-a > quantity.ChangeReach || a == 0 || m.Prem.Units[a].Sentence != m.Prem.Units[b].Sentence ||
			m.Prem.Units[a-1].Folded != "from" ||
			m.Prem.Folded(b-1) != "to" {
			continue
		}
		p, to := m.Prem.Units[a].Quantity, m.Prem.Units[b].Quantity
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

// maxFigures is how many numbers, and how many dates, of a passage are looked at: the largest table of 64 KiB that is
// one paragraph has some thousand.
const maxFigures = 1000

// Figures lists the numbers of a passage, or the dates.
func Figures(r *syntax.Analysis, key string) []int {
	all := r.Index[key]
	return all[:min(len(all), maxFigures)]
}

// findNumber lists the numbers of the passage from which the statement's follows.
func (m *Pair) findNumber(i int) []int {
	q := *m.Hyp.Units[i].Quantity
	var hits []int
	lower := strings.ToLower(m.Hyp.Of(i))
	for _, j := range Figures(m.Prem, syntax.NumberKey) {
		if q.EntailedBy(*m.Prem.Units[j].Quantity) {
			hits = append(hits, j)
		}
	}
	for _, j := range Figures(m.Prem, syntax.DateKey) {
		// "Four years later" is a date where it follows one, and a number where it does not.
		if q.Unit != "" && strings.Contains(strings.ToLower(m.Prem.Of(j)), lower) {
			hits = append(hits, j)
		}
	}
	if len(hits) == 0 {
		hits = m.differences(i)
	}
	if year := int(q.Value); q.Unit == "" && !q.Ordinal && !q.Vague && float64(year) == math.Trunc(q.Value) &&
		year >= 1000 && year < 2200 {
		for _, j := range Figures(m.Prem, syntax.DateKey) {
			if d := m.Prem.Units[j].Date; d.Start.Year() == year && d.End.Year() == year && !d.Yearless {
				hits = append(hits, j)
			}
		}
	}
	return hits
}
