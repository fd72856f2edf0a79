package dispatch

import (
	"context"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/followup"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// hearing keeps what it is asked.
type hearing struct{ asked []string }

func (h *hearing) Generate(_ context.Context, r rag.Request) (rag.Draft, error) {
	h.asked = append(h.asked, r.Question)
	return rag.Draft{}, nil
}

// A model is asked what was typed, with its slips and with what stands around the question.
func TestModelIsAskedWhatWasTyped(t *testing.T) {
	model := &hearing{}
	folder := fstest.MapFS{"strike.md": {Data: []byte("The pilots of Havn stopped work on Monday over their " +
		"wages.\n\nThe harbor master said the ferries would wait.\n")}}
	engine, err := ask.New(ask.Config{
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(), Generator: model,
		Load: func() (*article.Corpus, error) { return article.Load(folder) },
	})
	if err != nil {
		t.Fatal(err)
	}
	table, err := New(Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	table.answers.Rewriter = func(_ context.Context, question string, _ []followup.Turn) (string, error) {
		return question,
			nil
	}
	if _, err := engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	for _, typed := range []string{
		"ok but what did the harbor master of Havn say about the ferries?",
		"why did the pilots stop wrok over their wagess?",
		"My son writes an essay. Why did the pilots of Havn stop work?",
	} {
		model.asked = nil
		if _, err := table.Run(t.Context(), "ask", commands.Input{Args: commands.Args{"question": typed}}); err != nil {
			t.Fatal(err)
		}
		if len(model.asked) == 0 || model.asked[0] != typed {
			t.Errorf("%q reaches the model as %q", typed, model.asked)
		}
	}
}
