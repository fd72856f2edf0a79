package timeline

import (
	"cmp"
	"time"
)

// Context is what is known beside the text. The zero Context knows nothing.
type Context struct {
	Reference time.Time // the day of publication; zero where it is not known
	Year      int       // the year that the text is telling of, for dates without one; 0 where the publication decides
	Named     []Date    // the dates named before, oldest first: "the previous year" goes by the last that fits
	Language  string    // ISO 639-1 of a language with phrases in the lexicon; "" lets the text decide
	Order     Order     // of day and month in 4/5/2020

	tense   tense     // of the clause around the expression
	coarse  Precision // of Reference where it is a letter's date: Month or Year where no day is printed
	near    int       // the year printed last in the paragraph, for two digits beside it; 0 for none
	written Date      // of a letter or a speech whose words stand between quotation marks further on
}

func (c Context) future() bool { return c.tense == tenseFuture }

// resolve gives an expression its days, or the zero Date where they are not known.
func resolve(e expr, c Context) Date {
	d := days(e, c)
	if d.IsZero() {
		return d
	}
	if e.mod != "" {
		d.Mod = e.mod
	}
	switch {
	case e.edge < 0:
		d.End, d.Precision = d.Start, Day
	case e.edge > 0:
		d.Start, d.Precision = d.End, Day
	}
	if !d.Yearless && (d.Start.Year() < 1 && !e.beforeChrist() || d.End.Year() > 9999) || d.End.Before(d.Start) {
		return Date{} // beyond what ISO 8601 prints in four digits
	}
	return d
}

// beforeChrist tells that the words print it.
func (e expr) beforeChrist() bool {
	return e.bc || e.in != nil && e.in.beforeChrist() || e.to != nil && e.to.beforeChrist()
}

// finer tells that a distance in this unit needs to know the reference better than it is known: "yesterday" in a
// letter of 1995.
func (c Context) finer(u unit) bool {
	return c.coarse == Month && u < unitMonth || c.coarse == Year && u < unitYear
}

func days(e expr, c Context) Date {
	switch e.op {
	case opCalendar:
		return calendarDays(e, c)
	case opDecade:
		return decadeDays(e, c)
	case opCentury:
		return centuryDays(e)
	case opShift, opAgo, opWindow, opWeekday:
		return deicticDays(e, c)
	case opSame, opEarlier:
		return fromNamed(e, c)
	case opNth:
		return nthDays(e, c)
	case opSeason, opFeast:
		return yearly(e, c)
	case opRange:
		return rangeDays(e, c)
	case opOffset:
		return offsetDays(e, c)
	case opSolar, opIslamic:
		return otherDays(e)
	case opNewYear:
		return newYear(c)
	}
	return Date{}
}

// deicticDays resolves what is counted from the publication, or from the date of a letter.
func deicticDays(e expr, c Context) Date {
	if e.rel == relFollowing || e.rel == relPreceding {
		return weekdayBeside(e, c)
	}
	unit := e.unit
	if e.op == opWeekday {
		unit = unitDay
	}
	if c.Reference.IsZero() || c.finer(unit) || e.habitual(c) {
		return Date{}
	}
	switch e.op {
	case opShift:
		if e.either && c.future() {
			e.n = -e.n
		}
		return inferred(period(unit, c.Reference, shiftOf(e, c)), unit)
	case opAgo:
		return distance(e, c.Reference)
	case opWindow:
		d := Date{Start: c.Reference, End: shift(unit, c.Reference, e.n), Precision: Range, Inferred: InferredDate}
		if e.n < 0 {
			d.Start, d.End = d.End, d.Start
		}
		return d
	}
	return inferred(period(unitDay, weekdayNear(e, c), 0), unitDay)
}

// habitual tells that "at the weekend" is any, in a clause that tells neither what was nor what will be: "The baths
// are open at the weekend."
func (e expr) habitual(c Context) bool {
	return e.unit == unitWeekend && e.rel == relLast && c.tense == tenseOpen
}

