package check

import "slices"

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
	{stems("die"), stems("kill slay murder assassinate execute drown"), false},
	{keysOf("happen"), stems("hold stage"), true},
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
func undergoes(r *Analysis, c *Clause, other *Analysis, done *Clause) bool {
	if c.passive || c.copula || len(c.objects) > 0 && !onlyWhen(r, c) {
		return false
	}
	a, b := r.Units[c.verb].Key, other.Units[done.verb].Key
	if changers[a] && done.passive && done.agent.missing {
		return true
	}
	return slices.ContainsFunc(changes, func(g change) bool { return g.undergone[a] && g.done[b] })
}

// onlyWhen reports whether what looks like the objects of a clause are times: "closed last week".
func onlyWhen(r *Analysis, c *Clause) bool {
	return !slices.ContainsFunc(c.objectUnits(), func(i int) bool {
		return r.Units[i].Kind != date && !timeNouns[r.Units[i].Folded]
	})
}

// acrossVoices compares who undergoes what with whom it is done to, where statement and passage tell it from two sides.
// ok is false where they do not.
func (m *Pair) acrossVoices(sc, pc *Clause) (kept, ok bool) {
	switch {
	case undergoes(m.s.Analysis, sc, m.p, pc):
		them := pc.objects
		if pc.passive {
			them = []phrase{pc.subject}
		}
		kept = slices.ContainsFunc(them, func(p phrase) bool { return m.phraseKept(&sc.subject, &p) })
		return kept || sc.subject.missing, true
	case sc.passive && sc.agent.missing && undergoes(m.p, pc, m.s.Analysis, sc):
		return m.phraseKept(&sc.subject, &pc.subject), true
	}
	return false, false
}
