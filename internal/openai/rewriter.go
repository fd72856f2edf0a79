package openai

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pilcrow/internal/followup"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
)

const (
	rewriteTimeout = 5 * time.Second // of one call with its retries: the reader waits for it before anything is found
	rewriteTokens  = 200             // a question of 300 characters, in any language
)

// NewRewriter makes a rag.Rewriter of the configuration's chat model. It does not call the server.
func NewRewriter(config Config) (rag.Rewriter, error) {
	config.Timeout, config.MaxTokens = rewriteTimeout, rewriteTokens
	g, err := NewGenerator(config)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, question string, turns []followup.Turn) (string, error) {
		system, user := prompt.ForRewrite(question, turns)
		text, err := g.answer(ctx, system, user)
		if err != nil {
			return "", fmt.Errorf("rewrite: %w", err)
		}
		line, ok := prompt.ParseRewrite(text)
		if !ok {
			return "", errors.New("rewrite: the model wrote more than one line with a question")
		}
		return line, nil
	}, nil
}
