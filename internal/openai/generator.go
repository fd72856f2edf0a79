package openai

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"sync/atomic"

	openai "github.com/sashabaranov/go-openai"

	"pilcrow/internal/rag"
)

const (
	// temperature is as low as it can be sent: go-openai leaves out a zero, and servers then take 0.7 or 1.
	temperature = 0.01
	// thinkingTokens are allowed on top of the answer's to a model that reasons: its limit counts both.
	thinkingTokens = 8192
	// maxDraftBytes bounds the text of an answer.
	maxDraftBytes = 64 << 10
)

// Generator is a rag.Generator over a server's /chat/completions, streamed. It is safe for use by several goroutines.
type Generator struct {
	client *client
	// reasons is whether the model takes max_completion_tokens and no temperature. It is known for OpenAI's
	// models, and learned from a refusal of others.
	reasons atomic.Bool
}

// reasoning are the models that go-openai, and the server, refuse max_tokens and temperature for.
var reasoning = regexp.MustCompile(`^(o[0-9]|gpt-[5-9])`)

// NewGenerator checks the configuration; it does not call the server.
func NewGenerator(config Config) (*Generator, error) {
	if config.ChatModel == "" {
		return nil, errNoModel
	}
	c, err := newClient(config, config.ChatModel)
	if err != nil {
		return nil, fmt.Errorf("model server: %w", err)
	}
	g := &Generator{client: c}
	g.reasons.Store(reasoning.MatchString(c.model[strings.LastIndex(c.model, "/")+1:])) // OpenRouter: openai/o3
	return g, nil
}

// Generate asks the model for a draft. A request without passages is not covered, without asking. Errors are *Error
// with the kinds of this package, or the context's.
func (g *Generator) Generate(ctx context.Context, r rag.Request) (rag.Draft, error) {
	draft := rag.Draft{By: g.client.model}
	if err := ctx.Err(); err != nil {
		return rag.Draft{}, fmt.Errorf("generate: %w", err)
	}
	if len(r.Passages) == 0 {
		draft.NotCovered = true
		return draft, nil
	}
	system, user := rag.Prompt(r)
	text, err := g.answer(ctx, system, user)
	if err != nil {
		return rag.Draft{}, fmt.Errorf("generate: %w", err)
	}
	if rag.SaysNotCovered(text) {
		draft.NotCovered = true
		return draft, nil
	}
	draft.Text = strings.TrimSpace(strings.ReplaceAll(text, rag.NotCoveredToken, ""))
	return draft, nil
}

// answer asks for one whole answer, within the limits of the configuration.
func (g *Generator) answer(ctx context.Context, system, user string) (string, error) {
	limited, cancel := g.client.limit(ctx)
	defer cancel()
	text, err := g.complete(limited, system, user)
	if parameterRefused(err) && g.reasons.CompareAndSwap(false, true) {
		text, err = g.complete(limited, system, user)
	}
	if err != nil {
		if _, ours := errors.AsType[*Error](err); !ours {
			err = g.client.classify(ctx, err)
		}
		return "", err
	}
	return text, nil
}

// parameterRefused reports whether the server wants the other set of parameters.
func parameterRefused(err error) bool {
	e, ok := errors.AsType[*openai.APIError](err)
	return ok && e.HTTPStatusCode == http.StatusBadRequest && e.Param != nil &&
		(*e.Param == "max_tokens" || *e.Param == "temperature")
}

func (g *Generator) request(system, user string) openai.ChatCompletionRequest {
	request := openai.ChatCompletionRequest{
		Model: g.client.model,
		Messages: []openai.ChatCompletionMessage{
			{Role: openai.ChatMessageRoleSystem, Content: system},
			{Role: openai.ChatMessageRoleUser, Content: user},
		},
	}
	if g.reasons.Load() {
		request.MaxCompletionTokens = g.client.config.MaxTokens + thinkingTokens
	} else {
		request.MaxTokens = g.client.config.MaxTokens //nolint:staticcheck // many servers know no other name for it
		request.Temperature = temperature
	}
	return request
}

// complete reads one answer as a whole: anything but a finish_reason of "stop" is an error.
func (g *Generator) complete(ctx context.Context, system, user string) (string, error) {
	stream, err := g.client.api.CreateChatCompletionStream(ctx, g.request(system, user))
	if err != nil {
		return "", err
	}
	defer stream.Close()
	var b strings.Builder
	for choices := 0; ; {
		event, err := stream.Recv()
		if errors.Is(err, io.EOF) { // go-openai ends a stream so, whether it was whole or cut
			if choices == 0 {
				return "", g.client.fail(ErrProtocol, 0, "a stream without an answer in it")
			}
			return "", g.client.fail(ErrCutShort, 0, "the stream ended before the answer did")
		}
		if err != nil {
			return "", err
		}
		for _, choice := range event.Choices {
			if choice.Index != 0 {
				continue
			}
			choices++
			if b.Len()+len(choice.Delta.Content) > maxDraftBytes {
				return "", g.client.fail(ErrTooLarge, 0, "")
			}
			b.WriteString(choice.Delta.Content)
			switch choice.FinishReason {
			case "", openai.FinishReasonNull:
			case openai.FinishReasonStop:
				return g.whole(b.String())
			case openai.FinishReasonLength:
				return "", g.client.fail(ErrCutShort, 0, "the limit of tokens is reached")
			case openai.FinishReasonContentFilter:
				return "", g.client.fail(ErrFiltered, 0, "")
			default:
				return "", g.client.fail(ErrProtocol, 0, fmt.Sprintf("finish_reason %q", choice.FinishReason))
			}
		}
	}
}

// thoughts is what some open models write before their answer.
var thoughts = regexp.MustCompile(`(?s)^\s*<think(?:ing)?>.*?</think(?:ing)?>`)

func (g *Generator) whole(text string) (string, error) {
	text = strings.TrimSpace(thoughts.ReplaceAllString(text, ""))
	if text == "" {
		return "", g.client.fail(ErrEmpty, 0, "")
	}
	return text, nil
}
