package chromemindex_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

func TestIndex(t *testing.T) {
	ragtest.TestIndex(t, func() rag.Index { return chromemindex.New() })
}

// lateCancel is a context that is canceled behind the caller's first look at it.
type lateCancel struct {
	context.Context //nolint:containedctx // it is one
	looked          bool
}

func (c *lateCancel) Done() <-chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}

func (c *lateCancel) Err() error {
	if !c.looked {
		c.looked = true
		return nil
	}
	return context.Canceled
}

// A query that is canceled on its way comes back from chromem with fewer results and no error.
func TestSearchCanceledOnItsWay(t *testing.T) {
	s, err := chromemindex.New().Build(t.Context(), ragtest.RandomEntries(1, 200, 8))
	if err != nil {
		t.Fatal(err)
	}
	question := ragtest.RandomVector(rand.New(rand.NewPCG(5, 0)), 8)
	hits, err := s.Search(&lateCancel{Context: t.Context()}, question, nil, 5)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, %v; want context.Canceled", hits, err)
	}
}

// BenchmarkSearch compares chromem with an index that compares and sorts all (flat) and with the bare arithmetic of it
// (loop); /document searches one document of 40 paragraphs.
func BenchmarkSearch(b *testing.B) {
	const dimension = 384
	question := ragtest.RandomVector(rand.New(rand.NewPCG(9, 0)), dimension)
	for _, count := range []int{1_000, 10_000} {
		entries := ragtest.RandomEntries(7, count, dimension)
		for _, index := range []struct {
			name  string
			index rag.Index
		}{{"chromem", chromemindex.New()}, {"flat", ragtest.Flat{}}} {
			s, err := index.index.Build(b.Context(), entries)
			if err != nil {
				b.Fatal(err)
			}
			for _, scope := range []struct {
				name  string
				slugs []string
			}{{"all", nil}, {"document", []string{"document-ab"}}} {
				b.Run(fmt.Sprintf("%s/%d/%s", index.name, count, scope.name), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if _, err := s.Search(b.Context(), question, scope.slugs, 8); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
		b.Run(fmt.Sprintf("loop/%d/all", count), func(b *testing.B) {
			for b.Loop() {
				loop(question, entries)
			}
		})
	}
}

// loop finds nothing but the best score: what any exact search must at least do.
func loop(question []float32, entries []rag.Entry) float32 {
	best := float32(-1)
	for _, e := range entries {
		sum := float32(0)
		for i, v := range e.Vector {
			sum += v * question[i]
		}
		best = max(best, sum)
	}
	return best
}

// BenchmarkBuild is what a reload pays for the index itself.
func BenchmarkBuild(b *testing.B) {
	entries := ragtest.RandomEntries(7, 1_000, 384)
	for b.Loop() {
		if _, err := chromemindex.New().Build(b.Context(), entries); err != nil {
			b.Fatal(err)
		}
	}
}
