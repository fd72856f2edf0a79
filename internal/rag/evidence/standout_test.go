package evidence

import (
	"math"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// requestOf is one with passages of the named documents, each with a score.
func requestOf(slugs string, scores ...float64) rag.Request {
	r := rag.Request{Scores: scores}
	for i, slug := range slugs {
		r.Passages = append(r.Passages, article.Passage{Ref: article.Ref{Slug: string(slug), N: i + 1}})
	}
	return r
}

// How far the best passages stand out does not depend on how many others there are.
func TestStandingOut(t *testing.T) {
	for _, tt := range []struct {
		request         rag.Request
		gathered, ahead float64
	}{
		{requestOf("aaaa", 4, 3, 2, 1), 1, 0.75},
		{requestOf("ab", 2, 2), 0.5, 0},
		{requestOf("aab", 3, 3, 1), 18.0 / 19, 2.0 / 3},
		{requestOf("abcdefgh", 1, 1, 1, 1, 1, 1, 1, 1), 0.125, 0},
		{requestOf("abcdefghaaaa", 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), 0.125, 0}, // more are not looked at
		{requestOf("a", 2), 1, 0},
		{requestOf(""), 0, 0},
		{requestOf("a", 0), 0, 0},
	} {
		if g, a := gathered(tt.request), ahead(tt.request); math.Abs(g-tt.gathered) > 1e-9 || math.Abs(a-tt.ahead) > 1e-9 {
			t.Errorf("%v: gathered %.3f, ahead %.3f; want %.3f, %.3f", tt.request.Scores, g, a, tt.gathered, tt.ahead)
		}
	}
}
