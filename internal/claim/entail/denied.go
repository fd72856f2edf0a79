package entail

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
)

// once is what happens to nobody and nothing twice.
var once = match.KeysOf("die born kill murder assassinate behead founded bury")

// AnotherTime reports whether a clause denies of a time what the passage says of another one, and what cannot be of
// both: nobody dies twice, and what is the first is so once.
func AnotherTime(m *match.Pair, sc *syntax.Clause) bool {
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
	for _, j := range SameVerbs(m, sc.Verb) {
		if m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, j)
		if len(pc.Mood) > 0 || RolesMissed(m, sc, &pc) != NothingMissed {
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

// ExceptThere reports whether the passage says of the word at j that it is so, "but not" where the statement denies it:
// "is available, but not on the island".
func ExceptThere(m *match.Pair, i, j int) bool {
	if !m.Hyp.Units[i].Negated {
		return false
	}
	end := m.Prem.From[m.Prem.Units[j].Sentence+1]
	for k := j + 1; k+2 < end; k++ {
		if m.Prem.Units[k].Folded != "but" || m.Prem.Units[k+1].Folded != "not" || m.Prem.PartOf(k+2) != syntax.Preposition {
			continue
		}
		for at := k + 3; at < end && !m.Prem.Parted(at); at++ {
			if m.Prem.PartOf(at) == syntax.Nominal &&
				slices.ContainsFunc(m.Hits, func(h []int) bool { return slices.Contains(h, at) }) {
				return true
			}
		}
	}
	return false
}

// moodKept reports whether a clause of the passage is as sure as one of the statement: with the same modals and
// denials, or denied where the statement speaks of.
func moodKept(m *match.Pair, sc, pc *syntax.Clause) bool {
	if slices.Equal(sc.Mood, pc.Mood) {
		return true
	}
	k := slices.Index(sc.Mood, "not")
	if k < 0 || !slices.Equal(slices.Delete(slices.Clone(sc.Mood), k, k+1), pc.Mood) {
		return false
	}
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Units[i].Negated && slices.ContainsFunc(m.Hits[i], func(j int) bool { return ExceptThere(m, i, j) }) {
			return true
		}
	}
	return m.Hyp.Units[sc.Verb].Negated && ExceptThere(m, sc.Verb, pc.Verb)
}

// StartsBeside reports whether the noun phrase at j of the passage, with which near wording begins, belongs to a clause
// that tells of the noun before it, and the verb of the statement does not.
func StartsBeside(m *match.Pair, j int) bool {
	verbs := NearGrounds(m)
	if len(verbs) == 0 || verbs[0] <= j {
		return false
	}
	_, from := clause.NounPhraseEnding(m.Prem, j)
	_, _, ok := clause.BesideRelative(m.Prem, from, verbs[0], m.Prem.ClauseStart(verbs[0]))
	return ok
}

// NearGrounds are the verbs of the passage that a statement rests on which near wording keeps.
func NearGrounds(m *match.Pair) []int {
	var list []int
	for i, j := range m.Align {
		if j >= 0 && m.Hyp.PartOf(i) == syntax.Verbal && m.Prem.PartOf(j) == syntax.Verbal {
			list = append(list, j)
		}
	}
	return list
}
