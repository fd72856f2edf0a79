package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Pieces cuts a text into spans of at most maxBytes bytes: at sentence ends where it can, else at spaces, else between
// characters. The spans are trimmed, in order, and cover every byte that is not white space. Neighboring sentences
// share a piece as long as they fit. A text that is short enough is one piece, and so is every text for a maxBytes of 0
// or less; a maxBytes below 4, the longest character, counts as 4.
func Pieces(text string, maxBytes int) []Span {
	if maxBytes <= 0 || len(text) <= maxBytes {
		return trimmed(nil, text, Span{0, len(text)})
	}
	maxBytes = max(maxBytes, utf8.UTFMax)
	var pieces []Span
	piece := Span{0, 0} // what is being filled; empty at first
	for _, s := range Sentences(text) {
		switch {
		case piece.End > piece.Start && s.End-piece.Start <= maxBytes:
			piece.End = s.End
			continue
		case piece.End > piece.Start:
			pieces = append(pieces, piece)
		}
		for s.End-s.Start > maxBytes {
			cut := s.Start + cutPoint(s.Of(text), maxBytes)
			pieces = trimmed(pieces, text, Span{s.Start, cut})
			s.Start = cut + len(s.Of(text)[cut-s.Start:]) - len(strings.TrimLeftFunc(text[cut:s.End], unicode.IsSpace))
		}
		piece = s
	}
	if piece.End > piece.Start {
		pieces = append(pieces, piece)
	}
	return pieces
}

// cutPoint is the best place to cut text, which is longer than limit, at or before limit.
func cutPoint(text string, limit int) int {
	if i := strings.LastIndexFunc(text[:limit+1], unicode.IsSpace); i > 0 {
		return i
	}
	for i := limit; i > limit-utf8.UTFMax; i-- {
		if utf8.RuneStart(text[i]) {
			return i
		}
	}
	return limit // not UTF-8
}

// trimmed appends the span without the space around it, or nothing where there is only space.
func trimmed(spans []Span, text string, s Span) []Span {
	cut := s.Of(text)
	s.Start += len(cut) - len(strings.TrimLeftFunc(cut, unicode.IsSpace))
	s.End = s.Start + len(strings.TrimSpace(cut))
	if s.Start >= s.End {
		return spans
	}
	return append(spans, s)
}
