package check

import "slices"

// lightVerbs say little beside a noun that tells what is done: "made an apology", "suffered a death".
var lightVerbs = keysOf("make give take have hold reach conduct suffer meet pay launch open issue enter undergo " +
	"deliver")

// lightlyTold is the clause in which the passage tells by the noun at j what the statement tells by a verb: "suffered
// an untimely death" for "died". Its verb is a light one, and the noun is what is done.
func (m *Pair) lightlyTold(j int) (Clause, bool) {
	if m.p.PartOf(j) != nominal {
		return Clause{}, false
	}
	if q := m.p.governing(j); q >= 0 && lightVerbs[m.p.Units[q].Key] {
		pc := m.p.At(q)
		k := slices.IndexFunc(pc.objects, func(o phrase) bool { return slices.Contains(o.heads, j) })
		if k >= 0 && !pc.passive {
			pc.objects = slices.Delete(slices.Clone(pc.objects), k, k+1)
			return pc, true
		}
	}
	end := m.p.clauseEnd(j)
	for v := j + 1; v < end && !m.p.parted(v); v++ {
		if m.p.PartOf(v) != Verbal {
			continue
		}
		pc := m.p.At(v)
		if !lightVerbs[m.p.Units[v].Key] || !pc.passive || !slices.Contains(pc.subject.heads, j) {
			break
		}
		pc.subject, pc.agent, pc.passive = pc.agent, phrase{missing: true}, false
		return pc, true
	}
	return Clause{}, false
}

// lightlySaid reports whether the statement tells by a light verb and a noun what the passage tells by a verb: "made an
// apology to" for "apologized to".
func (m *Pair) lightlySaid(sc *Clause) bool {
	if !lightVerbs[m.s.Units[sc.verb].Key] || sc.passive || len(sc.objects) == 0 || len(sc.objects[0].heads) == 0 {
		return false
	}
	noun := sc.objects[0].heads[len(sc.objects[0].heads)-1]
	for _, j := range m.hits[noun] {
		if m.p.PartOf(j) != Verbal {
			continue
		}
		pc := m.p.At(j)
		other := *sc
		other.objects = nil
		if pc.passive || !m.moodKept(sc, &pc) || !m.phraseKept(&sc.subject, &pc.subject) {
			continue
		}
		if i := m.restLeft(&other, &pc); i < 0 {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}
