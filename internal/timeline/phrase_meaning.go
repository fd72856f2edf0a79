package timeline

import "time"

// A meaning makes an expression of what a phrase from i to next was filled with. n is the number of its row.
type meaning func(m *matcher, f *found, n, i, next int) (expr, bool)

// meanings are the functions that lexicon/date-phrases.txt names.
var meanings = map[string]meaning{
	"date":   meanDate,
	"days":   meanDays,
	"alone":  meanAlone,
	"year":   func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return expr{op: opCalendar, year: f.year}, true },
	"decade": meanDecade,
	"century": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opCentury, n: f.ordinal}, f.ordinal > 0
	},
	"last":        func(m *matcher, f *found, _, _, _ int) (expr, bool) { return shifted(f, -1, relLast) },
	"this":        func(m *matcher, f *found, _, _, _ int) (expr, bool) { return shifted(f, 0, relThis) },
	"next":        func(m *matcher, f *found, _, _, _ int) (expr, bool) { return shifted(f, 1, relNext) },
	"before_last": func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return twice(f, -1, relLast) },
	"after_next":  func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return twice(f, 1, relNext) },
	"new_year":    func(_ *matcher, _ *found, _, _, _ int) (expr, bool) { return expr{op: opNewYear}, true },
	"following":   func(m *matcher, f *found, _, _, _ int) (expr, bool) { return besides(f, 1, relFollowing) },
	"preceding":   func(m *matcher, f *found, _, _, _ int) (expr, bool) { return besides(f, -1, relPreceding) },
	"same":        func(m *matcher, f *found, _, _, _ int) (expr, bool) { return besides(f, 0, relNone) },
	"ago": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opAgo, unit: f.unit, n: -f.count}, true
	},
	"hence": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opAgo, unit: f.unit, n: f.count}, true
	},
	"roughly": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opAgo, unit: f.unit, n: -f.count, about: true, mod: ModAbout}, true
	},
	"later": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opEarlier, unit: f.unit, n: f.count}, true
	},
	"earlier": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opEarlier, unit: f.unit, n: -f.count}, true
	},
	"offset": func(_ *matcher, f *found, n, _, _ int) (expr, bool) {
		return expr{op: opOffset, unit: f.unit, n: n * f.count, in: f.in}, f.in != nil
	},
	"quarter": func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return partOfYear(f, unitQuarter, 4) },
	"half":    func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return partOfYear(f, unitHalf, 2) },
	"season": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opSeason, n: f.season, year: f.year}, true
	},
	"part": meanPart,
	"about": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opCalendar, year: f.year, mod: ModAbout}, true
	},
	"bc":     meanBC,
	"ad":     func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return expr{op: opCalendar, year: f.small}, true },
	"window": meanWindow,
	"nth":    meanNth,
	"easter": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opFeast, n: feastEaster, year: f.year}, true
	},
	"christmas": func(_ *matcher, f *found, _, _, _ int) (expr, bool) {
		return expr{op: opFeast, month: 12, day: 25, year: f.year}, true
	},
	"weekday": meanWeekday,
	"week_of": func(_ *matcher, f *found, n, _, _ int) (expr, bool) {
		week := expr{op: opShift, unit: unitWeek, n: n}
		return expr{op: opNth, n: 1, named: true, weekday: time.Weekday(f.weekday % 7), in: week.kept()}, true
	},
	"weekend": func(_ *matcher, _ *found, _, _, _ int) (expr, bool) {
		return expr{op: opShift, unit: unitWeekend}, true
	},
	"today":   meanToday,
	"range":   func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return rangeOf(f.in, f.to) },
	"solar":   func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return otherCalendar(f, opSolar, f.solar) },
	"islamic": func(_ *matcher, f *found, _, _, _ int) (expr, bool) { return otherCalendar(f, opIslamic, f.islamic) },
}

func meanDate(m *matcher, f *found, _, i, _ int) (expr, bool) {
	if at(m.tokens, i).glued && at(m.tokens, i-1).kind != kindWord && !at(m.tokens, i-1).is("(", "[", "-", "«", "„") {
		return expr{}, false // "12/3 mars" is no day
	}
	if at(m.tokens, i).is(",", "،") {
		return expr{}, false // a comma is only between a weekday and its date
	}
	e := expr{op: opCalendar, year: f.year, month: f.month, day: f.day}
	if f.filled[slotWeekday] {
		e.named, e.weekday = true, time.Weekday(f.weekday%7)
	}
	if e.day == 0 {
		return e, !e.named
	}
	return e, validDay(e)
}

// meanDays reads "3. bis 5. Mai 2020".
func meanDays(_ *matcher, f *found, _, _, _ int) (expr, bool) {
	from := expr{op: opCalendar, year: f.year, month: f.month, day: f.day}
	to := from
	to.day = f.day2
	return expr{op: opRange, in: from.kept(), to: to.kept()}, f.day < f.day2 && validDay(to)
}

