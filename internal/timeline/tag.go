package timeline

import (
	"slices"

	"pilcrow/internal/article"
)

// A Mention is an expression of time in a text. Only those of KindDate have a Date, and it is zero where the words do
// not settle it: "yesterday" without a publication date.
type Mention struct {
	Span   article.Span // in the text given to Tag
	Phrase string       // the words as printed
	Kind   Kind
	Rule   string // the name of the rule that recognized it
	Date
}

// maxNamed bounds how many dates are remembered for "a day earlier".
const maxNamed = 16

// Tag finds the expressions of time in a text, in order and without overlap. It takes time linear in the text.
func Tag(text string, c Context) []Mention {
	c.Reference = midnight(c.Reference)
	c.Named = slices.Clone(c.Named)
	tokens := scan(text)
	var mentions []Mention
	for i := 0; i < len(tokens); {
		e, next, name, ok := longestRange(tokens, i)
		if !ok {
			i++
			continue
		}
		next = dayPart(tokens, next, e)
		mentions = append(mentions, mention(text, tokens, piece{e, i, next}, name, &c))
		i = next
	}
	return mentions
}

// A piece is an expression with its tokens.
type piece struct {
	expr
	from, to int
}

// mention resolves one expression and remembers its date for those that follow.
func mention(text string, tokens []token, p piece, name string, c *Context) Mention {
	span := article.Span{Start: tokens[p.from].start, End: tokens[p.to-1].end}
	m := Mention{Span: span, Phrase: span.Of(text), Kind: p.kind, Rule: name}
	if m.Kind != 0 {
		return m
	}
	m.Kind = KindDate
	if p.deictic() && at(tokens, p.to).is("every", "each", "annually") {
		m.Kind = KindSet // "on 19 June every year"
		return m
	}
	c.tense = tenseOpen
	if p.deictic() {
		c.tense = tenseAround(tokens, p.from, p.to)
	}
	m.Date = resolve(p.expr, *c)
	if !m.IsZero() {
		c.Named = remember(c.Named, m.Date)
		c.Year = tellingOf(m, *c)
	}
	return m
}

// tellingOf is the year that dates without one belong to, once the date of m was printed. Without a publication date
// that is the year printed last. With one, it takes a story of the past: a full date or month at least two years
// back, or such a year at the head of its sentence ("In 1989, ... In May, ...").
func tellingOf(m Mention, c Context) int {
	const (
		pastYears = 2
		headBytes = 12
	)
	year := m.year()
	if year == 0 || m.Inferred != "" || m.Precision > Year {
		return c.Year
	}
	switch {
	case c.Reference.IsZero():
		return year
	case c.Reference.Year()-year < pastYears:
		return 0
	case m.Precision < Year || m.Span.Start <= headBytes:
		return year
	}
	return c.Year
}

func remember(named []Date, d Date) []Date {
	if len(named) >= maxNamed {
		named = slices.Delete(named, 0, len(named)-maxNamed+1)
	}
	return append(named, d)
}

// longestRange finds the longest expression at i and joins it with a second one behind "to" or a dash, or behind the
// "and" of "between".
func longestRange(tokens []token, i int) (expr, int, string, bool) {
	if e, next, ok := dayRange(tokens, i); ok {
		return e, next, "day range", true
	}
	first, mid, name, ok := longest(tokens, i)
	if !ok || first.kind != 0 {
		return first, mid, name, ok
	}
	link := at(tokens, mid)
	switch {
	case link.is("to", "-", "through", "until", "till"):
	case link.is("/") && first.op == opCalendar && first.month == 0:
	case link.is("and") && at(tokens, i-1).is("between"):
	default:
		return first, mid, name, true
	}
	if e, next, ok := shortEnd(tokens, mid, first); ok {
		return e, next, "range", true
	}
	last, end, _, ok := longest(tokens, mid+1)
	if !ok || last.kind != 0 || !joins(first, last) || link.is("until", "till") && !at(tokens, i-1).is("from") {
		return first, mid, name, true
	}
	return expr{op: opRange, in: first.kept(), to: last.kept()}, end, "range", true
}

// joins tells that two expressions can be the ends of a range: both of the calendar or both weekdays, and as fine.
func joins(a, b expr) bool {
	switch {
	case a.op == opCalendar && b.op == opCalendar:
		asFine := (a.month == 0) == (b.month == 0) && (a.day == 0) == (b.day == 0)
		return asFine && (a.year == 0 || b.year == 0 || a.year <= b.year) && !a.twoDigit && !b.twoDigit
	case a.op == opShift && b.op == opShift, a.op == opNth && b.op == opCalendar, a.op == opCalendar && b.op == opShift:
		return false
	}
	return a.op == b.op && a.op != opSame && a.op != opEarlier && a.op != opAgo
}

// shortEnd reads the 18 of "1914-18": two digits of a later year.
func shortEnd(tokens []token, i int, first expr) (expr, int, bool) {
	t := at(tokens, i+1)
	if first.op != opCalendar || first.month != 0 || first.year < minYear || !at(tokens, i).glued || !t.glued ||
		!t.plain() || t.digits != 2 {
		return expr{}, i, false
	}
	last := expr{op: opCalendar, year: first.year/100*100 + t.value}
	phone := at(tokens, i+2).is("-") && at(tokens, i+2).glued // more digits follow
	return expr{op: opRange, in: first.kept(), to: last.kept()}, i + 2, last.year > first.year && !phone
}

// dayRange reads days of one month: "April 3-5", "3 to 5 April 2020", "between April 3 and 5".
func dayRange(tokens []token, i int) (expr, int, bool) {
	from := expr{op: opCalendar}
	month, next, short, ok := monthAt(tokens, i)
	if ok && (!short || at(tokens, i).capital) {
		a, mid, okA := dayAt(tokens, next)
		b, end, okB := dayAt(tokens, mid+1)
		if !okA || !okB || b <= a || !linksDays(tokens, i, mid, b-a) || at(tokens, mid+1).kind != kindNumber {
			return expr{}, i, false
		}
		from.month, from.day = month, a
		to := from
		to.day = b
		end = yearAfter(tokens, end, &to)
		from.year, from.in, from.twoDigit = to.year, to.in, to.twoDigit
		ok := validDay(from) && validDay(to) && !counted(tokens, mid+1)
		return expr{op: opRange, in: from.kept(), to: to.kept()}, end, ok
	}
	a, mid, okA := dayAt(tokens, i)
	if !okA || at(tokens, i).kind != kindNumber || at(tokens, i).glued {
		return expr{}, i, false
	}
	to, end, okB := dayMonth(tokens, mid+1)
	if !okB || to.named || to.day <= a || !linksDays(tokens, i, mid, to.day-a) {
		return expr{}, i, false
	}
	from = to
	from.day = a
	return expr{op: opRange, in: from.kept(), to: to.kept()}, end, true
}

// linksDays tells that the word at mid makes a range of two days: "3 to 5", "between 3 and 5", and "3 and 4", which
// follow each other.
func linksDays(tokens []token, start, mid, apart int) bool {
	link := at(tokens, mid)
	return link.is("-", "to", "through") || link.is("and") && (apart == 1 || at(tokens, start-1).is("between"))
}

// dayPart takes in the part of the day behind a day: "Friday morning".
func dayPart(tokens []token, i int, e expr) int {
	day := e.op == opWeekday || e.op == opCalendar && e.day > 0 || e.op == opShift && e.unit == unitDay ||
		e.op == opNth && e.named
	if day && at(tokens, i).has(cDayPart) {
		return i + 1
	}
	return i
}
