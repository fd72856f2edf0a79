package ask

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/rank"
	"pilcrow/internal/rag/vectors"
)

// find ranks the passages of the named documents (nil: of all) by words and by meaning, best first, at most
// rank.Candidates.
func (e *Engine) find(ctx context.Context, edition *corpus.Edition, q question.Question, slugs []string,
	m rag.Meaning) ([]rag.Hit, error) {
	ranking := edition.ByWords(q, slugs)
	near, err := e.near(ctx, edition, q.Text, m,
		rag.Scoring{Blocks: ranking.Scope, Nearest: rank.NearestWanted, Wanted: ranking.Wanted})
	if err != nil {
		return nil, err
	}
	return ranking.Hits(near, m), nil
}

// near compares the question with passages: asked has what of them is wanted, but for the vector. It is nil where there
// is no meaning to go by.
func (e *Engine) near(ctx context.Context, edition *corpus.Edition, text string, m rag.Meaning,
	asked rag.Scoring) (*rank.Near, error) {
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
	asked.Question = embedded[0]
	near, err := edition.Near(ctx, asked)
	if errors.Is(err, rag.ErrBadVector) {
		e.config.Logger.WarnContext(ctx, "the question's vector cannot be compared, finding by words alone", "error", err)
		return nil, nil
	}
	if errors.Is(err, rag.ErrAway) && ctx.Err() == nil {
		e.config.Logger.WarnContext(ctx, "finding by words alone", "error", err)
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("search by meaning: %w", err)
	}
	return near, nil
}
