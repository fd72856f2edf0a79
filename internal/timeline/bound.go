package timeline

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// ErrBound is what ParseBound answers where it cannot read a date.
var ErrBound = errors.New("not a date")

// maxBoundBytes bounds what people type for a date.
const maxBoundBytes = 64

// ParseBound reads a date as people type it to say from when to when: "2021", "December 2021", "2022-04-16",
// "16.4.2022", "april 2022", "Q2 2021", "the 1990s", "last week", "yesterday". It returns the first and the last day,
// midnight UTC, so that a caller takes the first of a "from" and the last of a "to". Months and days without a year
// are the latest up to now. The error wraps ErrBound and can be shown to the reader.
func ParseBound(typed string, now time.Time) (start, end time.Time, err error) {
	text := strings.TrimSpace(typed)
	if len(text) > maxBoundBytes {
		return start, end, fmt.Errorf("%w: longer than %d bytes", ErrBound, maxBoundBytes)
	}
	c := Context{Reference: midnight(now), tense: tensePast}
	if day, ok := numericBound(text); ok {
		return day, day, nil
	}
	d := boundOf(scan(lower(text)), c)
	if d.IsZero() || d.Yearless {
		d = foreignBound(text, c)
	}
	if d.IsZero() || d.Yearless {
		return start, end, fmt.Errorf("%w: %q; try 2021, December 2021 or 2022-04-16", ErrBound, text)
	}
	return d.Start, d.End, nil
}

// boundOf resolves tokens that are one expression and nothing else.
func boundOf(tokens []token, c Context) Date {
	for i := range tokens {
		tokens[i].capital = true // people type "may"; "June" and "june" are the same
	}
	i := 0
	for at(tokens, i).is("in", "on", "from", "since", "until", "till", "to", "by", "of", "before", "after") {
		i++
	}
	tokens = tokens[i:]
	if d, ok := wholeYear(tokens); ok {
		return d
	}
	e, next, _, ok := matcher{tokens: tokens}.longestRange(0)
	if !ok || e.kind != 0 || dayPart(tokens, next, e) != len(tokens) {
		if e, next, ok = looseMonth(tokens); !ok || next != len(tokens) {
			return Date{}
		}
	}
	return resolve(e, c)
}

// foreignBound reads a date in the first of the other languages that can read all of it.
func foreignBound(text string, c Context) Date {
	for _, language := range slices.Sorted(maps.Keys(grammars)) {
		m := matcher{grammar: grammars[language], tokens: scan(text), inside: true}
		refold(text, m.tokens)
		for i := range min(len(m.tokens), 2) {
			if i > 0 && !m.before[m.tokens[0].lower] {
				break // but for a word such as the im of "im Mai 2021"
			}
			e, next, _, ok := m.longestRange(i)
			if d := resolve(e, c); ok && next == len(m.tokens) && !d.IsZero() && !d.Yearless {
				return d
			}
		}
	}
	return Date{}
}

// wholeYear reads a year that stands alone, also one that a text would take for a number.
func wholeYear(tokens []token) (Date, bool) {
	if len(tokens) != 1 || !tokens[0].plain() || tokens[0].digits != 4 || tokens[0].value == 0 {
		return Date{}, false
	}
	return period(unitYear, civil(tokens[0].value, 1, 1), 0), true
}

// looseMonth reads "dec" and "dec 2021", which a text would print with a point or a day.
func looseMonth(tokens []token) (expr, int, bool) {
	month, next, _, ok := monthAt(tokens, 0)
	e := expr{op: opCalendar, month: month}
	if !ok {
		return e, 0, false
	}
	return e, yearAfter(tokens, next, &e), true
}

// numericBound reads days written with points, and months and days of one digit: 16.4.2022, 2022-4-6, 2022/4/6.
func numericBound(text string) (time.Time, bool) {
	for _, layout := range []string{"2006-1-2", "2006/1/2", "2.1.2006"} {
		if day, err := time.Parse(layout, text); err == nil && day.Year() > 0 {
			return day, true
		}
	}
	return time.Time{}, false
}
