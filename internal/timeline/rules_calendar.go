package timeline

import "time"

// monthAt reads the name of a month; short tells that it is abbreviated.
func monthAt(tokens []token, i int) (month, next int, short, ok bool) {
	t := at(tokens, i)
	if !t.has(cMonth) {
		return 0, i, false, false
	}
	if !t.has(cShort) {
		return t.lex.n, i + 1, false, true
	}
	if at(tokens, i+1).is(".") && at(tokens, i+1).glued {
		return t.lex.n, i + 2, true, true
	}
	return t.lex.n, i + 1, true, true
}

// weekdayBefore reads the weekday in front of a date: "Saturday, ".
func weekdayBefore(tokens []token, i int, e *expr) int {
	t := at(tokens, i)
	if !t.has(cWeekday) || t.has(cPlural) {
		return i
	}
	e.named, e.weekday = true, time.Weekday(t.lex.n)
	i++
	if t.has(cShort) {
		i = skip(tokens, i, ".")
	}
	return skip(tokens, skip(tokens, i, ","), "the")
}

// yearAfter reads the year behind a month, a season or a feast: ", 2022", " of 1995", " '82", " last year".
func yearAfter(tokens []token, i int, e *expr) int {
	j := skip(tokens, i, ",", "of", "in")
	if y, ok := yearAt(tokens, j); ok && !counted(tokens, j) {
		e.year = y
		return j + 1
	}
	if y, next, ok := shortYear(tokens, j); ok {
		e.year, e.twoDigit = y, true
		return next
	}
	if at(tokens, j-1).is(",") {
		return i
	}
	for _, match := range []func([]token, int) (expr, int, bool){relativeUnit, namedUnit} {
		if in, next, ok := match(tokens, j); ok && in.unit == unitYear {
			e.in = in.kept()
			return next
		}
	}
	if at(tokens, j).is("the") && at(tokens, j+1).is("year") && j > i {
		e.in = &expr{op: opShift, unit: unitYear}
		return j + 2
	}
	return i
}

// shortYear reads '82.
func shortYear(tokens []token, i int) (year, next int, ok bool) {
	t := at(tokens, i+1)
	if !at(tokens, i).is("'") || at(tokens, i).glued && at(tokens, i-1).kind != kindPunct ||
		!t.plain() || !t.glued || t.digits != 2 {
		return 0, i, false
	}
	return t.value, i + 2, true
}

func monthDay(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opCalendar}
	j := weekdayBefore(tokens, i, &e)
	month, j, short, _ := monthAt(tokens, j)
	if short && !at(tokens, i).capital {
		return e, i, false
	}
	j = skip(tokens, j, "the")
	day, j, _ := dayAt(tokens, j)
	if at(tokens, j).glued && at(tokens, j).is(":", "%", "/") || at(tokens, j).is("percent", "per", "%") {
		return e, i, false
	}
	e.month, e.day = month, day
	end := yearAfter(tokens, j, &e)
	if _, next, ok := dayAt(tokens, j+1); end == j && ok && at(tokens, j).is("and", "or") {
		yearAfter(tokens, next, &e) // "April 3 and 9, 2020": one year for both
	}
	if lower := at(tokens, i).lower; (lower == "may" || lower == "march") && !at(tokens, i).capital && e.year == 0 {
		return e, i, false
	}
	return e, end, validDay(e)
}

func dayMonth(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opCalendar}
	j := weekdayBefore(tokens, i, &e)
	j = skip(tokens, j, "the")
	digits := at(tokens, j)
	if digits.glued && at(tokens, j-1).is("$", "£", "€", "#", "/", ":") {
		return e, i, false
	}
	day, j, ok := dayAt(tokens, j)
	if !ok {
		return e, i, false
	}
	k := skip(tokens, j, "of")
	if k == j && digits.kind != kindNumber || k > j && digits.plain() {
		return e, i, false // "first May", "2 of March"
	}
	month, k, short, _ := monthAt(tokens, k)
	if short && !at(tokens, j).capital || at(tokens, j).is("may", "march") && !at(tokens, j).capital {
		return e, i, false
	}
	e.month, e.day = month, day
	return e, yearAfter(tokens, k, &e), validDay(e)
}

// validDay refuses February 30.
func validDay(e expr) bool {
	const leap = 2000
	year := e.year
	if year == 0 || e.twoDigit {
		year = leap
	}
	return e.day >= 1 && e.month >= 1 && e.month <= 12 && e.day <= daysIn(year, time.Month(e.month))
}

