package timeline

import "time"

func today(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opShift, unit: unitDay}
	j := i
	if at(tokens, i).is("earlier", "later") {
		j++
	}
	switch t := at(tokens, j); {
	case t.is("today") && nowadays(tokens, j):
		return expr{kind: KindVague}, j + 1, true
	case t.has(cDeictic):
		e.n = t.lex.n
		return e, j + 1, true
	case j > i:
		return e, i, false
	case t.is("this") && at(tokens, i+1).is("morning", "afternoon", "evening"):
		return e, i + 2, true
	case t.is("last", "yesterday") && at(tokens, i+1).is("night", "evening"):
		e.n = -1
		return e, i + 2, true
	case t.is("the") && at(tokens, i+1).is("day") &&
		at(tokens, i+2).is("before", "after"):
		e.n = 2
		if at(tokens, i+2).is("before") {
			e.n = -2
		}
		return e, i + 4, at(tokens, i+3).is("yesterday", "tomorrow")
	}
	return e, i, false
}

// nowadays tells that the "today" at j is the time and no day: "is still in use today", "survives to today".
func nowadays(tokens []token, j int) bool {
	const reach = 8 // words
	for k := j - 1; k >= max(0, j-reach); k-- {
		if t := at(tokens, k); t.is("still") || k == j-1 && t.is("even", "to", "until", "till", "of") {
			return true
		} else if t.kind == kindPunct && !t.is("-", "'") {
			break
		}
	}
	return at(tokens, j+1).is("still")
}

// relativeUnit reads "last year", and not "the previous year", which goes by the date named before.
func relativeUnit(tokens []token, i int) (expr, int, bool) {
	j := skip(tokens, i, "the")
	t := at(tokens, j)
	if !t.has(cRelative) || t.is("previous", "preceding", "prior", "following") ||
		j > i && (t.is("this") || t.is("next") && !at(tokens, i-1).is("for", "over", "within", "during")) {
		return expr{}, i, false
	}
	next := j + 1
	if t.is("this") && at(tokens, next).is("past", "coming") {
		t, next = at(tokens, next), next+1
	}
	if at(tokens, next).is("calendar", "fiscal", "financial") {
		next++
	}
	u, next, _ := unitAt(tokens, next)
	if !wholeUnit(tokens, next, u) {
		return expr{}, i, false
	}
	if t.is("past", "last") && u >= unitYear && at(tokens, i-1).is("over", "within") || j > i && t.is("next") {
		return expr{op: opWindow, unit: u, n: t.lex.n}, next, true
	}
	return expr{op: opShift, unit: u, n: t.lex.n}, next, true
}

// wholeUnit tells that the unit which ends at next is one, longer than a day, and no part of a compound: "last
// year-end".
func wholeUnit(tokens []token, next int, u unit) bool {
	return !at(tokens, next-1).has(cPlural) && u > unitDay && u != unitHalf &&
		!(at(tokens, next).is("-") && at(tokens, next).glued)
}

// namedUnit reads what goes by the date named before: "that year", "the previous year", "the following day".
func namedUnit(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opSame}
	j := skip(tokens, i, "the", "that")
	same := at(tokens, j).is("same") || j > i && at(tokens, j).is("entire", "whole", "full")
	if same {
		j++
	}
	if e.n = stepWord(tokens, i, j); e.n != 0 {
		j++
	}
	u, next, _ := unitAt(tokens, j)
	if u < unitDay || u == unitHalf || at(tokens, next-1).has(cPlural) {
		return e, i, false
	}
	e.unit = u
	switch {
	case e.n != 0:
		return e, next, u != unitQuarter || e.n < 0
	case same || at(tokens, i).is("that"):
		if end := yearBefore(tokens, next); end > next && (u == unitQuarter || u == unitMonth) {
			return expr{op: opOffset, unit: unitYear, n: -1, in: e.kept()}, end, true
		}
		return e, next, !at(tokens, next).is("-")
	case !at(tokens, i).is("the"):
		return e, i, false
	}
	e.n = stepBehind(at(tokens, next)) // "the year before"
	return e, next + 1, e.n != 0 && closes(at(tokens, next+1))
}

// stepWord is how far the word at j, in an expression that begins at i, moves its unit: -1 for "previous", 1 for
// "following", 0 for none.
func stepWord(tokens []token, i, j int) int {
	switch t := at(tokens, j); {
	case t.is("previous", "preceding", "prior"):
		return -1
	case t.is("following"), t.is("next") && j > i:
		return 1
	}
	return 0
}

// stepBehind is how far a word behind a unit moves it: -1 for "before", 1 for "after", 0 for none.
func stepBehind(t *token) int {
	switch {
	case t.is("before", "previous", "earlier", "prior"):
		return -1
	case t.is("after", "later"):
		return 1
	}
	return 0
}

// yearBefore reads what moves "the same quarter" to the year before: "of last year", "a year earlier". It returns from
// where there is none.
func yearBefore(tokens []token, from int) int {
	i := skip(tokens, from, "of", "in")
	j := skip(tokens, i, "the", "a", "one")
	switch {
	case at(tokens, j).is("last", "previous", "prior", "preceding") && at(tokens, j+1).is("year"):
		return j + 2
	case i == from && j > i && at(tokens, j).is("year") && at(tokens, j+1).is("earlier", "ago", "before", "previously"):
		return j + 2
	}
	return from
}

