package openai

import (
	"context"
	"fmt"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
)

// NewJudge makes a rag.Judge of the configuration's chat model. It does not call the server.
func NewJudge(config Config) (rag.Judge, error) {
	g, err := NewGenerator(config)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, c rag.Case) ([]rag.Opinion, error) {
		system, user := prompt.ForJudge(c)
		text, err := g.answer(ctx, system, user)
		if err != nil {
			return nil, fmt.Errorf("judge: %w", err)
		}
		return prompt.ParseJudgment(text, len(c.Sentences)), nil
	}, nil
}

// NewRepairer makes a rag.Repairer of the configuration's chat model. It does not call the server.
func NewRepairer(config Config) (rag.Repairer, error) {
	g, err := NewGenerator(config)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, r rag.Request, faults []rag.Fault) ([]rag.Drafted, error) {
		system, user := prompt.ForRepair(r, faults)
		text, err := g.answer(ctx, system, user)
		if err != nil {
			return nil, fmt.Errorf("repair: %w", err)
		}
		return prompt.ParseRepair(text, len(faults)), nil
	}, nil
}
