package text

import (
	"strings"
	"unicode"

	"pilcrow/internal/lexicon"
)

// functionWords are those of each language.
var functionWords = func() map[string][]string {
	in := map[string][]string{}
	for _, row := range lexicon.Rows("function-words") {
		for _, word := range row[1:] {
			in[word] = append(in[word], row[0])
		}
	}
	return in
}()

// maxLanguageBytes is how much of a text is looked at for its language.
const maxLanguageBytes = 2_000

// Language tells in which of the languages with a list of function words a text is (ISO 639-1): the one that most of
// them are of; "en" in a tie, and where there are none.
func Language(text string) string {
	counts := map[string]int{}
	words := strings.FieldsFuncSeq(text[:min(len(text), maxLanguageBytes)],
		func(r rune) bool { return !unicode.IsLetter(r) })
	for w := range words {
		for _, language := range functionWords[strings.ToLower(w)] {
			counts[language]++
		}
	}
	best := "en"
	for _, language := range []string{"de", "es", "fr"} {
		if counts[language] > counts[best] {
			best = language
		}
	}
	return best
}

// language is that of the whole text.
func (s *splitter) language() string {
	if s.tongue == "" {
		s.tongue = Language(s.text)
	}
	return s.tongue
}
