package ask_test

import (
	"context"
	"errors"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
)

func corpusOf(t *testing.T, text string) *article.Corpus {
	t.Helper()
	if text == "" {
		return &article.Corpus{}
	}
	d, err := article.Parse("mill.txt", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	c, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What is committed before it is seen is either both or neither.
func TestReplace(t *testing.T) {
	e, err := ask.New(ask.Config{Embedder: local.NewEmbedder(), Index: chromemindex.New(),
		Extractor: local.NewExtractor()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Reload(t.Context(), nil); err == nil {
		t.Error("reloaded without anything to load from")
	}
	commits := 0
	commit := func() error { commits++; return nil }
	first := corpusOf(t, "The mill was built in 1742.")
	if r, err := e.Replace(t.Context(), first, nil, commit); err != nil || !r.Changed || commits != 1 {
		t.Fatalf("%+v, %v, %d commits", r, err, commits)
	}
	old := e.Edition()
	if r, err := e.Replace(t.Context(), corpusOf(t, "The mill was built in 1742."), nil, commit); err != nil ||
		r.Changed || commits != 2 {
		t.Errorf("the same again: %+v, %v, %d commits", r, err, commits)
	}
	full := errors.New("the disk is full")
	_, err = e.Replace(t.Context(), corpusOf(t, "The mill burned down in 1801."), nil, func() error {
		if e.Edition() != old {
			t.Error("seen before it was committed")
		}
		return full
	})
	if !errors.Is(err, full) || e.Edition() != old {
		t.Errorf("%v, swapped %v", err, e.Edition() != old)
	}
	if r, err := e.Replace(t.Context(), corpusOf(t, ""), nil, nil); err != nil || !r.Changed ||
		e.Edition().Corpus.Len() != 0 {
		t.Errorf("no documents: %+v, %v", r, err)
	}
	query := ask.Query{Text: "When was the mill built?"}
	if a, err := e.Ask(context.Background(), query); err != nil || a.Outcome != ask.NotCovered {
		t.Errorf("without documents: %+v, %v", a, err)
	}
	query.Edition = old
	if a, err := e.Ask(context.Background(), query); err != nil || a.Outcome != ask.Answered ||
		a.Edition != first.Digest() {
		t.Errorf("of the edition before: %+v, %v", a, err)
	}
}
