package question

import (
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// quantities are the verbs and nouns that tell which quantity "how much" asks for, and the word that asks for it behind
// "how": "how much does the crate weigh" is how heavy it is. A form of the word that stands in the text need not: "The
// crate is of 40 kilos".
var quantities = []struct {
	verbs map[string]bool
	how   string // its stem
}{
	{lexicon.Set("cost costs pay pays paid paying owe owes owed earn earns earned charge charges charged spend spends " +
		"spent worth price priced fee rent"), words.Stem("expensive")},
	{lexicon.Set("weigh weighs weighed"), words.Stem("heavy")},
}

var (
	// linking are the words behind "how much" that are no noun of which an amount is asked for.
	linking = lexicon.Set(`is are was were will would does do did can could should must has have for to`)
	// being are those of them behind which a thing by itself is what is paid for.
	being = lexicon.Set(`is are was were for`)
	// otherwise are words that make of it a question for another amount than a price: "how much is left in the tank".
	otherwise = lexicon.Set(`left known more less of in on over there gone lost enough too true needed done used about at
		from with`)
)

// quantityAsked finds the word that asks for a quantity, or would if it were typed, and where it stands; "" for none.
// An amount stands before the frame "how much", which would count what stands behind it.
func quantityAsked(tokens []words.Token) (stem string, at int) {
	if stem, at = measure(tokens); stem != "" {
		return stem, at
	}
	if stem, at = amount(tokens); stem != "" {
		return stem, at - 1
	}
	return "", len(tokens)
}

// amount finds what quantity is asked for by "how much" and a verb, or by "how much is" and a thing, which is its
// price, and where that stands; "" for none.
func amount(tokens []words.Token) (stem string, at int) {
	for i := 0; i+3 <= len(tokens)-1; i++ {
		if tokens[i].Text != "how" || tokens[i+1].Text != "much" || !linking[tokens[i+2].Text] {
			continue
		}
		rest := tokens[i+3:]
		for _, t := range rest {
			for _, a := range quantities {
				if a.verbs[t.Text] {
					return a.how, i
				}
			}
		}
		if being[tokens[i+2].Text] && plainThing(rest) {
			return words.Stem("expensive"), i
		}
	}
	return "", len(tokens)
}

// plainThing reports whether the tokens are a thing with what belongs to it, and nothing that makes another question of
// them.
func plainThing(tokens []words.Token) bool {
	const most = 5 // words
	named := false
	for _, t := range tokens {
		if otherwise[t.Text] || t.Digit {
			return false
		}
		named = named || !t.Stop
	}
	return named && len(tokens) <= most
}
