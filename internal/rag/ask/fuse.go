package ask

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/vectors"
)

// find ranks the passages of the named documents (nil: of all) by words and by meaning, best first, at most
// rank.Candidates.
func (e *Engine) find(ctx context.Context, edition *corpus.Edition, q question.Question, slugs []string,
	m rag.Meaning) ([]rag.Hit, error) {
	scope := edition.Scope(slugs)
	cosines, err := e.cosines(ctx, edition, q.Text, scope, m)
	if err != nil {
		return nil, err
	}
	return edition.Rank(q, slugs, cosines, m), nil
}

// cosines compares the question with the passages in scope, by number: NaN where there is nothing to compare. It is nil
// where there is no meaning to go by.
func (e *Engine) cosines(ctx context.Context, edition *corpus.Edition, text string, scope []int,
	m rag.Meaning) ([]float32, error) {
	if m.Weight == 0 || edition.Vectorless() {
		return nil, nil
	}
	embedded, err := e.config.Embedder.Embed(ctx, rag.Question, []string{text})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// Words alone still find most of it; an embedding server that is away must not silence the bot.
		level := slog.LevelWarn
		switch {
		case errors.Is(err, rag.ErrBudget): // said once a day by who counts
			level = slog.LevelDebug
		case errors.Is(err, vectors.ErrModelChanged): // said by who saw it
			level = slog.LevelDebug
			e.config.Backlog.add(e, nil)
		}
		e.config.Logger.Log(ctx, level, "question not embedded, finding by words alone", "error", err)
		return nil, nil
	}
	if len(embedded) != 1 || edition.Model != e.config.Embedder.Model() {
		return nil, nil
	}
	cosines, err := edition.Cosines(ctx, embedded[0], scope)
	if errors.Is(err, rag.ErrBadVector) {
		e.config.Logger.WarnContext(ctx, "the question's vector cannot be compared, finding by words alone", "error", err)
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("search by meaning: %w", err)
	}
	return cosines, nil
}
