package timeline

// era reads years that need a word beside them to be years: 312 BC, AD 14, 264–241 BC, c. 850, the year 871.
func era(tokens []token, i int) (expr, int, bool) {
	e := expr{op: opCalendar}
	if next, ok := annoDomini(tokens, i); ok { // AD 14
		e.year = at(tokens, next).value
		return e, next + 1, smallYear(at(tokens, next))
	}
	if next := circaAt(tokens, i); next > i && smallYear(at(tokens, next)) {
		e.year, e.mod = at(tokens, next).value, ModAbout
		end, bc, ok := christAt(tokens, next+1)
		if !ok {
			end = next + 1
		}
		e.bc = bc
		return e, end, ok || at(tokens, next).digits >= 3 && !counted(tokens, next)
	}
	if j := skip(
		tokens,
		i,
		"the",
	); at(tokens, j).is("year") && smallYear(at(tokens, j+1)) &&
		at(tokens, j+1).digits < 4 {
		e.year = at(tokens, j+1).value
		end, bc, ok := christAt(tokens, j+2)
		if !ok {
			end = j + 2
		}
		e.bc = bc
		return e, end, true
	}
	if !smallYear(at(tokens, i)) || at(tokens, i).glued && at(tokens, i-1).is("$", "£", "€", "#", ".", "/") {
		return e, i, false
	}
	e.year = at(tokens, i).value
	if end, bc, ok := christAt(tokens, i+1); ok {
		e.bc = bc
		return e, end, true
	}
	if link := at(tokens, i+1); !link.is("-", "to", "and") || !smallYear(at(tokens, i+2)) ||
		link.is("and") && !at(tokens, i-1).is("between") {
		return e, i, false
	}
	end, bc, ok := christAt(tokens, i+3)
	to := expr{op: opCalendar, year: at(tokens, i+2).value, bc: bc}
	e.bc = bc
	return expr{op: opRange, in: e.kept(), to: to.kept()}, end, ok && (e.year < to.year) != bc
}

func smallYear(t *token) bool { return t.plain() && t.digits <= 4 && t.value > 0 }

// christAt reads BC, B.C., BCE, AD, A.D. and CE behind a year.
func christAt(tokens []token, i int) (next int, bc, ok bool) {
	t := at(tokens, i)
	switch {
	case !t.capital:
		return i, false, false
	case t.is("bc", "bce"):
		return i + 1, true, true
	case t.is("ad", "ce"):
		return i + 1, false, true
	}
	for _, letters := range [...]string{"bce", "bc", "ad", "ce"} {
		if end := spelled(tokens, i, letters); end > i {
			return end, letters[0] == 'b', true
		}
	}
	return i, false, false
}

// spelled reads letters with points behind them: B.C.
func spelled(tokens []token, i int, letters string) int {
	j := i
	for k := range len(letters) {
		if !at(tokens, j).is(letters[k:k+1]) || !at(tokens, j).capital {
			return i
		}
		j++
		if k < len(letters)-1 && !at(tokens, j).is(".") {
			return i
		}
		if at(tokens, j).is(".") && at(tokens, j).glued {
			j++
		}
	}
	return j
}

// annoDomini reads the AD before a year.
func annoDomini(tokens []token, i int) (next int, ok bool) {
	t := at(tokens, i)
	if t.is("ad") && t.capital {
		return i + 1, true
	}
	if t.is("a") && t.capital && at(tokens, i+1).is(".") {
		if end := spelled(tokens, i, "ad"); end > i {
			return end, true
		}
	}
	return i, false
}

// circaAt reads "c.", "ca." and "circa", behind which a number is a year.
func circaAt(tokens []token, i int) int {
	t := at(tokens, i)
	switch {
	case t.is("circa"):
		return i + 1
	case t.is("c", "ca") && !t.glued && at(tokens, i+1).is(".") && at(tokens, i+1).glued:
		return i + 2
	}
	return i
}

// approximated marks a period that "about", "around" or "circa" stands before, and takes the word in.
func approximated(tokens []token, p piece) piece {
	switch p.op {
	case opCalendar, opDecade, opCentury, opSeason, opSolar, opIslamic:
	default:
		return p
	}
	before := at(tokens, p.from-1)
	switch {
	case before.is("about", "around", "circa", "approximately", "roughly"):
		p.from--
	case before.is(".") && before.glued && at(tokens, p.from-2).is("c", "ca"):
		p.from -= 2
	default:
		return p
	}
	p.mod = ModAbout
	return p
}
