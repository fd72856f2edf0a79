package timeline

// maxListed bounds how many dates of a list share a year.
const maxListed = 12

// A list joins dates of which only the last prints what they share: "3, 5 and 9 May 2017", "in May and June 2019",
// "the 17th and 18th centuries". A lister finds the others.
type lister struct {
	tokens []token
	m      matcher // its grammar is nil for English
}

// lists tells that the token joins the parts of a list; word tells that it is no comma.
func (l lister) lists(i int) (joins, word bool) {
	t := at(l.tokens, i)
	if t.is(",", "،", ";") {
		return !t.is(";"), false
	}
	if l.m.grammar != nil {
		return l.m.list[t.lower], l.m.list[t.lower]
	}
	return t.is("and", "or", "&"), t.is("and", "or", "&")
}

func (l lister) ranges(i int) bool {
	t := at(l.tokens, i)
	if l.m.grammar != nil {
		joins, _ := l.lists(i)
		return l.m.ranges[t.lower] && !joins
	}
	return t.is("to", "-", "through")
}

// expand adds to the pieces those that a list leaves incomplete, and gives each the year that the last of them prints.
func (l lister) expand(pieces []piece) []piece {
	out := make([]piece, 0, len(pieces))
	end := 0
	for k, p := range pieces {
		switch {
		case p.kind != 0:
		case p.op == opCalendar && p.day > 0 && !p.named && p.month > 0:
			out = append(out, l.daysBefore(p, end)...)
			out = append(out, p)
			end = p.to
			for _, more := range l.daysBehind(p) {
				if p.year == 0 {
					out[len(out)-1].year = more.year // "May 3 and 5, 2017": read from the right
				}
				out = append(out, more)
				end = more.to
			}
			continue
		case p.op == opCalendar && p.month > 0 || p.op == opSeason:
			out = append(out, l.namesBefore(p, end, k+1 < len(pieces) && l.goesOn(p, pieces[k+1]))...)
		case p.op == opCentury && !p.bc, p.op == opNth && p.unit == unitQuarter && !p.named:
			before, whole := l.numbersBefore(p, end)
			out = append(append(out, before...), whole)
			end = p.to
			continue
		}
		out = append(out, p)
		end = p.to
	}
	l.shareYears(out)
	return out
}

// daysBefore reads the 3 and 5 of "3, 5 and 9 May". The last of them stands before a word, not a comma alone, and
// they rise.
func (l lister) daysBefore(p piece, end int) []piece {
	if at(l.tokens, p.from).kind != kindNumber {
		return nil
	}
	var found []piece
	day, i := p.day, p.from
	for len(found) < maxListed {
		j, word := i-1, false
		for joins, w := l.lists(j); joins && j > i-3; joins, w = l.lists(j) {
			word = word || w
			j--
		}
		if j == i-1 || len(found) == 0 && !word {
			break
		}
		if at(l.tokens, j).is(".") && at(l.tokens, j).glued { // German: 3., 5. und 9. Mai
			j--
		}
		t := at(l.tokens, j)
		if !dayToken(t) || t.value >= day || j < end || t.glued {
			break
		}
		q := p
		q.day, q.from, q.to = t.value, j, j+1
		found, day, i = append([]piece{q}, found...), t.value, j
	}
	return found
}

// daysBehind reads the 5 and 9 of "May 3, 5 and 9, 2017", where a word joins them or a year follows.
func (l lister) daysBehind(p piece) []piece {
	printed := at(l.tokens, p.to-1) // the day, and not its year
	if l.m.grammar != nil || p.in != nil || printed.kind != kindNumber || printed.value != p.day ||
		at(l.tokens, p.from).kind == kindNumber {
		return nil
	}
	var found []piece
	i, day, joined := p.to, p.day, false
	for len(found) < maxListed {
		j, word := l.joinsAt(i)
		t := at(l.tokens, j)
		if j == i || !dayToken(t) || t.value <= day {
			break
		}
		joined = joined || word
		q := p
		q.day, q.from, q.to = t.value, j, j+1
		found, day, i = append(found, q), t.value, j+1
	}
	if len(found) == 0 {
		return nil
	}
	last := &found[len(found)-1]
	year := expr{}
	next := yearAfter(l.tokens, last.to, &year)
	if !l.ends(next) || year.year == 0 && !joined || !validDay(last.expr) {
		return nil
	}
	for k := range found {
		found[k].year, found[k].twoDigit = year.year, year.twoDigit
	}
	if year.year > 0 {
		last.to = next
	}
	return found
}

// joinsAt reads the comma and the word that join the parts of a list; word tells that there is a word.
func (l lister) joinsAt(i int) (next int, word bool) {
	for next = i; next < i+2; next++ {
		joins, w := l.lists(next)
		if !joins {
			break
		}
		word = word || w
	}
	return next, word
}

// dayToken tells that a token is the day of a month in figures: 5, 5th.
func dayToken(t *token) bool {
	return t.digits <= 2 && t.value >= 1 && t.value <= 31 &&
		(t.lower == "" || isOrdinalSuffix(t.lower))
}

