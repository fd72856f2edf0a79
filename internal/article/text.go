package article

import "pilcrow/internal/text"

// A Span is a piece of a text: the bytes from Start up to, not including, End.
type Span = text.Span

// Sentences cuts the text of a passage into sentences, as package text does.
func Sentences(s string) []Span { return text.Sentences(s) }

// Pieces cuts a text into spans of at most maxBytes bytes, as package text does.
func Pieces(s string, maxBytes int) []Span { return text.Pieces(s, maxBytes) }

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
