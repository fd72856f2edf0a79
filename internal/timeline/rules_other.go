package timeline

// The seasons are the meteorological ones of the northern hemisphere: spring begins in March.
func season(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opSeason}
	rel, soon, j := relationAt(tokens, i)
	if e.rel, e.soon = rel, soon; rel == relNone {
		j = skip(tokens, i, "the")
		if t := at(tokens, j); t.is("last", "past", "coming") {
			e.rel, j = relationOf(t), j+1
		}
	}
	t := at(tokens, j)
	if !t.has(cSeason) ||
		e.rel == relSame && t.is("spring", "fall") &&
			!at(tokens, i-1).is("in", "during", "later", "late", "early", "by", ",") {
		return e, i, false // "prices that fall"
	}
	e.n = t.lex.n
	next := j + 1
	verb := j == i && t.is("spring", "fall") && at(tokens, next).is("in") // "rents fall in 2019"
	if verb || at(tokens, next).is("season") {
		return e, i, false
	}
	if end := periodYear(tokens, next, &e); end > next {
		return e, end, e.rel == relNone
	}
	in := at(tokens, i-1).is("in", "since", "during", "until", "by", "of") && j > i && !t.capital
	return e, next, (e.rel != relNone || in) && !at(tokens, next).is("of", "-", "in")
}

// seasonsApart reads "two winters later", "three summers ago".
func seasonsApart(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opSeason}
	n, next, ok := countAt(tokens, i)
	t, behind := at(tokens, next), at(tokens, next+1)
	if !ok || n > maxSeasons || !t.has(cSeason) || t.has(cPlural) != (n > 1) {
		return e, i, false
	}
	switch {
	case behind.is("later", "afterwards"), behind.is("after") && closes(at(tokens, next+2)):
		e.rel = relFollowing
	case behind.is("earlier"), behind.is("before") && closes(at(tokens, next+2)):
		e.rel = relPreceding
	case behind.is("ago"):
		e.rel = relLast
	}
	e.n, e.count = t.lex.n, n
	return e, next + 2, e.rel != relNone && !at(tokens, next+2).is("than")
}

// maxSeasons is how many seasons apart two things may be: "twelve winters later".
const maxSeasons = 99

// The feasts. A month and a day stand for those that do not move.
const (
	feastThanksgiving = 1 // the fourth Thursday of November
	feastEaster       = 2
	feastGoodFriday   = 3
	feastEasterMonday = 4
	feastLabor        = 5 // the first Monday of September
	feastMemorial     = 6 // the last Monday of May
)

// feasts are read by their longest name.
var feasts = []struct {
	words      []string
	month, day int
	moving     int
	alone      bool // needs no "last" or "on" beside it
}{
	{[]string{"christmas", "eve"}, 12, 24, 0, true},
	{[]string{"christmas", "day"}, 12, 25, 0, true},
	{[]string{"christmas"}, 12, 25, 0, false},
	{[]string{"boxing", "day"}, 12, 26, 0, true},
	{[]string{"new", "year", "'", "s", "eve"}, 12, 31, 0, true},
	{[]string{"new", "year", "'", "s", "day"}, 1, 1, 0, true},
	{[]string{"halloween"}, 10, 31, 0, false},
	{[]string{"valentine", "'", "s", "day"}, 2, 14, 0, true},
	{[]string{"juneteenth"}, 6, 19, 0, false},
	{[]string{"good", "friday"}, 0, 0, feastGoodFriday, true},
	{[]string{"easter", "monday"}, 0, 0, feastEasterMonday, true},
	{[]string{"easter", "sunday"}, 0, 0, feastEaster, true},
	{[]string{"easter"}, 0, 0, feastEaster, false},
	{[]string{"thanksgiving", "day"}, 0, 0, feastThanksgiving, true},
	{[]string{"thanksgiving"}, 0, 0, feastThanksgiving, false},
	{[]string{"labor", "day"}, 0, 0, feastLabor, true},
	{[]string{"memorial", "day"}, 0, 0, feastMemorial, true},
}

func feast(tokens []token, i int) (expr, int, bool) {
	if e, next, ok := september11(tokens, i); ok {
		return e, next, true
	}
	e := expr{op: opFeast}
	rel, soon, j := relationAt(tokens, i)
	e.rel, e.soon = rel, soon
	for _, f := range feasts {
		k := j
		for _, w := range f.words {
			if !at(tokens, k).is(w) {
				break
			}
			k++
		}
		if k-j != len(f.words) || !at(tokens, j).capital && len(tokens) > len(f.words)+1 {
			continue
		}
		e.month, e.day, e.n = f.month, f.day, f.moving
		end := yearAfter(tokens, k, &e)
		stands := f.alone || e.rel != relNone || end > k || len(tokens) == len(f.words) ||
			at(tokens, i-1).is("on", "at", "since", "before", "after", "until", "by", "around") && !at(tokens, k).capital &&
				!at(tokens, k).is("-")
		return e, end, stands
	}
	return e, i, false
}

// inNewYear reads "in the new year", and not "in the New Year's mail", nor "in the new year budget".
func inNewYear(tokens []token, i int) (expr, int, bool) {
	const words = 3
	named := at(tokens, i).is("the") && at(tokens, i+1).is("new") && at(tokens, i+2).is("year")
	behind := at(tokens, i+words)
	ends := !behind.is("'", "-") && (closes(behind) || behind.capital || behind.is("if", "once", "unless") ||
		clauseOpeners[behind.lower])
	return expr{op: opNewYear}, i + words, named && ends && at(tokens, i-1).is("in", "into", "until", "till", "by", "for")
}

