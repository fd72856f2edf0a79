package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/lexicon"
)

// A block is a piece of a file before it is numbered.
type block struct {
	kind   blockKind
	sort   Kind // of the paragraph that it becomes
	level  int  // of a heading, 1 the highest
	line   int  // where it begins, counting from 1 in the body
	text   string
	line1  int    // the length of its first line, in bytes, where it has several; else 0
	strong []Span // in bold
	links  []Span // the text of links

	language string // of code, "" for unknown
	lead     string // what introduces it
	group    int    // the list or table that it is part of; 0 for none
	note     int    // the footnote that it is part of; 0 for none
	notes    []int  // the footnotes whose marks stand in it
	anchor   string // the id that the author gave a heading
	unsure   bool   // its words may be others than those of the document that it was made of
}

// blockKind says what a block is.
type blockKind int

const (
	para      blockKind = iota
	itemBlock           // of a list or a table
	heading
	lead // introduces what follows, and has no number
)

// linked reports whether all that the block says is the text of links.
func (b block) linked() bool {
	at := 0
	for _, l := range b.links {
		if hasWord(b.text[at:l.Start]) {
			return false
		}
		at = l.End
	}
	return len(b.links) > 0 && !hasWord(b.text[at:])
}

// hasWord reports whether the text has a letter or a digit.
func hasWord(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) >= 0
}

// closed reports whether the text ends like a sentence: with a terminator, whatever closes behind it.
func closed(text string) bool {
	r, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(text, closer))
	return isTerminator(r)
}

// closer reports the marks that may stand behind a terminator.
func closer(r rune) bool {
	return strings.ContainsRune("\"'”’“‘»«)]}」』）】", r) || unicode.IsSpace(r)
}

// titleCase reports whether the words of a text are capitalized as in a headline: at least two words, and five in
// six of those that are not small words.
func titleCase(text string) bool {
	words, major, capital := 0, 0, 0
	for w := range strings.FieldsSeq(text) {
		w = strings.TrimLeftFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		if w == "" {
			continue
		}
		words++
		r, _ := utf8.DecodeRuneInString(w)
		switch {
		case unicode.IsUpper(r) || unicode.IsTitle(r):
			major++
			capital++
		case unicode.IsLower(r) && !minor[firstWord(w)]:
			major++
		}
	}
	return words >= 2 && capital > 0 && capital*6 >= major*5
}

// minor holds the words that title case leaves small.
var minor = lexicon.Set(`a an the and but or nor for so yet as at by in of off on per to up via vs with from into
	over than that amid after about under de la le du des et der die das und von van al el il bin y`)
