package vectors_test

import (
	"context"
	"testing"

	"pilcrow/internal/chromemindex"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
	"pilcrow/internal/rag/vectors"
)

func TestBySize(t *testing.T) {
	ragtest.TestIndex(t, func() rag.Index { return vectors.BySize{Few: chromemindex.New(), Many: flatindex.New()} })
}

// named is an index that counts how often it is asked.
type named struct {
	rag.Index
	asked int
}

func (n *named) Build(context.Context, []*rag.Block) (rag.Searcher, error) { return n, nil }

func (n *named) Score(context.Context, rag.Scoring, []float32) (rag.Scored, error) {
	n.asked++
	return rag.Scored{}, nil
}

// TestBySizeChooses asks within few documents, many, and a long one.
func TestBySizeChooses(t *testing.T) {
	few, many := &named{}, &named{}
	blocks := append(ragtest.RandomBlocks(t, 1, 17*40, 2), nil)
	long := make([][]float32, 2001)
	paragraph := make([]int32, len(long))
	for i := range long {
		long[i], paragraph[i] = []float32{1, 0}, int32(i)
	}
	b, err := rag.NewBlock(len(long), paragraph, long)
	if err != nil {
		t.Fatal(err)
	}
	s, err := vectors.BySize{Few: few, Many: many}.Build(t.Context(), append(blocks, b))
	if err != nil {
		t.Fatal(err)
	}
	sixteen := []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}
	for _, test := range []struct {
		places []int
		many   int
	}{{[]int{3}, 0}, {sixteen, 0}, {append(sixteen, 17), 0}, {append(sixteen, 16), 1}, {[]int{18}, 1}, {nil, 1}} {
		few.asked, many.asked = 0, 0
		if _, err := s.Score(t.Context(), rag.Scoring{Question: []float32{1, 0}, Blocks: test.places}, nil); err != nil {
			t.Fatal(err)
		}
		if many.asked != test.many || few.asked != 1-test.many {
			t.Errorf("%v: %d and %d asked", test.places, few.asked, many.asked)
		}
	}
}