func isoDate(tokens []token, i int) (expr, int, bool) {
	year, ok := yearAt(tokens, i)
	dash, month := at(tokens, i+1), at(tokens, i+2)
	if !ok || at(tokens, i).glued || !dash.is("-", "/") || !dash.glued || !month.glued || !month.plain() ||
		month.digits != 2 {
		return expr{}, i, false
	}
	e := expr{op: opCalendar, year: year, month: month.value}
	second, day := at(tokens, i+3), at(tokens, i+4)
	if second.is(dash.lower) && second.glued && day.glued && day.digits == 2 &&
		day.value > 0 &&
		(day.lower == "" || day.lower[0] == 't') {
		e.day = day.value
		return e, i + 5, validDay(e)
	}
	// "2010-11" are two years; "2010-03" cannot be.
	return e, i + 3, dash.is("-") && month.value >= 1 && month.value <= 12 && month.value != year%100+1
}

func slashedDate(tokens []token, i int) (expr, int, bool) {
	a, b, c := at(tokens, i), at(tokens, i+2), at(tokens, i+4)
	for j := i + 1; j <= i+4; j++ {
		if !at(tokens, j).glued {
			return expr{}, i, false
		}
	}
	mark := at(tokens, i+1)
	if a.glued || !mark.is("/", "-") || !at(tokens, i+3).is(mark.lower) || !a.plain() || !b.plain() || !c.plain() ||
		a.digits > 2 || b.digits > 2 || c.digits != 4 && (c.digits != 2 || mark.is("-")) {
		return expr{}, i, false
	}
	e := expr{op: opCalendar, year: c.value, month: a.value, day: b.value, twoDigit: c.digits == 2}
	e.swapped = a.value <= 12 && b.value <= 12 && a.value != b.value
	if e.dayFirst = a.value > 12; e.dayFirst {
		e.month, e.day = b.value, a.value
	}
	return e, i + 5, validDay(e)
}

func monthYear(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opCalendar}
	if year, ok := yearAt(tokens, i); ok { // 2016 June
		month, next, short, ok := monthAt(tokens, i+1)
		if _, _, day := dayAt(tokens, next); ok && !short && !day {
			e.year, e.month = year, month
			return e, next, true
		}
		return e, i, false
	}
	rel, soon, j := relationAt(tokens, i)
	e.rel, e.soon = rel, soon
	first := at(tokens, j)
	month, next, short, ok := monthAt(tokens, j)
	if !ok {
		return e, i, false
	}
	e.month = month
	if end := yearAfter(tokens, next, &e); end > next {
		return e, end, first.capital || !first.is("may", "march") || e.year > 0
	}
	if after := at(tokens, next); after.kind == kindNumber && after.digits <= 2 {
		return e, i, false // "February 30"
	}
	if short && next == j+1 && len(tokens) > 1 || !first.capital && first.is("may", "march", "august") {
		return e, i, false
	}
	return e, next, j > i || !short && monthStands(tokens, i) || short && at(tokens, i-1).is("in", "since")
}

// monthStands tells a bare month from a name: April Jones, May's government.
func monthStands(tokens []token, i int) bool {
	before, after := at(tokens, i-1), at(tokens, i+1)
	if before.kind == kindNone && after.kind == kindNone {
		return true
	}
	if at(tokens, i).is("march") && before.is("the", "a") && (after.kind != kindWord || functionWord(after)) {
		return false // "the March on Washington"
	}
	if before.is(
		"in",
		"since",
		"until",
		"till",
		"by",
		"during",
		"from",
		"to",
		"through",
		"throughout",
		"for",
		"before",
		"after",
		"between",
		"early",
		"mid",
		"late",
		"of",
		"last",
		"this",
		"next",
		"the",
		"an",
		"a",
		"its",
		"their",
		"our",
	) {
		return before.is("in", "since", "until", "during", "early", "late") || !after.capital
	}
	if before.is("and", "or", "-", ",") && at(tokens, i-2).has(cMonth) {
		return true
	}
	if at(tokens, i).is("may", "april", "june", "august") &&
		(before.kind == kindNone || after.is("'") || after.capital) {
		return false
	}
	return !before.capital && !after.capital && before.kind == kindWord &&
		!before.is("said", "and", "with") && !address[before.lower]
}

// relationAt reads the words before a month, a season or a weekday that say which: "last", "the following", "that
// same". soon tells that without a date before them they go by the publication.
func relationAt(tokens []token, i int) (rel relation, soon bool, next int) {
	t := at(tokens, i)
	if t.is("last", "this", "next", "past", "coming") {
		return relationOf(t), false, i + 1
	}
	j := skip(tokens, i, "the", "that")
	j = skip(tokens, j, "very", "same")
	switch t := at(tokens, j); {
	case t.is("following"), t.is("next") && j > i:
		return relFollowing, t.is("next"), j + 1
	case t.is("previous", "preceding"):
		return relPreceding, false, j + 1
	case j > i && (at(tokens, i).is("that") || at(tokens, j-1).is("same")):
		return relSame, false, j
	}
	return relNone, false, i
}

func relationOf(t *token) relation {
	switch {
	case t.is("this", "current"):
		return relThis
	case t.has(cRelative) && t.lex.n < 0:
		return relLast
	case t.has(cRelative) && t.lex.n > 0:
		return relNext
	}
	return relNone
}
