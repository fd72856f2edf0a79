package timeline

import "time"

// yearless finds the year of a month, a day, a season or a feast: the one the text tells of, else the one nearest
// before the publication (or after it, where the clause tells of what is to come), else none.
func yearless(e expr, c Context) Date {
	d := Date{Inferred: InferredYear}
	if e.rel >= relFollowing {
		return beside(e, c)
	}
	if told, ok := ofTelling(e, c); ok {
		return told
	}
	if c.Reference.IsZero() {
		if e.rel != relNone || e.op == opFeast && e.n > 0 || e.op == opSeason {
			return Date{}
		}
		return within(e, 0, Date{Yearless: true})
	}
	best := latestFit(e, c)
	if e.count > 1 && !best.IsZero() { // "three summers ago", "the spring after next"
		further := 1 - e.count
		if e.rel == relNext {
			further = -further
		}
		return within(e, best.Start.Year()+further, d)
	}
	if c.tense == tenseOpen && e.rel == relNone && !e.named {
		return nearer(e, best, c)
	}
	if best.IsZero() && e.named { // the weekday printed is wrong
		e.named = false
		return yearless(e, c)
	}
	return best
}

// ofTelling places an expression in the year that the text tells of. What happened lies in no year to come: "It is
// planned for 2027. A model, shown in June, …"
func ofTelling(e expr, c Context) (Date, bool) {
	if c.Year == 0 || e.rel != relNone || c.future() {
		return Date{}, false
	}
	told := within(e, c.Year, Date{Inferred: InferredYear})
	coming := !c.Reference.IsZero() && told.Start.After(c.Reference)
	return told, c.tense != tensePast || !coming
}

// latestFit is the last of the years around the publication in which the date may lie; where what is to come is meant,
// the first.
func latestFit(e expr, c Context) (best Date) {
	d := Date{Inferred: InferredYear}
	year := c.Reference.Year()
	for y := year + yearsAhead; y >= year-yearsBack; y-- {
		candidate := within(e, y, d)
		if candidate.IsZero() || e.named && candidate.Start.Weekday() != e.weekday {
			continue
		}
		if fits(e.rel, candidate, c) {
			best = candidate
			if !ahead(e.rel, c) {
				break
			}
		}
	}
	return best
}

// nearer prefers the coming date to the past one where no verb decides and the coming one is much nearer: on November 5
// "the tour begins November 11" is of this year.
func nearer(e expr, past Date, c Context) Date {
	const soon, longAgo = 90, 270 // days: a news text gives the year of what lies further ahead
	coming := within(e, c.Reference.Year(), Date{Inferred: InferredYear})
	if !coming.Start.After(c.Reference) {
		coming = within(e, c.Reference.Year()+1, Date{Inferred: InferredYear})
	}
	if coming.IsZero() || past.IsZero() {
		return past
	}
	if coming.Start.Sub(c.Reference) <= soon*24*time.Hour && c.Reference.Sub(past.End) >= longAgo*24*time.Hour {
		return coming
	}
	return past
}

// February 29 and a date on a given weekday come again within these years.
const (
	yearsBack  = 8
	yearsAhead = 8
)

// ahead tells that the first candidate after the publication is meant and not the last before it.
func ahead(rel relation, c Context) bool { return rel == relNext || rel == relNone && c.future() }

func fits(rel relation, d Date, c Context) bool {
	switch {
	case rel == relThis:
		return d.Start.Year() == c.Reference.Year()
	case rel == relLast:
		return d.End.Before(c.Reference)
	case rel == relNext:
		return d.Start.After(c.Reference)
	case c.future():
		return !d.End.Before(c.Reference)
	}
	return !d.Start.After(c.Reference)
}

// yearly resolves seasons and feasts.
func yearly(e expr, c Context) Date {
	if e.in != nil {
		in := resolve(*e.in, c)
		year := in.year()
		if year == 0 {
			return Date{}
		}
		return within(e, year, Date{Inferred: in.Inferred})
	}
	if e.year != 0 && !e.twoDigit {
		return within(e, e.year, Date{})
	}
	return yearless(e, c)
}

// newYear resolves "in the new year": the beginning of the year after the date named before in a story of the past,
// else of the one that the publication looks on to, or back on. In spring nobody knows which is meant.
func newYear(c Context) Date {
	from := c.Reference
	if c.Year != 0 && !c.future() {
		named, ok := lastNamed(c.Named, unitMonth)
		if !ok || named.Yearless || named.Start.Month() < secondHalf {
			return Date{}
		}
		from, c.tense = named.Start, tenseFuture
	}
	if from.IsZero() || c.finer(unitMonth) {
		return Date{}
	}
	d := period(unitYear, from, 0)
	switch past, late := c.tense == tensePast, from.Month() >= secondHalf; {
	case !past && late:
		d = period(unitYear, from, 1)
	case past && late, !past && from.Month() > time.January:
		return Date{}
	}
	d.Mod, d.Inferred = ModEarly, InferredYear
	return d
}

const secondHalf = time.July // from here on, the new year is the next one
