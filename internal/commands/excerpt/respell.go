package excerpt

import (
	"slices"
	"strings"
	"unicode"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/lexicon"
	"pilcrow/internal/question"
	cut "pilcrow/internal/text"
	"pilcrow/internal/words"
)

// maxRespelled bounds the words of one question that are looked for among those of the documents.
const maxRespelled = 4

// Respell puts words of the documents in the place of those that stand in none of them and are another spelling, a
// compound that is written apart, or a slip of the keyboard. A word that people write is no slip: that the documents
// lack it is what they say of it. changed is false where nothing is put.
func (f *Finder) Respell(v access.View, text string, known *Sections) (read string, changed bool) {
	slugs := v.Slugs()
	tokens := words.Tokenize(text)
	missing := func(i int) bool {
		return i >= 0 && i < len(tokens) && !tokens[i].Stop && !question.Frames(tokens[i].Text) &&
			!v.Edition.Has(tokens[i].Text, slugs) &&
			len(known.byStem[words.Stem(tokens[i].Text)]) == 0
	}
	var b strings.Builder
	at, tries := 0, 0
	put := func(from, to int, word string) {
		b.WriteString(text[at:from])
		if r := []rune(text[from:to]); unicode.IsUpper(r[0]) && from > 0 {
			word = commands.UpperFirst(word)
		}
		b.WriteString(word)
		at, changed = to, true
	}
	for i := 0; i < len(tokens); i++ {
		if !missing(i) || tries == maxRespelled {
			continue
		}
		tries++
		tok := tokens[i]
		joined := func(first int) bool { // two words are one in the documents
			return first >= 0 && first+1 < len(tokens) && tokens[first].Start >= at &&
				adjacent(text, tokens[first], tokens[first+1]) &&
				v.Edition.Has(tokens[first].Text+tokens[first+1].Text, slugs)
		}
		switch {
		case joined(i):
			put(tok.Start, tokens[i+1].End, tok.Text+tokens[i+1].Text)
			i++
		case joined(i-1) && !tokens[i-1].Stop:
			put(tokens[i-1].Start, tok.End, tokens[i-1].Text+tok.Text)
		default:
			if word := f.inDocuments(v, tok, slugs, i == 0); word != "" {
				put(tok.Start, tok.End, word)
			}
		}
	}
	if !changed {
		return text, false
	}
	b.WriteString(text[at:])
	return b.String(), true
}

// inDocuments is the word of the documents that a word which is in none of them stands for; "" for none.
func (f *Finder) inDocuments(v access.View, tok words.Token, slugs []string, first bool) string {
	for _, form := range question.Spellings(tok.Text) {
		if v.Edition.Has(strings.Fields(form)[0], slugs) &&
			!slices.ContainsFunc(strings.Fields(form), func(w string) bool { return !v.Edition.Has(w, slugs) }) {
			return form
		}
	}
	name := tok.Capital && !first
	if f.Knows == nil || tok.Digit || name && len(tok.Text) < minNameSlip || f.Knows(tok.Text) {
		return ""
	}
	word := v.Edition.Spelled(tok.Text, slugs)
	if name && word != "" && question.Slips(tok.Text, word) > 1 {
		return "" // another name is another one
	}
	return word
}

// minNameSlip is how many letters a name has that may be a slip of another one.
const minNameSlip = 5

// adjacent reports whether two words stand side by side with nothing but a space or a hyphen between.
func adjacent(text string, a, b words.Token) bool {
	between := text[a.End:b.Start]
	return between == " " || between == "-"
}

// Inflected reports whether two texts that are not in English differ in the endings of words alone: that the documents
// have "Mitgliedern" where somebody typed "Mitglieder" is no other reading of the question.
func Inflected(typed, read string) bool {
	a, b := words.Tokenize(typed), words.Tokenize(read)
	if len(a) != len(b) || cut.Language(typed) == "en" {
		return false
	}
	for i := range a {
		if !endingsApart(a[i].Text, b[i].Text) {
			return false
		}
	}
	return true
}

// endingsApart reports whether two words are one but for what stands behind their common letters, which is an ending of
// German, French or Spanish in both.
func endingsApart(a, b string) bool {
	n := 0
	for n < min(len(a), len(b)) && a[n] == b[n] {
		n++
	}
	for k := n; k >= max(1, n-maxEnding); k-- { // "Haus", "Hauses": an ending may begin with letters that both have
		if (a[k:] == "" || endings[a[k:]]) && (b[k:] == "" || endings[b[k:]]) {
			return true
		}
	}
	return false
}

const maxEnding = 3 // bytes

var endings = lexicon.Set(`e n s en er es em ern a o as os`)
