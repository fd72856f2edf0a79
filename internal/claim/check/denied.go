package check

import "slices"

// deniedAlike reports whether the clause of a word that the statement denies is kept as a denial: "No sequel was made"
// by "was planned but never made".
func (m *Pair) deniedAlike(i int) bool {
	for _, sc := range m.s.Clauses(m.s.Units[i].sentence) {
		if sc.verb != i && !slices.Contains(sc.subject.units, i) && !sc.names(i) {
			continue
		}
		if sc.denies() && m.clauseKept(&sc).part == nothingMissed {
			return true
		}
	}
	return false
}

// allDeniedAlike reports whether the statement denies something, and the passage keeps each clause that does.
func (m *Pair) allDeniedAlike() bool {
	some := false
	for k := range m.s.sentences {
		for _, sc := range m.s.Clauses(k) {
			if !sc.denies() {
				continue
			}
			if m.clauseKept(&sc).part != nothingMissed {
				return false
			}
			some = true
		}
	}
	return some
}

// denies reports whether a clause denies its verb.
func (c *Clause) denies() bool {
	return slices.Contains(c.mood, "not") || slices.Contains(c.mood, "no longer")
}

// once is what happens to nobody and nothing twice.
var once = keysOf("die born kill murder assassinate behead founded bury")

// anotherTime reports whether a clause denies of a time what the passage says of another one, and what cannot be of
// both: nobody dies twice, and what is the first is so once.
func (m *Pair) anotherTime(sc *Clause) bool {
	if !slices.Equal(sc.mood, []string{"not"}) {
		return false
	}
	when := slices.IndexFunc(m.s.Units[sc.from:sc.to], func(u Unit) bool { return u.Kind == date })
	if when < 0 || len(m.hits[sc.from+when]) > 0 {
		return false
	}
	day := sc.from + when
	first := slices.ContainsFunc(m.s.Units[sc.from:sc.to], func(u Unit) bool { return u.Folded == "first" })
	if !first && !once[m.s.Units[sc.verb].Key] {
		return false
	}
	for _, j := range m.sameVerbs(sc.verb) {
		if m.p.PartOf(j) != Verbal {
			continue
		}
		pc := m.p.At(j)
		if len(pc.mood) > 0 || m.rolesMissed(sc, &pc) != nothingMissed {
			continue
		}
		other := false
		for k := pc.from; k < pc.to; k++ {
			u := &m.p.Units[k]
			other = other || u.Kind == date && apartInTime(&m.s.Units[day], u)
		}
		if other && m.restBut(sc, &pc, day) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// apartInTime reports whether two dates share no day.
func apartInTime(u, v *Unit) bool {
	return u.date.End.Before(v.date.Start) || v.date.End.Before(u.date.Start)
}

// restBut is restLeft without one unit of the statement.
func (m *Pair) restBut(sc, pc *Clause, but int) bool {
	for i := sc.from; i < sc.to; i++ {
		if i == but || i == sc.verb || m.s.weights[i] == 0 || m.s.Units[i].op != None || sc.names(i) ||
			slices.Contains(sc.subject.units, i) {
			continue
		}
		if !slices.ContainsFunc(m.hits[i], func(j int) bool { return j >= pc.from && j < pc.to }) {
			return false
		}
	}
	return true
}

// deniesAnotherTime reports whether the statement is one clause that anotherTime keeps.
func (m *Pair) deniesAnotherTime() bool {
	if len(m.s.sentences) != 1 {
		return false
	}
	list := m.s.Clauses(0)
	return len(list) == 1 && m.anotherTime(&list[0])
}
