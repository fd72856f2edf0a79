package timeline

import (
	"strconv"
	"strings"
)

func bareYear(tokens []token, i int) (expr, int, bool) {
	if y, next, ok := shortYear(tokens, i); ok {
		_, _, unit := unitAt(tokens, next)
		return expr{op: opCalendar, year: y, twoDigit: true}, next, !unit
	}
	j := i
	if at(tokens, i).is("fy") {
		j++
	}
	y, ok := yearAt(tokens, j)
	return expr{op: opCalendar, year: y}, j + 1, ok && (j > i || yearStands(tokens, j))
}

// A yearRule tells from the words around a number whether it is a year. It says nothing where it does not match.
type yearRule struct {
	name, example string
	year          bool
	match         func(tokens []token, i int) bool
}

// yearRules are tried in order; the first that matches decides. In doubt a number is not a year.
var yearRules = []yearRule{
	{"counted", "2,000 refugees", false, counted},
	{"behind a hyphen of dates", "mid-2009; 2009-2010", true, func(tokens []token, i int) bool {
		first := at(tokens, i-2)
		return hyphened(tokens, i) &&
			(first.is("mid", "early", "late", "pre", "post") || first.plain() && first.digits == 4)
	}},
	{"behind another hyphen", "Boeing-2009", false, hyphened},
	{"glued to a sign", "$2009", false, func(tokens []token, i int) bool {
		return at(tokens, i).glued && !at(tokens, i-1).is("(", "[", "\"", "“")
	}},
	{"measures", "2009-foot", false, func(tokens []token, i int) bool {
		hyphen, word := at(tokens, i+1), at(tokens, i+2)
		return hyphen.is("-", "/") && hyphen.glued && word.glued && word.kind == kindWord && !word.is("present")
	}},
	{"behind a word of time", "since 2009", true, func(tokens []token, i int) bool {
		before := at(tokens, i-1)
		return before.is(yearLeads...) || before.has(cMonth|cSeason)
	}},
	{"opens the sentence before a verb", "2009 was", true, func(tokens []token, i int) bool {
		after := at(tokens, i+1)
		return at(tokens, i-1).kind == kindNone && (after.kind != kindWord || after.is(yearVerbs...))
	}},
	{"opens the sentence", "2009 people", false, func(tokens []token, i int) bool {
		return at(tokens, i-1).kind == kindNone
	}},
	{"listed", "2007, 2008 and 2009", true, func(tokens []token, i int) bool {
		return at(tokens, i-1).is("and", "or", ",", "&", "to", "through") && yearNearby(tokens, i-2)
	}},
	{"behind a word that owns or points", "the 2009 games", true, func(tokens []token, i int) bool {
		return at(tokens, i-1).is(yearOwners...)
	}},
	{"alone behind a small word", "about 2009.", true, func(tokens []token, i int) bool {
		after := at(tokens, i+1)
		return at(tokens, i-1).is(yearCompanions...) && (after.kind != kindWord || functionWord(after))
	}},
	{"in brackets", "(2009)", true, func(tokens []token, i int) bool {
		return at(tokens, i-1).is("(", "[") && at(tokens, i+1).is(")", "]", "-", ",", ";", "to")
	}},
}

var (
	// What stands before a year and nothing but time.
	yearLeads = strings.Fields(`in since during until till before after early mid late year years circa between
		throughout fiscal back ad mid-`)
	// What a year that opens a sentence does.
	yearVerbs = strings.Fields(`was saw is were brought marked will would also has and to`)
	// What stands before a year whatever follows: "the 2009 games".
	yearOwners = strings.Fields(`the a an its his her their this s of by from`)
	// What stands before a year, and before a number of things too: "over 2009 people".
	yearCompanions = strings.Fields(`our to for than with and through around about on as over that or`)
)

// yearStands tells a year from a number that counts, measures or names something.
func yearStands(tokens []token, i int) bool {
	for _, r := range yearRules {
		if r.match(tokens, i) {
			return r.year
		}
	}
	return false
}

