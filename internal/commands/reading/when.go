package reading

import (
	"slices"
	"strconv"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// when writes a date for people, never more precisely than it is: "16 April 2022", "August 2021", "1990s",
// "April – June 2021", "16 April, year not given".
func when(p lang.Printer, d timeline.Date) string {
	if d.Yearless {
		return p.Text("%s, year not given", yearless(p, d))
	}
	switch d.Mod {
	case timeline.ModEarly:
		return p.Text("early %s", period(p, d))
	case timeline.ModMid:
		return p.Text("mid %s", period(p, d))
	case timeline.ModLate:
		return p.Text("late %s", period(p, d))
	case timeline.ModAbout:
		return p.Text("about %s", period(p, d))
	}
	return period(p, d)
}

// period writes the days of a date whose year is known.
func period(p lang.Printer, d timeline.Date) string {
	from, to := d.Start, d.End
	if from.Year() < 1 {
		return beforeChrist(p, d)
	}
	after := to.AddDate(0, 0, 1)
	switch {
	case d.Precision == timeline.Year && from.Year() < 100:
		return p.Text("AD %s", strconv.Itoa(from.Year())) // 14 alone is no year to a reader
	case d.Precision == timeline.Day:
		return p.Day(from)
	case d.Precision == timeline.Month:
		return p.MonthYear(from)
	case d.Precision == timeline.Year:
		return strconv.Itoa(from.Year())
	case d.Precision == timeline.Decade:
		return p.Decade(from)
	case from.YearDay() == 1 && after.YearDay() == 1:
		return strconv.Itoa(from.Year()) + "–" + strconv.Itoa(to.Year())
	case from.Day() == 1 && after.Day() == 1 && from.Year() == to.Year():
		return p.Month(from) + " – " + p.MonthYear(to)
	case from.Day() == 1 && after.Day() == 1:
		return p.MonthYear(from) + " – " + p.MonthYear(to)
	case from.Year() == to.Year():
		return p.DayMonth(from) + " – " + p.Day(to)
	}
	return p.Day(from) + " – " + p.Day(to)
}

// beforeChrist writes days before Christ by their years, which count down: "312 BC", "264–241 BC", "27 BC – AD 14".
func beforeChrist(p lang.Printer, d timeline.Date) string {
	from, to := strconv.Itoa(1-d.Start.Year()), strconv.Itoa(1-d.End.Year())
	switch {
	case d.End.Year() > 0:
		return p.Text("%s BC", from) + " – " + p.Text("AD %s", strconv.Itoa(d.End.Year()))
	case from == to:
		return p.Text("%s BC", from)
	}
	return p.Text("%s BC", from+"–"+to)
}

func yearless(p lang.Printer, d timeline.Date) string {
	if d.Precision == timeline.Day || d.Start.Equal(d.End) {
		return p.DayMonth(d.Start)
	}
	if wholeMonth := d.Start.Day() == 1 && d.End.AddDate(0, 0, 1).Day() == 1; wholeMonth {
		if d.Start.Month() == d.End.Month() {
			return p.Month(d.Start)
		}
		return p.Month(d.Start) + " – " + p.Month(d.End)
	}
	return p.DayMonth(d.Start) + " – " + p.DayMonth(d.End)
}

// howKnown says how the days of an event are printed, and what was not; "" where when says just the same.
func howKnown(p lang.Printer, e timeline.Event) string {
	if e.Carried() {
		return p.Text("date from %s", commands.Pilcrow(e.From.N))
	}
	switch e.Inferred {
	case timeline.InferredOrder:
		if e.DayFirst {
			return p.Text("“%s”, read with the day first", e.Phrase)
		}
		return p.Text("“%s”, read with the month first", e.Phrase)
	case timeline.InferredDate:
		return p.Text("“%s”, inferred", e.Phrase)
	case timeline.InferredYear:
		return p.Text("“%s”, year inferred", e.Phrase)
	case timeline.InferredCentury:
		return p.Text("“%s”, century inferred", e.Phrase)
	}
	if sameDays(e.Phrase, when(lang.Printer{}, e.Date)) {
		return ""
	}
	return p.Text("“%s”", e.Phrase)
}

// sameDays tells whether two dates are written with the same words but for order: "in April 2022" and "April 2022".
func sameDays(a, b string) bool { return slices.Equal(dateWords(a), dateWords(b)) }

func dateWords(s string) []string {
	var out []string
	for _, t := range words.Tokenize(s) {
		if !t.Stop {
			out = append(out, t.Text)
		}
	}
	slices.Sort(out)
	return out
}
