package ragtest

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pilcrow/internal/rag"
)

// near is how far a score may be from the exact cosine: float32 sums over some hundred values.
const near = 1e-5

// TestIndex runs what every rag.Index must do.
func TestIndex(t *testing.T, open func() rag.Index) {
	t.Run("scores", func(t *testing.T) { testScores(t, open()) })
	t.Run("pieces", func(t *testing.T) { testPieces(t, open()) })
	t.Run("questions refused", func(t *testing.T) { testRefusedQuestions(t, open()) })
	t.Run("blocks shared", func(t *testing.T) { testShared(t, open()) })
	t.Run("canceled", func(t *testing.T) { testCanceledIndex(t, open()) })
	t.Run("brute force", func(t *testing.T) { testBruteForce(t, open()) })
	t.Run("needed", func(t *testing.T) { testNeeded(t, open()) })
	t.Run("bounds", func(t *testing.T) { testBounds(t, open()) })
	t.Run("several at once", func(t *testing.T) { testConcurrentScores(t, open()) })
}

// block makes a document of one vector for each paragraph.
func block(t testing.TB, vectors ...[]float32) *rag.Block {
	t.Helper()
	paragraph := make([]int32, len(vectors))
	for i := range paragraph {
		paragraph[i] = int32(i)
	}
	b, err := rag.NewBlock(len(vectors), paragraph, vectors)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func build(t *testing.T, index rag.Index, blocks ...*rag.Block) rag.Searcher {
	t.Helper()
	s, err := index.Build(t.Context(), blocks)
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	return s
}

// unscored is what stands in the places that nobody wrote to.
const unscored = 7

// scored has a question scored against all paragraphs of the blocks at the places; nil is all.
func scored(t *testing.T, s rag.Searcher, question []float32, paragraphs int, places []int) []float32 {
	t.Helper()
	scores, _ := ask(t, s, rag.Scoring{Question: question, Blocks: places, Nearest: paragraphs}, paragraphs)
	return scores
}

func ask(t *testing.T, s rag.Searcher, asked rag.Scoring, paragraphs int) ([]float32, rag.Scored) {
	t.Helper()
	scores := slices.Repeat([]float32{unscored}, paragraphs)
	said, err := s.Score(t.Context(), asked, scores)
	if err != nil {
		t.Fatalf("Score(%v, %v): %v", asked.Question, asked.Blocks, err)
	}
	return scores, said
}

func same(a, b []float32) bool {
	return slices.EqualFunc(a, b, func(a, b float32) bool { return math.Abs(float64(a-b)) < near })
}

func testScores(t *testing.T, index rag.Index) {
	// Lengths differ on purpose: only the direction counts.
	bridge := block(t, []float32{1, 0, 0}, []float32{0, 0.5, 0})
	ferry := block(t, []float32{3, 4, 0}, []float32{-2, 0, 0})
	s := build(t, index, bridge, nil, ferry)
	const none = unscored
	for _, test := range []struct {
		name   string
		places []int
		want   []float32
	}{
		{"all", nil, []float32{1, 0, 0.6, -1}},
		{"one document", []int{2}, []float32{none, none, 0.6, -1}},
		{"both documents", []int{0, 2}, []float32{1, 0, 0.6, -1}},
		{"one without vectors", []int{1}, []float32{none, none, none, none}},
		{"none of the documents", []int{}, []float32{none, none, none, none}},
	} {
		t.Run(test.name, func(t *testing.T) {
			question := []float32{5, 0, 0}
			if got := scored(t, s, question, 4, test.places); !same(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if !slices.Equal(question, []float32{5, 0, 0}) {
				t.Errorf("the question's vector was changed to %v", question)
			}
		})
	}
	t.Run("empty index", func(t *testing.T) { scored(t, build(t, index), []float32{1, 0, 0}, 0, nil) })
	t.Run("paragraphs without a vector", func(t *testing.T) {
		b, err := rag.NewBlock(3, []int32{1}, [][]float32{{0, 2}})
		if err != nil {
			t.Fatal(err)
		}
		if got := scored(t, build(t, index, b), []float32{0, 1}, 3, nil); !same(got, []float32{none, 1, none}) {
			t.Errorf("got %v", got)
		}
	})
	t.Run("places for another number of scores", func(t *testing.T) {
		for _, n := range []int{0, 3, 5} {
			if _, err := s.Score(t.Context(), rag.Scoring{Question: []float32{1, 0, 0}}, make([]float32, n)); err == nil {
				t.Errorf("%d places for four scores are no error", n)
			}
		}
	})
}

func testPieces(t *testing.T, index rag.Index) {
	// The nearest piece stands first, last and in the middle.
	vectors := [][]float32{{1, 0}, {0, 1}, {-1, 0}, {0, 1}, {3, 4}, {0, 1}, {-1, 0}, {0, 1}, {1, 0}}
	b, err := rag.NewBlock(3, []int32{0, 0, 0, 1, 1, 1, 2, 2, 2}, vectors)
	if err != nil {
		t.Fatal(err)
	}
	if got := scored(t, build(t, index, b), []float32{2, 0}, 3, nil); !same(got, []float32{1, 0.6, 1}) {
		t.Errorf("got %v", got)
	}
}

func testRefusedQuestions(t *testing.T, index rag.Index) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	s := build(t, index, block(t, []float32{1, 0}))
	for _, test := range []struct {
		name   string
		vector []float32
	}{
		{"none", nil},
		{"empty", []float32{}},
		{"fewer dimensions", []float32{1}},
		{"more dimensions", []float32{1, 0, 0}},
		{"no length", []float32{0, 0}},
		{"not a number", []float32{1, nan}},
		{"infinite", []float32{inf, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			_, err := s.Score(t.Context(), rag.Scoring{Question: test.vector}, make([]float32, 1))
			if !errors.Is(err, rag.ErrBadVector) {
				t.Errorf("Score(%v): %v; want ErrBadVector", test.vector, err)
			}
		})
	}
	t.Run("blocks of two dimensions", func(t *testing.T) {
		blocks := []*rag.Block{block(t, []float32{1, 0}), block(t, []float32{1, 0, 0})}
		if _, err := index.Build(t.Context(), blocks); !errors.Is(err, rag.ErrBadVector) {
			t.Errorf("Build: %v, want ErrBadVector", err)
		}
	})
}

// testShared builds two searchers that share a block at different places, as two editions do.
func testShared(t *testing.T, index rag.Index) {
	b := block(t, []float32{1, 0}, []float32{0, 1})
	first := build(t, index, b, block(t, []float32{3, 4}))
	for range 2 {
		if got := scored(t, first, []float32{1, 0}, 3, nil); !same(got, []float32{1, 0, 0.6}) {
			t.Errorf("the first scores %v", got)
		}
		second := build(t, index, block(t, []float32{-1, 0}), b)
		if got := scored(t, second, []float32{1, 0}, 3, nil); !same(got, []float32{-1, 1, 0}) {
			t.Errorf("the second scores %v", got)
		}
	}
	if !slices.Equal(b.Row(0), []float32{1, 0}) || !slices.Equal(b.Row(1), []float32{0, 1}) {
		t.Errorf("the index changed the block to %v, %v", b.Row(0), b.Row(1))
	}
}

func testCanceledIndex(t *testing.T, index rag.Index) {
	b := block(t, []float32{1, 0})
	s := build(t, index, b)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := index.Build(ctx, []*rag.Block{b}); !errors.Is(err, context.Canceled) {
		t.Errorf("Build under a canceled context: %v", err)
	}
	_, err := s.Score(ctx, rag.Scoring{Question: []float32{1, 0}}, make([]float32, 1))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Score under a canceled context: %v", err)
	}
}

