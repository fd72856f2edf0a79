package review

import (
	"strings"

	wordlists "pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// leaning are the words, by which a sentence that begins with one cannot be understood without the sentence before it,
// in the languages in which answers are written; accents folded.
var leaning = wordlists.Set(`he she they it this that both these those his her hers their theirs its such however still
but another others also nonetheless nevertheless moreover furthermore instead otherwise therefore thus likewise er
sie es beide diese dieser dieses dies das ihr ihre sein seine jedoch aber auch dennoch trotzdem ausserdem daher
deshalb stattdessen il elle ils elles cela ceci ces cette cet leur leurs son sa ses cependant mais aussi pourtant
toutefois donc el ella ellos ellas esto eso estos estas esa ese su sus ademas tambien pero embargo`)

// leaningInside are those that do so wherever they stand.
var leaningInside = wordlists.Set("also nonetheless nevertheless likewise")

// leans tells whether a sentence needs the one before it: it begins with a pronoun or goes on with an "also".
func leans(text string) bool {
	tokens := words.Tokenize(text)
	if len(tokens) == 0 {
		return false
	}
	lower := strings.ToLower(text)
	if leaning[tokens[0].Text] || strings.HasPrefix(lower, "the two ") || strings.Contains(lower, "by contrast") {
		return true
	}
	for _, t := range tokens {
		if leaningInside[t.Text] {
			return true
		}
	}
	return false
}
