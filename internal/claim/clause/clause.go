// Package clause reads clauses, shallowly: a verb with its subject, objects, agent and modals, and what stands in
// apposition.
package clause

import (
	"slices"
	"sync/atomic"

	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/lexicon"
)

// of returns what is kept of a verb, or reads and keeps it. units is how many the reading has.
func of(k *syntax.ClauseCache, v, units int, read func() syntax.Clause) syntax.Clause {
	k.Once.Do(func() { k.At = make([]atomic.Pointer[syntax.Clause], units) })
	kept := &k.At[v]
	if c := kept.Load(); c != nil {
		return *c
	}
	c := read()
	kept.Store(&c) // two at once read the same
	return c
}

// At returns the clause of a verb. It is read once: nothing of it may be changed.
func At(r *syntax.Analysis, v int) syntax.Clause {
	return of(&r.ClausesRead, v, len(r.Units), func() syntax.Clause { return readClause(r, v) })
}

// readClause reads the clause of a verb.
func readClause(r *syntax.Analysis, v int) syntax.Clause {
	c := syntax.Clause{Verb: v, Copula: syntax.BeForms[r.Units[v].Folded]}
	c.Subject = SubjectOf(r, v, 0)
	c.Passive = !c.Copula && (PassiveVerb(r, v) || tellsOfNoun(r, v))
	if c.Passive && r.Reduced(v) && len(c.Subject.Units) > 0 && !c.Subject.Pronoun && r.OfNoun(v) {
		_, from := NounPhraseEnding(r, c.Subject.Units[len(c.Subject.Units)-1])
		c.Subject = identified(r, c.Subject, from)
	}
	c.Inf = v > 0 && r.PlainBefore(v) == "to"
	c.Objects = objectsOf(r, v)
	if c.Passive {
		c.Agent = agentOf(r, v)
	}
	c.Mood = MoodOf(r, v)
	if noneOf(r, &c.Subject) {
		c.Mood = append(c.Mood, "not")
		slices.Sort(c.Mood)
	}
	c.From, c.To = extent(r, v, &c.Subject)
	return c
}

// noneOf reports whether "no" or "nor" stands before a noun phrase: "No sequel was made" denies that one was, and
// "Neither Ruud nor Dahl signed" that either did.
func noneOf(r *syntax.Analysis, p *syntax.Phrase) bool {
	if p.Missing || p.Pronoun || len(p.Units) == 0 || r.Units[p.Units[0]].Kind == syntax.Number {
		return false
	}
	_, from := NounPhraseEnding(r, p.Units[0])
	if w := r.Units[from].Folded; w == "no" || w == "neither" {
		return true
	}
	before := r.PlainBefore(from)
	if before != "" && r.PartOf(from-1) == syntax.Helping {
		before = r.PlainBefore(from - 1) // "nor did Holm come"
	}
	return before == "no" || before == "nor" || before == "neither"
}

// Clauses reads all clauses of a sentence.
func Clauses(r *syntax.Analysis, sentence int) []syntax.Clause {
	var list []syntax.Clause
	for i := r.From[sentence]; i < r.From[sentence+1]; i++ {
		if !r.Units[i].Quoted && r.PartOf(i) == syntax.Verbal {
			list = append(list, At(r, i))
		}
	}
	return list
}

// NounPhraseEnding reads the noun phrase whose last unit is at k, back to its determiner. from is its first unit.
func NounPhraseEnding(r *syntax.Analysis, k int) (p syntax.Phrase, from int) {
	from = k
	for from > r.From[r.Units[k].Sentence] && k-from < syntax.MaxClauseUnits {
		if r.Parted(from) || timeOf(r, from-1) {
			break
		}
		if q := r.PartOf(from - 1); q == syntax.Nominal &&
			(r.Units[from-1].Kind != syntax.Date && r.Units[from-1].Folded != "one" ||
				syntax.Determiners[r.PlainBefore(from-1)]) {
			from--
			continue
		} else if q == syntax.Determiner {
			from--
		}
		break
	}
	return r.PhraseOf(from, k+1), from
}

// timeOf reports whether a unit ends an adverb of time: "last summer".
func timeOf(r *syntax.Analysis, i int) bool {
	if !TimeNouns[r.Units[i].Folded] || r.Possessive(i) {
		return false
	}
	switch r.PlainBefore(i) {
	case "last", "next", "this", "that", "every", "each":
		return true
	case "same", "following", "previous": // "In the same year Lind won"
		return i+1 < len(r.Units) && r.Units[i+1].NameStart
	}
	return false
}

// TimeNouns are what time is counted in.
var TimeNouns = lexicon.List("time-nouns")

// tellsOfNoun reports whether a participle tells of the noun phrase right before it, which is not its subject as
// something else governs it, a preposition or a form of be, or it is an apposition: "developed by Lumex, a firm based
// in Arn".
func tellsOfNoun(r *syntax.Analysis, v int) bool {
	start := r.ClauseStart(v)
	if v <= start || r.Parted(v) || r.PartOf(v-1) != syntax.Nominal || !r.Reduced(v) {
		return false
	}
	_, from := NounPhraseEnding(r, v-1)
	if from <= start || !r.HasVerb(start, from) {
		return false
	}
	if r.Parted(from) {
		return r.PartOf(from) == syntax.Determiner && r.PartOf(from-1) == syntax.Nominal
	}
	if syntax.BeForms[r.Units[from-1].Folded] {
		return true
	}
	// "the owner of a firm moved to Arn": a noun before the preposition may be the subject
	return r.PartOf(from-1) == syntax.Preposition && from-2 >= start && r.PartOf(from-2) != syntax.Nominal
}

// PrepositionOf is the preposition that governs the noun phrase of a unit; "" for none.
func PrepositionOf(r *syntax.Analysis, i int) string {
	_, from := NounPhraseEnding(r, i)
	if from > r.From[r.Units[i].Sentence] && !r.Parted(from) && r.PartOf(from-1) == syntax.Preposition {
		return r.Units[from-1].Folded
	}
	return ""
}
