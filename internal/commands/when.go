package commands

import (
	"fmt"
	"slices"
	"time"

	"pilcrow/internal/timeline"
	"pilcrow/internal/words"
)

// when writes a date for people, never more precisely than it is: "16 April 2022", "August 2021", "1990s",
// "April – June 2021", "16 April, year not given".
func when(d timeline.Date) string {
	if d.Yearless {
		return yearless(d)
	}
	from, to := d.Start, d.End
	after := to.AddDate(0, 0, 1)
	switch {
	case d.Precision == timeline.Day:
		return dayText(from)
	case d.Precision == timeline.Month:
		return monthText(from)
	case d.Precision == timeline.Year:
		return fmt.Sprint(from.Year())
	case d.Precision == timeline.Decade:
		return fmt.Sprintf("%ds", from.Year())
	case from.YearDay() == 1 && after.YearDay() == 1:
		return fmt.Sprintf("%d–%d", from.Year(), to.Year())
	case from.Day() == 1 && after.Day() == 1 && from.Year() == to.Year():
		return from.Format("January") + " – " + monthText(to)
	case from.Day() == 1 && after.Day() == 1:
		return monthText(from) + " – " + monthText(to)
	case from.Year() == to.Year():
		return from.Format("2 January") + " – " + dayText(to)
	}
	return dayText(from) + " – " + dayText(to)
}

// dayText and monthText print years below 1000 as people do, without a zero in front.
func dayText(t time.Time) string { return fmt.Sprintf("%d %s %d", t.Day(), t.Month(), t.Year()) }

func monthText(t time.Time) string { return fmt.Sprintf("%s %d", t.Month(), t.Year()) }

func yearless(d timeline.Date) string {
	const unknown = ", year not given"
	if d.Precision == timeline.Day || d.Start.Equal(d.End) {
		return d.Start.Format("2 January") + unknown
	}
	if wholeMonth := d.Start.Day() == 1 && d.End.AddDate(0, 0, 1).Day() == 1; wholeMonth {
		if d.Start.Month() == d.End.Month() {
			return d.Start.Format("January") + unknown
		}
		return d.Start.Format("January") + " – " + d.End.Format("January") + unknown
	}
	return d.Start.Format("2 January") + " – " + d.End.Format("2 January") + unknown
}

// howKnown says how the days of an event are printed, and what was not; "" where when says just the same.
func howKnown(e timeline.Event) string {
	if e.Carried() {
		return fmt.Sprintf("date from ¶%d", e.From.N)
	}
	text := "“" + e.Phrase + "”"
	switch e.Inferred {
	case "":
		if sameDays(e.Phrase, when(e.Date)) {
			return ""
		}
		return text
	case timeline.InferredOrder:
		return text + ", read with the month first"
	case timeline.InferredDate:
		return text + ", inferred"
	}
	return text + ", " + e.Inferred + " inferred"
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
