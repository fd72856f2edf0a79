package timeline

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/lexicon"
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
	if c.Language == "" {
		c.Language = tongue(text)
	}
	c.Named = slices.Clone(c.Named)
	mentions, _ := tag(text, c)
	return mentions
}

// tag is Tag in a language that is known, "" for English. It also returns the date on which a letter or a speech that
// the text quotes was written or held, zero where the text does not say.
func tag(text string, c Context) ([]Mention, Date) {
	return tagTokens(text, scan(text), c)
}

// tagTokens is tag for who has the text's tokens already. Those of another language than English are folded anew.
func tagTokens(text string, tokens []token, c Context) ([]Mention, Date) {
	c.Reference = midnight(c.Reference)
	grammar := grammars[c.Language]
	if grammar != nil {
		refold(text, tokens)
	}
	m := matcher{grammar: grammar, tokens: tokens}
	pieces := m.pieces()
	if len(pieces) == 0 {
		return nil, Date{}
	}
	if c.Order == OrderUnknown {
		c.Order = orderOf(pieces, grammar)
	}
	r := resolver{text: text, matcher: m, c: c, pieces: pieces}
	return r.mentions()
}

// pieces recognizes the expressions of a text.
func (m matcher) pieces() []piece {
	var found []piece
	listed := false
	for i := 0; i < len(m.tokens); {
		e, next, name, ok := m.longestRange(i)
		if !ok {
			i++
			continue
		}
		if m.grammar == nil {
			next = dayPart(m.tokens, next, e)
		}
		p := piece{e, i, next, name}
		if len(found) == 0 || found[len(found)-1].to < i {
			p = approximated(m.tokens, p)
		}
		found = append(found, p)
		listed = listed || p.kind == 0
		i = next
	}
	if listed {
		found = lister{m.tokens, m}.expand(found)
	}
	return found
}

// A piece is an expression with its tokens and its rule.
type piece struct {
	expr
	from, to int
	name     string
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

// longestRange finds the longest expression at i by the rules of the language and joins it with a second one behind
// "to" or a dash, or behind the "and" of "between".
func (m matcher) longestRange(i int) (expr, int, string, bool) {
	tokens := m.tokens
	if m.grammar == nil {
		if e, next, ok := dayRange(tokens, i); ok {
			return e, next, "day range", true
		}
	}
	first, mid, name, ok := m.longestOf(i)
	if !ok || first.kind != 0 {
		return first, mid, name, ok
	}
	link := at(tokens, mid)
	if !m.links(i, mid, first) {
		return first, mid, name, true
	}
	if m.grammar == nil && link.is("to") && rescheduled(tokens, i) {
		first.kind = KindVague // where something was moved from did not come
		return first, mid, name, true
	}
	if e, next, ok := shortEnd(tokens, mid, first); ok {
		return e, next, "range", true
	}
	behind := m.behindLink(mid)
	second := m
	second.inside = true // the first shows that it is a date
	last, end, _, ok := second.longestOf(behind)
	if !ok || last.kind != 0 || !joins(first, last) ||
		m.grammar == nil && link.is("until", "till") && !at(tokens, i-1).is("from") {
		return first, mid, name, true
	}
	return expr{op: opRange, in: first.kept(), to: last.kept()}, end, "range", true
}

// moving verbs change when something is to be.
var moving = lexicon.Set(`move moved moves moving postpone postponed postpones postponing reschedule rescheduled
	shift shifted shifts shifting change changed changes changing delay delayed delays brought bring put pushed`)

// rescheduled tells that the date at i is one that something is moved from: "moved the vote from May to November".
func rescheduled(tokens []token, i int) bool {
	const reach = 9 // words from the verb to "from"
	if !at(tokens, i-1).is("from") {
		return false
	}
	for k := i - 2; k >= max(0, i-2-reach); k-- {
		if t := at(tokens, k); moving[t.lower] {
			return true
		} else if t.kind == kindPunct && !t.is("-", "'") {
			return false
		}
	}
	return false
}

// behindLink is where the second end of a range begins: behind "bis zum", "jusqu'au 3".
func (m matcher) behindLink(mid int) int {
	behind := mid + 1
	for m.grammar != nil && behind < mid+3 {
		t := at(m.tokens, behind)
		if t.kind != kindWord || !m.ranges[t.lower] && !t.is("den", "dem", "zum", "le", "el", "la") {
			break
		}
		behind++
	}
	return behind
}

// longestOf applies the rules of the language at i, and those that are the same in all.
func (m matcher) longestOf(i int) (expr, int, string, bool) {
	if m.grammar == nil {
		return longest(m.tokens, i)
	}
	best, end, name, _ := m.longest(i)
	if t := at(m.tokens, i); t.kind == kindNumber {
		for _, r := range figures {
			if e, next, ok := r.match(m.tokens, i); ok && next > end {
				best, end, name = e, next, r.name
			}
		}
	}
	return best, end, name, end > i
}

// links tells that the token at mid joins the date from i with one behind it.
func (m matcher) links(i, mid int, first expr) bool {
	link := at(m.tokens, mid)
	switch {
	case link.is("-"), link.is("/") && first.op == opCalendar && first.month == 0:
		return true
	case m.grammar != nil:
		if joins, _ := (lister{m.tokens, m}).lists(mid); joins {
			return at(m.tokens, i-1).is("zwischen", "entre", "بین")
		}
		return link.kind == kindWord && m.ranges[link.lower]
	}
	return link.is("to", "through", "until", "till") || link.is("and") && at(m.tokens, i-1).is("between")
}

// joins tells that two expressions can be the ends of a range: both of the calendar or both weekdays, and as fine.
func joins(a, b expr) bool {
	switch {
	case a.op == opCalendar && b.op == opCalendar:
		return calendarJoins(a, b)
	case a.op == opShift && b.op == opShift, a.op == opNth && b.op == opCalendar, a.op == opCalendar && b.op == opShift:
		return false
	}
	return a.op == b.op && a.op != opSame && a.op != opEarlier && a.op != opAgo
}

// calendarJoins tells that two dates of the calendar can be the ends of a range: as fine, and in order.
func calendarJoins(a, b expr) bool {
	if (a.month == 0) != (b.month == 0) || (a.day == 0) != (b.day == 0) {
		return false
	}
	if a.bc || b.bc {
		return a.bc != b.bc || a.year >= b.year
	}
	inOrder := a.year == 0 || b.year == 0 || a.year <= b.year || b.twoDigit
	return inOrder && !a.twoDigit && !(b.twoDigit && a.year == 0)
}

// shortEnd reads the 18 of "1914-18": two digits of a later year.
func shortEnd(tokens []token, i int, first expr) (expr, int, bool) {
	t := at(tokens, i+1)
	if first.month != 0 || first.year < minYear || !at(tokens, i).glued || !t.glued ||
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
		a, mid, _ := dayAt(tokens, next)
		b, end, _ := dayAt(tokens, mid+1)
		if b <= a || !linksDays(tokens, i, mid, b-a) || at(tokens, mid+1).kind != kindNumber {
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
	a, mid, _ := dayAt(tokens, i)
	if at(tokens, i).kind != kindNumber || at(tokens, i).glued {
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
