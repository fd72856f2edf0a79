package lang

import (
	"strconv"
	"strings"
	"time"
)

// dateWords are how a language writes dates of the Gregorian calendar, which the documents have.
type dateWords struct {
	Months [12]string `json:"months"`
	// With {day}, {month} and {year} in their places; {decade} is its first year.
	Day      string `json:"day"`
	DayMonth string `json:"day_month"`
	Month    string `json:"month_year"`
	Decade   string `json:"decade"`
}

func (p Printer) date(pattern func(dateWords) string, t time.Time) string {
	w := load().languages[p.Locale()].dates
	return strings.NewReplacer("{day}", strconv.Itoa(t.Day()), "{month}", w.Months[t.Month()-1], "{year}",
		strconv.Itoa(t.Year())).
		Replace(pattern(w))
}

// Day writes a day: "16 April 2022". Years below 1000 have no zero in front, as people write them.
func (p Printer) Day(t time.Time) string {
	return p.date(func(w dateWords) string { return w.Day }, t)
}

// DayMonth writes a day without its year: "16 April".
func (p Printer) DayMonth(t time.Time) string {
	return p.date(func(w dateWords) string { return w.DayMonth }, t)
}

// MonthYear writes a month: "April 2022".
func (p Printer) MonthYear(t time.Time) string {
	return p.date(func(w dateWords) string { return w.Month }, t)
}

// Month writes a month without its year: "April".
func (p Printer) Month(t time.Time) string {
	return p.date(func(dateWords) string { return "{month}" }, t)
}

// Decade writes the ten years that begin with the day's: "1990s".
func (p Printer) Decade(t time.Time) string {
	return p.date(func(w dateWords) string { return w.Decade }, t)
}
