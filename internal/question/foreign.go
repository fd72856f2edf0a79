package question

import (
	"pilcrow/internal/lexicon"
	"pilcrow/internal/words"
)

// askingWords are the function words of each language but English, as tokens have them.
var askingWords = func() map[string]map[string]bool {
	lists := map[string]map[string]bool{}
	for _, row := range lexicon.Rows("asking-words") {
		if lists[row[0]] == nil {
			lists[row[0]] = map[string]bool{}
		}
		for _, word := range row[1:] {
			for _, t := range words.Tokenize(word) {
				lists[row[0]][t.Text] = true
			}
		}
	}
	return lists
}()

// minAskingWords is how many function words tell that a question is in another language: one may be a name, or an
// English word as well ("die", "as").
const minAskingWords = 2

// foreignStops returns the function words of the language that a question is in; nil for English, and where English
// has as many of its words.
func foreignStops(tokens []words.Token) map[string]bool {
	most := minAskingWords - 1
	english := 0
	for _, t := range tokens {
		if t.Stop {
			english++
		}
	}
	most = max(most, english)
	var best map[string]bool
	for _, language := range []string{"de", "es", "fa", "fr", "ps", "ur"} {
		n := 0
		for _, t := range tokens {
			if askingWords[language][t.Text] {
				n++
			}
		}
		if n > most {
			best, most = askingWords[language], n
		}
	}
	return best
}
