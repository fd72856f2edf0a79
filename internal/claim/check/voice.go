package check

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
)

// changers are verbs that tell without an object what is done to their subject: "the mill closed" is "the mill was
// closed", "the album came out" is "was released", who grew up somewhere was raised there.
var changers = keysOf(`close open reopen begin start end finish resume sink burn explode break shut form release split
	dissolve rear`)

// A change is told from its two sides: by who undergoes it, and by what is done to him.
type change struct {
	undergone, done map[string]bool // stems of both
	both            bool            // the one tells the other, too: what took place was held; who died was not killed
}

// changes are verbs that tell of the same, by the stems of either: who was killed died.
var changes = []change{
	{syntax.Stems("die"), syntax.Stems("kill slay murder assassinate execute drown"), false},
	{keysOf("happen"), syntax.Stems("hold stage"), true},
}

// sidesOf lists for a stem of one side of a change those of the other, where that tells it.
var sidesOf = func() map[string][]string {
	m := map[string][]string{}
	for _, c := range changes {
		for a := range c.undergone {
			for b := range c.done {
				m[a] = append(m[a], b)
				if c.both {
					m[b] = append(m[b], a)
				}
			}
		}
	}
	for _, list := range m {
		slices.Sort(list)
	}
	return m
}()

// undergoes reports whether one of two clauses tells by its subject alone what the other tells as done to it, by its
// passive or with an object: done is the other one.
func undergoes(r *syntax.Analysis, c *syntax.Clause, other *syntax.Analysis, done *syntax.Clause) bool {
	if c.Passive || c.Copula || len(c.Objects) > 0 && !onlyWhen(r, c) {
		return false
	}
	a, b := r.Units[c.Verb].Key, other.Units[done.Verb].Key
	if changers[a] && done.Passive && done.Agent.Missing {
		return true
	}
	return slices.ContainsFunc(changes, func(g change) bool { return g.undergone[a] && g.done[b] })
}

// onlyWhen reports whether what looks like the objects of a clause are times: "closed last week".
func onlyWhen(r *syntax.Analysis, c *syntax.Clause) bool {
	return !slices.ContainsFunc(objectUnits(c), func(i int) bool {
		return r.Units[i].Kind != syntax.Date && !clause.TimeNouns[r.Units[i].Folded]
	})
}

// acrossVoices compares who undergoes what with whom it is done to, where statement and passage tell it from two sides.
// ok is false where they do not.
func (m *Pair) acrossVoices(sc, pc *syntax.Clause) (kept, ok bool) {
	switch {
	case undergoes(m.s.Analysis, sc, m.p, pc):
		them := pc.Objects
		if pc.Passive {
			them = []syntax.Phrase{pc.Subject}
		}
		kept = slices.ContainsFunc(them, func(p syntax.Phrase) bool { return m.phraseKept(&sc.Subject, &p) })
		return kept || sc.Subject.Missing, true
	case sc.Passive && sc.Agent.Missing && undergoes(m.p, pc, m.s.Analysis, sc):
		return m.phraseKept(&sc.Subject, &pc.Subject), true
	}
	return false, false
}