// closes tells that nothing follows that "before" and "after" could go with: "the day before." and not "the day
// before the vote".
func closes(t *token) bool {
	return t.kind != kindWord && t.kind != kindNumber || t.is(
		"and",
		"or",
		"but",
		"when",
		"as",
		"in",
		"to",
		"on",
		"at",
		"by",
		"for",
		"because",
		"while",
		"with",
		"from",
		"who",
		"which",
		"amid",
		"had",
		"was",
		"were",
		"after",
		"following",
	)
}

// window reads "the past two years" and "the next three weeks".
func window(tokens []token, i int) (expr, int, bool) {
	j := skip(tokens, i, "the")
	j = skip(tokens, j, "this")
	t := at(tokens, j)
	if !t.has(cRelative) || t.is("this", "current") {
		return expr{}, i, false
	}
	if at(tokens, j+1).is("few", "several", "many", "couple", "some") {
		if _, next, ok := unitAt(tokens, j+2); ok {
			return expr{kind: KindVague}, next, true
		}
		return expr{}, i, false
	}
	n, next, ok := countAt(tokens, j+1)
	if !ok {
		return expr{}, i, false
	}
	u, next, ok := unitAt(tokens, next)
	if !ok || u == unitTime || n == 1 && !at(tokens, next-1).has(cPlural) && j == i {
		return expr{}, i, false
	}
	if at(tokens, next).is("of") {
		return expr{}, i, false // "the last two years of the war"
	}
	e := expr{op: opWindow, unit: u, n: n * t.lex.n}
	if t.is("previous", "preceding", "following", "prior") {
		e.kind = KindVague // by a date that is not certain
	}
	return e, next, true
}

func weekday(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opWeekday, named: true}
	j := i
	switch t := at(tokens, i); {
	case t.is("last", "this", "next", "past", "coming"):
		e.rel, j = relationOf(t), i+1
	case t.is("following", "previous", "preceding"):
		e.rel, j = relFollowing, i+1
		if !t.is("following") {
			e.rel = relPreceding
		}
	}
	t, before, after := at(tokens, j), at(tokens, i-1), at(tokens, j+1)
	if !t.has(cWeekday) || t.has(cPlural) || t.has(cShort) && len(tokens) > 2 {
		return e, i, false
	}
	if before.capital && dayNames[before.lower] || after.capital && papers[after.lower] {
		return e, i, false
	}
	e.weekday = time.Weekday(t.lex.n)
	next := j + 1
	if weekdayBehind(tokens, i, next, &e) {
		return e, next + 1, true
	}
	if day, end, ok := monthDayBehind(tokens, skip(tokens, next, ",")); ok { // "Thursday the 21st"
		return expr{op: opCalendar, day: day, named: true, weekday: e.weekday}, end, !at(tokens, end).is("century")
	}
	// "Tuesday of last week"
	if in, end, _ := relativeUnit(tokens, skip(tokens, next, "of")); in.unit == unitWeek {
		return expr{op: opNth, n: 1, named: true, weekday: e.weekday, in: in.kept()}, end, true
	}
	return e, next, true
}

// weekdayBehind reads "last" and "week" behind a weekday, at next, in an expression that begins at i: "Monday last";
// "on Monday week", which is a week after the next one.
func weekdayBehind(tokens []token, i, next int, e *expr) bool {
	if !closes(at(tokens, next+1)) {
		return false
	}
	switch t := at(tokens, next); {
	case t.is("last"):
		e.rel = relLast
	case t.is("week") && e.rel == relNone && at(tokens, i-1).is("on", "by", "until", "till", "for", "from") &&
		!at(tokens, next+1).is("after"):
		e.rel, e.n = relNext, 2
	default:
		return false
	}
	return true
}

// monthDayBehind reads "the 21st", without a month.
func monthDayBehind(tokens []token, k int) (day, end int, ok bool) {
	t := at(tokens, k+1)
	if !at(tokens, k).is("the") || t.kind != kindNumber || t.lower == "" {
		return 0, k, false
	}
	day, end, ok = dayAt(tokens, k+1)
	return day, end, ok
}

// nth reads "the third Wednesday of previous month", "the last week of March", "the first six months of 2009".
func nth(tokens []token, i int) (expr, int, bool) {
	j := skip(tokens, i, "the")
	n, next, _ := ordinalAt(tokens, j)
	if n == 0 || n > 53 {
		return expr{}, i, false
	}
	e := expr{op: opNth, n: n}
	if count, after, _ := countAt(tokens, next); (n == 1 || n == -1) &&
		!at(tokens, next).is("a", "an") {
		e.count, next = count, after
	}
	if t := at(tokens, next); t.has(cWeekday) && !t.has(cShort|cPlural) {
		e.named, e.weekday, e.unit, next = true, time.Weekday(t.lex.n), unitDay, next+1
	} else if e.unit, next, _ = unitAt(tokens, next); e.unit < unitDay ||
		at(tokens, next-1).has(cPlural) != (e.count > 1) {
		return e, i, false
	}
	if !at(tokens, next).is("of", "in") {
		return e, i, false
	}
	in, end, ok := periodAt(tokens, next+1)
	e.in = in.kept()
	return e, end, ok
}
