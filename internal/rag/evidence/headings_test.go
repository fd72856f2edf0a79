package evidence

import (
	"context"
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
)

// flat embeds a text by whether it names a boat.
type flat struct{ rag.Embedder }

func (flat) Embed(_ context.Context, _ rag.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		out[i] = []float32{0, 1}
		if slices.Contains([]string{"Boats", "where is the boat"}, text) {
			out[i] = []float32{1, 0}
		}
	}
	return out, nil
}

// TestHeadingNearness compares with headings alone, and only by a table.
func TestHeadingNearness(t *testing.T) {
	r := rag.Request{Meaning: rag.StaticTable(), Passages: []article.Passage{{Heading: "Boats"}, {Heading: "Bread"}, {}}}
	q := question.Parse("where is the boat")
	if got := HeadingNearness(t.Context(), flat{}, q, r); !slices.Equal(got, []float64{1, 0, 0}) {
		t.Errorf("%v", got)
	}
	r.Meaning = rag.SentenceModel()
	if got := HeadingNearness(t.Context(), flat{}, q, r); got != nil {
		t.Errorf("of a model: %v", got)
	}
}
