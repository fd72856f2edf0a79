package syntax

import (
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// The lists of this file are small, general and closed: function words and the vocabulary of saying, denying, counting
// and guessing (Quirk et al., A Comprehensive Grammar of the English Language, chapters 8 to 10 and 14), and synonyms
// and opposites that reference prose and news use for one another. None is of one subject.

// Stems is the set of the words' stems.
func Stems(list string) map[string]bool { return stemsOf(strings.Fields(list)) }

func stemsOf(list []string) map[string]bool {
	m := make(map[string]bool)
	for _, w := range list {
		m[words.Stem(w)] = true
	}
	return m
}

// LightWords link or fill: a sentence with or without them says the same. Those that restrict are operators instead.
var LightWords = lexicon.List("light-words")

// GenericWords name what nearly everything is: their absence from a passage says little.
var GenericWords = stemsOf(lexicon.Words("generic-words"))

// CommonStarts begin sentences with a capital and are no names.
var CommonStarts = lexicon.List("common-starts")

// Pronouns may stand for somebody who was named before.
var Pronouns = lexicon.List("pronouns")

// negators deny what follows them.
var negators = lexicon.List("negators")

// denyingNouns deny whatever follows, by their meaning.
var denyingNouns = stemsOf(lexicon.Words("denying-nouns"))

// denyingStems deny the verb that follows them, by their meaning.
var denyingStems = stemsOf(lexicon.Words("denying-verbs"))

// Hedges say that what follows is not a fact, or not yet.
var Hedges = lexicon.List("hedges")

// HedgeStems hedge what follows them, by their meaning.
var HedgeStems = stemsOf(lexicon.Words("hedging-verbs"))

// Quantifiers by rank: a sentence may say less than the passage, not more.
var Quantifiers = map[string]int{
	"all": 6, "every": 6, "each": 6, "entire": 6, "entirely": 6, "always": 6, "completely": 6, "fully": 6, "everyone": 6,
	"everybody": 6,
	"most":      5, "mostly": 5, "majority": 5, "usually": 5, "largely": 5, "mainly": 5, "primarily": 5,
	"many": 4, "often": 4, "much": 4, "frequently": 4, "half": 4, "widely": 4,
	"several": 3, "some": 2, "sometimes": 2, "partly": 2, "partially": 2, "occasionally": 2, "minority": 2,
	"few": 1, "little": 1,
}

// limiters restrict to what follows.
var limiters = lexicon.List("limiters")

// SayingStems report speech, with or without quotation marks. Those of NeutralStems say that something is said, and
// nothing else: by which of them does not matter.
var (
	SayingStems  = stemsOf(lexicon.ReportingLemmas(func(v lexicon.ReportingVerb) bool { return v.Clause }))
	NeutralStems = stemsOf(append(lexicon.ReportingLemmas(func(v lexicon.ReportingVerb) bool { return v.States }),
		"according"))
)

// Opposites cannot both be true of the same thing.
var Opposites = pairs(lexicon.Rows("opposites"))

func pairs(rows [][]string) map[string][]string {
	m := make(map[string][]string)
	for _, row := range rows {
		a, b := words.Stem(row[0]), words.Stem(row[1])
		m[a] = append(m[a], b)
		m[b] = append(m[b], a)
	}
	return m
}

// Canonical gives words that are used for one another one key. A group is on one line, its key first.
var Canonical = groups(lexicon.Rows("same-words"))

func groups(rows [][]string) map[string]string {
	m := make(map[string]string)
	for _, row := range rows {
		for _, w := range row {
			if s := words.Stem(w); m[s] == "" {
				m[s] = words.Stem(row[0])
			}
		}
	}
	return m
}

// Demonyms that do not begin like their country's name, with its key. The others are told by their endings: see akin.
var Demonyms = func() map[string]string {
	m := map[string]string{}
	for _, row := range lexicon.Rows("demonyms") {
		m[row[0]] = row[1]
	}
	return m
}()

// Titles stand before names.
var Titles = lexicon.Union(lexicon.List("offices"), lexicon.Heads("honorifics"),
	lexicon.Set("admiral baron chairperson colonel count earl khan saint st sultan"))
