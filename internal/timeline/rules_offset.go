package timeline

import "time"

// offset reads a distance from a date that is named: "two days before Easter 2022", "the day after 3 May 2010", "on
// the eve of Christmas 2019", "three weeks to the day after May 1, 2010". The date itself is then no date of its own.
func offset(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opOffset}
	n, j, ok := countAt(tokens, i)
	switch {
	case ok:
	case at(tokens, i).is("the") && at(tokens, i+1).is("eve") && at(tokens, i+2).is("of"):
		in, end, ok := namedDay(tokens, i+3)
		e.unit, e.n, e.in = unitDay, -1, in.kept()
		return e, end, ok
	case at(tokens, i).is("the"):
		n, j = 1, i+1
	default:
		return e, i, false
	}
	u, j, _ := unitAt(tokens, j)
	if u < unitDay {
		return e, i, false
	}
	if at(tokens, j).is("to") && at(tokens, j+1).is("the") && at(tokens, j+2).is("day") {
		j += 3
	}
	switch t := at(tokens, j); {
	case t.is("before", "preceding"):
		n = -n
	case t.is("prior") && at(tokens, j+1).is("to"):
		n, j = -n, j+1
	case t.is("after", "following", "from"):
	default:
		return e, i, false
	}
	if at(tokens, j).is("from") && !at(tokens, j+1).has(cMonth) {
		return e, i, false // "two days from 1,000 to 2,000"
	}
	in, end, ok := namedDay(tokens, dayOf(tokens, skip(tokens, j+1, "the")))
	e.unit, e.n, e.in = u, n, in.kept()
	e.about = at(tokens, i).is("the") // "the week before Christmas" is the whole week
	switch before := at(tokens, i-1); {
	case before.is("than", "least", "over", "under", "within", "nearly", "almost", "half"),
		before.is("to") && at(tokens, i-2).is("up"):
		e.kind = KindVague
	case before.is("about", "around", "some", "roughly", "approximately"):
		e.mod, e.about = ModAbout, true
	}
	return e, end, ok
}

// dayOf skips what a date is of: the words before "3 May" in "the flood of 3 May". The first stands at i, behind "the".
func dayOf(tokens []token, i int) int {
	noun := at(tokens, i)
	if !at(tokens, i-1).is("the") || noun.kind != kindWord || noun.capital || !at(tokens, i+1).is("of", "on") {
		return i
	}
	return skip(tokens, i+2, "the")
}

// weekOf reads "the week of 7 October": the week that has the day.
func weekOf(tokens []token, i int) (expr, int, bool) {
	if !at(tokens, i).is("the") || !at(tokens, i+1).is("week") || !at(tokens, i+2).is("of") {
		return expr{}, i, false
	}
	in, end, ok := namedDay(tokens, skip(tokens, i+3, "the"))
	return expr{op: opOffset, unit: unitWeek, in: in.kept()}, end, ok && in.day > 0 && in.month > 0
}

// namedDay reads a date that stands for itself: of the calendar or a feast, with its year.
func namedDay(tokens []token, i int) (best expr, end int, ok bool) {
	end = i
	for _, match := range []func([]token, int) (expr, int, bool){isoDate, slashedDate, feast, monthDay, dayMonth,
		monthYear, era, bareYear} {
		if e, next, ok := match(
			tokens,
			i,
		); ok && next > end &&
			(e.year > 0 || e.in != nil || e.day > 0 || e.op == opFeast) {
			best, end = e, next
		}
	}
	return best, end, end > i
}

// unitBeforeLast reads "the Monday before last", "the week after next", "the spring before last".
func unitBeforeLast(tokens []token, i int) (expr, int, bool) {
	n, last := -2, "last"
	if at(tokens, i+2).is("after") {
		n, last = 2, "next"
	}
	if behind := at(tokens, i+4); !at(tokens, i+3).is(last) || behind.has(cUnit|cWeekday|cMonth|cSeason) ||
		behind.capital && behind.has(cOpening) { // "before last Easter"
		return expr{}, i, false
	}
	t := at(tokens, i+1)
	switch {
	case t.has(cWeekday) && !t.has(cPlural|cShort):
		e := expr{op: opWeekday, named: true, weekday: time.Weekday(t.lex.n), rel: relLast, n: n}
		if n > 0 {
			e.rel = relNext
		}
		return e, i + 4, true
	case !t.has(cPlural) && t.lex.unit > unitDay && t.lex.unit != unitHalf:
		return expr{op: opShift, unit: t.lex.unit, n: n}, i + 4, true
	case t.has(cSeason) && !t.has(cPlural), t.has(cMonth) && t.capital && !t.has(cShort):
		e := expr{op: opSeason, n: t.lex.n, rel: relLast, count: 2}
		if t.has(cMonth) {
			e = expr{op: opCalendar, month: t.lex.n, rel: relLast, count: 2}
		}
		if n > 0 {
			e.rel = relNext
		}
		return e, i + 4, true
	}
	return expr{}, i, false
}

// beforeLast reads "the Monday before last", "the week after next", "a week ago today", "a week ago on Monday".
func beforeLast(tokens []token, i int) (expr, int, bool) {
	if at(tokens, i).is("the") && at(tokens, i+2).is("before", "after") {
		return unitBeforeLast(tokens, i)
	}
	n, next, ok := countAt(tokens, i)
	if !ok {
		return expr{}, i, false
	}
	u, next, _ := unitAt(tokens, next)
	if u != unitWeek && u != unitFortnight || !at(tokens, next).is("ago") {
		return expr{}, i, false
	}
	next = skip(tokens, skip(tokens, next+1, "on"), "last")
	t := at(tokens, next)
	days := 7 * n
	if u == unitFortnight {
		days *= 2
	}
	if t.is("today", "yesterday") {
		return expr{op: opShift, unit: unitDay, n: t.lex.n - days}, next + 1, true
	}
	e := expr{op: opWeekday, named: true, weekday: time.Weekday(t.lex.n), n: -days / 7}
	return e, next + 1, t.has(cWeekday) && !t.has(cPlural|cShort)
}
