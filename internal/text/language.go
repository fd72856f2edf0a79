package text

import (
	"strings"
	"unicode"

	"pilcrow/internal/lexicon"
)

// told are the languages that are told apart; where two have as many function words, the first of them.
var told = [...]string{"en", "de", "es", "fr"}

// functionWords have for each word the bits of the languages that it is a function word of, by their place in told.
var functionWords = func() map[string]uint8 {
	in := map[string]uint8{}
	for _, row := range lexicon.Rows("function-words") {
		for k, language := range told {
			for _, word := range row[1:] {
				if row[0] == language {
					in[word] |= 1 << k
				}
			}
		}
	}
	return in
}()

// maxLanguageBytes is how much of a text is looked at for its language.
const maxLanguageBytes = 2_000

// Language tells in which of the languages with a list of function words a text is (ISO 639-1): the one that most of
// them are of; "en" in a tie, and where there are none.
func Language(text string) string {
	var counts [len(told)]int
	words := strings.FieldsFuncSeq(text[:min(len(text), maxLanguageBytes)],
		func(r rune) bool { return !unicode.IsLetter(r) })
	for w := range words {
		of := functionWords[strings.ToLower(w)]
		for k := range counts {
			counts[k] += int(of >> k & 1)
		}
	}
	best := 0
	for k := range counts {
		if counts[k] > counts[best] {
			best = k
		}
	}
	return told[best]
}

// language is that of the whole text.
func (s *splitter) language() string {
	if s.tongue == "" {
		s.tongue = Language(s.text)
	}
	return s.tongue
}
