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

// Language tells the language of a question by its function words (ISO 639-1); "" for English, and where English has as
// many of its words.
func Language(text string) string { return languageOf(words.Tokenize(text)) }

func languageOf(tokens []words.Token) string {
	english := 0
	for _, t := range tokens {
		if t.Stop {
			english++
		}
	}
	best, most := "", max(english, minAskingWords-1)
	for _, language := range []string{"de", "es", "fa", "fr", "ps", "ur"} {
		n := 0
		for _, t := range tokens {
			if askingWords[language][t.Text] {
				n++
			}
		}
		if n > most {
			best, most = language, n
		}
	}
	return best
}
