package local

import (
	"testing"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag"
)

// TestWeakMatch tells the reader when sentences that share the question's words may not answer it.
func TestWeakMatch(t *testing.T) {
	e, err := rag.New(rag.Config{
		Load:     func() (*article.Corpus, error) { return article.Load(docs.FS) },
		Embedder: NewEmbedder(), Index: chromemindex.New(), Extractor: NewExtractor(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for question, weak := range map[string]bool{
		"How many fighters belong to the TTP?":         true,
		"How many attacks were there in 2021?":         false,
		"Why did Pakistan strike eastern Afghanistan?": false,
	} {
		a, err := e.Ask(t.Context(), rag.Query{Text: question})
		if err != nil || a.Outcome != rag.Answered {
			t.Fatalf("%s: %+v, %v", question, a, err)
		}
		if (len(a.Notes) > 0) != weak {
			t.Errorf("%s: the note is %q", question, a.Notes)
		}
	}
}
