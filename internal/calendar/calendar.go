// Package calendar gives the Gregorian days of dates in the calendars of the documents' world: the Solar Hijri
// calendar of Afghanistan and Iran, and the Islamic calendar.
//
// All days are midnight UTC of the Gregorian calendar. A month of 0 is the whole year, a day of 0 the whole month.
// Every function is pure and safe for use by several goroutines.
package calendar

import (
	_ "embed"
	"strings"
	"sync"
	"time"

	"github.com/jalaali/go-jalaali"
)

// The years that are read. Before 1200 the rules of the Solar Hijri calendar were other ones (it became law in 1925,
// in Afghanistan in 1922); up to 1500 the library agrees with ICU on every year.
const (
	minSolar, maxSolar      = 1200, 1500
	maxIslamic              = 1600
	firstTabled             = 1300 // of the Umm al-Qura table
	monthsOfYear            = 12
	islamicEpoch            = 1948440 // Julian day number of the first day: 16 July 622 of the Julian calendar
	unixEpoch               = 2440588 // Julian day number of 1 January 1970
	secondsOfDay            = 24 * 60 * 60
	shortMonth, yearOfCivil = 29, 354
)

// SolarHijri returns the first and the last day of a date of the Solar Hijri calendar: 1401, 1, 7 is 27 March 2022.
// It reports false where there is no such day, and outside of the years 1200 to 1500.
func SolarHijri(year, month, day int) (first, last time.Time, ok bool) {
	if year < minSolar || year > maxSolar {
		return first, last, false
	}
	return span(year, month, day, solarDay, func(year, month int) int {
		n, err := jalaali.MonthLength(year, month)
		if err != nil {
			return 0
		}
		return n
	})
}

func solarDay(year, month, day int) (time.Time, bool) {
	y, m, d, err := jalaali.ToGregorian(year, jalaali.Month(month), day)
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC), err == nil
}

// Islamic returns the first and the last day of a date of the Islamic calendar: by the Umm al-Qura table for the
// years 1300 to 1600, by the civil reckoning before. Where a month begins when the moon is seen, it begins up to a
// day earlier or later.
func Islamic(year, month, day int) (first, last time.Time, ok bool) {
	if year < 1 || year > maxIslamic {
		return first, last, false
	}
	return span(year, month, day, islamicDay, islamicMonth)
}

// span is the run of days of a date, by the functions that know the days and the months of its calendar.
func span(year, month, day int, dayOf func(year, month, day int) (time.Time, bool),
	length func(year, month int) int) (first, last time.Time, ok bool) {
	from, to := month, month
	if month == 0 {
		from, to = 1, monthsOfYear
		if day != 0 {
			return first, last, false
		}
	}
	if from < 1 || to > monthsOfYear || day < 0 || day > length(year, from) {
		return first, last, false
	}
	if first, ok = dayOf(year, from, max(day, 1)); !ok || day > 0 {
		return first, first, ok
	}
	last, ok = dayOf(year, to, length(year, to))
	return first, last, ok
}

func islamicDay(year, month, day int) (time.Time, bool) {
	if y, ok := ummAlQura()[year]; ok {
		passed := day - 1
		for m := 1; m < month; m++ {
			passed += y.length(m)
		}
		return y.first.AddDate(0, 0, passed), true
	}
	jdn := day + civilMonths(month) + (year-1)*yearOfCivil + (3+11*year)/30 + islamicEpoch - 1
	return time.Unix(int64(jdn-unixEpoch)*secondsOfDay, 0).UTC(), true
}

// civilMonths is how many days the months before this one have: 30 and 29 in turn.
func civilMonths(month int) int { return shortMonth*(month-1) + month/2 }

func islamicMonth(year, month int) int {
	if y, ok := ummAlQura()[year]; ok {
		return y.length(month)
	}
	days := civilMonths(month+1) - civilMonths(month)
	if leap := (11*year+14)%30 < 11; leap && month == monthsOfYear {
		days++
	}
	return days
}

// A lunarYear is a row of the table.
type lunarYear struct {
	first  time.Time
	longer string // for each month 1 where it has 30 days
}

func (y lunarYear) length(month int) int { return shortMonth + int(y.longer[month-1]-'0') }

//go:embed umm-al-qura.txt
var table string

// ummAlQura is the table by year. It is read when it is first asked for.
var ummAlQura = sync.OnceValue(func() map[int]lunarYear {
	years := make(map[int]lunarYear, maxIslamic-firstTabled+1)
	year := firstTabled
	for line := range strings.Lines(table) {
		fields := strings.Fields(line)
		if len(fields) != 3 || fields[0] == "#" {
			continue
		}
		first, err := time.Parse(time.DateOnly, fields[1])
		if err != nil || len(fields[2]) != monthsOfYear {
			break // a test holds the table to its form
		}
		years[year] = lunarYear{first, fields[2]}
		year++
	}
	return years
})
