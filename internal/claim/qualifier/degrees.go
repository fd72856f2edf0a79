package qualifier

import (
	"slices"

	"pilcrow/internal/claim/clause"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// rankedLower finds a superlative that the passage, and not the statement, has behind an ordinal, or the other way
// round: "the largest" for "the third-largest".
func rankedLower(m *match.Pair) int {
	for i := range m.Hyp.Units {
		if !superlative(m.Hyp.Units[i].Folded) {
			continue
		}
		mine := rankOf(m.Hyp.Analysis, i)
		if !slices.ContainsFunc(groundHits(m, i), func(j int) bool { return rankOf(m.Prem, j) == mine }) {
			return i
		}
	}
	return -1
}

// rankOf is the ordinal before a superlative, 1 for none: "the first largest" is the largest.
func rankOf(r *syntax.Analysis, i int) float64 {
	if i == 0 || r.Units[i-1].Sentence != r.Units[i].Sentence {
		return 1
	}
	if q := r.Units[i-1].Quantity; q != nil && q.Ordinal {
		return q.Value
	}
	return 1
}

// otherCondition finds an "unless" of the statement that the passage does not have: what holds unless something is so
// does not hold if it is.
func otherCondition(m *match.Pair) int {
	for i := range m.Hyp.Units {
		if m.Hyp.Units[i].Folded == "unless" && !groundHas(m, "unless") {
			return i
		}
	}
	return -1
}

// groundHas reports whether a sentence that the statement rests on has a word.
func groundHas(m *match.Pair, word string) bool {
	return slices.ContainsFunc(m.Prem.Units,
		func(u syntax.Unit) bool { return u.Folded == word && ground(m, u.Sentence) })
}

// ended finds a verb in the present whose clause the passage has in the past, with a word that says that it is over:
// "employs" for "employed until 2023".
func ended(m *match.Pair) int {
	for k := range m.Hyp.Sentences {
		for _, sc := range m.Hyp.Clauses(k) {
			at := groundVerbs(m, &sc)
			if pastAt(m.Hyp.Analysis, sc.Verb) || len(at) == 0 ||
				slices.ContainsFunc(at, func(j int) bool { return !overThere(m.Prem, j) }) {
				continue
			}
			return sc.Verb
		}
	}
	return -1
}

// pastAt reports whether a verb is a past form, or one helps it: "was owned".
func pastAt(r *syntax.Analysis, v int) bool {
	switch r.PlainBefore(v) {
	case "was", "were", "had":
		return true
	case "is", "are", "has", "have":
		return false
	}
	w := r.Units[v].Folded
	return w == "was" || w == "were" || syntax.PastVerb(w)
}

// overThere reports whether the clause of the passage's verb is in the past, and over.
func overThere(r *syntax.Analysis, j int) bool {
	c := clause.At(r, j)
	return pastAt(r, j) &&
		slices.ContainsFunc(r.Units[c.From:c.To], func(u syntax.Unit) bool { return endWords[u.Folded] })
}

// endWords beside a verb in the past say that it is so no more.
var endWords = lexicon.Set("until till once formerly previously")

// ofSome finds what the passage says of some only, in a clause that begins with "of whom" or "three of which", and the
// statement of all: "employs 1,900 people in Arn" for "employs 1,900 people, of whom 1,200 work in Arn".
func ofSome(m *match.Pair) int {
	for i := range m.Hyp.Units {
		if len(m.Hits[i]) > 0 && !slices.ContainsFunc(groundHits(m, i), func(j int) bool { return !inPartitive(m, j) }) {
			return i
		}
	}
	return -1
}

// inPartitive reports whether a unit of the passage stands behind an "of whom" or "of which" of its sentence, of which
// the statement has not what is counted, and in which no verb was found kept.
func inPartitive(m *match.Pair, j int) bool {
	for k := j - 1; k > m.Prem.From[m.Prem.Units[j].Sentence]; k-- {
		if w := m.Prem.Units[k].Folded; (w == "whom" || w == "which") && m.Prem.PlainBefore(k) == "of" {
			return !slices.ContainsFunc(m.Grounds, func(g int) bool { return g > k })
		}
	}
	return false
}

// particles behind a verb are a part of what it says, where nothing stands behind them that they could belong to.
var particles = lexicon.Set("on off in out up down over away back")

// otherParticle finds the particle that the statement has behind a verb, and the passage does not: "is on by
// default" for "is off by default", "turned on" for "turned off".
func otherParticle(m *match.Pair) int {
	for i := range m.Hyp.Units {
		at := particleBehind(m.Hyp.Analysis, i)
		if at >= 0 && !slices.ContainsFunc(m.Prem.Units, func(u syntax.Unit) bool {
			return u.Folded == m.Hyp.Units[at].Folded && ground(m, u.Sentence)
		}) {
			return at
		}
	}
	return -1
}

// particleBehind is the particle right behind the verb at i, or an adverb behind that: "is still off"; -1 for none.
func particleBehind(r *syntax.Analysis, i int) int {
	if r.PartOf(i) != syntax.Verbal {
		return -1
	}
	end := r.From[r.Units[i].Sentence+1]
	k := i + 1
	for k < end && r.PartOf(k) == syntax.Adverbial && !particles[r.Units[k].Folded] {
		k++
	}
	if k >= end || !particles[r.Units[k].Folded] {
		return -1
	}
	if k+1 < end && !r.Parted(k+1) {
		switch r.PartOf(k + 1) {
		case syntax.Preposition, syntax.Adverbial, syntax.Subordinator, syntax.Coordinator:
		default:
			return -1
		}
	}
	return k
}