// ends tells that the number before i counts nothing: "May 3 and 5 were wet", not "May 3 and 5 people".
func (l lister) ends(i int) bool {
	after := at(l.tokens, i)
	return after.kind == kindPunct || after.kind == kindNone || functionWord(after) && !after.is("in")
}

// namesBefore reads the May of "May, June and July 2019", the spring of "spring and autumn of 2014". goesOn tells that
// p itself is a part of a list of which another part follows.
func (l lister) namesBefore(p piece, end int, goesOn bool) []piece {
	var found []piece
	i := p.from
	for len(found) < maxListed {
		j, word := i-1, false
		if at(l.tokens, j).is("the") {
			j--
		}
		for joins, w := l.lists(j); joins && j > i-4; joins, w = l.lists(j) {
			word = word || w
			j--
		}
		if j == i-1 || j < end || !goesOn && (len(found) == 0 && !word || p.year == 0 && p.in == nil) {
			break
		}
		q := p
		q.from, q.to, q.mod = j, j+1, ""
		if !l.name(j, &q.expr) {
			break
		}
		found, i = append([]piece{q}, found...), j
	}
	return found
}

// goesOn tells that a month or a season without a year stands in a list before one that has it, or that goes on, too.
func (l lister) goesOn(p, next piece) bool {
	return p.op == next.op && p.year == 0 && p.in == nil && p.day == 0 && next.day == 0 && next.kind == 0 &&
		(next.year != 0 || next.in != nil) && l.joined(p.to, next.from)
}

// name reads one month or season into an expression of that form.
func (l lister) name(i int, e *expr) bool {
	t := at(l.tokens, i)
	if l.m.grammar != nil {
		s, into := slotMonth, &e.month
		if e.op == opSeason {
			s, into = slotSeason, &e.n
		}
		n, next, ok := l.m.word(i, s)
		*into = n
		return ok && next == i+1
	}
	if e.op == opSeason {
		e.n = t.lex.n
		return t.has(cSeason)
	}
	e.month = t.lex.n
	return t.has(cMonth) && t.capital && !t.has(cShort)
}

// numbersBefore reads "the 17th and 18th centuries" as two, "from the 17th to the 19th century" as one time; so the
// quarters of a year.
func (l lister) numbersBefore(p piece, end int) (before []piece, whole piece) {
	i := p.from
	if at(l.tokens, i-1).is("the") {
		i--
	}
	for len(before) < maxListed {
		j := i - 1
		ranges := l.ranges(j)
		if l.m.grammar != nil && at(l.tokens, j-1).kind == kindWord && l.ranges(j-1) { // bis zum
			j--
			ranges = true
		}
		if joins, _ := l.lists(j); !joins && !ranges {
			break
		}
		n, from, ok := l.ordinalBefore(j)
		if !ok || from < end || n >= p.n {
			break
		}
		q := p
		q.n, q.from, q.to, q.mod = n, from, j, ""
		if ranges && len(before) == 0 {
			p.expr = expr{op: opRange, in: q.kept(), to: p.kept()}
			p.from = from
			return nil, p
		}
		before, i = append([]piece{q}, before...), from
		if at(l.tokens, i-1).is("the") {
			i--
		}
	}
	return before, p
}

// ordinalBefore reads the number of a century that ends before i.
func (l lister) ordinalBefore(i int) (n, from int, ok bool) {
	from = i - 1
	if l.m.grammar != nil {
		if at(l.tokens, from).is(".") {
			from--
		}
		n, next, ok := l.m.ordinalAt(from)
		return n, from, ok && next == i && n > 0
	}
	n, next, ok := ordinalAt(l.tokens, from)
	return n, from, ok && next == i && n > 0
}

// shareYears gives a date without a year that of the next one in its list.
func (l lister) shareYears(pieces []piece) {
	for k := len(pieces) - 2; k >= 0; k-- {
		a, b := &pieces[k], &pieces[k+1]
		sameForm := a.op == b.op && (a.op == opCalendar && a.month > 0 && b.month > 0 || a.op == opSeason) ||
			a.op == opNth && b.op == opNth &&
				a.unit == b.unit
		if a.kind != 0 || b.kind != 0 || !sameForm || a.year != 0 || a.in != nil || a.rel != relNone || b.rel != relNone ||
			b.year == 0 && b.in == nil ||
			!l.joined(a.to, b.from) {
			continue
		}
		a.year, a.twoDigit, a.in = b.year, b.twoDigit, b.in
	}
}

// joined tells that only a list's commas and words stand between two dates.
func (l lister) joined(from, to int) bool {
	if to <= from || to-from > 4 {
		return false
	}
	for i := from; i < to; i++ {
		if joins, _ := l.lists(
			i,
		); !joins &&
			!at(l.tokens, i).is("the", "in", "on", "den", "im", "am", "le", "en", "el", "du", "au") {
			return false
		}
	}
	return true
}
