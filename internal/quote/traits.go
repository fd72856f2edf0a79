package quote

import (
	"strings"

	"pilcrow/internal/lexicon"
)

// traits tell which lists have a word, so that most words of a document, which are in none, cost one look-up in all.
type traits uint16

const (
	leads    traits = 1 << iota // a pronoun, or the like, that find looks for
	sources                     // begins a source phrase: "according", "selon", or may do so: "in", "so"
	verbal                      // a form of a reporting verb, or of a verb of a phrase that reports
	nominal                     // says what somebody or something is that may speak
	particle                    // may stand inside a name in lower case
	function                    // a function word
	joining                     // a conjunction
	jointed                     // has a hyphen or an apostrophe near its beginning, as "al-Rashid" has; in no list
)

var traitsOf = readTraits()

// traitsIn returns all traits of a word.
func traitsIn(w string) traits {
	t := traitsOf[w]
	if joint := strings.IndexAny(w, "-'"); joint >= 1 && joint <= longestPrefix {
		t |= jointed
	}
	return t
}

func readTraits() map[string]traits {
	all := map[string]traits{"in": sources, "so": sources}
	add := func(set map[string]bool, t traits) {
		for w := range set {
			all[w] |= t
		}
	}
	add(leading, leads)
	add(phraseStarts, sources)
	add(nouns, nominal)
	add(particles, particle)
	add(functionWords, function)
	add(conjunctions, joining)
	for _, w := range lexicon.ReportingWords() {
		all[w] |= verbal
	}
	return all
}
