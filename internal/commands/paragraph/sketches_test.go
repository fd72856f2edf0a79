package paragraph

import (
	"math"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/article/articletest"
	"pilcrow/internal/steps"
)

// Sketches of a document take steps in proportion to it, whatever it holds.
func TestSketchesGrowAsTheDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	const fixed = 2_000 // steps that do not grow
	for seed := range uint64(6) {
		before := int64(0)
		for n := 2_000; n <= 8_000; n *= 2 {
			d := article.Document{Slug: "d"}
			for i, text := range articletest.Generated(seed, n) {
				d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "d", N: i + 1}, Text: text})
			}
			c := steps.Until(t.Context())
			sketchesOf(c, d)
			allowed := 2*math.Log(float64(n))/math.Log(float64(n/2))*1.1*float64(before) + fixed
			if before > 0 && float64(c.Taken()) > allowed {
				t.Errorf("seed %d, %d pieces: %d steps after %d for half as many", seed, n, c.Taken(), before)
			}
			before = c.Taken()
		}
	}
}
