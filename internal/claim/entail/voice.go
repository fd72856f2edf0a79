package entail

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
)

// changers are verbs that tell without an object what is done to their subject: "the mill closed" is "the mill was
// closed", "the album came out" is "was released", who grew up somewhere was raised there.
var changers = match.KeysOf(`close open reopen begin start end finish resume sink burn explode break shut form release
	split
	dissolve rear`)

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
	return slices.ContainsFunc(match.Changes, func(g match.Change) bool { return g.Undergone[a] && g.Done[b] })
}

// onlyWhen reports whether what looks like the objects of a clause are times: "closed last week".
func onlyWhen(r *syntax.Analysis, c *syntax.Clause) bool {
	return !slices.ContainsFunc(inference.ObjectUnits(c), func(i int) bool {
		return r.Units[i].Kind != syntax.Date && !clause.TimeNouns[r.Units[i].Folded]
	})
}

// acrossVoices compares who undergoes what with whom it is done to, where statement and passage tell it from two sides.
// ok is false where they do not.
func acrossVoices(m *match.Pair, sc, pc *syntax.Clause) (kept, ok bool) {
	switch {
	case undergoes(m.Hyp.Analysis, sc, m.Prem, pc):
		them := pc.Objects
		if pc.Passive {
			them = []syntax.Phrase{pc.Subject}
		}
		kept = slices.ContainsFunc(them, func(p syntax.Phrase) bool { return mention.PhraseKept(m, &sc.Subject, &p) })
		return kept || sc.Subject.Missing, true
	case sc.Passive && sc.Agent.Missing && undergoes(m.Prem, pc, m.Hyp.Analysis, sc):
		return mention.PhraseKept(m, &sc.Subject, &pc.Subject), true
	}
	return false, false
}
