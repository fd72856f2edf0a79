// Package text cuts texts into what the language packages read: sentences, tokens, quoted spans, numbers. Nobody else
// looks at characters to find where one ends.
//
// Everything here is pure and safe for use by several goroutines.
package text

// A Span is a piece of a text: the bytes from Start up to, not including, End.
type Span struct{ Start, End int }

// Of cuts the span from the text that it was made for.
func (s Span) Of(text string) string { return text[s.Start:s.End] }
