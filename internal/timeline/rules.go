package timeline

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// A rule recognizes one form of expression. Match looks at the tokens from i on and returns the expression and the
// token after it; it sees words only, no dates. It may look back past i to refuse, never far: a rule reads a bounded
// number of tokens, so the whole is linear in the text.
type rule struct {
	name   string
	source string
	match  func(tokens []token, i int) (expr, int, bool)
	begins class // the classes of which the first token has one
}

const (
	timex  = "TIMEX3 guidelines 1.2.1"
	iso    = "ISO 8601"
	isoExt = "ISO 8601-2 (EDTF)"
	usage  = "AP and Guardian style guides, dates and times"
)

// rules are tried at every token; the longest match wins, the first of equals. Each has its cases in rules_test.go.
var rules = []rule{
	{"iso date", iso + " 5.2.2: 2022-04-16, 2022-04", isoDate, cDigits},
	{slashed, usage + ": 4/16/2022", slashedDate, cDigits},
	{"dotted date", "DIN 5008: 16.4.2022", dottedDate, cDigits},
	{"solar hijri", "Unicode CLDR 48, calendar persian: 1401 Hamal 7; 7 Farvardin 1401", solarDate, cDigits | cSolar},
	{"islamic", "Unicode CLDR 48, calendar islamic-umalqura: 10 Muharram 1444", islamicDate, cDigits | cIslamic},
	{
		"feast",
		"Gregorian calendar; computus for Easter: Christmas Eve 2019; last Thanksgiving",
		feast,
		cDigits | cOpening | cRelative | cMonth,
	},
	{"month and day", usage + ": April 16, 2022; April 16th; Saturday, April 16", monthDay, cWeekday | cMonth},
	{
		"day and month",
		usage + ": 16 April 2022; the 16th of April",
		dayMonth,
		cDigits | cWeekday | cOpening | cOrdinal | cNumber,
	},
	{"month", timex + ": April 2022; 2022 April; in April", monthYear, cDigits | cMonth | cRelative | cOpening},
	{"year", timex + ": 2021; '82", bareYear, cDigits | cQuote | cOpening},
	{"era", isoExt + " years beyond 0001–9999: 312 BC; AD 14; c. 850; the year 871", era, cDigits | cOpening},
	{"decade", timex + " 199: the 1990s; the '90s; the nineties", decade, cDigits | cQuote | cOpening | cDecade},
	{"century", timex + " 19: the 20th century", century, cDigits | cOpening | cOrdinal},
	{
		"quarter",
		timex + " 2009-Q3: Q3 2009; the third quarter of last year; third-quarter",
		quarter,
		cDigits | cOpening | cOrdinal,
	},
	{"fiscal year", timex + " 2018: FY2018; FY 18", func(tokens []token, i int) (expr, int, bool) {
		e, next, ok := fiscalYear(tokens, i)
		return e, next, ok && strings.HasPrefix(at(tokens, i).lower, "fy")
	}, cOpening},
	{"half", timex + " 2009-H1: H1 2009; the first half of 2009", half, cDigits | cOpening | cOrdinal},
	{"season", timex + " 1969-SU: summer 1969; last winter", season, cSeason | cOpening | cRelative},
	{
		"seasons apart",
		timex + " anchorTimeID: two winters later; three summers ago",
		seasonsApart,
		cDigits | cNumber | cOpening,
	},
	{
		"today",
		timex + ": today; yesterday; the day before yesterday; tonight; last night",
		today,
		cDeictic | cRelative | cOpening,
	},
	{
		"this unit",
		timex + ": this week; last year; the past decade; the next month",
		relativeUnit,
		cRelative | cOpening,
	},
	{
		"that unit",
		timex + " anchorTimeID: that year; the previous year; the following day; the year before",
		namedUnit,
		cRelative | cOpening,
	},
	{"window", timex + " P2Y with endPoint t0: the past two years; the next three weeks", window, cRelative | cOpening},
	{
		"ago",
		timex + ": two days ago; a week from now; a day earlier; three months later",
		ago,
		cDigits | cNumber | cOpening,
	},
	{
		"before last",
		timex + ": the Monday before last; the week after next; a week ago today",
		beforeLast,
		cDigits | cNumber | cOpening,
	},
	{
		"offset",
		timex + " anchorTimeID: two days before Easter 2022; the day after 3 May 2010",
		offset,
		cDigits | cNumber | cOpening,
	},
	{"week of", timex + " 2030-W41: the week of 7 October", weekOf, cOpening},
	{
		"weekday",
		timex + ": Tuesday; last Tuesday; Tuesday of last week; Thursday the 21st",
		weekday,
		cRelative | cWeekday,
	},
	{
		"nth",
		timex + ": the third Wednesday of previous month; the last week of March",
		nth,
		cDigits | cOpening | cOrdinal,
	},
	{
		"edge",
		timex + " mod START, MID, END: the start of this year; early 2009; mid-1990s",
		edge,
		cOpening | cPart | cEdge,
	},
	{"new year", timex + " mod START: in the new year", inNewYear, cOpening},
	{"the weekend", timex + ": over the weekend", theWeekend, cOpening},
	{"earlier in", timex + ": earlier in the week; later in the month", earlierIn, cOpening},
	{
		"run of days",
		timex + " P6D with endPoint t0: for the sixth straight day; after six straight days; the third day in a row",
		runOfDays,
		cDigits | cNumber | cOpening,
	},
	{"clock", timex + " TIME: 16:00 UTC; 9 a.m.", clock, cDigits},
	{"duration", timex + " DURATION: for three weeks; 20-year; monthlong", duration, cDigits | cNumber | cOpening},
	{"set", timex + " SET: every year; each Monday; on Fridays; annually", set, cOpening | cWeekday | cOrdinal},
	{
		"vague",
		timex + " PAST_REF, PRESENT_REF: in recent years; decades ago; these days",
		vague,
		cVague | cOpening | cUnit,
	},
}

