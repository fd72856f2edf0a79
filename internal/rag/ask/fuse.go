package ask

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/rank"
)

// find ranks the passages of the named documents (nil: of all) by words and by meaning, best first, at most
// rank.Candidates.
func (e *Engine) find(ctx context.Context, edition *Edition, q question.Question, slugs []string,
	m rag.Meaning) ([]rag.Hit, error) {
	scope := edition.scope(slugs)
	cosines, err := e.cosines(ctx, edition, q.Text, scope, m)
	if err != nil {
		return nil, err
	}
	return edition.rank(q, slugs, cosines, m), nil
}

// rank ranks the passages of the named documents (nil: of all) by words and by cosines, which may be nil.
func (ed *Edition) rank(q question.Question, slugs []string, cosines []float32, m rag.Meaning) []rag.Hit {
	hits := rank.Fuse(ed.words, q, ed.scope(slugs), cosines, m)
	if len(slugs) == 1 {
		return hits
	}
	return rank.Demote(ed.Corpus, q, hits)
}

// scope returns the places of the named documents; nil means all.
func (ed *Edition) scope(slugs []string) []int {
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

// cosines compares the question with the passages in scope, by number: NaN where there is nothing to compare. It is nil
// where there is no meaning to go by.
func (e *Engine) cosines(ctx context.Context, edition *Edition, text string, scope []int,
	m rag.Meaning) ([]float32, error) {
	if m.Weight == 0 || edition.vectorless() {
		return nil, nil
	}
	vectors, err := e.config.Embedder.Embed(ctx, rag.Question, []string{text})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// Words alone still find most of it; an embedding server that is away must not silence the bot.
		level := slog.LevelWarn
		switch {
		case errors.Is(err, rag.ErrBudget): // said once a day by who counts
			level = slog.LevelDebug
		case errors.Is(err, ErrModelChanged): // said by who saw it
			level = slog.LevelDebug
			e.config.Backlog.add(e, nil)
		}
		e.config.Logger.Log(ctx, level, "question not embedded, finding by words alone", "error", err)
		return nil, nil
	}
	if len(vectors) != 1 || edition.model != e.config.Embedder.Model() {
		return nil, nil
	}
	cosines := make([]float32, edition.words.Passages())
	for i := range cosines {
		cosines[i] = float32(math.NaN())
	}
	err = edition.searcher.Score(ctx, vectors[0], scope, cosines)
	if errors.Is(err, rag.ErrBadVector) {
		e.config.Logger.WarnContext(ctx, "the question's vector cannot be compared, finding by words alone", "error", err)
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("search by meaning: %w", err)
	}
	return cosines, nil
}
