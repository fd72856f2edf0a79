package evidence

import (
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