// hyphened tells that a hyphen stands before the number, without a space.
func hyphened(tokens []token, i int) bool { return at(tokens, i).glued && at(tokens, i-1).is("-") }

// yearNearby tells that a year stands at i or just before it, as in a list.
func yearNearby(tokens []token, i int) bool {
	for j := i; j > i-3; j-- {
		if y, _ := yearAt(tokens, j); y >= 1400 {
			return true
		}
	}
	return false
}

// counted tells that the number at i counts or measures what follows, or is money, or lies before Christ.
func counted(tokens []token, i int) bool {
	t, before, after := at(tokens, i), at(tokens, i-1), at(tokens, i+1)
	if t.glued && before.is("$", "£", "€", "¥", "#", "+", ".", "°", "_", "@", "~") || after.glued && after.is("%", "°",
		"$", "€", "£") {
		return true
	}
	if measures[after.lower] && after.kind == kindWord {
		return !(after.is("b") && !at(tokens, i+2).is("."))
	}
	// "2000 refugees", but "the 2008 games".
	word := after.lower
	return t.value%100 == 0 && after.kind == kindWord && !after.capital && len(word) > 3 && word[len(word)-1] == 's' &&
		!functionWord(after)
}

func functionWord(t *token) bool { return functionWords[t.lower] }

func decade(tokens []token, i int) (expr, int, bool) {
	j := skip(tokens, i, "the")
	if at(tokens, j).has(cDecade) {
		ok := j > i || len(tokens) == 1 || at(tokens, i-1).is("in", "early", "late", "mid", "-", "and", "since")
		return expr{op: opDecade, year: at(tokens, j).lex.n, twoDigit: true}, j + 1, ok && !owned(tokens, i)
	}
	k := skip(tokens, j, "'")
	t := at(tokens, k)
	next, ok := tensAt(tokens, k)
	switch {
	case !ok, t.glued && k == j && !at(tokens, k-2).is("mid", "early", "late"): // "KC-30s"
		return expr{}, i, false
	case t.digits == 2:
		return shortDecade(tokens, i, k, next)
	case t.value < minYear || t.value > maxYear || k > j:
		return expr{}, i, false
	case t.value%100 == 0 && t.value < 2000:
		return expr{op: opCentury, n: t.value/100 + 1}, next, true
	}
	return expr{op: opDecade, year: t.value}, next, true
}

// tensAt reads the figures of a decade with their ending: "1990s", "90's".
func tensAt(tokens []token, k int) (next int, ok bool) {
	t, apostrophe, s := at(tokens, k), at(tokens, k+1), at(tokens, k+2)
	if t.value%10 != 0 || t.digits == 0 {
		return k, false
	}
	if t.lower == "s" {
		return k + 1, true
	}
	return k + 3, t.lower == "" && apostrophe.is("'") && apostrophe.glued && s.is("s") && s.glued
}

// shortDecade reads a decade of two figures, which begins at i with its article, has its number at k and ends before
// next: "the 90s". Something beside it must say that it is one.
func shortDecade(tokens []token, i, k, next int) (expr, int, bool) {
	year := at(tokens, k).value
	if end, bc, _ := christAt(tokens, next); bc {
		return expr{op: opDecade, year: year, bc: true}, end, true
	}
	introduced := k > i || i == 0 ||
		at(tokens, i-1).is("and", "or", "early", "mid", "late", "-", "in", "since", "to")
	measured := at(tokens, next).is("degrees", "percent", "mph", "fahrenheit", "celsius")
	return expr{op: opDecade, year: year, twoDigit: true}, next, introduced && !measured && !owned(tokens, i)
}

// owned tells an age or a measure from a decade: "in his fifties", "temperatures in the 80s".
func owned(tokens []token, i int) bool {
	for j := i - 1; j >= max(0, i-4); j-- {
		if at(tokens, j).is("his", "her", "their", "my", "our", "your", "temperatures", "temperature", "highs", "lows",
			"aged", "age", "scored") {
			return true
		}
	}
	return false
}

