package timeline

import "time"

// An op says how an expression finds its days.
type op uint8

const (
	opNone     op = iota
	opCalendar    // year, month, day as far as they are printed
	opDecade      // year is its first; two digits where twoDigit
	opCentury     // n is its number
	opShift       // the unit around the publication day, moved by n
	opAgo         // the publication day, moved by n units
	opWindow      // n units that end (n < 0) or begin with the publication day
	opSame        // the unit around the date named before, moved by n
	opEarlier     // the date named before, moved by n units
	opWeekday     // a bare weekday, n as in cRelative
	opNth         // the n-th unit or weekday within in; -1 is the last
	opSeason      // n counts from spring; year or in
	opFeast       // n is a feast
	opRange       // from the beginning of in to the end of to
	opOffset      // in, moved by n units
	opSolar       // year, month, day of the Solar Hijri calendar
	opIslamic     // year, month, day of the Islamic calendar
	opNewYear     // the beginning of the next year
)

// An expr is a recognized expression before anything is known about the publication: only what its words say.
type expr struct {
	op       op
	kind     Kind
	n        int
	unit     unit
	year     int // 0 where none is printed
	month    int // 0 where none is printed
	day      int // 0 where none is printed
	weekday  time.Weekday
	named    bool // weekday is set
	twoDigit bool // the century of year is not printed
	swapped  bool // day and month could be the other way round
	dayFirst bool // of a slashed date: the first number is the day, as it can be no month
	bc       bool // year, or the century n, is before Christ
	either   bool // the day may as well lie ahead: Urdu has one word for yesterday and tomorrow
	mod      Mod
	rel      relation
	count    int  // how many units an opNth runs over, 0 for one
	about    bool // "about a week ago": the week, not the day
	soon     bool // "next March", which is that after the publication where nothing was named before
	edge     int  // -1 the first day of the period alone, 1 the last, 0 all of it
	in, to   *expr
}

// A relation is the word before a weekday, a month, a season or a feast.
type relation uint8

const (
	relNone relation = iota // the latest up to the publication day
	relLast                 // the latest before the publication
	relThis                 // the one of this week or this year
	relNext                 // the first after the publication

	relFollowing // the first after the date named before
	relPreceding // the last before the date named before
	relSame      // the one of the year named before
)

// A Kind says what an expression tells, in the terms of TIMEX3, with its vague DATEs apart.
type Kind int

// The kinds. Only a KindDate has a Date.
const (
	KindDate     Kind = iota + 1
	KindTime          // a time of the clock without its day: "at 16:00 UTC"
	KindDuration      // "20-year", "for three weeks"
	KindSet           // "every Monday", "Fridays", "a year" in "15 a year"
	KindVague         // "in recent years", "decades ago"
)

// String returns "date", "time", "duration", "set" or "vague".
func (k Kind) String() string {
	switch k {
	case KindDate:
		return "date"
	case KindTime:
		return "time"
	case KindDuration:
		return "duration"
	case KindSet:
		return "set"
	case KindVague:
		return "vague"
	}
	return ""
}

// deictic tells whether the days depend on when or beside what the words are read.
func (e expr) deictic() bool {
	switch e.op {
	case opCalendar:
		return e.year == 0 || e.twoDigit
	case opDecade:
		return e.twoDigit
	case opCentury, opSolar, opIslamic:
		return false
	case opOffset:
		return e.in.deictic()
	case opNth:
		return e.in == nil || e.in.deictic()
	case opSeason, opFeast:
		return e.year == 0 && (e.in == nil || e.in.deictic())
	case opRange:
		return e.in.deictic() || e.to.deictic()
	}
	return true
}

// kept copies an expression to the heap: only those that are used pay for it.
func (e expr) kept() *expr { return &e }
