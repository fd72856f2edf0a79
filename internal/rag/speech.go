package rag

import (
	"pilcrow/internal/article"
	"pilcrow/internal/quote"
	"pilcrow/internal/words"
)

// A Speech is a piece of a passage that somebody said, word for word or as reported.
type Speech struct {
	Span    article.Span // in the passage's text
	Speaker string       // the fullest name that the document gives
}

// speeches returns who says what in each passage of a document. What nobody in particular says is left out.
func speeches(said quote.Speech) map[article.Ref][]Speech {
	m := map[article.Ref][]Speech{}
	for _, q := range said.Quotations {
		if q.Speaker != "" {
			m[q.Ref] = append(m[q.Ref], Speech{article.Span{Start: q.Start, End: q.End}, q.Speaker})
		}
	}
	for _, s := range said.Statements {
		if s.Speaker != "" {
			m[s.Ref] = append(m[s.Ref], Speech{s.Span, s.Speaker})
		}
	}
	return m
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