// RandomBlocks makes documents of forty paragraphs, count paragraphs in all, every tenth in two pieces. The same seed
// makes the same blocks.
func RandomBlocks(t testing.TB, seed uint64, count, dimension int) []*rag.Block {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 0))
	var blocks []*rag.Block
	for first := 0; first < count; first += 40 {
		var paragraph []int32
		var vectors [][]float32
		n := min(40, count-first)
		for i := range n {
			for range 1 + (i+1)%10/9 {
				paragraph = append(paragraph, int32(i))
				vectors = append(vectors, RandomVector(r, dimension))
			}
		}
		b, err := rag.NewBlock(n, paragraph, vectors)
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	return blocks
}

// RandomVector draws a direction evenly. Its length is not 1.
func RandomVector(r *rand.Rand, dimension int) []float32 {
	v := make([]float32, dimension)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

// bruteForce scores with float64 sums, paragraph by paragraph.
func bruteForce(question []float32, blocks []*rag.Block, places []int) []float32 {
	starts, total := rag.Starts(blocks)
	scores := slices.Repeat([]float32{unscored}, total)
	length := 0.0
	for _, x := range question {
		length += float64(x) * float64(x)
	}
	for i, b := range blocks {
		if places != nil && !slices.Contains(places, i) {
			continue
		}
		best := map[int]float64{}
		for row := range b.Len() {
			sum := 0.0
			for k, x := range b.Row(row) {
				sum += float64(x) * float64(question[k])
			}
			p := b.Paragraph(row)
			if known, ok := best[p]; !ok || sum > known {
				best[p] = sum
			}
		}
		for p, sum := range best {
			scores[starts[i]+p] = float32(sum / math.Sqrt(length))
		}
	}
	return scores
}

func testBruteForce(t *testing.T, index rag.Index) {
	blocks := RandomBlocks(t, 1, 405, 27)
	s := build(t, index, blocks...)
	r := rand.New(rand.NewPCG(2, 0))
	for range 50 {
		question := RandomVector(r, 27)
		var places []int
		for i := range blocks {
			if r.IntN(3) == 0 {
				places = append(places, i)
			}
		}
		if len(places) == 0 || r.IntN(3) == 0 {
			places = nil
		}
		if got, want := scored(t, s, question, 405, places), bruteForce(question, blocks, places); !same(got, want) {
			t.Fatalf("Score(%v)\n got %v\nwant %v", places, got, want)
		}
	}
}

func testConcurrentScores(t *testing.T, index rag.Index) {
	s := build(t, index, RandomBlocks(t, 3, 120, 8)...)
	question := []float32{1, 2, 3, 4, 5, 6, 7, 8}
	var wg sync.WaitGroup
	var mu sync.Mutex
	var all [][]float32
	for range 8 {
		wg.Go(func() {
			for range 20 {
				scores := make([]float32, 120)
				if _, err := s.Score(t.Context(), rag.Scoring{Question: question, Nearest: 120}, scores); err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				all = append(all, scores)
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	for _, scores := range all {
		if !slices.Equal(scores, all[0]) {
			t.Fatalf("got %v and %v", scores, all[0])
		}
	}
}
