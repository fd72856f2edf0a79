package rag

import (
	"pilcrow/internal/article"
	"pilcrow/internal/words"
)

// A Speech is a piece of a passage that somebody said, word for word or as reported.
type Speech struct {
	Span    article.Span // in the passage's text
	Speaker string       // the fullest name that the document gives
}

// SpokenStems returns the stems of the names of those who speak in a piece of a passage: "he said" is about somebody
// whom the sentence itself need not name.
func SpokenStems(speeches []Speech, span article.Span) []string {
	var stems []string
	for _, s := range speeches {
		if s.Span.Start < span.End && span.Start < s.Span.End {
			stems = append(stems, words.Stems(s.Speaker)...)
		}
	}
	return stems
}
