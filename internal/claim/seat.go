package claim

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
func (r *reading) seated(c *clause) bool {
	if seatedForms[r.units[c.verb].folded] {
		return true
	}
	return haveForms[r.units[c.verb].folded] && len(c.objects) > 0 && len(c.objects[0].heads) == 1 &&
		seats[r.units[c.objects[0].heads[0]].folded]
}

// seatKept reports whether the passage says by the other of the two that its subject has its seat where the statement
// says.
func (m *matching) seatKept(sc *clause) bool {
	if len(sc.mood) > 0 || sc.subject.missing || sc.subject.pronoun || !m.s.seated(sc) {
		return false
	}
	done := sc.objectUnits()
	if seatedForms[m.s.units[sc.verb].folded] {
		done = nil
	}
	for j := range m.p.units {
		if !seatedForms[m.p.units[j].folded] && !haveForms[m.p.units[j].folded] || m.p.partOf(j) != verbal {
			continue
		}
		pc := m.p.clauseAt(j)
		if !m.p.seated(&pc) || len(pc.mood) > 0 || !m.phraseKept(&sc.subject, &pc.subject) {
			continue
		}
		if some := slices.ContainsFunc(m.s.units[sc.verb+1:sc.to], func(u unit) bool { return u.kind == name }); some &&
			m.restIn(sc, done, j+1, m.p.firstComma(j+1, m.p.clauseEnd(j))) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}
