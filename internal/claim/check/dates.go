package check

import (
	"strings"

	"pilcrow/internal/claim"
	"pilcrow/internal/lang"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// findDate lists the dates of the passage from which the statement's follows: the same days, or some among them.
func (m *Pair) findDate(i int) []int {
	phrase := m.s.of(i)
	d := withPart(m.s.Units[i].date, phrase)
	var hits []int
	related := relative(phrase)
	limit := m.s.limitOf(i)
	for _, j := range m.p.figures(dateKey) {
		if theirs := m.p.limitOf(j); limit != "" || theirs != "" {
			if limitEntailed(limit, d, theirs, m.p.Units[j].date) {
				hits = append(hits, j)
			}
			continue
		}
		theirs := withPart(m.p.Units[j].date, m.p.of(j))
		follows := dateEntailed(d, theirs, phrase)
		if d.IsPart() {
			follows = partEntailed(d, theirs, phrase)
		}
		if follows || related && strings.EqualFold(phrase, m.p.of(j)) {
			hits = append(hits, j)
		}
	}
	if d.Precision == timeline.Year && len(hits) == 0 && !d.IsPart() {
		for _, j := range m.p.figures(numberKey) {
			if q := m.p.Units[j].quantity; q.Unit == "" && int(q.Value) == d.Start.Year() && !q.Ordinal {
				hits = append(hits, j)
			}
		}
	}
	return hits
}

// dateEntailed reports whether a passage with the date p supports a sentence with the date s: "in 2021" follows from
// "in December 2021", not the other way round, but "from 1990 to 1995" from the same years only. Where one has no
// year, the day and month decide.
func dateEntailed(s, p timeline.Date, phrase string) bool {
	if s.Yearless || p.Yearless {
		return s.Precision == p.Precision && s.Start.Month() == p.Start.Month() && s.Start.Day() == p.Start.Day() &&
			s.End.Month() == p.End.Month() && s.End.Day() == p.End.Day()
	}
	if s.Precision == timeline.Range && !calendarRange(phrase) {
		return p.Start.Equal(s.Start) && p.End.Equal(s.End)
	}
	return !p.Start.Before(s.Start) && !p.End.After(s.End)
}

// limitOf is the preposition by which a date is one end of a time: before, after, until or since; "" for a time of
// its own.
func (r *Analysis) limitOf(i int) string {
	if i == 0 || r.Units[i-1].sentence != r.Units[i].sentence {
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

// limitEntailed reports whether a passage with the date p, behind a preposition or none, supports a sentence with the
// date s behind one: "before April" follows from "on 4 March", and from "before 4 March", but "on 4 March" follows
// from neither.
func limitEntailed(limit string, s timeline.Date, theirs string, p timeline.Date) bool {
	if s.Yearless || p.Yearless {
		return limit == theirs && s.Start.Equal(p.Start) && s.End.Equal(p.End)
	}
	switch {
	case limit == "":
		return false
	case theirs == "":
		return limit == "before" && p.End.Before(s.Start) || limit == "after" && p.Start.After(s.End)
	case limit != theirs:
		return false
	case limit == "before":
		return !p.Start.After(s.Start)
	case limit == "after":
		return !p.End.Before(s.End)
	}
	return s.Start.Equal(p.Start) && s.End.Equal(p.End)
}

// relative reports whether a phrase says a distance: the same words mean the same day, whatever they are counted from.
func relative(phrase string) bool {
	return !strings.ContainsAny(phrase, "0123456789")
}

// calendarRange reports whether a phrase names one stretch of the calendar, not its two ends.
func calendarRange(phrase string) bool {
	for _, t := range words.Tokenize(phrase) {
		switch t.Text {
		case "century", "centuries", "quarter", "week", "weekend", "spring", "summer", "autumn", "fall", "winter":
			return true
		}
	}
	return false
}

// otherDate refuses a date in whose place the passage has another one.
func (m *Pair) otherDate() *failure { return m.otherFigure(date, claim.CheckDate) }

// missingDate refuses a date that does not follow from any of the passage.
func (m *Pair) missingDate() *failure {
	for _, i := range m.figuresOf(date) {
		if len(m.hits[i]) == 0 {
			return &failure{claim.NotFound, claim.CheckDate, lang.Say("the date “%s” is not in the paragraph", piece(m.s.of(i)))}
		}
	}
	return nil
}

// dateApart refuses a date that the passage has among other words.
func (m *Pair) dateApart() *failure {
	for _, i := range m.figuresOf(date) {
		if (m.align == nil || m.align[i] < 0) && !m.attached(i, m.hits[i]) {
			return &failure{claim.NotFound, claim.CheckDate, lang.Say("the paragraph has the date “%s”, but for something else",
				piece(m.s.of(i)))}
		}
	}
	return nil
}

// withPart is the date that stands in a phrase with the part of it that the phrase names. timeline gives no part of a
// day or a weekday, as it names no hours: "late Tuesday" is read here.
func withPart(d timeline.Date, phrase string) timeline.Date {
	if d.IsPart() {
		return d
	}
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(phrase)), " ")
	first, _, _ = strings.Cut(first, "-")
	switch part := timeline.Mod(first); part {
	case timeline.ModEarly, timeline.ModMid, timeline.ModLate:
		d.Mod = part
	}
	return d
}

// partEntailed tells whether a passage with the date p supports a sentence with the date s, which is a part of a
// period: all that p may be lies in that part. timeline.Date.Part says which days are in it.
func partEntailed(s, p timeline.Date, phrase string) bool {
	if s.Yearless && p.IsPart() || s.Yearless != p.Yearless {
		return s.Mod == p.Mod && dateEntailed(s, p, phrase)
	}
	from, to := s.Part()
	start, end := p.Part()
	return !start.Before(from) && !end.After(to)
}
