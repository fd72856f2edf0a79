package timeline

import (
	"slices"
	"time"

	"pilcrow/internal/calendar"
)

// fromNamed resolves what goes by a date named before. Where none was named, a text that looks back from its
// publication ("sales fell from a year earlier") gives that; one that looks on ("two days later") gives none.
func fromNamed(e expr, c Context) Date {
	anchor, ok := lastNamed(c.Named, e.unit)
	if !ok {
		if c.Reference.IsZero() || e.n >= 0 && !e.soon || e.rel == relSame {
			return Date{}
		}
		anchor = period(unitDay, c.Reference, 0)
	}
	if anchor.Yearless && e.unit >= unitYear {
		return Date{}
	}
	var d Date
	if e.op == opSame {
		d = inferred(period(e.unit, anchor.Start, e.n), e.unit)
	} else {
		from := anchor.Start
		if e.n > 0 && nights(anchor) {
			from = anchor.End
		}
		d = distance(e, from)
	}
	if anchor.Yearless {
		d.Yearless = true
		if d.Start.Year() != 0 || d.End.Year() != 0 {
			return Date{}
		}
	}
	return d
}

// lastNamed finds the last date fine enough to move by a unit: a day for days and weeks, a day or a month for months,
// any date within one year for years. A coarser one after it that it does not lie in is what is meant, and cannot be
// counted from: "on 3 May 2010 it closed. In 2011 it reopened, and five weeks later it burned".
func lastNamed(named []Date, u unit) (Date, bool) {
	var coarse Date
	for _, d := range slices.Backward(named) {
		switch {
		case u <= unitFortnight && (d.Precision == Day || nights(d)),
			u == unitMonth && d.Precision <= Month,
			u == unitQuarter && d.Precision == Range && d.year() != 0,
			u >= unitYear && (d.year() != 0 || d.Yearless || d.Precision == u.precision()):
			return d, u > unitFortnight || coarse.IsZero() || coarse.Yearless != d.Yearless || lies(coarse, d)
		}
		if coarse.IsZero() && d.Precision <= Year {
			coarse = d
		}
	}
	return Date{}, false
}

// lies tells that a date lies within another.
func lies(outer, d Date) bool { return !d.Start.Before(outer.Start) && !d.End.After(outer.End) }

// nights tells two or three days that are printed together: "the night of 3-4 March 1912".
func nights(d Date) bool {
	const most = 3 * 24 * time.Hour
	return d.Precision == Range && d.End.Sub(d.Start) < most
}

// beside resolves "the following March", "two winters later" and "that April" by the date named before them.
func beside(e expr, c Context) Date {
	anchor, ok := lastYear(c.Named)
	if !ok {
		return besideNone(e, c)
	}
	from, step := anchor.Start.Year(), 1
	switch e.rel {
	case relSame:
		d := within(e, from-1, Date{Inferred: InferredYear})
		if e.op == opSeason && anchor.Precision <= Month && !d.End.Before(anchor.Start) {
			return d // "February 1902, … that winter": it began in 1901
		}
		return within(e, from, Date{Inferred: InferredYear})
	case relPreceding:
		from, step = anchor.End.Year(), -1
	}
	const most = 9 // February 29 comes again within so many years
	left := max(e.count, 1)
	for n := range most + e.count {
		d := within(e, from+step*n, Date{Inferred: InferredYear})
		if !d.IsZero() && (step > 0 && d.Start.After(anchor.End) || step < 0 && d.End.Before(anchor.Start)) {
			left--
		}
		if left == 0 {
			return d
		}
	}
	return Date{}
}

// besideNone resolves them where no date was named before: some go by the publication. "Two winters later" than nobody
// knows what is no date.
func besideNone(e expr, c Context) Date {
	switch {
	case e.count > 0 || c.Reference.IsZero():
		return Date{}
	case e.rel == relPreceding:
		e.rel = relLast
	case e.rel == relFollowing && e.soon:
		e.rel = relNext
	default:
		return Date{}
	}
	return yearless(e, c)
}

// lastYear is the last date named whose years are known, and no more than two.
func lastYear(named []Date) (Date, bool) {
	for _, d := range slices.Backward(named) {
		if !d.Yearless && d.End.Year()-d.Start.Year() <= 1 && d.Precision != Decade {
			return d, true
		}
	}
	return Date{}, false
}

// offsetDays resolves "two days before Easter 2022". A distance finer than the date that it is from gives no days.
func offsetDays(e expr, c Context) Date { return offsetFrom(e, resolve(*e.in, c)) }

// offsetFrom is the distance of an expression from a date.
func offsetFrom(e expr, in Date) Date {
	if in.IsZero() || in.Yearless || in.Precision == Month && e.unit < unitMonth ||
		in.Precision > Month && e.unit < unitYear {
		return Date{}
	}
	if e.in.op == opSame { // "the same quarter of last year": as long as it
		d := period(e.in.unit, in.Start.AddDate(e.n, 0, 0), 0)
		d.Inferred = InferredDate
		return d
	}
	if e.n == 0 { // "the week of 7 October"
		return inferred(period(e.unit, in.Start, 0), e.unit)
	}
	from := in.Start
	if e.n > 0 {
		from = in.End
	}
	d := distance(e, from)
	d.Inferred, d.Mod = InferredDate, e.mod
	if in.beyondDay() && d.Precision == Day {
		return Date{}
	}
	return d
}

func (d Date) beyondDay() bool { return !d.Start.Equal(d.End) }

