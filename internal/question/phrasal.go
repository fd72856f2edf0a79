package question

import (
	"slices"
	"strings"

	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// A spoken verb has a second word behind it, and says the same as a plain one that texts have.
type spoken struct {
	particle, plain string
}

// spokenVerbs are those by the forms of their first words.
var spokenVerbs = func() map[string][]spoken {
	all := map[string][]spoken{}
	for _, row := range lexicon.Rows("asking-phrases") {
		verb, particle, _ := strings.Cut(row[0], "-")
		forms := lexicon.Inflect(verb)
		for _, form := range slices.Compact(slices.Sorted(slices.Values(append([]string{verb}, forms[:]...)))) {
			all[form] = append(all[form], spoken{particle, row[1]})
		}
	}
	return all
}()

// splitWords are how many words may stand between the two: "put the last fire out".
const splitWords = 3

// joinVerbs puts the plain word in place of the first of a verb's two: "extinguish the fire out". Words that lead to
// something of their own part them: "put it in the shed", "get tea out of the box".
func joinVerbs(tokens []words.Token) {
	for i := range tokens {
		for _, v := range spokenVerbs[tokens[i].Text] {
			if at := particleBehind(tokens, i, v.particle); at > 0 {
				tokens[i].Text, tokens[i].Stem, tokens[i].Stop = v.plain, words.Stem(v.plain), false
				break
			}
		}
	}
}

// particleBehind is where the second word of the verb at i stands; 0 for nowhere.
func particleBehind(tokens []words.Token, i int, particle string) int {
	for k := i + 1; k < len(tokens) && k <= i+1+splitWords; k++ {
		switch t := tokens[k].Text; {
		case t == particle && (k == i+1 || k+1 == len(tokens) || parting[tokens[k+1].Text]):
			return k
		case leading[t] || auxiliaries[t]:
			return 0
		}
	}
	return 0
}

var (
	// leading are words that begin a part of the sentence of its own.
	leading = lexicon.List("leading-words")
	// parting are those of them, and others, that may stand behind a verb that is complete; what else does belongs to the
	// second word: "quoted in this".
	parting = lexicon.List("parting-words")
)
