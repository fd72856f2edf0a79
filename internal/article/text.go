package article

import (
	"strings"
	"unicode/utf8"

	"pilcrow/internal/text"
)

// A Span is a piece of a text: the bytes from Start up to, not including, End.
type Span = text.Span

// Sentences cuts the text of a passage into sentences, as package text does.
func Sentences(s string) []Span { return text.Sentences(s) }

// Pieces cuts a text into spans of at most maxBytes bytes, as package text does.
func Pieces(s string, maxBytes int) []Span { return text.Pieces(s, maxBytes) }

// Shows reports whether a piece of the passage may be shown as what its file says: nothing with a letter that could not
// be told, and of a passage that is Unsure nothing that stands between quotation marks, even in part.
func (p *Passage) Shows(piece string) bool {
	return !strings.ContainsRune(piece, utf8.RuneError) && (!p.Unsure || len(text.Quoted(piece)) == 0)
}

// What package text knows of words and marks. Here nearly every function has a variable of that name.
var (
	bullet        = text.Bullet
	closesClause  = text.ClosesClause
	firstWord     = text.FirstWord
	isCamel       = text.IsCamel
	isOpener      = text.IsOpener
	isTerminator  = text.IsTerminator
	opensSentence = text.OpensSentence
)

// maxWord bounds, in bytes, how far a word is read when it decides about a line. No sentence opener is longer.
const maxWord = text.MaxWord
