package entail

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// noLonger reports whether the statement says that somebody "used to be" something or is it "no longer", and the
// passage calls him a former one.
func noLonger(m *match.Pair, sc *syntax.Clause) bool {
	if len(sc.Objects) == 0 || len(sc.Subject.Heads) == 0 || sc.Subject.Missing || sc.Subject.Pronoun ||
		!slices.Equal(sc.Mood, []string{"to use"}) && !slices.Equal(sc.Mood, []string{"no longer", "no longer"}) &&
			!slices.Equal(sc.Mood, []string{"no longer"}) {
		return false
	}
	for _, h := range m.Hits[sc.Subject.Heads[len(sc.Subject.Heads)-1]] {
		for _, p := range clause.Apposed(m.Prem, h) {
			if clause.Former(m.Prem, &p) && complementIn(m, sc, &p) {
				m.Grounds = append(m.Grounds, h, p.Units[0])
				return true
			}
		}
	}
	return slices.ContainsFunc(beingVerbs(m, sc.Verb), func(j int) bool {
		if m.Prem.PartOf(j) != syntax.Verbal {
			return false
		}
		pc := clause.At(m.Prem, j)
		return pc.Copula && len(pc.Mood) == 0 && mention.PhraseKept(m, &sc.Subject, &pc.Subject) &&
			slices.ContainsFunc(pc.Objects,
				func(p syntax.Phrase) bool { return clause.Former(m.Prem, &p) && complementIn(m, sc, &p) })
	})
}

// UsedTo reports whether a verb is the "used" of "used to be", of which the infinitive says all.
func UsedTo(r *syntax.Analysis, v int) bool {
	return r.Units[v].Folded == "used" && r.PlainAfter(v) == "to" && r.PartOf(v+1) == syntax.Helping
}

// nowOver reports whether the statement says that somebody is what the passage says that he was, "a former judge", or
// what he is less than, "a vice president".
func nowOver(m *match.Pair, sc *syntax.Clause, p *syntax.Phrase) bool {
	if lesserRole(m, sc, p) {
		return true
	}
	if w := m.Hyp.Units[sc.Verb].Folded; w != "is" && w != "are" || len(sc.Mood) > 0 || len(p.Units) == 0 ||
		clause.Former(m.Hyp.Analysis, &sc.Objects[0]) {
		return false
	}
	return clause.Former(m.Prem, p)
}

// lesserWords make of a role one that is less.
var lesserWords = lexicon.Set("vice deputy assistant aspiring honorary self-proclaimed so-called would-be")

// lesserRole reports whether the passage's phrase is of a lesser role than the statement's.
func lesserRole(m *match.Pair, sc *syntax.Clause, p *syntax.Phrase) bool {
	if len(p.Units) == 0 {
		return false
	}
	_, from := clause.NounPhraseEnding(m.Prem, p.Units[0])
	for k := from; k <= p.Units[len(p.Units)-1]; k++ {
		if lesserWords[m.Prem.Units[k].Folded] && !slices.ContainsFunc(m.Hyp.Units, func(u syntax.Unit) bool {
			return u.Folded == m.Prem.Units[k].Folded
		}) {
			return true
		}
	}
	return false
}