// inferred marks a date that only its distance was printed of.
func inferred(d Date, u unit) Date {
	d.Inferred = InferredDate
	if u == unitYear {
		d.Inferred = InferredYear
	}
	return d
}

// shiftOf turns "this weekend" to the one just past in a text of the first half of the week, and "the weekend" in a
// text of any other day.
func shiftOf(e expr, c Context) int {
	wd := c.Reference.Weekday()
	if e.unit != unitWeekend || e.n != 0 || c.future() || wd == time.Sunday || wd == time.Saturday {
		return e.n
	}
	if e.rel == relLast || wd <= time.Wednesday {
		return -1
	}
	return e.n
}

// calendarDays resolves what is printed as a calendar prints it.
func calendarDays(e expr, c Context) Date {
	d := Date{}
	year := e.year
	if e.bc {
		return within(e, 1-e.year, d)
	}
	switch {
	case e.twoDigit:
		year, d.Inferred = fullYear(e.year, 1, c), InferredCentury
		if year == 0 {
			return d
		}
	case e.in != nil:
		in := resolve(*e.in, c)
		if year = in.year(); year == 0 {
			return d
		}
		d.Inferred = InferredYear
	}
	if e.swapped {
		d.Inferred = InferredOrder
		if d.DayFirst = c.Order == OrderDayFirst; d.DayFirst {
			e.day, e.month = e.month, e.day
		}
	}
	if e.month == 0 && e.day > 0 {
		return dayOfMonth(e, c)
	}
	if year == 0 {
		return yearless(e, c)
	}
	return within(e, year, d)
}

// centuryDays is a century as news and reference works count it: the 20th from 1900 to 1999, the 3rd before Christ
// from 300 to 201.
func centuryDays(e expr) Date {
	if e.bc {
		return Date{Start: civil(1-100*e.n, 1, 1), End: civil(-100*(e.n-1), 12, 31), Precision: Range}
	}
	return period(unitCentury, civil(100*(e.n-1), 1, 1), 0)
}

// within places the month and day of an expression in a year.
func within(e expr, year int, d Date) Date {
	switch {
	case e.op == opSeason:
		first := time.Month(3*e.n + 3)
		d.Start, d.End, d.Precision = civil(year, first, 1), civil(year, first+3, 0), Range
		return d
	case e.op == opFeast && e.n > 0:
		d.Start = movingFeast(e.n, year)
		d.End, d.Precision = d.Start, Day
		return d
	case e.month == 0:
		p := period(unitYear, civil(year, 1, 1), 0)
		p.Inferred, p.Yearless = d.Inferred, d.Yearless
		return p
	case e.day == 0:
		p := period(unitMonth, civil(year, time.Month(e.month), 1), 0)
		p.Inferred, p.Yearless = d.Inferred, d.Yearless
		return p
	case e.day > daysIn(year, time.Month(e.month)):
		return Date{}
	}
	d.Start = civil(year, time.Month(e.month), e.day)
	d.End, d.Precision = d.Start, Day
	return d
}

// dayOfMonth resolves "Thursday the 21st": the latest 21st that was a Thursday.
func dayOfMonth(e expr, c Context) Date {
	if c.Reference.IsZero() {
		return Date{}
	}
	const months = 24
	for n := range months {
		if c.future() {
			n = -n
		}
		first := civil(c.Reference.Year(), c.Reference.Month()-time.Month(n), 1)
		day := first.AddDate(0, 0, e.day-1)
		if day.Month() == first.Month() && day.Weekday() == e.weekday && (c.future() || !day.After(c.Reference)) {
			return Date{Start: day, End: day, Precision: Day, Inferred: InferredDate}
		}
	}
	return Date{}
}

// fullYear completes two digits to the first such year (span 1) or decade (span 10) from the one printed before them,
// "the 1850s and the '60s", or else to the latest that has begun.
func fullYear(digits, span int, c Context) int {
	if c.near > 0 {
		year := c.near/100*100 + digits
		if year < c.near/span*span {
			year += 100
		}
		if c.Reference.IsZero() || year <= c.Reference.Year() {
			return year
		}
	}
	if c.Reference.IsZero() {
		if digits >= 30 {
			return 1900 + digits // no reader takes "the '60s" for others
		}
		return 0
	}
	year := c.Reference.Year()/100*100 + digits
	if year > c.Reference.Year() && !(c.future() && span == 1) {
		year -= 100
	}
	return year
}

