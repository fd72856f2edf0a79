// Package ragtest holds what every implementation of rag's interfaces must do, as tests to run on it, and plain
// second implementations to compare with.
//
// Only tests import it. A suite takes a function that makes a fresh implementation, so that no test sees what
// another one left behind.
package ragtest

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// Flat is a rag.Index that compares a question with every vector, one after the other. It is the reference for what
// another index finds and how long that takes.
type Flat struct{}

// Build keeps copies of the vectors, scaled to length 1, in one matrix.
func (Flat) Build(ctx context.Context, entries []rag.Entry) (rag.Searcher, error) {
	s := &flat{}
	for _, e := range entries {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("build flat index: %w", err)
		}
		unit, err := rag.Unit(e.Vector)
		if err != nil {
			return nil, fmt.Errorf("build flat index: %s: %w", e.Ref, err)
		}
		if len(s.refs) > 0 && len(unit) != s.dimension {
			return nil, fmt.Errorf("build flat index: %s: %w: %d dimensions where the first has %d",
				e.Ref, rag.ErrBadVector, len(unit), s.dimension)
		}
		s.dimension = len(unit)
		s.refs = append(s.refs, e.Ref)
		s.values = append(s.values, unit...)
	}
	return s, ctx.Err()
}

type flat struct {
	dimension int
	refs      []article.Ref
	values    []float32 // row by row, one row per ref
}

// Search scores every vector and sorts them all.
func (s *flat) Search(ctx context.Context, vector []float32, slugs []string, k int) ([]rag.Hit, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search flat index: %w", err)
	}
	if k <= 0 || len(s.refs) == 0 {
		return nil, nil
	}
	unit, err := rag.Unit(vector)
	if err != nil {
		return nil, fmt.Errorf("search flat index: %w", err)
	}
	if len(unit) != s.dimension {
		return nil, fmt.Errorf("search flat index: %w: %d dimensions where the index has %d",
			rag.ErrBadVector, len(unit), s.dimension)
	}
	best := map[article.Ref]float64{}
	for i, ref := range s.refs {
		if slugs != nil && !slices.Contains(slugs, ref.Slug) {
			continue
		}
		score := float64(dot(unit, s.values[i*s.dimension:(i+1)*s.dimension]))
		if known, ok := best[ref]; !ok || score > known {
			best[ref] = score
		}
	}
	hits := make([]rag.Hit, 0, len(best))
	for ref, score := range best {
		hits = append(hits, rag.Hit{Ref: ref, Score: score})
	}
	slices.SortFunc(hits, func(a, b rag.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), a.Ref.Compare(b.Ref))
	})
	return hits[:min(k, len(hits))], nil
}

func dot(a, b []float32) float32 {
	sum := float32(0)
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