// meanAlone reads a month, a season or a year that nothing else stands beside; in a text, some words before or behind
// must show it.
func meanAlone(m *matcher, f *found, _, i, next int) (expr, bool) {
	e := expr{op: opCalendar, year: f.year, month: f.month}
	if f.filled[slotSeason] {
		e = expr{op: opSeason, n: f.season}
	}
	before, after := at(m.tokens, i-1), at(m.tokens, next)
	shown := m.inside || before.kind != kindNumber && m.before[before.lower] ||
		after.kind != kindNumber && m.after[after.lower] ||
		before.kind == kindNone && after.kind == kindNone
	if f.filled[slotYear] {
		return e, !m.counts(i) && (shown || m.yearStands(e.year, before, after))
	}
	return e, shown && after.kind != kindNumber
}

// yearStands tells that a number without a word that shows it is a year: in brackets, at the head of a sentence, behind
// a dash, and in German between words that are no nouns.
func (m *matcher) yearStands(year int, before, after *token) bool {
	switch {
	case before.is("(", "["):
		return after.is(")", "]", "-", ",")
	case before.kind == kindNone:
		return plainWord(after)
	case before.is("-"):
		return before.glued
	}
	return m.language == "de" && year%100 != 0 && plainWord(before) && plainWord(after)
}

// plainWord tells a word that is no noun of German: a year stands between such without a preposition.
func plainWord(t *token) bool { return t.kind == kindWord && !t.capital }

// counts tells that the figures at i count or measure what follows: "in 2000 Metern", "1500 soldats".
func (m *matcher) counts(i int) bool {
	t, before, after := at(m.tokens, i), at(m.tokens, i-1), at(m.tokens, i+1)
	if t.glued && before.is("$", "€", "£", "#", "+", ".", ",") || after.glued && after.is("%", "°", "€", "$") {
		return true
	}
	_, _, unit := m.senseAt(i+1, slotUnit)
	return unit || measures[after.lower] && after.kind == kindWord ||
		t.value%100 == 0 && m.language == "de" && after.capital
}

func meanDecade(m *matcher, f *found, _, i, next int) (expr, bool) {
	e := expr{op: opDecade, year: f.decade, twoDigit: f.twoDigit}
	if f.filled[slotTens] {
		e.year, e.twoDigit = f.tens, true
	}
	if !f.filled[slotTens] && !f.filled[slotDecade] { // "los noventa": the word itself is the decade
		n, _, ok := m.word(i, slotTens)
		return expr{op: opDecade, year: n, twoDigit: true}, ok && !at(m.tokens, next).has(cUnit) && !m.unitNext(next)
	}
	if !e.twoDigit && (m.language == "fa" || m.language == "ps") && e.year >= minOtherYear && e.year <= maxOtherYear {
		from, to := expr{op: opSolar, year: e.year}, expr{op: opSolar, year: e.year + 9}
		return expr{op: opRange, in: from.kept(), to: to.kept()}, true
	}
	return e, true
}

func (m *matcher) unitNext(i int) bool {
	_, _, ok := m.senseAt(i, slotUnit)
	return ok
}

// shifted reads "letzte Woche", "lundi dernier", "el pasado marzo".
func shifted(f *found, n int, rel relation) (expr, bool) {
	switch {
	case f.filled[slotUnit]:
		return expr{op: opShift, unit: f.unit, n: n}, true
	case f.filled[slotWeekday]:
		return expr{op: opWeekday, named: true, weekday: time.Weekday(f.weekday % 7), rel: rel}, true
	case f.filled[slotMonth]:
		return expr{op: opCalendar, month: f.month, rel: rel}, true
	case f.filled[slotSeason]:
		return expr{op: opSeason, n: f.season, rel: rel}, true
	}
	return expr{op: opShift, unit: unitYear, n: n}, true
}

// twice reads what is one further than the last or the next: "vorletzten Sommer", "übernächstes Jahr".
func twice(f *found, n int, rel relation) (expr, bool) {
	e, ok := shifted(f, 2*n, rel)
	if e.op == opWeekday {
		e.n = 2 * n
	} else if e.op != opShift {
		e.count = 2
	}
	return e, ok
}

// besides reads what goes by the date named before: "el año siguiente", "la veille".
func besides(f *found, n int, rel relation) (expr, bool) {
	if e, ok := shifted(
		f,
		n,
		rel,
	); !f.filled[slotUnit] &&
		(f.filled[slotWeekday] || f.filled[slotMonth] || f.filled[slotSeason]) {
		return e, ok
	}
	e := expr{op: opSame, unit: unitDay, n: n}
	if f.filled[slotUnit] {
		e.unit = f.unit
	}
	return e, true
}