func decadeDays(e expr, c Context) Date {
	if e.bc {
		return Date{Start: civil(-e.year-8, 1, 1), End: civil(1-e.year, 12, 31), Precision: Decade}
	}
	if !e.twoDigit {
		return period(unitDecade, civil(e.year, 1, 1), 0)
	}
	year := fullYear(e.year, 10, c)
	if year == 0 {
		return Date{}
	}
	d := period(unitDecade, civil(year, 1, 1), 0)
	d.Inferred = InferredCentury
	return d
}

// distance resolves "two years ago". Years and months stay as coarse as they are printed; days and weeks are counted
// to the day, as people do and as the gold annotations have it, unless the count is rough.
func distance(e expr, from time.Time) Date {
	u := e.unit
	d := Date{Start: from, End: from, Precision: Day}
	if u >= unitMonth && e.about {
		d.Mod = ModAbout
	}
	if u != unitTime {
		d.Start = shift(u, from, e.n)
		d.End = d.Start
	}
	if e.about && u >= unitWeek || u >= unitMonth {
		if u == unitFortnight {
			u = unitWeek
		}
		mod := d.Mod
		d = period(u, d.Start, 0)
		d.Mod = mod
	}
	return inferred(d, u)
}

// weekdayNear is the latest such day up to the publication. In 341 bare weekdays of news that is right in 96.5 %, and
// the publication's own weekday means the day itself in 160 of 161.
func weekdayNear(e expr, c Context) time.Time {
	back := (int(c.Reference.Weekday()) - int(e.weekday) + 7) % 7
	switch {
	case e.rel == relLast && back == 0:
		back = 7
	case e.n < 0 && e.rel == relNone: // "a week ago on Monday": the Monday of that week
		return monday(c.Reference).AddDate(0, 0, (int(e.weekday)+6)%7+7*e.n)
	case e.rel == relNext, (e.rel == relThis || e.rel == relNone && c.future()) && back > 0:
		back -= 7
	}
	switch e.n {
	case -2:
		back += 7 // the Monday before last
	case 2:
		back -= 7 // the Monday after next
	}
	return c.Reference.AddDate(0, 0, -back)
}

// weekdayBeside resolves "the following Friday".
func weekdayBeside(e expr, c Context) Date {
	anchor, ok := lastNamed(c.Named, unitDay)
	if !ok || anchor.Yearless {
		return Date{}
	}
	if e.rel == relFollowing {
		e.rel = relNext
	} else {
		e.rel = relLast
	}
	return inferred(period(unitDay, weekdayNear(e, Context{Reference: anchor.Start}), 0), unitDay)
}

// rangeDays joins two periods. What the one end does not print it takes from the other.
func rangeDays(e expr, c Context) Date {
	var from, to Date
	if e.to.deictic() && !e.in.deictic() {
		from = resolve(*e.in, c)
		to = resolve(
			*e.to,
			Context{Reference: from.Start, Named: c.Named, tense: tenseFuture, near: max(0, from.Start.Year())},
		)
	} else {
		to = resolve(*e.to, c)
		before := c
		if !to.IsZero() && !to.Yearless && (e.to.in == nil || e.in.in != e.to.in) { // "May 3-5 of last year": the same
			before = Context{Reference: to.End, Named: c.Named, Order: c.Order}
		}
		from = resolve(*e.in, before)
	}
	if from.IsZero() || to.IsZero() || from.Yearless != to.Yearless {
		return Date{}
	}
	d := Date{Start: from.Start, End: to.End, Precision: Range, Inferred: cmp.Or(from.Inferred, to.Inferred),
		Yearless: from.Yearless}
	if d.Yearless && d.End.Before(d.Start) {
		return Date{}
	}
	return d
}
