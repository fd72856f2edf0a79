package ask

import (
	"pilcrow/internal/article"
	"pilcrow/internal/quote"
	"pilcrow/internal/rag"
)

// speeches returns who says what in each passage of a document. What nobody in particular says is left out.
func speeches(said quote.Speech) map[article.Ref][]rag.Speech {
	m := map[article.Ref][]rag.Speech{}
	for _, q := range said.Quotations {
		if q.Speaker != "" {
			m[q.Ref] = append(m[q.Ref], rag.Speech{Span: article.Span{Start: q.Start, End: q.End}, Speaker: q.Speaker})
		}
	}
	for _, s := range said.Statements {
		if s.Speaker != "" {
			m[s.Ref] = append(m[s.Ref], rag.Speech{Span: s.Span, Speaker: s.Speaker})
		}
	}
	return m
}