func century(tokens []token, i int) (expr, int, bool) {
	j := skip(tokens, i, "the")
	n, next, _ := ordinalAt(tokens, j)
	next = skip(tokens, next, "-")
	ok := n > 0 && n <= 22 && at(tokens, next).is("century", "centuries")
	e := expr{op: opCentury, n: n}
	if end, bc, ad := christAt(tokens, next+1); ad {
		e.bc, next = bc, end-1
	}
	return e, next + 1, ok
}

func quarter(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opNth, unit: unitQuarter}
	if in, end, ok := fiscalQuarter(tokens, i); ok {
		return in, end, true
	}
	if year, ok := yearAt(tokens, i); ok { // 2017 Q1
		n, ok := numbered(at(tokens, skip(tokens, i+1, "-")), 'q', 4)
		e.n, e.in = n, &expr{op: opCalendar, year: year}
		return e, skip(tokens, i+1, "-") + 1, ok
	}
	if n, ok := numbered(at(tokens, i), 'q', 4); ok {
		e.n = n
		return e, periodYear(tokens, i+1, &e), true
	}
	j := skip(tokens, i, "the")
	n, next, _ := ordinalAt(tokens, j)
	hyphen := skip(tokens, next, "-")
	if n > 4 || n == 0 || !at(tokens, hyphen).is("quarter", "quarters") {
		return e, i, false
	}
	e.n = n
	end := periodYear(tokens, hyphen+1, &e)
	if n < 0 && end == hyphen+1 || at(tokens, end).is("of", "final", "finals", "-") {
		return e, i, false // "last quarter" is the one before this; the first quarter of a match is none
	}
	return e, end, true
}

// fiscalYear reads "FY2018", "FY 18" and "fiscal 2018", with or without "year". Where a fiscal year begins is the
// company's affair, so that it has the days of the calendar year of its name.
func fiscalYear(tokens []token, i int) (expr, int, bool) {
	j, t := i, at(tokens, i)
	e := expr{op: opCalendar}
	if rest, ok := strings.CutPrefix(t.lower, "fy"); ok && t.kind == kindWord && len(rest) >= 2 {
		n, err := strconv.Atoi(rest)
		e.year, e.twoDigit = n, len(rest) == 2
		return e, i + 1, err == nil && (len(rest) == 2 || n >= 1900 && n < 2100)
	}
	switch {
	case t.is("fy"):
		j++
	case t.is("fiscal", "financial"):
		j = skip(tokens, i+1, "year")
	default:
		return e, i, false
	}
	if n := at(tokens, j); t.is("fy") && n.kind == kindNumber && n.digits == 2 {
		e.year, e.twoDigit = n.value, true
		return e, j + 1, n.value >= 0
	}
	year, ok := yearAt(tokens, j)
	e.year = year
	return e, j + 1, ok
}

// fiscalQuarter reads "the second quarter of fiscal 2018" and "Q2 FY2018": nobody tells its months, so that it is the
// year.
func fiscalQuarter(tokens []token, i int) (expr, int, bool) {
	j := i
	if _, ok := numbered(at(tokens, i), 'q', 4); ok {
		j++
	} else {
		n, next, _ := ordinalAt(tokens, skip(tokens, i, "the"))
		if next = skip(tokens, next, "-"); n == 0 || n > 4 || !at(tokens, next).is("quarter") {
			return expr{}, i, false
		}
		j = next + 1
	}
	return fiscalYear(tokens, skip(tokens, skip(tokens, j, "of", "in"), "the"))
}

func half(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opNth, unit: unitHalf}
	if n, ok := numbered(at(tokens, i), 'h', 2); ok {
		e.n = n
		end := periodYear(tokens, i+1, &e)
		return e, end, end > i+1
	}
	j := skip(tokens, i, "the")
	n, next, _ := ordinalAt(tokens, j)
	next = skip(tokens, next, "-")
	if n > 2 || n == 0 || !at(tokens, next).is("half") {
		return e, i, false
	}
	e.n = n
	end := periodYear(tokens, next+1, &e)
	return e, end, end > next+1 // the second half of a match has no year
}