// partOfYear reads a quarter or a half of a year, a decade or a century.
func partOfYear(f *found, u unit, most int) (expr, bool) {
	e := expr{op: opNth, unit: u, n: f.ordinal, in: f.in}
	if e.in == nil && f.year > 0 {
		e.in = &expr{op: opCalendar, year: f.year}
	}
	if e.in == nil {
		e.in = &expr{op: opShift, unit: unitYear, n: -1}
	}
	return e, e.n <= most && e.n != 0
}

// meanPart reads "Anfang 2009": the whole period, with what the words restrict it to.
func meanPart(_ *matcher, f *found, n, _, _ int) (expr, bool) {
	if f.in == nil || f.in.op == opRange || f.in.day > 0 {
		return expr{}, false
	}
	e := *f.in
	e.mod = []Mod{ModEarly, ModMid, ModLate}[n-1]
	return e, true
}

func meanBC(_ *matcher, f *found, _, _, _ int) (expr, bool) {
	if f.filled[slotOrdinal] {
		return expr{op: opCentury, n: f.ordinal, bc: true}, f.ordinal > 0
	}
	return expr{op: opCalendar, year: f.small, bc: true}, true
}

func meanWindow(_ *matcher, f *found, n, _, _ int) (expr, bool) {
	if n == 0 {
		n = -1
	}
	return expr{op: opWindow, unit: f.unit, n: n * f.count}, true
}

// meanNth reads "dritter Mittwoch im März 2009" and, without a weekday, the week.
func meanNth(_ *matcher, f *found, _, _, _ int) (expr, bool) {
	e := expr{op: opNth, n: f.ordinal, unit: unitWeek, in: &expr{op: opCalendar, month: f.month, year: f.year}}
	if f.filled[slotWeekday] {
		e.named, e.weekday, e.unit = true, time.Weekday(f.weekday%7), unitDay
	}
	return e, e.n != 0
}

// meanWeekday reads a bare weekday that is one day: "am Montag", "mardi", "el lunes". "Le lundi" and "jeden Montag" are
// any, "montag bis freitag" and "Montag: 9 Uhr" hours of opening, and "mardi gras" is a feast.
func meanWeekday(m *matcher, f *found, _, i, next int) (expr, bool) {
	before, after := at(m.tokens, i-1), at(m.tokens, next)
	head := before.kind == kindNone
	listed := m.list[before.lower] && m.weekdayBehind(i-2)
	_, whole, _ := m.senseAt(i-1, slotWeekday) // "سه شنبه", of which the second word is a weekday, too
	switch {
	case whole > i, m.anyDay[before.lower], m.feast[after.lower], after.is(":"),
		m.until(after) && m.weekdayAt(next+1), m.until(before) && m.weekdayBehind(i-2),
		m.language == "fr" && at(m.tokens, i).capital && !head: // a name
		return expr{}, false
	case m.oneDay == nil, m.oneDay[before.lower], listed, head && m.language == "de" && plainWord(after):
		return expr{op: opWeekday, named: true, weekday: time.Weekday(f.weekday % 7)}, true
	}
	return expr{}, false
}

// until tells a word that joins the ends of a range, and not the parts of a list.
func (m *matcher) until(t *token) bool { return m.ranges[t.lower] && !m.list[t.lower] }

func (m *matcher) weekdayAt(i int) bool {
	_, _, ok := m.senseAt(i, slotWeekday)
	return ok
}

// weekdayBehind tells that a weekday stands at i or right before: "Montag früh", and "سه شنبه", which has two words.
func (m *matcher) weekdayBehind(i int) bool { return m.weekdayAt(i-1) || m.weekdayAt(i) }

// meanToday reads "gestern". "Morgen" with a capital and "la mañana" are the morning.
func meanToday(m *matcher, f *found, _, i, _ int) (expr, bool) {
	before := at(m.tokens, i-1)
	if f.deictic == 1 && (m.language == "de" && at(m.tokens, i).capital && before.kind != kindNone ||
		before.is("la", "esta", "por", "cada", "jeden", "am", "heute", "gestern")) {
		return expr{}, false
	}
	return expr{op: opShift, unit: unitDay, n: f.deictic, either: m.language == "ur" && f.deictic < 0}, true
}

func rangeOf(a, b *expr) (expr, bool) {
	if a == nil || b == nil || a.op == opRange || b.op == opRange {
		return expr{}, false
	}
	return expr{op: opRange, in: a, to: b}, joins(*a, *b)
}

// otherCalendar reads a date of the Solar Hijri or the Islamic calendar.
func otherCalendar(f *found, o op, month int) (expr, bool) {
	return expr{op: o, year: f.other, month: month, day: f.day}, f.other > 0
}