const slashed = "slashed date"

// figures are the rules that are the same in all languages.
var figures = []rule{
	{"iso date", iso + " 5.2.2: 2022-04-16, 2022-04", isoDate, cDigits},
	{slashed, "4/16/2022", slashedDate, cDigits},
	{"dotted date", "16.4.2022", dottedDate, cDigits},
	{"quarter", "Q3 2009; 2009 Q3", func(tokens []token, i int) (expr, int, bool) {
		e, next, ok := quarter(tokens, i)
		return e, next, ok && e.in != nil && at(tokens, i).kind == kindNumber
	}, cDigits},
}

// longest applies all rules at i. A range is built from what they find.
func longest(tokens []token, i int) (expr, int, string, bool) {
	e, end, name := expr{}, i, ""
	if !begins(at(tokens, i)) || idleArticle(tokens, i) {
		return e, end, name, false
	}
	first := classes(at(tokens, i))
	for k := range rules {
		r := &rules[k]
		if r.begins&first == 0 {
			continue
		}
		if found, next, ok := r.match(tokens, i); ok && next > end {
			e, end, name = found, next, r.name
		}
	}
	return e, end, name, end > i
}

// classes are those of a token, with what it is where it is no word.
func classes(t *token) class {
	switch {
	case t.kind == kindNumber:
		return t.lex.class | cDigits
	case t.lower == "'":
		return t.lex.class | cQuote
	}
	return t.lex.class
}

// begins spares the rules the words that begin no expression.
func begins(t *token) bool { return t.kind == kindNumber || t.lex.class != 0 || t.lower == "'" }

// idleArticle tells an article before a word that is in no expression: "the bridge". Articles are a tenth of all words,
// and nearly all rules can begin with one.
func idleArticle(tokens []token, i int) bool {
	if !at(tokens, i).is("the", "a", "an") {
		return false
	}
	next := at(tokens, i+1)
	return next.kind == kindWord && !begins(next) && !behindArticle[next.lower]
}

// behindArticle are the words that stand between an article and what it is of in an expression, and begin none.
var behindArticle = lexicon.Set("eve entire whole full calendar fiscal financial couple")

// skip returns the index after the word, or i where another word stands.
func skip(tokens []token, i int, words ...string) int {
	if at(tokens, i).is(words...) {
		return i + 1
	}
	return i
}

// yearAt reads a year of four digits.
func yearAt(tokens []token, i int) (int, bool) {
	t := at(tokens, i)
	if !t.plain() || t.digits != 4 || t.value < minYear || t.value > maxYear {
		return 0, false
	}
	return t.value, true
}

const (
	minYear = 1000 // a smaller number of news prose counts things
	maxYear = 2199
)

// dayAt reads the day of a month: 16, 16th, sixteenth, twenty-first.
func dayAt(tokens []token, i int) (day, next int, ok bool) {
	t := at(tokens, i)
	switch {
	case t.kind == kindNumber && t.digits <= 2 && t.value >= 1 && t.value <= 31 && (t.lower == "" ||
		isOrdinalSuffix(t.lower)):
		return t.value, i + 1, true
	case t.has(cNumber) && t.lex.n >= 20 && t.lex.n <= 30 && at(tokens, i+1).is("-") && at(tokens, i+2).has(cOrdinal):
		if n := t.lex.n + at(tokens, i+2).lex.n; at(tokens, i+2).lex.n > 0 && n <= 31 {
			return n, i + 3, true
		}
	case t.has(cOrdinal) && t.lex.n > 0 && t.lex.n <= 31:
		return t.lex.n, i + 1, true
	}
	return 0, i, false
}

func isOrdinalSuffix(s string) bool { return s == "st" || s == "nd" || s == "rd" || s == "th" }

// ordinalAt reads first, 3rd, last.
func ordinalAt(tokens []token, i int) (int, int, bool) {
	t := at(tokens, i)
	if t.has(cOrdinal) {
		return t.lex.n, i + 1, true
	}
	if t.kind == kindNumber && isOrdinalSuffix(t.lower) && t.value > 0 && t.value < 100 {
		return t.value, i + 1, true
	}
	return 0, i, false
}

// countAt reads how many: 2, two, twenty-one, a, a couple of, a dozen.
func countAt(tokens []token, i int) (n, next int, ok bool) {
	t := at(tokens, i)
	switch {
	case t.plain() && t.value > 0 && t.value < 1000:
		return t.value, i + 1, true
	case t.is("a", "an"):
		if at(tokens, i+1).is("couple") && at(tokens, i+2).is("of") {
			return 2, i + 3, true
		}
		if at(tokens, i+1).is("dozen") {
			return 12, i + 2, true
		}
		return 1, i + 1, true
	case t.has(cNumber) && t.lex.n >= 20 && at(tokens, i+1).is("-") && at(tokens, i+2).has(cNumber) && at(tokens,
		i+2).lex.n < 10:
		return t.lex.n + at(tokens, i+2).lex.n, i + 3, true
	case t.has(cNumber):
		return t.lex.n, i + 1, true
	}
	return 0, i, false
}

// unitAt reads a unit of the calendar.
func unitAt(tokens []token, i int) (u unit, next int, ok bool) {
	t := at(tokens, i)
	if !t.has(cUnit) {
		return unitNone, i, false
	}
	return t.lex.unit, i + 1, true
}