// september11 reads the two names of the attacks of 2001: they are always of that year.
func september11(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opCalendar, year: 2001, month: 9, day: 11}
	t := at(tokens, i)
	slash, eleven := at(tokens, i+1), at(tokens, i+2)
	if t.value == 9 && t.digits == 1 && slash.is("/") && eleven.value == 11 && eleven.glued {
		return e, i + 3, true
	}
	month, end, _, _ := monthAt(tokens, i)
	if month != 9 || at(tokens, end).value != 11 {
		return e, i, false
	}
	end++
	j := end
	if at(tokens, j).is("terrorist", "terror") {
		j++
	}
	return e, end, at(tokens, j).is("attacks", "attack", "hijackers", "bombings")
}

// clock reads a time of day without its date.
func clock(tokens []token, i int) (expr, int, bool) {
	e := expr{kind: KindTime}
	t := at(tokens, i)
	if t.digits > 2 && t.digits != 4 || t.value < 0 {
		return e, i, false
	}
	j, half := i+1, t.lower // "pm" of "2pm"
	minutes := minutesAt(tokens, i)
	if minutes {
		half, j = at(tokens, j+1).lower, j+2
	}
	end, apart := halfDayAt(tokens, j)
	switch {
	case half == "am" || half == "pm":
	case apart:
		j = end
	case !minutes && !(t.digits == 4 && at(tokens, j).has(cZone)):
		return e, i, false
	}
	if at(tokens, j).has(cZone) {
		j++
	}
	return e, j, true
}

// minutesAt tells that the number at i is an hour with its minutes: "9:30".
func minutesAt(tokens []token, i int) bool {
	colon, minute := at(tokens, i+1), at(tokens, i+2)
	return colon.is(":") && colon.glued && minute.glued && minute.digits == 2 &&
		at(tokens, i).value < 25 && minute.value < 60
}

// halfDayAt reads "am", "pm", "a.m." and "p.m.".
func halfDayAt(tokens []token, j int) (next int, ok bool) {
	switch {
	case at(tokens, j).is("am", "pm"):
		return j + 1, true
	case at(tokens, j).is("a", "p") && at(tokens, j+1).is(".") && at(tokens, j+2).is("m"):
		return skip(tokens, j+3, "."), true
	}
	return j, false
}

// duration reads how long something takes; it has no date.
func duration(tokens []token, i int) (expr, int, bool) {
	e := expr{kind: KindDuration}
	if at(tokens, i).is("daylong", "weeklong", "monthlong", "yearlong", "decadeslong") {
		return e, i + 1, true
	}
	n, next, _ := countAt(tokens, i)
	if n == 0 || at(tokens, i).is("a", "an") && !at(tokens, i-1).is("for") {
		return e, i, false
	}
	next = skip(tokens, next, "-")
	_, next, ok := unitAt(tokens, next)
	return e, next, ok
}

// set reads what comes again and again; it has no date.
func set(tokens []token, i int) (expr, int, bool) {
	e := expr{kind: KindSet}
	t := at(tokens, i)
	switch {
	case t.is("annually", "daily", "weekly", "monthly", "yearly"):
		return e, i + 1, true
	case t.has(cWeekday) && t.has(cPlural):
		return e, i + 1, true
	case t.is("the") || t.has(cOrdinal):
		return nthOfEach(tokens, i)
	case !t.is("every", "each"):
		return e, i, false
	}
	j := skip(tokens, i+1, "other", "single")
	if _, next, ok := countAt(tokens, j); ok {
		j = next
	}
	if next := at(tokens, j); next.has(cUnit | cWeekday | cMonth | cSeason | cDayPart) {
		return e, j + 1, true
	}
	return e, i, false
}

// nthOfEach reads "the first Sunday of each month".
func nthOfEach(tokens []token, i int) (expr, int, bool) {
	e := expr{kind: KindSet}
	_, j, ok := ordinalAt(tokens, skip(tokens, i, "the"))
	if !ok || !at(tokens, j).has(cWeekday|cUnit) || !at(tokens, j+1).is("of", "in") ||
		!at(tokens, j+2).is("each", "every") || !at(tokens, j+3).has(cUnit|cMonth) {
		return e, i, false
	}
	return e, j + 4, true
}

// vague reads times that nobody could mark in a calendar.
func vague(tokens []token, i int) (expr, int, bool) {
	e := expr{kind: KindVague}
	t := at(tokens, i)
	switch {
	case t.has(cVague) || t.is("a") && at(tokens, i+1).is("few"):
		j := i + 1
		if t.is("a") {
			j++
		}
		_, next, ok := unitAt(tokens, j)
		if !ok {
			return e, i, false
		}
		return e, skip(tokens, next, "ago", "earlier", "later", "before"), true
	case t.has(cPlural) && t.lex.unit > unitDay:
		return e, skip(tokens, i+1, "ago", "earlier", "later"), true
	case t.is("these") && at(tokens, i+1).is("days"):
		return e, i + 2, true
	}
	return e, i, false
}
