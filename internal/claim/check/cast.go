package check

import "slices"

// A part that somebody plays: who, and what behind "as"; missing for none.
type castMember struct{ who, as phrase }

var (
	starring = formsOf("star feature")
	appears  = formsOf("star appear act play")
	portrays = formsOf("play portray")
)

// castAt lists who is named behind "starring" or "stars" at j of a passage.
func (r *Analysis) castAt(j int) []castMember {
	var cast []castMember
	end := r.clauseEnd(j)
	for k := j + 1; k < end; {
		p, next := r.phraseFrom(k, end)
		if p.missing || p.pronoun || r.Units[p.heads[len(p.heads)-1]].Kind != Name {
			break
		}
		member := castMember{who: p, as: phrase{missing: true}}
		if next+1 < end && !r.parted(next) && r.Units[next].Folded == "as" {
			member.as, next = r.phraseFrom(next+1, end)
		}
		cast = append(cast, member)
		switch {
		case next < end && r.PartOf(next) == coordinator:
			next++
		case next >= end || !r.parted(next):
			return cast
		}
		k = next
	}
	return cast
}

// castKept reports whether the passage names among those who star in a work who the statement says that plays in it,
// or what.
func (m *Pair) castKept(sc *Clause) bool {
	verb := m.s.Units[sc.verb].Folded
	if len(sc.mood) > 0 || sc.passive || sc.subject.missing || sc.subject.pronoun ||
		!starring[verb] && !appears[verb] && !portrays[verb] {
		return false
	}
	for j := range m.p.Units {
		if !starring[m.p.Units[j].Folded] || m.p.Units[j].Kind != plain {
			continue
		}
		work := m.p.firstSubject(m.p.Units[j].sentence, j+1)
		if work.missing {
			continue
		}
		if slices.ContainsFunc(m.p.castAt(j), func(c castMember) bool { return m.playedBy(sc, verb, &work, &c) }) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	return false
}

// playedBy reports whether the statement's clause says what a member of the cast of a work does in it.
func (m *Pair) playedBy(sc *Clause, verb string, work *phrase, c *castMember) bool {
	if starring[verb] && len(sc.objects) > 0 { // "Grey Water features Eva Tarn"
		return m.phraseKept(&sc.subject, work) && m.phraseKept(&sc.objects[0], &c.who) && len(sc.objects) == 1 &&
			m.restIn(sc, sc.objects[0].units, c.who.units[0], c.who.units[0])
	}
	if !m.phraseKept(&sc.subject, &c.who) {
		return false
	}
	var done []int
	if len(sc.objects) > 0 {
		if !portrays[verb] || c.as.missing || !m.phraseKept(&sc.objects[0], &c.as) {
			return false
		}
		done = sc.objects[0].units
	} else if !appears[verb] {
		return false
	}
	for i := sc.verb + 1; i < sc.to; i++ {
		if m.s.weights[i] > 0 && !slices.Contains(done, i) && (m.s.prepositionOf(i) != "in" || !m.hitAmong(i, work.units)) {
			return false
		}
	}
	return len(sc.objects) > 0 || sc.to > sc.verb+1
}
