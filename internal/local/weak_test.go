package local

import (
	"testing"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// TestWeakMatch tells the reader when sentences that share the question's words may not answer it.
func TestWeakMatch(t *testing.T) {
	e, err := ask.New(ask.Config{
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
		a, err := e.Ask(t.Context(), ask.Query{Text: question})
		if err != nil || a.Outcome != ask.Answered {
			t.Fatalf("%s: %+v, %v", question, a, err)
		}
		if (len(a.Notes) > 0) != weak {
			t.Errorf("%s: the note is %q", question, a.Notes)
		}
	}
}

// TestWeakPair shows the second best sentence, too, where it is not sure that the passages answer, and that alone is
// why: a sure answer is one sentence, and what shares nothing with the question is never shown.
func TestWeakPair(t *testing.T) {
	passages := []article.Passage{
		{Ref: article.Ref{Slug: "weir", N: 1}, Text: "The weir keeper opens the gate in March. The tower beside it is old."},
		{Ref: article.Ref{Slug: "weir", N: 2}, Text: "Boats pay 4 crowns at the gate."},
	}
	for _, tt := range []struct {
		name, text string
		weak       bool
		passages   []article.Passage
		want       int
	}{
		{"sure", "when is the gate opened", false, passages, 1},
		{"weak", "when is the gate opened", true, passages, 2},
		{"yes or no, sure", "does anybody open the gate", false, passages, 1},
		{"yes or no, weak", "does anybody open the gate", true, passages, 2},
		{"nothing shared", "who owns the tower", true, passages[1:], 0},
		{"no second one", "what do boats pay", true, passages[1:], 1},
	} {
		r := rag.Request{Question: tt.text, Passages: tt.passages, Weak: tt.weak,
			Weights: map[string]float64{}}
		for _, stem := range question.Parse(tt.text).Stems {
			r.Weights[stem] = 2
		}
		d, err := NewExtractor().Generate(t.Context(), r)
		if err != nil || len(d.Sentences) != tt.want {
			t.Errorf("%s: %+v, %v; want %d sentences", tt.name, d, err, tt.want)
		}
	}
}
