package openai

import (
	"context"
	"fmt"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// NewJudge makes a rag.Judge of the configuration's chat model. It does not call the server.
func NewJudge(config Config) (rag.Judge, error) {
	g, err := NewGenerator(config)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, sentences []rag.Sentence, passages []article.Passage) ([]bool, error) {
		system, user := rag.JudgePrompt(sentences, passages)
		text, err := g.answer(ctx, system, user)
		if err != nil {
			return nil, fmt.Errorf("judge: %w", err)
		}
		return rag.ParseJudgment(text, len(sentences)), nil
	}, nil
}
