package check

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// seats are what somebody has where he is based.
var seats = lexicon.Set("headquarters seat base home office offices")

// seatedForms say where somebody has his seat.
var seatedForms = lexicon.Set("based headquartered")

// seated reports whether a clause says where its subject has its seat: "is based in Arn", "has its headquarters in
// Arn".
func (r *Analysis) seated(c *Clause) bool {
	if seatedForms[r.Units[c.verb].Folded] {
		return true
	}
	return haveForms[r.Units[c.verb].Folded] && len(c.objects) > 0 && len(c.objects[0].heads) == 1 &&
		seats[r.Units[c.objects[0].heads[0]].Folded]
}

// seatKept reports whether the passage says by the other of the two that its subject has its seat where the statement
// says.
func (m *Pair) seatKept(sc *Clause) bool {
	if len(sc.mood) > 0 || sc.subject.missing || sc.subject.pronoun || !m.s.seated(sc) {
		return false
	}
	done := sc.objectUnits()
	if seatedForms[m.s.Units[sc.verb].Folded] {
		done = nil
	}
	for j := range m.p.Units {
		if !seatedForms[m.p.Units[j].Folded] && !haveForms[m.p.Units[j].Folded] || m.p.PartOf(j) != Verbal {
			continue
		}
		pc := m.p.At(j)
		if !m.p.seated(&pc) || len(pc.mood) > 0 || !m.phraseKept(&sc.subject, &pc.subject) {
			continue
		}
		if some := slices.ContainsFunc(m.s.Units[sc.verb+1:sc.to], func(u Unit) bool { return u.Kind == Name }); some &&
			m.restIn(sc, done, j+1, m.p.firstComma(j+1, m.p.clauseEnd(j))) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}
