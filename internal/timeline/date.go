package timeline

import (
	"fmt"
	"time"
)

// A Precision says how exactly the words of a date name its days.
type Precision int

// The precisions. Range is everything that is not one day, month, year or decade of the calendar: a week, a quarter,
// a season, a century, "from May to July", "the past two years".
const (
	Day Precision = iota + 1
	Month
	Year
	Decade
	Range
)

// String returns "day", "month", "year", "decade" or "range", and "" for the zero Precision.
func (p Precision) String() string {
	switch p {
	case Day:
		return "day"
	case Month:
		return "month"
	case Year:
		return "year"
	case Decade:
		return "decade"
	case Range:
		return "range"
	}
	return ""
}

// What a Date says in Inferred.
const (
	InferredYear    = "year"    // the day and month, or the month, are printed
	InferredDate    = "date"    // a weekday or a distance is printed: "Tuesday", "two years ago"
	InferredCentury = "century" // two digits are printed: "the '40s"
	InferredOrder   = "order"   // "4/5/2020": the month or the day is first, Date.DayFirst says which
)

// A Mod is what the words restrict a period to, as mod does in TIMEX3: nothing more precise than this is printed.
type Mod string

// The restrictions. ModAbout also marks days of the Islamic calendar, whose months begin when the moon is seen.
const (
	ModEarly Mod = "early" // START
	ModMid   Mod = "mid"   // MID
	ModLate  Mod = "late"  // END
	ModAbout Mod = "about" // APPROX
)

// A Date is a run of whole days. The zero Date is no date.
type Date struct {
	Start, End time.Time // the first and the last day, both midnight UTC
	Precision  Precision
	Inferred   string // what was not printed: "" or one of the Inferred constants
	Mod        Mod    // "" for the whole period
	DayFirst   bool   // of InferredOrder: the day was taken for the first number
	Yearless   bool   // no year is known: the year of Start and End means nothing and must not be shown
}

// Part returns the first and the last day of what Mod leaves of the date: of n days, early is up to a third of them,
// mid is from there to two thirds, late is the rest. A day on the border is in both. A single day has an early part
// alone: of the others the end is before the start. Without one of these three it is the whole date.
func (d Date) Part() (start, end time.Time) {
	const day = 24 * time.Hour
	n := int(d.End.Sub(d.Start)/day) + 1
	from, to := 0, n-1 // days after Start
	switch d.Mod {
	case ModEarly:
		to = n / 3
	case ModMid:
		from, to = (n+2)/3, 2*n/3
	case ModLate:
		from = (2*n + 2) / 3
	}
	return d.Start.AddDate(0, 0, from), d.Start.AddDate(0, 0, to)
}

// IsPart tells that Mod leaves a part of the date's days: early, mid or late.
func (d Date) IsPart() bool { return d.Mod == ModEarly || d.Mod == ModMid || d.Mod == ModLate }

// IsZero tells that there is no date.
func (d Date) IsZero() bool { return d.Precision == 0 }

// ISO returns the first and the last day as ISO 8601 prints them, "2021-08-01" and "2021-08-31". Where no year is
// known it is left open as ISO 8601-2 does, "XXXX-08-01". Years before Christ are those of ISO 8601, which has a year
// 0: 312 BC is "-0311".
func (d Date) ISO() (start, end string) {
	if d.IsZero() {
		return "", ""
	}
	if d.Yearless {
		return d.Start.Format("XXXX-01-02"), d.End.Format("XXXX-01-02")
	}
	return isoDay(d.Start), isoDay(d.End)
}

func isoDay(day time.Time) string {
	if year := day.Year(); year < 0 {
		return fmt.Sprintf("-%04d-%02d-%02d", -year, day.Month(), day.Day())
	}
	return day.Format(time.DateOnly)
}

// String prints the days for people who debug: "2022-04-16", "2021-08-01/2021-08-31".
func (d Date) String() string {
	start, end := d.ISO()
	if start == end {
		return start
	}
	return fmt.Sprintf("%s/%s", start, end)
}

