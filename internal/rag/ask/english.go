package ask

import (
	"pilcrow/internal/claim/premise"
	wordlists "pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// english tells whether a question is in English for sure: it has function words of English, and none of another
// language that English does not have. Of a short one in another language that cannot be said, and the model is asked,
// which knows.
func english(text string) bool {
	if premise.Foreign(text) {
		return false
	}
	ours, theirs := premise.FunctionWords(text)
	tokens := words.Tokenize(text)
	return ours > theirs && (ours > 1 || len(tokens) > 0 && openers[tokens[0].Text])
}

// openers are the words that questions in English begin with.
var openers = wordlists.Set(`who whom whose what when where why how which is are was were do does did can could should
will would has have had tell show give list name explain summarize describe`)
