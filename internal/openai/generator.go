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
	"time"

	openai "github.com/sashabaranov/go-openai"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
	"pilcrow/internal/turns"
)

const (
	// temperature is as low as it can be sent: go-openai leaves out a zero, and servers then take 0.7 or 1.
	temperature = 0.01
	// thinkingTokens are allowed on top of the answer's to a model that reasons: its limit counts both.
	thinkingTokens = 8192
	// maxDraftBytes bounds the text of an answer.
	maxDraftBytes = 64 << 10
	// usageWait is how long an answer that is whole waits for the number of its tokens, which servers send right behind
	// it.
	usageWait = 300 * time.Millisecond
)

// Generator is a rag.Generator over a server's /chat/completions, streamed. It is safe for use by several goroutines.
type Generator struct {
	client *client
	// reasons is whether the model takes max_completion_tokens and no temperature. It is known for OpenAI's
	// models, and learned from a refusal of others.
	reasons atomic.Bool
	// uncounted is whether the server refuses to be asked for the number of tokens. It is learned.
	uncounted atomic.Bool
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
// with the kinds of this package, rag.ErrBudget, or the context's.
func (g *Generator) Generate(ctx context.Context, r rag.Request) (rag.Draft, error) {
	draft := rag.Draft{By: g.client.model}
	if err := ctx.Err(); err != nil {
		return rag.Draft{}, fmt.Errorf("generate: %w", err)
	}
	if len(r.Passages) == 0 {
		draft.NotCovered = true
		return draft, nil
	}
	system, user := prompt.ForDraft(r)
	text, err := g.write(ctx, system, user, r.Partial)
	if err != nil {
		return rag.Draft{}, fmt.Errorf("generate: %w", err)
	}
	if prompt.SaysNotCovered(text) {
		draft.NotCovered = true
		return draft, nil
	}
	draft.Text = strings.TrimSpace(strings.ReplaceAll(text, prompt.NotCovered, ""))
	return draft, nil
}

// answer asks for one whole answer, within the limits of the configuration.
func (g *Generator) answer(ctx context.Context, system, user string) (string, error) {
	return g.write(ctx, system, user, nil)
}

// write is answer; partial, if not nil, sees it grow.
func (g *Generator) write(ctx context.Context, system, user string, partial func(string)) (string, error) {
	limited, cancel := g.client.limit(ctx)
	defer cancel()
	text, err := g.complete(limited, system, user, partial)
	for g.learns(err) {
		text, err = g.complete(limited, system, user, partial)
	}
	if err != nil {
		if _, ours := errors.AsType[*Error](err); !ours && !errors.Is(err, rag.ErrBudget) {
			err = g.client.classify(ctx, err)
		}
		return "", err
	}
	return text, nil
}

// learns reports whether the refusal tells something about the server that was not known: then the same is worth asking
// again. Each thing is learned once.
func (g *Generator) learns(err error) bool {
	return parameterRefused(err) && g.reasons.CompareAndSwap(false, true) ||
		usageRefused(err) && g.uncounted.CompareAndSwap(false, true)
}

// usageRefused reports whether the server does not know the option that asks for the number of tokens.
func usageRefused(err error) bool {
	const option = "stream_options"
	if e, ok := errors.AsType[*openai.RequestError](err); ok {
		return e.HTTPStatusCode < http.StatusInternalServerError && strings.Contains(string(e.Body), option)
	}
	e, ok := errors.AsType[*openai.APIError](err)
	return ok && e.HTTPStatusCode < http.StatusInternalServerError &&
		(e.Param != nil && *e.Param == option || strings.Contains(e.Message, option))
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
	if !g.uncounted.Load() {
		request.StreamOptions = &openai.StreamOptions{IncludeUsage: true}
	}
	if g.reasons.Load() {
		request.MaxCompletionTokens = g.client.config.MaxTokens + thinkingTokens
	} else {
		request.MaxTokens = g.client.config.MaxTokens //nolint:staticcheck // many servers know no other name for it
		request.Temperature = temperature
	}
	return request
}

// complete asks for one answer, if the budget lets it, and counts what it took.
func (g *Generator) complete(ctx context.Context, system, user string, partial func(string)) (string, error) {
	defer turns.Away(ctx)() // others may compute while the server writes
	prompt, meter := promptTokens(system, user), g.client.config.Meter
	held, err := meter.reserve(ctx, prompt.likely, prompt.most+g.maxAnswer())
	if err != nil {
		return "", g.client.unmetered(err)
	}
	r := &receipt{said: speech{partial: partial}}
	defer func() { meter.settle(held, g.tally(r, prompt)) }()
	text, err := g.receive(ctx, g.request(system, user), r)
	if err != nil && !r.began { // without an event there is nothing to bill, unless it was given up or lost on the way
		r.began = ctx.Err() != nil || mayHaveCost(g.client.classify(ctx, err))
	}
	return text, err
}

// maxAnswer is how many tokens an answer may take: it is asked to be shorter, but a server need not know of every model
// that it thinks.
func (g *Generator) maxAnswer() int { return g.client.config.MaxTokens + thinkingTokens }

// A receipt is what is known of the tokens of one answer.
type receipt struct {
	began bool            // an event came
	text  strings.Builder // what came
	usage *openai.Usage   // as the server says; nil where it does not
	said  speech          // who listens meanwhile
}

func (g *Generator) tally(r *receipt, prompt estimate) Tally {
	answer := answerTokens(r.text.String(), g.maxAnswer())
	switch {
	case r.usage != nil:
		return Tally{Prompt: g.client.counted(r.usage.PromptTokens, prompt),
			Completion: g.client.counted(r.usage.CompletionTokens, answer)}
	case r.began:
		return Tally{Prompt: prompt.likely, Completion: answer.likely}
	}
	return Tally{}
}

// receive reads one answer as a whole: anything but a finish_reason of "stop" is an error.
func (g *Generator) receive(ctx context.Context, request openai.ChatCompletionRequest, r *receipt) (string, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	stream, err := g.client.api.CreateChatCompletionStream(ctx, request)
	if err != nil {
		return "", err
	}
	defer stream.Close()
	var loop looped
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
		r.began = true
		if event.Usage != nil {
			r.usage = event.Usage
		}
		for _, choice := range event.Choices {
			if choice.Index != 0 {
				continue
			}
			choices++
			r.text.WriteString(choice.Delta.Content)
			if r.text.Len() > maxDraftBytes {
				return "", g.client.fail(ErrTooLarge, 0, "")
			}
			switch choice.FinishReason {
			case "", openai.FinishReasonNull:
				r.said.more(r.text.String())
				if loop.more(r.text.String()) {
					return "", g.client.fail(ErrLoops, 0, "")
				}
				continue
			}
			r.await(stream, cancel)
			switch choice.FinishReason {
			case openai.FinishReasonStop:
				return g.whole(r.text.String())
			case openai.FinishReasonLength:
				return "", g.client.fail(ErrCutShort, 0, "the limit of tokens is reached")
			case openai.FinishReasonContentFilter:
				return "", g.client.fail(ErrFiltered, 0, "")
			}
			return "", g.client.fail(ErrProtocol, 0, fmt.Sprintf("finish_reason %q", choice.FinishReason))
		}
	}
}

// await reads on to the number of tokens, which comes behind the end of the answer if it comes. Nothing else there
// matters.
func (r *receipt) await(stream *openai.ChatCompletionStream, cancel func()) {
	late := time.AfterFunc(usageWait, cancel)
	defer late.Stop()
	for r.usage == nil {
		event, err := stream.Recv()
		if err != nil {
			return
		}
		r.usage = event.Usage
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