// otherDays gives a date of another calendar its Gregorian days.
func otherDays(e expr) Date {
	convert := calendar.SolarHijri
	d := Date{Mod: e.mod}
	if e.op == opIslamic {
		convert = calendar.Islamic
		if e.day > 0 {
			d.Mod = ModAbout
		}
	}
	var ok bool
	if d.Start, d.End, ok = convert(e.year, e.month, e.day); !ok {
		return Date{}
	}
	if d.Precision = Range; e.day > 0 {
		d.Precision = Day
	}
	return d
}

// nthDays resolves a part of a period by its number.
func nthDays(e expr, c Context) Date {
	if e.in == nil {
		return quarterNear(e, c)
	}
	in := resolve(*e.in, c)
	if in.IsZero() || in.Yearless {
		return Date{}
	}
	var d Date
	switch {
	case e.named:
		d = nthWeekday(e, in)
	case e.unit == unitWeek || e.unit == unitWeekend:
		d = nthWeek(e, in)
	case (e.unit == unitHalf || e.unit == unitQuarter) && in.Start.Year() != in.End.Year():
		return partOfYears(e, in)
	case e.n < 0:
		d = period(e.unit, in.End, 0)
	default:
		d = period(e.unit, shift(e.unit, in.Start, e.n-1), 0)
	}
	if e.count > 1 && !d.IsZero() {
		if e.n < 0 {
			d.Start = shift(e.unit, d.Start, 1-e.count)
		} else {
			d.End = shift(e.unit, d.End.AddDate(0, 0, 1), e.count-1).AddDate(0, 0, -1)
		}
		d.Precision = Range
	}
	weeks := e.unit == unitWeek && !e.named
	if d.IsZero() || !weeks && (d.Start.Before(in.Start) || d.End.After(in.End)) {
		return Date{} // "the fifth Monday in the month"
	}
	d.Inferred = in.Inferred
	return d
}

// nthWeek is a week or a weekend of a period by its number. ISO 8601: a week belongs to the month and year of its
// Thursday.
func nthWeek(e expr, in Date) Date {
	offset, thursday := 0, expr{n: e.n, weekday: time.Thursday}
	if e.unit == unitWeekend {
		thursday.weekday, offset = time.Saturday, -2
	}
	d := nthWeekday(thursday, in)
	if !d.IsZero() {
		d = period(e.unit, d.Start.AddDate(0, 0, offset), 0)
	}
	return d
}

// partOfYears is a half or a quarter of a decade or a century: "the first half of the 10th century". It has no days
// where it does not begin or end with a year.
func partOfYears(e expr, in Date) Date {
	parts, years := 4, in.End.Year()-in.Start.Year()+1
	if e.unit == unitHalf {
		parts = 2
	}
	n := e.n
	if n < 0 {
		n = parts
	}
	if years%parts != 0 || n > parts {
		return Date{}
	}
	from := in.Start.Year() + (n-1)*years/parts
	return Date{
		Start:     civil(from, 1, 1),
		End:       civil(from+years/parts-1, 12, 31),
		Precision: Range,
		Inferred:  in.Inferred,
	}
}

func nthWeekday(e expr, in Date) Date {
	var day time.Time
	if e.n < 0 {
		back := (int(in.End.Weekday()) - int(e.weekday) + 7) % 7
		day = in.End.AddDate(0, 0, -back)
	} else {
		on := (int(e.weekday) - int(in.Start.Weekday()) + 7) % 7
		day = in.Start.AddDate(0, 0, on+7*(e.n-1))
	}
	if day.Before(in.Start) || day.After(in.End) {
		return Date{}
	}
	return Date{Start: day, End: day, Precision: Day}
}

// quarterNear finds the year of "the third quarter": results are told of after its end.
func quarterNear(e expr, c Context) Date {
	if e.unit != unitQuarter {
		return Date{}
	}
	n := e.n
	if n < 0 {
		n = 4
	}
	year := c.Reference.Year()
	switch {
	case c.Year != 0:
		year = c.Year
	case c.Reference.IsZero():
		return Date{}
	case c.future() && civil(year, time.Month(3*n+1), 0).Before(c.Reference):
		year++
	case !c.future() && !civil(year, time.Month(3*n+1), 0).Before(c.Reference):
		year--
	}
	d := period(unitQuarter, civil(year, time.Month(3*n), 1), 0)
	d.Inferred = InferredYear
	return d
}

// movingFeast is the day of a feast that has no fixed date.
func movingFeast(feast, year int) time.Time {
	month := func(m time.Month) Date { return period(unitMonth, civil(year, m, 1), 0) }
	switch feast {
	case feastThanksgiving:
		return nthWeekday(expr{n: 4, weekday: time.Thursday}, month(time.November)).Start
	case feastLabor:
		return nthWeekday(expr{n: 1, weekday: time.Monday}, month(time.September)).Start
	case feastMemorial:
		return nthWeekday(expr{n: -1, weekday: time.Monday}, month(time.May)).Start
	case feastGoodFriday:
		return easter(year).AddDate(0, 0, -2)
	case feastEasterMonday:
		return easter(year).AddDate(0, 0, 1)
	}
	return easter(year)
}

// easter is the Gregorian Easter Sunday by the anonymous algorithm (Meeus, Astronomical Algorithms, chapter 8).
func easter(year int) time.Time {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	return civil(year, time.Month((h+l-7*m+114)/31), (h+l-7*m+114)%31+1)
}
