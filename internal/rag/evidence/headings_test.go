package evidence

import (
	"context"
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
)

// TestTopicAnswers has a near heading decide where the words do not, and nothing where they do; how sure it is stays.
func TestTopicAnswers(t *testing.T) {
	unsure := Features{Window: 0.5, Held: 0.5, Passage: 0.5, Near: 0.4, Gathered: 1, Said: 0.3, Like: 0.5,
		Kind: rag.TableKind, alone: true}
	near, far, wordless := unsure, unsure, Features{Kind: rag.TableKind, alone: true, Topic: 1}
	near.Topic, far.Topic = 0.9, 0.1
	switch {
	case unsure.Answers() || unsure.Probability() < 0.2:
		t.Errorf("without a heading: %.2f", unsure.Probability())
	case !near.Answers() || far.Answers():
		t.Errorf("a near heading %v, a far one %v", near.Answers(), far.Answers())
	case near.Probability() != unsure.Probability():
		t.Error("a heading makes it surer")
	case wordless.Answers():
		t.Error("a heading alone is enough")
	}
}

// TestTopicBeyondTitle knows nothing of a heading that is as near as the title is.
func TestTopicBeyondTitle(t *testing.T) {
	q := question.Parse("where is the boat")
	r := rag.Request{Passages: []article.Passage{{Text: "The boat is sold."}, {Text: "The boat is old."}},
		Weights: map[string]float64{"boat": 2}, Headings: []float64{0.7, 0.6}, Titles: []float64{0.7, 0.1}}
	bare := r
	bare.Headings, bare.Titles = []float64{0, 0}, []float64{-0.2, 0.1}
	none := func(string) *premise.Context { return &premise.Context{} }
	if e, _ := Weigh(q, r, none); e.Topic != 0.5 {
		t.Errorf("%v", e.Topic)
	}
	if e, _ := Weigh(q, bare, none); e.Topic != 0 {
		t.Errorf("without headings, under a title that is far: %v", e.Topic)
	}
}

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
	r := rag.Request{Meaning: rag.StaticTable(), Passages: []article.Passage{{Heading: "Boats", Title: "Bread"},
		{Heading: "Bread", Title: "Boats"}, {}}}
	q := question.Parse("where is the boat")
	headings, titles := HeadingNearness(t.Context(), flat{}, q, r)
	if !slices.Equal(headings, []float64{1, 0, 0}) || !slices.Equal(titles, []float64{0, 1, 0}) {
		t.Errorf("%v, %v", headings, titles)
	}
	r.Meaning = rag.SentenceModel()
	if got, _ := HeadingNearness(t.Context(), flat{}, q, r); got != nil {
		t.Errorf("of a model: %v", got)
	}
}
