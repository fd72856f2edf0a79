package corpus

import (
	"context"
	"math"
	"slices"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/rank"
)

// Rank ranks the passages of the named documents (nil: of all) by words and by cosines, which may be nil.
func (ed *Edition) Rank(q question.Question, slugs []string, cosines []float32, m rag.Meaning) []rag.Hit {
	hits := rank.Fuse(ed.Words, q, ed.Scope(slugs), cosines, m)
	if len(slugs) == 1 {
		return hits
	}
	return rank.Demote(ed.Corpus, q, hits)
}

// Scope returns the places of the named documents; nil means all.
func (ed *Edition) Scope(slugs []string) []int {
	if slugs == nil {
		return nil
	}
	scope := make([]int, 0, len(slugs))
	for _, slug := range slugs {
		if i, ok := ed.Corpus.Place(slug); ok {
			scope = append(scope, i)
		}
	}
	slices.Sort(scope)
	return slices.Compact(scope)
}

// Cosines compares a question's vector with the passages of the documents at the places in scope (nil: of all), by
// number: NaN where there is nothing to compare. A vector that cannot be compared is rag.ErrBadVector.
func (ed *Edition) Cosines(ctx context.Context, question []float32, scope []int) ([]float32, error) {
	cosines := make([]float32, ed.Words.Passages())
	for i := range cosines {
		cosines[i] = float32(math.NaN())
	}
	return cosines, ed.searcher.Score(ctx, question, scope, cosines)
}
