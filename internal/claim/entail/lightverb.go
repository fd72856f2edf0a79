package entail

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
)

// lightVerbs say little beside a noun that tells what is done: "made an apology", "suffered a death".
var lightVerbs = match.KeysOf("make give take have hold reach conduct suffer meet pay launch open issue enter " +
	"undergo " +
	"deliver")

// lightlyTold is the clause in which the passage tells by the noun at j what the statement tells by a verb: "suffered
// an untimely death" for "died". Its verb is a light one, and the noun is what is done.
func lightlyTold(m *match.Pair, j int) (syntax.Clause, bool) {
	if m.Prem.PartOf(j) != syntax.Nominal {
		return syntax.Clause{}, false
	}
	if q := clause.Governing(m.Prem, j); q >= 0 && lightVerbs[m.Prem.Units[q].Key] {
		pc := clause.At(m.Prem, q)
		k := slices.IndexFunc(pc.Objects, func(o syntax.Phrase) bool { return slices.Contains(o.Heads, j) })
		if k >= 0 && !pc.Passive {
			pc.Objects = slices.Delete(slices.Clone(pc.Objects), k, k+1)
			return pc, true
		}
	}
	end := m.Prem.ClauseEnd(j)
	for v := j + 1; v < end && !m.Prem.Parted(v); v++ {
		if m.Prem.PartOf(v) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, v)
		if !lightVerbs[m.Prem.Units[v].Key] || !pc.Passive || !slices.Contains(pc.Subject.Heads, j) {
			break
		}
		pc.Subject, pc.Agent, pc.Passive = pc.Agent, syntax.Phrase{Missing: true}, false
		return pc, true
	}
	return syntax.Clause{}, false
}

// lightlySaid reports whether the statement tells by a light verb and a noun what the passage tells by a verb: "made an
// apology to" for "apologized to".
func lightlySaid(m *match.Pair, sc *syntax.Clause) bool {
	if !lightVerbs[m.Hyp.Units[sc.Verb].Key] || sc.Passive || len(sc.Objects) == 0 || len(sc.Objects[0].Heads) == 0 {
		return false
	}
	noun := sc.Objects[0].Heads[len(sc.Objects[0].Heads)-1]
	for _, j := range m.Hits[noun] {
		if m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, j)
		other := *sc
		other.Objects = nil
		if pc.Passive || !moodKept(m, sc, &pc) || !mention.PhraseKept(m, &sc.Subject, &pc.Subject) {
			continue
		}
		if i := inference.RestLeft(m, &other, &pc); i < 0 {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}
