// Package when says which date follows from which: what is true of a day is true of its month, not the other way
// round.
package when

import (
	"strings"

	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// DateEntailed reports whether a passage with the date p supports a sentence with the date s: "in 2021" follows from
// "in December 2021", not the other way round, but "from 1990 to 1995" from the same years only. Where one has no
// year, the day and month decide.
func DateEntailed(s, p timeline.Date, phrase string) bool {
	if s.Yearless || p.Yearless {
		return s.Precision == p.Precision && s.Start.Month() == p.Start.Month() && s.Start.Day() == p.Start.Day() &&
			s.End.Month() == p.End.Month() && s.End.Day() == p.End.Day()
	}
	if s.Precision == timeline.Range && !calendarRange(phrase) {
		return p.Start.Equal(s.Start) && p.End.Equal(s.End)
	}
	return !p.Start.Before(s.Start) && !p.End.After(s.End)
}

// LimitEntailed reports whether a passage with the date p, behind a preposition or none, supports a sentence with the
// date s behind one: "before April" follows from "on 4 March", and from "before 4 March", but "on 4 March" follows
// from neither.
func LimitEntailed(limit string, s timeline.Date, theirs string, p timeline.Date) bool {
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

// Relative reports whether a phrase says a distance: the same words mean the same day, whatever they are counted from.
func Relative(phrase string) bool {
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

// WithPart is the date that stands in a phrase with the part of it that the phrase names. timeline gives no part of a
// day or a weekday, as it names no hours: "late Tuesday" is read here.
func WithPart(d timeline.Date, phrase string) timeline.Date {
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

// PartEntailed tells whether a passage with the date p supports a sentence with the date s, which is a part of a
// period: all that p may be lies in that part. timeline.Date.Part says which days are in it.
func PartEntailed(s, p timeline.Date, phrase string) bool {
	if s.Yearless && p.IsPart() || s.Yearless != p.Yearless {
		return s.Mod == p.Mod && DateEntailed(s, p, phrase)
	}
	from, to := s.Part()
	start, end := p.Part()
	return !start.Before(from) && !end.After(to)
}
