package entail

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/inference"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/mention"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// naming verbs have somebody say what something is: "called the strike a farce".
var naming = lexicon.List("naming-verbs")

// Told reports whether each clause of the statement is among what somebody says in the passage: kept, or kept but for
// pronouns: "said that they were a gift".
func Told(m *match.Pair) bool {
	some := false
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			if !toldWithPronouns(m, &sc) && !named(m, &sc) {
				return false
			}
			some = true
		}
	}
	return some
}

// toldWithPronouns reports whether a clause of the passage with the verb has the statement's subject and objects, or
// pronouns for them, in the same roles.
func toldWithPronouns(m *match.Pair, sc *syntax.Clause) bool {
	for _, j := range SameVerbs(m, sc.Verb) {
		if m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, j)
		if sc.Passive != pc.Passive || !moodKept(m, sc, &pc) ||
			!keptOrPronoun(m, &sc.Subject, &pc.Subject) || !keptOrPronoun(m, &sc.Agent, &pc.Agent) {
			continue
		}
		if !slices.ContainsFunc(sc.Objects, func(o syntax.Phrase) bool {
			return !slices.ContainsFunc(pc.Objects, func(p syntax.Phrase) bool { return keptOrPronoun(m, &o, &p) })
		}) && !restBehind(m, sc, &pc) {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}

// restBehind reports whether the statement says something behind its verb, beside the objects, that the passage's
// clause does not.
func restBehind(m *match.Pair, sc, pc *syntax.Clause) bool {
	for i := sc.Verb + 1; i < sc.To; i++ {
		if m.Hyp.Weights[i] > 0 && !inference.Names(sc, i) &&
			!slices.ContainsFunc(m.Hits[i], func(j int) bool { return j >= pc.From && j < pc.To }) {
			return true
		}
	}
	return false
}

// keptOrPronoun reports whether the passage's phrase is the statement's, or stands for something that was said before.
func keptOrPronoun(m *match.Pair, s, p *syntax.Phrase) bool {
	return s.Missing || p.Pronoun || mention.PhraseKept(m, s, p) || ownersKept(m, s, p)
}

// ownersKept reports whether the passage's phrase is the statement's with a pronoun for whose it is: "their livelihood"
// for "the fishermen's livelihood".
func ownersKept(m *match.Pair, s, p *syntax.Phrase) bool {
	if p.Missing || len(s.Heads) == 0 || mention.PossessiveBefore(m.Prem, p) == "" ||
		!mention.HitAmong(m, s.Heads[len(s.Heads)-1], p.Heads) {
		return false
	}
	return !slices.ContainsFunc(s.Units, func(i int) bool {
		return !m.Hyp.Possessive(i) && !mention.HitAmong(m, i, p.Units)
	})
}

// named reports whether the passage has somebody call the statement's subject what the statement says that it is.
func named(m *match.Pair, sc *syntax.Clause) bool {
	if !sc.Copula {
		return false
	}
	for j := range m.Prem.Units {
		if !naming[m.Prem.Units[j].Folded] || m.Prem.PartOf(j) != syntax.Verbal {
			continue
		}
		pc := clause.At(m.Prem, j)
		if len(pc.Mood) > 0 || !slices.ContainsFunc(pc.Objects,
			func(p syntax.Phrase) bool { return mention.PhraseKept(m, &sc.Subject, &p) }) {
			continue
		}
		behind := true
		for i := sc.Verb + 1; i < sc.To; i++ {
			behind = behind && (m.Hyp.Weights[i] == 0 ||
				slices.ContainsFunc(m.Hits[i], func(h int) bool { return h > j && h < pc.To }))
		}
		if behind {
			m.Grounds = append(m.Grounds, j)
			return true
		}
	}
	return false
}
