package timeline

// theWeekend reads "over the weekend": the one just past, or the one to come where the clause tells of what will be.
func theWeekend(tokens []token, i int) (expr, int, bool) {
	if !at(tokens, i).is("the") || !at(tokens, i-1).is("over", "at", "during") {
		return expr{}, i, false
	}
	u, next, _ := unitAt(tokens, i+1)
	if u != unitWeekend || at(tokens, i+1).has(cPlural) || at(tokens, next).is("of", "before", "after", "-") {
		return expr{}, i, false
	}
	return expr{op: opShift, unit: unitWeekend, rel: relLast}, next, true
}

// earlierIn reads "earlier in the week" and "later in the month": the one that the text is telling of.
func earlierIn(tokens []token, i int) (expr, int, bool) {
	if !at(tokens, i).is("earlier", "later") || !at(tokens, i+1).is("in") || !at(tokens, i+2).is("the") {
		return expr{}, i, false
	}
	u, next, _ := unitAt(tokens, i+3)
	if at(tokens, i+3).has(cPlural) || u != unitWeek && u != unitMonth && u != unitYear ||
		!closes(at(tokens, next)) {
		return expr{}, i, false
	}
	return expr{op: opSame, unit: u, soon: true}, next, true
}

// runOfDays reads "for the sixth straight day" and "after six straight days": as many days up to the publication.
func runOfDays(tokens []token, i int) (expr, int, bool) {
	j := skip(tokens, i, "the")
	var n, next int
	var ok, ordinal bool
	if j == i && at(tokens, i-1).is("after") { // "for six straight days" may be any six
		n, next, _ = countAt(tokens, j)
	} else if n, next, ok = ordinalAt(tokens, j); ok {
		ordinal = true
	}
	row := at(tokens, next).is("straight", "consecutive", "successive")
	if row {
		next++
	}
	u, next, _ := unitAt(tokens, next)
	if u != unitDay || n < 2 || n > 31 {
		return expr{}, i, false
	}
	if !row {
		if !at(tokens, next).is("in") || !at(tokens, next+1).is("a") || !at(tokens, next+2).is("row") {
			return expr{}, i, false
		}
		next += 3
	}
	if ordinal {
		n--
	}
	return expr{op: opWindow, unit: unitDay, n: -n}, next, true
}
