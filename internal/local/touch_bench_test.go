package local

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/vectors"
)

// BenchmarkFirstTouch asks the first question that reaches a document of 5,000 paragraphs, and then another.
func BenchmarkFirstTouch(b *testing.B) {
	p := newProse(1, 5000)
	var paragraphs []string
	for range 5000 {
		paragraphs = append(paragraphs, p.paragraph())
	}
	corpus := corpusOf(b, map[string][]string{"book": paragraphs})
	query := func(n int) ask.Query {
		p, _ := corpus.Passage(article.Ref{Slug: "book", N: n})
		return ask.Query{Text: "What " + strings.Join(strings.Fields(p.Text)[:7], " ") + "?"}
	}
	for _, first := range []bool{true, false} {
		name := "second"
		if first {
			name = "first"
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				e, err := ask.New(ask.Config{Embedder: vectors.Unembedded{}, Index: chromemindex.New(), Extractor: NewExtractor()})
				if err != nil {
					b.Fatal(err)
				}
				if _, err := e.Replace(b.Context(), corpus, nil, nil); err != nil {
					b.Fatal(err)
				}
				if !first {
					if _, err := e.Ask(b.Context(), query(2000)); err != nil {
						b.Fatal(err)
					}
				}
				b.StartTimer()
				if _, err := e.Ask(b.Context(), query(3000)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
