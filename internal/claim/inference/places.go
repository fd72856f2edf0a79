package inference

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
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
func placeKept(m *match.Pair, sc *syntax.Clause) bool {
	if sc.Subject.Missing || sc.Subject.Pronoun || len(sc.Mood) > 0 || len(sc.Subject.Heads) == 0 ||
		!places(m.Hyp.Analysis, sc) {
		return false
	}
	for j := range m.Prem.Units {
		if m.Prem.PartOf(j) != syntax.Verbal || !syntax.BeForms[m.Prem.Units[j].Folded] && !placing[m.Prem.Units[j].Folded] {
			continue
		}
		pc := clause.At(m.Prem, j)
		if len(pc.Mood) == 0 && mention.PhraseKept(m, &sc.Subject, &pc.Subject) &&
			placedIn(m, sc, j+1, firstComma(m.Prem, j+1, pc.To)) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	head := sc.Subject.Heads[len(sc.Subject.Heads)-1]
	for _, h := range m.Hits[head] {
		end := m.Prem.From[m.Prem.Units[h].Sentence+1]
		if from := clause.NominalsFrom(m.Prem, h); from < end && !m.Prem.Parted(from) &&
			placedIn(m, sc, from, firstVerb(m.Prem, from, end)) {
			m.Grounds = append(m.Grounds, h)
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
func placedIn(m *match.Pair, sc *syntax.Clause, from, to int) bool {
	some := false
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Weights[i] == 0 {
			continue
		}
		some = true
		if !slices.ContainsFunc(m.Hits[i], func(j int) bool { return j >= from && j < to && samePlace(m, i, j) }) {
			return false
		}
	}
	return some
}

// samePlace reports whether the same preposition stands before a unit of the statement and one of the passage, or it
// stands there before the part of a region.
func samePlace(m *match.Pair, i, j int) bool {
	mine, theirs := clause.PrepositionOf(m.Hyp.Analysis, i), clause.PrepositionOf(m.Prem, j)
	if mine == theirs || m.Hyp.Units[i].Kind == syntax.Light {
		return true
	}
	if theirs != "of" || mine != "in" {
		return false
	}
	_, from := clause.NounPhraseEnding(m.Prem, j)
	return from >= 2 && regions[m.Prem.Units[from-2].Folded] && clause.PrepositionOf(m.Prem, from-2) == mine
}
