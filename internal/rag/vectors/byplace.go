package vectors

import (
	"context"

	"pilcrow/internal/rag"
)

// A ByPlace is an Index of blocks of which some are in a depot: each part is searched where its vectors are.
type ByPlace struct {
	Here      rag.Index
	Deposited rag.Index // of the depot
}

// Build makes a Searcher of both.
func (x ByPlace) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	if _, err := rag.SameDimension(blocks); err != nil {
		return nil, err
	}
	here, deposited := rag.PartByPlace(blocks)
	s, err := x.Here.Build(ctx, here)
	if deposited == nil || err != nil {
		return s, err
	}
	there, err := x.Deposited.Build(ctx, deposited)
	if err != nil {
		return nil, err
	}
	return byPlace{s, there}, nil
}

type byPlace struct{ here, deposited rag.Searcher }

// Score implements rag.Searcher.
func (s byPlace) Score(ctx context.Context, asked rag.Scoring, scores []float32) (rag.Scored, error) {
	all, err := s.here.Score(ctx, asked, scores)
	if err != nil {
		return all, err
	}
	more, err := s.deposited.Score(ctx, asked, scores)
	return rag.Scored{Least: min(all.Least, more.Least), Most: max(all.Most, more.Most), Some: all.Some || more.Some}, err
}
