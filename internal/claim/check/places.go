package check

import (
	"slices"

	"pilcrow/internal/lexicon"
)

// placing verbs say where something is.
var placing = formsOf("lie stand sit locate situate")

// regions stand before "of" and a place of which they are a part.
var regions = lexicon.Set(`north south east west northeast northwest southeast southwest center middle heart part parts
	outskirts coast shore interior`)

// placeKept reports whether the passage says in other words that the subject is where the statement says: "lies in
// Daland", "is a lake in the west of Daland".
func (m *Pair) placeKept(sc *Clause) bool {
	if sc.subject.missing || sc.subject.pronoun || len(sc.mood) > 0 || len(sc.subject.heads) == 0 || !m.s.places(sc) {
		return false
	}
	for j := range m.p.Units {
		if m.p.PartOf(j) != Verbal || !beForms[m.p.Units[j].Folded] && !placing[m.p.Units[j].Folded] {
			continue
		}
		pc := m.p.At(j)
		if len(pc.mood) == 0 && m.phraseKept(&sc.subject, &pc.subject) && m.placedIn(sc, j+1, m.p.firstComma(j+1, pc.to)) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	head := sc.subject.heads[len(sc.subject.heads)-1]
	for _, h := range m.hits[head] {
		end := m.p.from[m.p.Units[h].sentence+1]
		if from := m.p.nominalsFrom(h); from < end && !m.p.parted(from) && m.placedIn(sc, from, m.p.firstVerb(from, end)) {
			m.grounds = append(m.grounds, h)
			return true
		}
	}
	return false
}

// places reports whether a clause says by its verb, or by a form of be, where its subject is.
func (r *Analysis) places(c *Clause) bool {
	if c.copula && len(c.objects) > 0 || !c.copula && !placing[r.Units[c.verb].Folded] {
		return false
	}
	k := c.verb + 1
	return k < c.to && (r.PartOf(k) == preposition || regions[r.Units[k].Folded])
}

// firstComma is the first unit of [from, to) before which a mark stands; to for none.
func (r *Analysis) firstComma(from, to int) int {
	for k := from + 1; k < to; k++ {
		if r.parted(k) {
			return k
		}
	}
	return to
}

// firstVerb is the first unit of [from, to) that is a verb, or has a mark before it; to for none.
func (r *Analysis) firstVerb(from, to int) int {
	for k := from; k < to; k++ {
		if verbOrHelp(r.PartOf(k)) || k > from && r.parted(k) {
			return k
		}
	}
	return to
}

// placedIn reports whether the units [from, to) of the passage have all that the statement says of the place, behind
// the same preposition or in a part of it.
func (m *Pair) placedIn(sc *Clause, from, to int) bool {
	some := false
	for i := sc.verb + 1; i < sc.to; i++ {
		if m.s.weights[i] == 0 {
			continue
		}
		some = true
		if !slices.ContainsFunc(m.hits[i], func(j int) bool { return j >= from && j < to && m.samePlace(i, j) }) {
			return false
		}
	}
	return some
}

// samePlace reports whether the same preposition stands before a unit of the statement and one of the passage, or it
// stands there before the part of a region.
func (m *Pair) samePlace(i, j int) bool {
	mine, theirs := m.s.prepositionOf(i), m.p.prepositionOf(j)
	if mine == theirs || m.s.Units[i].Kind == light {
		return true
	}
	if theirs != "of" || mine != "in" {
		return false
	}
	_, from := m.p.nounPhraseEnding(j)
	return from >= 2 && regions[m.p.Units[from-2].Folded] && m.p.prepositionOf(from-2) == mine
}
