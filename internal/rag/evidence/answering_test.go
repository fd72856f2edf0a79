package evidence

import (
	"context"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// TestShareAnswering counts a word of what answers for less than the question's own and a synonym, and for more than
// another one.
func TestShareAnswering(t *testing.T) {
	for _, tt := range []struct{ question, same, answering, none string }{
		{"what do they eat", "eats", "prey", "rivers"},
		{"is it haunted", "haunted", "ghost", "bridge"},
		{"where do bags go", "bags", "luggage", "boats"},
		{"how many babies are there", "babies", "cubs", "years"},
	} {
		a := newAsking(question.Parse(tt.question), rag.Request{Weights: map[string]float64{words.Stem(tt.same): 2}})
		share := func(word string) float64 { return a.share(map[string]bool{words.Stem(word): true}) }
		if share(tt.same) != 1 || share(tt.answering) != answeringCredit || share(tt.none) != 0 {
			t.Errorf("%q: %s %.2f, %s %.2f, %s %.2f", tt.question, tt.same, share(tt.same), tt.answering,
				share(tt.answering), tt.none, share(tt.none))
		}
	}
}

// TestFirstHolder weighs, of sentences that share as much with the question and hold what it asks for, the first: the
// one behind it says "not" of something else.
func TestFirstHolder(t *testing.T) {
	none := func(string) *premise.Context { return &premise.Context{} }
	for _, tt := range []struct {
		text    string
		negated float64
	}{
		{"The damage will cost nine crowns. Whether they pay was not said.", 0},
		{"Whether they pay was not said. The damage will cost nine crowns.", 1},
		{"It is old. The damage will cost nine crowns. Whether they pay was not said.", 0},
		{"The damage will cost them. Whether they pay was not said.", 1}, // the first does not hold it
	} {
		r := rag.Request{Passages: []article.Passage{{Text: tt.text}}, Weights: map[string]float64{"cost": 2}}
		if e, _ := Weigh(question.Parse("what will it cost"), r, none); e.Negated != tt.negated {
			t.Errorf("%q: negated %v, want %v", tt.text, e.Negated, tt.negated)
		}
	}
}

// far embeds every word apart from the others: none is near to another.
type far struct {
	rag.Embedder
	known map[string]int
}

func (f far) Embed(_ context.Context, _ rag.Kind, texts []string) ([][]float32, error) {
	out := make([][]float32, len(texts))
	for i, text := range texts {
		if _, ok := f.known[text]; !ok {
			f.known[text] = len(f.known)
		}
		out[i] = make([]float32, 32)
		out[i][f.known[text]] = 1
	}
	return out, nil
}

// TestLikenessAnswering aligns a word of the question with one that answers it, though no vector says so.
func TestLikenessAnswering(t *testing.T) {
	for _, tt := range []struct{ question, answers, other string }{
		{"what do they eat", "Their prey is fish.", "Their den is old."},
		{"is it haunted", "A ghost walks there.", "A light hangs there."},
		{"can i bring a cat", "Pets stay out.", "Boots stay out."},
	} {
		q := question.Parse(tt.question)
		like := func(text string) float64 {
			r := rag.Request{Meaning: rag.StaticTable(), Passages: []article.Passage{{Text: text}},
				Sentences: [][]float64{{0}}, Weights: map[string]float64{}}
			for _, s := range q.Stems {
				r.Weights[s] = 1
			}
			return Likeness(t.Context(), far{known: map[string]int{}}, q, r)
		}
		if answers, other := like(tt.answers), like(tt.other); other != 0 || answers < answeringCredit/2 {
			t.Errorf("%q: %q %.2f, %q %.2f", tt.question, tt.answers, answers, tt.other, other)
		}
	}
}
