package evidence

import (
	"testing"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/words"
)

// TestShareRelated: a word that is related to the question's counts for less than the word itself and a synonym, and for
// more than nothing.
func TestShareRelated(t *testing.T) {
	for _, tt := range []struct {
		question, same, related, none string
	}{
		{"what do they eat", "eat", "feed", "rivers"},
		{"what was deleted", "deleted", "removed", "printed"},
		{"did they quit", "quit", "resign", "sing"},
		{"where is the bag", "bag", "purse", "bridge"},
	} {
		q := question.Parse(tt.question)
		a := newAsking(q, rag.Request{Weights: map[string]float64{words.Stem(tt.same): 2}})
		share := func(word string) float64 { return a.share(map[string]bool{words.Stem(word): true}) }
		if share(tt.same) != 1 || share(tt.related) != relatedCredit || share(tt.none) != 0 {
			t.Errorf("%q: %s %.2f, %s %.2f, %s %.2f", tt.question, tt.same, share(tt.same), tt.related, share(tt.related),
				tt.none, share(tt.none))
		}
	}
}