// year is the year that the whole date lies in, or 0 where there is none, and before Christ.
func (d Date) year() int {
	if d.IsZero() || d.Yearless || d.Start.Year() != d.End.Year() {
		return 0
	}
	return max(0, d.Start.Year())
}

// civil is midnight UTC of a day; days and months beyond their ends carry over, as in time.Date.
func civil(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// midnight takes the clock from a time and keeps the day that its own zone shows.
func midnight(t time.Time) time.Time {
	if t.IsZero() {
		return time.Time{}
	}
	return civil(t.Date())
}

func daysIn(year int, month time.Month) int { return civil(year, month+1, 0).Day() }

// A unit is a piece of the calendar.
type unit int

const (
	unitNone unit = iota
	unitTime      // shorter than a day
	unitDay
	unitWeekend
	unitWeek // Monday to Sunday, as ISO 8601 has it
	unitFortnight
	unitMonth
	unitQuarter
	unitHalf
	unitYear
	unitDecade
	unitCentury
)

func (u unit) precision() Precision {
	switch u {
	case unitTime, unitDay:
		return Day
	case unitMonth:
		return Month
	case unitYear:
		return Year
	case unitDecade:
		return Decade
	}
	return Range
}

// period is the unit of the calendar that contains day, moved by n such units.
func period(u unit, day time.Time, n int) Date {
	y, m, d := day.Date()
	p := Date{Precision: u.precision()}
	switch u {
	case unitTime, unitDay:
		p.Start = civil(y, m, d+n)
		p.End = p.Start
	case unitWeek, unitFortnight:
		p.Start = monday(day).AddDate(0, 0, 7*n)
		p.End = p.Start.AddDate(0, 0, 6)
		if u == unitFortnight {
			p.End = p.End.AddDate(0, 0, 7)
		}
	case unitWeekend:
		p.Start = monday(day).AddDate(0, 0, 7*n+5)
		p.End = p.Start.AddDate(0, 0, 1)
	case unitMonth:
		p.Start, p.End = civil(y, m+time.Month(n), 1), civil(y, m+time.Month(n)+1, 0)
	case unitQuarter:
		first := (m-1)/3*3 + 1 + time.Month(3*n)
		p.Start, p.End = civil(y, first, 1), civil(y, first+3, 0)
	case unitHalf:
		first := (m-1)/6*6 + 1 + time.Month(6*n)
		p.Start, p.End = civil(y, first, 1), civil(y, first+6, 0)
	case unitYear:
		p.Start, p.End = civil(y+n, 1, 1), civil(y+n, 12, 31)
	case unitDecade:
		first := y/10*10 + 10*n
		p.Start, p.End = civil(first, 1, 1), civil(first+9, 12, 31)
	case unitCentury:
		first := y/100*100 + 100*n
		p.Start, p.End = civil(first, 1, 1), civil(first+99, 12, 31)
	}
	return p
}

// shift moves a day by n units. A month that is too short gives its last day.
func shift(u unit, day time.Time, n int) time.Time {
	months := 0
	switch u {
	case unitDay:
		return day.AddDate(0, 0, n)
	case unitWeek, unitWeekend:
		return day.AddDate(0, 0, 7*n)
	case unitFortnight:
		return day.AddDate(0, 0, 14*n)
	case unitMonth:
		months = n
	case unitQuarter:
		months = 3 * n
	case unitHalf:
		months = 6 * n
	case unitYear:
		months = 12 * n
	case unitDecade:
		months = 120 * n
	case unitCentury:
		months = 1200 * n
	}
	y, m, d := day.Date()
	first := civil(y, m+time.Month(months), 1)
	return first.AddDate(0, 0, min(d, daysIn(first.Year(), first.Month()))-1)
}

// monday is the first day of the week of ISO 8601 that day lies in.
func monday(day time.Time) time.Time {
	return day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
}
