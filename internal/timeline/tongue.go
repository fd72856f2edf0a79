package timeline

import (
	"strings"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
	cut "pilcrow/internal/text"
)

// Letters that only one of the languages in Arabic letters has, and words that are common in one.
const (
	pashtoLetters = "ټډړږښګڼېۍځڅ"
	urduLetters   = "ٹڈڑںےۓھہ۔"
	urduWords     = " کو کا کی تک اور تھا تھی پر "
	pashtoWords   = " د په له او وو شو "
)

// tongue tells the language of a text among those with a grammar; "" for English and for a text that shows none.
func tongue(text string) string {
	switch letters := arabicLetters(text); {
	case letters*2 > len(text)/2: // two bytes each
		return arabicTongue(text)
	case letters > 0 && letters*4 > len(text)/2:
		return arabicTongue(text)
	}
	if language := cut.Language(text); grammars[language] != nil {
		return language
	}
	return dateTongue(text)
}

// englishWords show that a text is English though it has other letters in its names.
var englishWords = lexicon.Set("the of and was were that with by from for is are has had said")

// dateTongue tells the language of a text that has too few function words, but letters beyond ASCII, by its words for
// dates. A tie tells none.
func dateTongue(text string) string {
	if !mayBeForeign(text) {
		return ""
	}
	votes := map[string]int{}
	for _, t := range scan(text[:min(len(text), maxTongueBytes)]) {
		if t.kind != kindWord || t.end-t.start > maxWordBytes {
			continue
		}
		if englishWords[t.lower] {
			return ""
		}
		word := foldWord(text[t.start:t.end])
		for _, language := range latinTongues {
			if g := grammars[language]; len(g.senses[word]) > 0 || len(g.byWord[word]) > 0 || g.before[word] {
				votes[language]++
			}
		}
	}
	best := ""
	for _, language := range latinTongues {
		if votes[language] > votes[best] {
			best = language
		}
	}
	for language, n := range votes {
		if language != best && n == votes[best] {
			return ""
		}
	}
	return best
}

// latinTongues are the languages in Latin letters that have a grammar.
var latinTongues = []string{"de", "es", "fr"}

// arabicLetters counts the letters of the Arabic script by their first byte.
func arabicLetters(text string) int {
	n := 0
	for i := range len(text) {
		if c := text[i]; c >= 0xd8 && c <= 0xdb {
			n++
		}
	}
	return n
}

func arabicTongue(text string) string {
	pashto, urdu := 0, 0
	for _, r := range text {
		switch {
		case strings.ContainsRune(pashtoLetters, r):
			pashto++
		case strings.ContainsRune(urduLetters, r):
			urdu++
		}
	}
	for w := range strings.FieldsSeq(text) {
		switch w = " " + w + " "; {
		case strings.Contains(urduWords, w):
			urdu++
		case strings.Contains(pashtoWords, w):
			pashto++
		}
	}
	switch {
	case pashto > urdu:
		return "ps"
	case urdu > 0:
		return "ur"
	}
	return "fa"
}

// mayBeForeign tells that a text has letters beyond ASCII: without them a paragraph of an English document is not
// looked at.
func mayBeForeign(text string) bool {
	for i := 0; i < len(text); i++ {
		if text[i] >= 0xc3 && text[i] <= 0xdb {
			return true
		}
		if text[i] >= utf8.RuneSelf {
			i += 2 // marks such as – and “ have three bytes
		}
	}
	return false
}

// maxTongueBytes is how much of a document is looked at for its language.
const maxTongueBytes = 2_000

// documentTongue is the language that a document is in, by its first paragraphs.
func documentTongue(texts func(yield func(string) bool)) string {
	var b strings.Builder
	for text := range texts {
		b.WriteString(text[:min(len(text), maxTongueBytes-b.Len())])
		b.WriteByte('\n')
		if b.Len() >= maxTongueBytes {
			break
		}
	}
	return tongue(strings.ToValidUTF8(b.String(), ""))
}
