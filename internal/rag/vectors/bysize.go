package vectors

import (
	"context"

	"pilcrow/internal/rag"
)

// A BySize is an Index that searches within a few documents with one index and through many with another.
type BySize struct{ Few, Many rag.Index }

// What counts as few: within these bounds a library's own overhead for each document does not show.
const (
	fewDocuments = 16
	fewVectors   = 2000
)

// Build makes a Searcher of both.
func (x BySize) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	few, err := x.Few.Build(ctx, blocks)
	if err != nil {
		return nil, err
	}
	many, err := x.Many.Build(ctx, blocks)
	if err != nil {
		return nil, err
	}
	return bySize{few, many, blocks}, nil
}

type bySize struct {
	few, many rag.Searcher
	blocks    []*rag.Block
}

// Score implements Searcher.
func (s bySize) Score(ctx context.Context, asked rag.Scoring, scores []float32) (rag.Scored, error) {
	documents, vectors := 0, 0
	count := func(b *rag.Block) {
		if n := b.Len(); n > 0 {
			documents++
			vectors += n
		}
	}
	if asked.Blocks == nil {
		for _, b := range s.blocks {
			count(b)
		}
	}
	for _, i := range asked.Blocks {
		count(s.blocks[i])
	}
	if documents > fewDocuments || vectors > fewVectors {
		return s.many.Score(ctx, asked, scores)
	}
	return s.few.Score(ctx, asked, scores)
}
