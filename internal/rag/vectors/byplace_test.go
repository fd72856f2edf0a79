package vectors_test

import (
	"context"
	"slices"
	"testing"

	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
	"pilcrow/internal/rag/vectors"
)

// half is an index that brings every other block into a depot before it builds.
type half struct{ depot *ragtest.Depot }

func (x half) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	blocks = slices.Clone(blocks)
	for i, b := range blocks {
		if i%2 == 0 && b.Len() > 0 {
			var err error
			key := rag.BlockKey{Texts: rag.TextsKey{byte(x.depot.Len()), byte(x.depot.Len() >> 8)}}
			if blocks[i], err = x.depot.Keep(ctx, "m", key, b); err != nil {
				return nil, err
			}
		}
	}
	return vectors.ByPlace{Here: flatindex.New(), Deposited: x.depot}.Build(ctx, blocks)
}

func TestByPlace(t *testing.T) {
	ragtest.TestIndex(t, func() rag.Index { return half{ragtest.NewDepot(flatindex.New())} })
}
