package flatindex_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

func TestIndex(t *testing.T) {
	ragtest.TestIndex(t, func() rag.Index { return flatindex.New() })
}

// BenchmarkScore compares a question with all vectors, beside one pass over the same bytes: what any exact search must
// at least read.
func BenchmarkScore(b *testing.B) {
	const dimension = 256
	question := ragtest.RandomVector(rand.New(rand.NewPCG(9, 0)), dimension)
	for _, count := range []int{10_000, 100_000} {
		blocks := ragtest.RandomBlocks(b, 7, count, dimension)
		s, err := flatindex.New().Build(b.Context(), blocks)
		if err != nil {
			b.Fatal(err)
		}
		scores := make([]float32, count)
		b.Run(fmt.Sprint(count), func(b *testing.B) {
			for b.Loop() {
				if _, err := s.Score(b.Context(), rag.Scoring{Question: question}, scores); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d-copied", count), func(b *testing.B) {
			to := make([]float32, 64*dimension)
			for b.Loop() {
				for _, block := range blocks {
					copy(to, block.Values())
				}
			}
		})
	}
}
