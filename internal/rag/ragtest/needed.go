package ragtest

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pilcrow/internal/rag"
)

// Some is an index that scores only what is needed, and finds all of it: what a Searcher may leave out at most.
type Some struct{ Index rag.Index } // that scores all

// Build implements rag.Index.
func (x Some) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	s, err := x.Index.Build(ctx, blocks)
	return some{s}, err
}

type some struct{ all rag.Searcher }

// Score implements rag.Searcher.
func (s some) Score(ctx context.Context, asked rag.Scoring, scores []float32) (rag.Scored, error) {
	all := slices.Repeat([]float32{float32(math.NaN())}, len(scores))
	said, err := s.all.Score(ctx, asked, all)
	if err != nil {
		return said, err
	}
	order, _ := nearestOf(all)
	needed := order[:min(asked.Nearest, len(order))]
	if asked.Wanted != nil {
		needed = append(needed, asked.Wanted()...)
	}
	for _, p := range needed {
		if c := all[p]; !math.IsNaN(float64(c)) {
			scores[p] = c
		}
	}
	said.Some = true
	return said, nil
}

// nearestOf are the paragraphs that have a score, nearest first, and the bounds of their scores.
func nearestOf(scores []float32) (order []int, bounds rag.Scored) {
	bounds = rag.NothingScored()
	for p, c := range scores {
		if c == unscored || math.IsNaN(float64(c)) {
			continue
		}
		order = append(order, p)
		bounds.Least, bounds.Most = min(bounds.Least, float64(c)), max(bounds.Most, float64(c))
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(scores[b], scores[a]), cmp.Compare(a, b)) })
	return order, bounds
}

// testNeeded asks for a few of the nearest, and for some paragraphs however near they are, of which one has no vector.
func testNeeded(t *testing.T, index rag.Index) {
	blocks := RandomBlocks(t, 4, 240, 16)
	bare, err := rag.NewBlock(3, []int32{0, 2}, [][]float32{RandomVector(rand.New(rand.NewPCG(1, 1)), 16),
		RandomVector(rand.New(rand.NewPCG(1, 2)), 16)})
	if err != nil {
		t.Fatal(err)
	}
	blocks = append(blocks, bare)
	const paragraphs, without = 243, 241
	s := build(t, index, blocks...)
	r := rand.New(rand.NewPCG(6, 0))
	for round := range 40 {
		question := RandomVector(r, 16)
		places := [][]int{nil, {2}, {0, 3, 5, 6}, {}}[round%4]
		want := bruteForce(question, blocks, places)
		order, _ := nearestOf(want)
		var wanted []int
		for p := range paragraphs {
			if r.IntN(12) == 0 && (p == without || want[p] != unscored) {
				wanted = append(wanted, p)
			}
		}
		nearest := []int{0, 1, 10, 1000}[r.IntN(4)]
		got, said := ask(t, s, rag.Scoring{Question: question, Blocks: places, Nearest: nearest,
			Wanted: func() []int { return wanted }}, paragraphs)
		needed := append(slices.Clone(order[:min(nearest, len(order))]), wanted...)
		for p := range paragraphs {
			switch {
			case got[p] != unscored && math.Abs(float64(got[p]-want[p])) >= near:
				t.Fatalf("paragraph %d of %v scores %v, want %v", p, places, got[p], want[p])
			case got[p] == unscored && want[p] != unscored && slices.Contains(needed, p):
				t.Fatalf("paragraph %d of %v, of the %d nearest or wanted, is not scored", p, places, nearest)
			case got[p] == unscored && want[p] != unscored && !said.Some:
				t.Fatalf("paragraph %d of %v is not scored, and all are said to be", p, places)
			}
		}
	}
}

func testBounds(t *testing.T, index rag.Index) {
	blocks := RandomBlocks(t, 8, 200, 16)
	s := build(t, index, blocks...)
	r := rand.New(rand.NewPCG(7, 0))
	for range 20 {
		question := RandomVector(r, 16)
		for _, places := range [][]int{nil, {1}, {0, 2, 4}} {
			_, want := nearestOf(bruteForce(question, blocks, places))
			_, got := ask(t, s, rag.Scoring{Question: question, Blocks: places, Nearest: 3}, 200)
			if math.Abs(got.Least-want.Least) >= near || math.Abs(got.Most-want.Most) >= near {
				t.Fatalf("the bounds of %v are %v to %v, want %v to %v", places, got.Least, got.Most, want.Least, want.Most)
			}
		}
	}
	nothing := rag.Scoring{Question: RandomVector(r, 16), Blocks: []int{}, Nearest: 3}
	if _, got := ask(t, s, nothing, 200); got.Least <= got.Most {
		t.Errorf("where nothing is asked the bounds are %v to %v", got.Least, got.Most)
	}
}
