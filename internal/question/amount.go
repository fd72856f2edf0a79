package question

import (
	"slices"

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

// amount finds what quantity is asked for by "how much" and a verb, by "how much is" and a thing, which is its price,
// or by what it costs, and where that stands; "" for none.
func amount(tokens []words.Token) (stem string, at int) {
	if at := costing(tokens); at >= 0 {
		return words.Stem("expensive"), at
	}
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

// costing is where "what" stands of "what does it cost" and "whats it cost"; -1 for none. What the costs of a thing
// are, or what one has to do at what cost, is another question.
func costing(tokens []words.Token) int {
	at := slices.IndexFunc(tokens, func(t words.Token) bool { return t.Text == "what" })
	if at < 0 || at+2 >= len(tokens) || !linking[tokens[at+1].Text] && !costVerbs[tokens[len(tokens)-1].Text] {
		return -1
	}
	for i := at + 2; i < len(tokens); i++ {
		before := tokens[i-1].Text
		asks := costSubjects[before] || !being[tokens[at+1].Text] && (i+1 == len(tokens) || costObjects[tokens[i+1].Text])
		if costVerbs[tokens[i].Text] && !costArticles[before] && asks {
			return at
		}
	}
	return -1
}

var (
	costVerbs = lexicon.Set(`cost costs`)
	// costSubjects are what costs something, where "is" asks for it: "what is it cost", but not "what is unit cost".
	costSubjects = lexicon.Set(`it this that these those they one`)
	// costObjects stand behind the verb: "what will it cost us", but not "what does the storm cost cover".
	costObjects = lexicon.Set(`a at each for if in me on per the them to us when you`)
	// costArticles stand before the noun.
	costArticles = lexicon.Set(`what the a its their his her at of total main average annual`)
)

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
