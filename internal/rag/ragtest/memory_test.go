package ragtest_test

import (
	"testing"

	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

func TestMemory(t *testing.T) {
	ragtest.TestVectors(t, func(*testing.T) rag.Vectors { return new(ragtest.Memory) })
}

func TestSome(t *testing.T) {
	ragtest.TestIndex(t, func() rag.Index { return ragtest.Some{Index: flatindex.New()} })
}

func TestDepotInMemory(t *testing.T) {
	ragtest.TestDepot(t, func(*testing.T) rag.Depot { return ragtest.NewDepot(flatindex.New()) })
}