// numbered reads the 3 of Q3.
func numbered(t *token, letter byte, highest int) (int, bool) {
	if len(t.lower) != 2 || t.lower[0] != letter {
		return 0, false
	}
	n := int(t.lower[1]) - '0'
	return n, n >= 1 && n <= highest
}

// periodYear reads the year or decade that a quarter, half or season belongs to.
func periodYear(tokens []token, i int, e *expr) int {
	var year expr
	end := yearAfter(tokens, i, &year)
	switch {
	case year.in != nil:
		e.in = year.in
	case end > i:
		e.in = &expr{op: opCalendar, year: year.year, twoDigit: year.twoDigit}
	default:
		if at(tokens, i).is("of", "in") {
			for _, match := range []func([]token, int) (expr, int, bool){decade, century} {
				if in, next, ok := match(tokens, i+1); ok {
					e.in = in.kept()
					return next
				}
			}
		}
	}
	return end
}

// periodAt reads a whole month, quarter, season, year, decade or century. It calls rules by name: through the table it
// would read itself.
func periodAt(tokens []token, i int) (expr, int, bool) {
	if t := at(tokens, i); t.has(cMonth) && !t.has(cShort) && (t.capital || !t.is("may", "march")) {
		e := expr{op: opCalendar, month: t.lex.n}
		return e, yearAfter(tokens, i+1, &e), true
	}
	if y, ok := yearAt(tokens, i); ok && !counted(tokens, i) {
		if e, next, ok := quarter(tokens, i); ok {
			return e, next, true
		}
		return expr{op: opCalendar, year: y}, i + 1, true
	}
	best, end := expr{}, i
	for _, match := range []func([]token, int) (expr, int, bool){shortYearRule, monthYear, quarter, half, season,
		decade, century, relativeUnit, namedUnit} {
		if e, next, ok := match(tokens, i); ok && next > end {
			best, end = e, next
		}
	}
	if end > i {
		return best, end, true
	}
	if u, next, _ := unitAt(tokens, skip(tokens, i, "the")); next == i+2 && u > unitDay &&
		!at(tokens, i+1).has(cPlural) {
		return expr{op: opShift, unit: u}, next, true // "the end of the year"
	}
	return best, i, false
}

func shortYearRule(tokens []token, i int) (expr, int, bool) {
	y, next, ok := shortYear(tokens, i)
	return expr{op: opCalendar, year: y, twoDigit: true}, next, ok
}

// edge reads "the start of this year", "late 2009", "mid-1990s", "early Tuesday". The part keeps the whole period, as
// the words give no day; only a point in time, "since the start of this year", is one.
func edge(tokens []token, i int) (expr, int, bool) {
	j := skip(tokens, i, "the")
	t := at(tokens, j)
	if t.has(cPart) {
		k := skip(tokens, skip(tokens, j+1, "-"), "in", "on", "part")
		if at(tokens, k-1).is("part") {
			k = skip(tokens, k, "of")
		}
		if e, next, ok := periodAt(tokens, k); ok {
			e.mod = Mod(t.lower)
			return e, next, true
		}
		if e, next, ok := weekday(tokens, k); ok {
			return e, next, true
		}
		return today(tokens, k)
	}
	if !t.has(cEdge) || !at(tokens, j+1).is("of") {
		return expr{}, i, false
	}
	e, next, ok := periodAt(tokens, j+2)
	if t.is("middle", "height") {
		if t.is("middle") {
			e.mod = ModMid
		}
		return e, next, ok
	}
	e.mod = ModEarly
	if t.lex.n > 0 {
		e.mod = ModLate
	}
	before := at(tokens, i-1)
	if before.is("since", "from") || before.is("until", "till", "by") && t.lex.n > 0 {
		e.edge, e.mod = t.lex.n, ""
	}
	return e, next, ok
}
