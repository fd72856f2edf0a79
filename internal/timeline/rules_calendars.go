package timeline

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// dottedDate reads 16.4.2022.
func dottedDate(tokens []token, i int) (expr, int, bool) {
	t := at(tokens, i)
	if !t.has(cDotted) || t.glued && !at(tokens, i-1).is("(", "[", "-", "\"") {
		return expr{}, i, false
	}
	e := expr{op: opCalendar, year: t.lex.n / 10_000, month: t.lex.n / 100 % 100, day: t.lex.n % 100}
	return e, i + 1, e.year >= minYear && e.year <= maxYear && validDay(e)
}

// solarDate reads "1401 Hamal 7", "Hamal 7, 1401", "7 Hamal 1401" and "Hamal 1401": a year is printed, as many of the
// months' names are names of people too.
func solarDate(tokens []token, i int) (expr, int, bool) {
	return otherDate(tokens, i, opSolar, func(i int) (int, int, bool) {
		t := at(tokens, i)
		return t.lex.n, i + 1, t.has(cSolar) && t.capital
	})
}

// islamicDate reads "10 Muharram 1444", "Ramadan 27, 1443", "Ramadan 1443 AH".
func islamicDate(tokens []token, i int) (expr, int, bool) {
	return otherDate(tokens, i, opIslamic, func(i int) (int, int, bool) { return islamicMonth(tokens, i) })
}

// otherDate reads a date of another calendar by the function that reads the names of its months.
func otherDate(tokens []token, i int, o op, month func(int) (n, next int, ok bool)) (expr, int, bool) {
	e := expr{op: o}
	year := func(i int) bool {
		t := at(tokens, i)
		return t.plain() && t.value >= minOtherYear && t.value <= maxOtherYear
	}
	j := i
	if year(i) { // 1401 Hamal 7
		e.year, j = at(tokens, i).value, i+1
	} else if day, next, _ := dayAt(tokens, i); at(tokens, i).kind == kindNumber {
		e.day, j = day, skip(tokens, next, "of")
	}
	n, j, ok := month(j)
	if !ok {
		return e, i, false
	}
	e.month = n
	if day, next, _ := dayAt(tokens, j); e.day == 0 && at(tokens, j).kind == kindNumber {
		e.day, j = day, next
	}
	if k := skip(tokens, j, ","); e.year == 0 && year(k) {
		e.year, j = at(tokens, k).value, k+1
	}
	if t := at(tokens, j); t.is("sh", "ah", "hijri", "shamsi") {
		j++
	} else {
		j = max(spelled(tokens, j, "sh"), spelled(tokens, j, "ah"))
	}
	return e, j, e.year > 0
}

// islamicNames are the names of the months by their first word, as the tokens behind it.
var islamicNames = func() map[string][]sense {
	names := map[string][]sense{}
	for _, m := range lexicon.IslamicMonths() {
		if m.Language != "en" {
			continue
		}
		word := strings.ReplaceAll(m.Word, "_", " ")
		var parts []string
		for _, t := range scan(word) {
			parts = append(parts, t.lower)
		}
		names[parts[0]] = append(names[parts[0]], sense{n: m.N, rest: parts[1:]})
	}
	return names
}()

func islamicMonth(tokens []token, i int) (n, next int, ok bool) {
	if !at(tokens, i).capital {
		return 0, i, false
	}
	m := matcher{tokens: tokens}
	for _, name := range islamicNames[at(tokens, i).lower] {
		if end := i + 1 + len(name.rest); end > next && m.follows(i+1, name.rest) {
			n, next, ok = name.n, end, true
		}
	}
	return n, next, ok
}
