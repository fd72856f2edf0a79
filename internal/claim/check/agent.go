package check

import (
	"slices"
	"strings"
)

// deeds are verbs whose doer is called by them ever after: who founded something is its founder.
var deeds = keysOf("founded win write invent design discover build create make produce direct kill compose paint")

// agentKept reports whether the passage tells by a verb what the statement says that somebody is by the noun of who
// does it: "is the founder of Lumex" of "founded Lumex", "was a teacher of Latin" of "taught Latin".
func (m *Pair) agentKept(sc *Clause) bool {
	if len(sc.mood) > 0 || len(sc.objects) != 1 || sc.subject.missing || len(sc.objects[0].heads) == 0 {
		return false
	}
	o := &sc.objects[0]
	noun := o.heads[len(o.heads)-1]
	if u := &m.s.Units[noun]; u.Kind != plain || !strings.HasSuffix(u.Folded, "er") && !strings.HasSuffix(u.Folded, "or") {
		return false
	}
	for _, j := range m.hits[noun] {
		if m.p.PartOf(j) != Verbal {
			continue
		}
		pc := m.p.At(j)
		if len(pc.mood) == 0 && !pc.inf && m.sameTense(sc, &pc) && m.doneBy(sc, &pc) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// sameTense reports whether who does something by the passage's verb is what the statement's form of be says: who
// taught was a teacher.
func (m *Pair) sameTense(sc, pc *Clause) bool {
	w := m.s.Units[sc.verb].Folded
	past := w == "was" || w == "were"
	return deeds[m.p.Units[pc.verb].Key] || past == pastVerb(m.p.Units[pc.verb].Folded)
}

// doneBy reports whether the statement's subject does what the passage's clause tells, and all else that the statement
// says stands there, what is behind "of" among its objects.
func (m *Pair) doneBy(sc, pc *Clause) bool {
	doer, objects := pc.subject, pc.objects
	if pc.passive {
		doer, objects = pc.agent, append(slices.Clip(pc.objects), pc.subject)
	}
	if !m.phraseKept(&sc.subject, &doer) {
		return false
	}
	noun := sc.objects[0].heads[len(sc.objects[0].heads)-1]
	for i := sc.verb + 1; i < sc.to; i++ {
		if m.s.weights[i] == 0 || i == noun {
			continue
		}
		done := m.s.prepositionOf(i) == "of" && slices.ContainsFunc(objects, func(p phrase) bool {
			return m.hitAmong(i, p.units) || p.pronoun && m.standsFor(&phrase{heads: []int{i}, units: []int{i}}, p.units[0])
		})
		if done || m.s.prepositionOf(i) != "of" && slices.ContainsFunc(m.hits[i], func(j int) bool {
			return j >= pc.from && j < pc.to
		}) {
			continue
		}
		return false
	}
	return true
}

// doer reports whether a noun is that of who does something: "rider", of "ride".
func doer(w string) bool {
	for _, ending := range []string{"er", "or", "r"} {
		if verb, ok := strings.CutSuffix(w, ending); ok && baseForms[verb] {
			return true
		}
	}
	return false
}
