package check

import (
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/claim/when"
	"pilcrow/internal/lang"
	"pilcrow/internal/timeline"
)

// findDate lists the dates of the passage from which the statement's follows: the same days, or some among them.
func (m *Pair) findDate(i int) []int {
	phrase := m.s.Of(i)
	d := when.WithPart(m.s.Units[i].Date, phrase)
	var hits []int
	related := when.Relative(phrase)
	limit := limitOf(m.s.Analysis, i)
	for _, j := range figures(m.p, syntax.DateKey) {
		if theirs := limitOf(m.p, j); limit != "" || theirs != "" {
			if when.LimitEntailed(limit, d, theirs, m.p.Units[j].Date) {
				hits = append(hits, j)
			}
			continue
		}
		theirs := when.WithPart(m.p.Units[j].Date, m.p.Of(j))
		follows := when.DateEntailed(d, theirs, phrase)
		if d.IsPart() {
			follows = when.PartEntailed(d, theirs, phrase)
		}
		if follows || related && strings.EqualFold(phrase, m.p.Of(j)) {
			hits = append(hits, j)
		}
	}
	if d.Precision == timeline.Year && len(hits) == 0 && !d.IsPart() {
		for _, j := range figures(m.p, syntax.NumberKey) {
			if q := m.p.Units[j].Quantity; q.Unit == "" && int(q.Value) == d.Start.Year() && !q.Ordinal {
				hits = append(hits, j)
			}
		}
	}
	return hits
}

// limitOf is the preposition by which a date is one end of a time: before, after, until or since; "" for a time of
// its own.
func limitOf(r *syntax.Analysis, i int) string {
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

// otherDate refuses a date in whose place the passage has another one.
func (m *Pair) otherDate() *failure { return m.otherFigure(syntax.Date, claim.CheckDate) }

// missingDate refuses a date that does not follow from any of the passage.
func (m *Pair) missingDate() *failure {
	for _, i := range m.figuresOf(syntax.Date) {
		if len(m.hits[i]) == 0 {
			return &failure{claim.NotFound, claim.CheckDate, lang.Say("the date “%s” is not in the paragraph", piece(m.s.Of(i)))}
		}
	}
	return nil
}

// dateApart refuses a date that the passage has among other words.
func (m *Pair) dateApart() *failure {
	for _, i := range m.figuresOf(syntax.Date) {
		if (m.align == nil || m.align[i] < 0) && !m.attached(i, m.hits[i]) {
			return &failure{claim.NotFound, claim.CheckDate, lang.Say("the paragraph has the date “%s”, but for something else",
				piece(m.s.Of(i)))}
		}
	}
	return nil
}
