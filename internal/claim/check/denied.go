package check

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
)

// deniedAlike reports whether the clause of a word that the statement denies is kept as a denial: "No sequel was made"
// by "was planned but never made".
func deniedAlike(m *match.Pair, i int) bool {
	for _, sc := range m.Hyp.Clauses(m.Hyp.Units[i].Sentence) {
		if sc.Verb != i && !slices.Contains(sc.Subject.Units, i) && !inference.Names(&sc, i) {
			continue
		}
		if denies(&sc) && clauseKept(m, &sc).part == nothingMissed {
			return true
		}
	}
	return false
}

// allDeniedAlike reports whether the statement denies something, and the passage keeps each clause that does.
func allDeniedAlike(m *match.Pair) bool {
	some := false
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			if !denies(&sc) {
				continue
			}
			if clauseKept(m, &sc).part != nothingMissed {
				return false
			}
			some = true
		}
	}
	return some
}

// denies reports whether a clause denies its verb.
func denies(c *syntax.Clause) bool {
	return slices.Contains(c.Mood, "not") || slices.Contains(c.Mood, "no longer")
}

// once is what happens to nobody and nothing twice.
var once = match.KeysOf("die born kill murder assassinate behead founded bury")

// anotherTime reports whether a clause denies of a time what the passage says of another one, and what cannot be of
// both: nobody dies twice, and what is the first is so once.
func anotherTime(m *match.Pair, sc *syntax.Clause) bool {
	if !slices.Equal(sc.Mood, []string{"not"}) {
		return false
	}
	when := slices.IndexFunc(m.Hyp.Units[sc.From:sc.To], func(u syntax.Unit) bool { return u.Kind == syntax.Date })
	if when < 0 || len(m.Hits[sc.From+when]) > 0 {
		return false
	}
	day := sc.From + when
	first := slices.ContainsFunc(m.Hyp.Units[sc.From:sc.To], func(u syntax.Unit) bool { return u.Folded == "first" })
	if !first && !once[m.Hyp.Units[sc.Verb].Key] {
		return false
	}
	for _, j := range sameVerbs(m, sc.Verb) {
		if m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, j)
		if len(pc.Mood) > 0 || rolesMissed(m, sc, &pc) != nothingMissed {
			continue
		}
		other := false
		for k := pc.From; k < pc.To; k++ {
			u := &m.Prem.Units[k]
			other = other || u.Kind == syntax.Date && apartInTime(&m.Hyp.Units[day], u)
		}
		if other && restBut(m, sc, &pc, day) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// apartInTime reports whether two dates share no day.
func apartInTime(u, v *syntax.Unit) bool {
	return u.Date.End.Before(v.Date.Start) || v.Date.End.Before(u.Date.Start)
}

// restBut is RestLeft without one unit of the statement.
func restBut(m *match.Pair, sc, pc *syntax.Clause, but int) bool {
	for i := sc.From; i < sc.To; i++ {
		if i == but || i == sc.Verb || m.Hyp.Weights[i] == 0 || m.Hyp.Units[i].Op != syntax.None || inference.Names(sc, i) ||
			slices.Contains(sc.Subject.Units, i) {
			continue
		}
		if !slices.ContainsFunc(m.Hits[i], func(j int) bool { return j >= pc.From && j < pc.To }) {
			return false
		}
	}
	return true
}

// deniesAnotherTime reports whether the statement is one clause that anotherTime keeps.
func deniesAnotherTime(m *match.Pair) bool {
	if len(m.Hyp.Sentences) != 1 {
		return false
	}
	list := m.Hyp.Clauses(0)
	return len(list) == 1 && anotherTime(m, &list[0])
}
