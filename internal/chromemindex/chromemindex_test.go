package chromemindex

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"testing"
	"time"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

func TestIndex(t *testing.T) {
	ragtest.TestIndex(t, func() rag.Index { return New() })
}

// lateCancel is a context that is canceled behind the caller's first looks at it.
type lateCancel struct {
	context.Context //nolint:containedctx // it is one
	looks           int
}

func (c *lateCancel) Done() <-chan struct{} {
	done := make(chan struct{})
	close(done)
	return done
}

func (c *lateCancel) Err() error {
	if c.looks--; c.looks >= 0 {
		return nil
	}
	return context.Canceled
}

// A query that is canceled on its way comes back from chromem with fewer results and no error.
func TestScoreCanceledOnItsWay(t *testing.T) {
	s, err := New().Build(t.Context(), ragtest.RandomBlocks(t, 1, 40, 8))
	if err != nil {
		t.Fatal(err)
	}
	question := ragtest.RandomVector(rand.New(rand.NewPCG(5, 0)), 8)
	for looks := range 3 {
		ctx := &lateCancel{t.Context(), looks}
		if _, err := s.Score(ctx, rag.Scoring{Question: question}, make([]float32, 40)); !errors.Is(err, context.Canceled) {
			t.Errorf("canceled after %d looks: %v; want context.Canceled", looks, err)
		}
	}
}

// TestCollectionsLive makes a collection for a block when it is searched, one for all searchers, and drops it with the
// block.
func TestCollectionsLive(t *testing.T) {
	index := New()
	count := func() int {
		index.kept.mu.Lock()
		defer index.kept.mu.Unlock()
		return len(index.kept.collections)
	}
	blocks := ragtest.RandomBlocks(t, 1, 120, 8)
	question := ragtest.RandomVector(rand.New(rand.NewPCG(5, 0)), 8)
	for range 2 {
		s, err := index.Build(t.Context(), blocks)
		if err != nil {
			t.Fatal(err)
		}
		asked := rag.Scoring{Question: question, Blocks: []int{1, 2}}
		if _, err := s.Score(t.Context(), asked, make([]float32, 120)); err != nil {
			t.Fatal(err)
		}
	}
	if n := count(); n != 2 {
		t.Errorf("%d collections of two blocks that were searched", n)
	}
	runtime.KeepAlive(blocks) // nobody holds them from here on
	for begin := time.Now(); count() > 0 && time.Since(begin) < time.Minute; runtime.GC() {
		runtime.Gosched()
	}
	if n := count(); n != 0 {
		t.Errorf("%d collections of blocks that are gone", n)
	}
}
