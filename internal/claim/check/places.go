package check

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// placing verbs say where something is.
var placing = syntax.FormsOf("lie stand sit locate situate")

// regions stand before "of" and a place of which they are a part.
var regions = lexicon.Set(`north south east west northeast northwest southeast southwest center middle heart part parts
	outskirts coast shore interior`)

// placeKept reports whether the passage says in other words that the subject is where the statement says: "lies in
// Daland", "is a lake in the west of Daland".
func (m *Pair) placeKept(sc *syntax.Clause) bool {
	if sc.Subject.Missing || sc.Subject.Pronoun || len(sc.Mood) > 0 || len(sc.Subject.Heads) == 0 ||
		!places(m.s.Analysis, sc) {
		return false
	}
	for j := range m.p.Units {
		if m.p.PartOf(j) != syntax.Verbal || !syntax.BeForms[m.p.Units[j].Folded] && !placing[m.p.Units[j].Folded] {
			continue
		}
		pc := clause.At(m.p, j)
		if len(pc.Mood) == 0 && m.phraseKept(&sc.Subject, &pc.Subject) && m.placedIn(sc, j+1, firstComma(m.p, j+1, pc.To)) {
			m.grounds = append(m.grounds, j)
			return true
		}
	}
	head := sc.Subject.Heads[len(sc.Subject.Heads)-1]
	for _, h := range m.hits[head] {
		end := m.p.From[m.p.Units[h].Sentence+1]
		if from := clause.NominalsFrom(m.p, h); from < end && !m.p.Parted(from) &&
			m.placedIn(sc, from, firstVerb(m.p, from, end)) {
			m.grounds = append(m.grounds, h)
			return true
		}
	}
	return false
}

// places reports whether a clause says by its verb, or by a form of be, where its subject is.
func places(r *syntax.Analysis, c *syntax.Clause) bool {
	if c.Copula && len(c.Objects) > 0 || !c.Copula && !placing[r.Units[c.Verb].Folded] {
		return false
	}
	k := c.Verb + 1
	return k < c.To && (r.PartOf(k) == syntax.Preposition || regions[r.Units[k].Folded])
}

// firstComma is the first unit of [from, to) before which a mark stands; to for none.
func firstComma(r *syntax.Analysis, from, to int) int {
	for k := from + 1; k < to; k++ {
		if r.Parted(k) {
			return k
		}
	}
	return to
}

// firstVerb is the first unit of [from, to) that is a verb, or has a mark before it; to for none.
func firstVerb(r *syntax.Analysis, from, to int) int {
	for k := from; k < to; k++ {
		if syntax.VerbOrHelp(r.PartOf(k)) || k > from && r.Parted(k) {
			return k
		}
	}
	return to
}

// placedIn reports whether the units [from, to) of the passage have all that the statement says of the place, behind
// the same preposition or in a part of it.
func (m *Pair) placedIn(sc *syntax.Clause, from, to int) bool {
	some := false
	for i := sc.Verb + 1; i < sc.To; i++ {
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
	mine, theirs := clause.PrepositionOf(m.s.Analysis, i), clause.PrepositionOf(m.p, j)
	if mine == theirs || m.s.Units[i].Kind == syntax.Light {
		return true
	}
	if theirs != "of" || mine != "in" {
		return false
	}
	_, from := clause.NounPhraseEnding(m.p, j)
	return from >= 2 && regions[m.p.Units[from-2].Folded] && clause.PrepositionOf(m.p, from-2) == mine
}
