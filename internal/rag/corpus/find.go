package corpus

import (
	"context"
	"math"
	"slices"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/rank"
)

// A Ranking is what the words of a question say of some documents of an edition.
type Ranking struct {
	*rank.Ranking
	Scope []int // places of the documents; nil: all

	edition  *Edition
	question question.Question
	single   bool // one document is named
}

// ByWords ranks the passages of the named documents (nil: of all) by the words of a question.
func (ed *Edition) ByWords(q question.Question, slugs []string) Ranking {
	scope := ed.Scope(slugs)
	return Ranking{rank.ByWords(ed.Words, q, scope), scope, ed, q, len(slugs) == 1}
}

// Hits ranks by words and by how near passages are, which may be nil.
func (r Ranking) Hits(near *rank.Near, m rag.Meaning) []rag.Hit {
	hits := r.Fuse(near, m)
	if r.single {
		return hits
	}
	return rank.Demote(r.edition.Corpus, r.question, hits)
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

// Near compares a question's vector with the passages that are wanted. A vector that cannot be compared is
// rag.ErrBadVector.
func (ed *Edition) Near(ctx context.Context, asked rag.Scoring) (*rank.Near, error) {
	near := &rank.Near{Cosines: make([]float32, ed.Words.Passages())}
	for i := range near.Cosines {
		near.Cosines[i] = float32(math.NaN())
	}
	var err error
	near.Scored, err = ed.searcher.Score(ctx, asked, near.Cosines)
	return near, err
}
