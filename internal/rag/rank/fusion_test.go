package rank

import (
	"math"
	"testing"
)

// TestFusedByShare holds the fusion to its formula: words over the question's weight, cosines over their range in
// scope.
func TestFusedByShare(t *testing.T) {
	f := &fused{Ranking: &Ranking{total: 4}, weight: 0.25, least: 0.2, extent: 0.6,
		near: &Near{Cosines: []float32{0.2, 0.8, 0.5, float32(math.NaN())}}}
	for n, want := range []float64{0.75 * 0.5, 0.75*0.5 + 0.25, 0.75*0.5 + 0.25*0.5, 0.75*0.5 + 0.25*0.5} {
		if got := f.score(n, 2); math.Abs(got-want) > 1e-6 {
			t.Errorf("passage %d scores %v, want %v", n, got, want)
		}
	}
	f.total = 0 // no word of the question is known
	if got := f.score(1, 0); math.Abs(got-0.25) > 1e-6 {
		t.Errorf("without words: %v", got)
	}
}

// TestTop keeps the best of many, equal ones by their numbers.
func TestTop(t *testing.T) {
	best := newTop(3)
	for n, score := range []float64{1, 5, 3, 5, 2, 5, 5, 4} {
		best.add(n, score)
	}
	kept := map[int]bool{}
	for _, s := range best.kept {
		kept[s.number] = true
	}
	if len(kept) != 3 || !kept[1] || !kept[3] || !kept[5] {
		t.Errorf("kept %v", best.kept)
	}
	none := newTop(0)
	none.add(1, 1)
	if len(none.kept) != 0 {
		t.Error("none is none")
	}
}
