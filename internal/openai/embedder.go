package openai

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	openai "github.com/sashabaranov/go-openai"

	"pilcrow/internal/rag"
	"pilcrow/internal/turns"
)

const (
	maxBatchTexts = 96      // per call; OpenAI takes 2,048, small servers time out long before
	maxBatchBytes = 200_000 // per call: some 43,000 tokens, of the 300,000 that OpenAI takes

	// firstBatchTexts are in the first call: how fast a server is shows in the answer. A call that is answered within
	// quickCall lets the next have twice as many, one that is not answered in time a quarter.
	firstBatchTexts = 16
	quickCall       = 2 * time.Second
	shrink          = 4
	// maxTimeouts in a row are waited for in one Embed: a server that hangs is not slow.
	maxTimeouts = 2

	// shortBytes is a text that every model takes: what is refused of this length is not refused for its length.
	shortBytes = 256
	shortText  = "Does this work?"

	// knownMaxBytes is for OpenAI's embedding models, which take 8,191 tokens. A token has at least one byte, so
	// that no text of any language is too long.
	knownMaxBytes = 8191
	// unknownMaxBytes is for all others: 512 tokens, as most of them take, at some 4 bytes each.
	unknownMaxBytes = 2000
	// minTextBytes is the shortest limit of a text: a title is longer than what is below it.
	minTextBytes = 64
)

// Embedder is a rag.Embedder over a server's /embeddings. It is safe for use by several goroutines.
type Embedder struct {
	client   *client
	task     task
	maxBytes int
	size     atomic.Int64 // texts that the next call may have
}

// A task is what a model wants to be told before a text, by its kind.
type task struct{ question, passage string }

// taskOf knows the open models that were trained with such words; without them they find less.
func taskOf(model string) task {
	const represent = "Represent this sentence for searching relevant passages: "
	for _, known := range []struct {
		name string
		task task
	}{
		// https://huggingface.co/nomic-ai/nomic-embed-text-v1.5
		{"nomic-embed-text", task{"search_query: ", "search_document: "}},
		// https://huggingface.co/intfloat/multilingual-e5-large
		{"e5-small", task{"query: ", "passage: "}},
		{"e5-base", task{"query: ", "passage: "}},
		{"e5-large", task{"query: ", "passage: "}},
		// https://huggingface.co/mixedbread-ai/mxbai-embed-large-v1
		{"mxbai-embed-large", task{represent, ""}},
		// https://huggingface.co/BAAI/bge-large-en-v1.5
		{"bge-small-en", task{represent, ""}},
		{"bge-base-en", task{represent, ""}},
		{"bge-large-en", task{represent, ""}},
	} {
		if strings.Contains(strings.ToLower(model), known.name) {
			return known.task
		}
	}
	return task{}
}

// NewEmbedder checks the configuration; it does not call the server.
func NewEmbedder(config Config) (*Embedder, error) {
	if config.EmbeddingModel == "" {
		return nil, errNoModel
	}
	c, err := newClient(config, config.EmbeddingModel)
	if err != nil {
		return nil, fmt.Errorf("model server: %w", err)
	}
	e := &Embedder{client: c, task: taskOf(c.model), maxBytes: c.config.MaxBytes}
	e.size.Store(firstBatchTexts)
	if n := c.config.EmbeddingTokens; n > 0 {
		e.maxBytes = max(n*bytesPerToken-len(e.task.passage), minTextBytes)
	}
	if e.maxBytes == 0 {
		e.maxBytes = unknownMaxBytes
		if strings.HasPrefix(c.model, "text-embedding-3-") || c.model == "text-embedding-ada-002" {
			e.maxBytes = knownMaxBytes
		}
	}
	return e, nil
}

// Model is the server's name of the model, with the words that passages are embedded with where there are any.
func (e *Embedder) Model() string {
	if e.task.passage == "" {
		return e.client.model
	}
	return e.client.model + " " + strconv.Quote(e.task.passage)
}

// MaxBytes is the longest text that is embedded whole; what is beyond it is cut off.
func (e *Embedder) MaxBytes() int { return e.maxBytes }

// Embed asks for the vectors in batches, one after the other, of a size that the server answers in time. A text without
// a character to embed is an error. The errors are *Error with the kinds of this package, rag.ErrBadVector,
// rag.ErrTextTooLong, rag.ErrBudget, or the context's; with them come the vectors of the texts before the trouble.
func (e *Embedder) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	defer turns.Away(ctx)() // others may compute while the server does
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("embed %d texts: %w", len(texts), err)
	}
	prefix := e.task.passage
	if kind == rag.Question {
		prefix = e.task.question
	}
	inputs := make([]string, len(texts))
	for i, text := range texts {
		if strings.TrimSpace(text) == "" {
			return nil, fmt.Errorf("embed %d texts: number %d is empty", len(texts), i)
		}
		inputs[i] = prefix + clip(text, e.maxBytes)
	}
	vectors, err := e.embed(ctx, inputs)
	if err != nil {
		return vectors, fmt.Errorf("embed %d texts, %d of them done: %w", len(texts), len(vectors), err)
	}
	return vectors, nil
}

func (e *Embedder) embed(ctx context.Context, inputs []string) ([][]float32, error) {
	vectors := make([][]float32, 0, len(inputs))
	timeouts := 0
	for most := maxBatchTexts; len(inputs) > 0; {
		n := batch(inputs, min(most, int(e.size.Load())))
		began := time.Now()
		part, err := e.call(ctx, inputs[:n])
		switch {
		case err == nil:
		case n > 1 && timedOut(ctx, err):
			e.size.Store(int64(max(n/shrink, 1)))
			if timeouts++; timeouts == maxTimeouts {
				return vectors, err
			}
			continue
		case e.refusesText(ctx, inputs[:n], err):
			if n == 1 {
				return vectors, fmt.Errorf("%w: %w", rag.ErrTextTooLong, err)
			}
			most = n / 2 // until it is alone
			continue
		default:
			return vectors, err
		}
		if len(vectors) > 0 && len(part[0]) != len(vectors[0]) {
			return nil, e.client.fail(rag.ErrBadVector, 0, fmt.Sprintf(
				"%d dimensions, and %d just before", len(part[0]), len(vectors[0])))
		}
		if timeouts = 0; n == int(e.size.Load()) && time.Since(began) < quickCall {
			e.size.Store(int64(min(2*n, maxBatchTexts)))
		}
		if most < maxBatchTexts {
			most *= 2
		}
		vectors, inputs = append(vectors, part...), inputs[n:]
	}
	return vectors, nil
}

// timedOut reports whether a call took too long, and not its caller.
func timedOut(ctx context.Context, err error) bool {
	return errors.Is(err, ErrTimeout) && ctx.Err() == nil
}

// refusesText reports whether it is one of the texts that the server refuses: it says so, or it takes another.
func (e *Embedder) refusesText(ctx context.Context, texts []string, err error) bool {
	failed, ok := errors.AsType[*Error](err)
	if !ok || ctx.Err() != nil || !slices.ContainsFunc(texts, func(text string) bool { return len(text) > shortBytes }) {
		return false
	}
	switch {
	case errors.Is(failed.Kind, ErrTooLong):
		return true
	// of some servers a text that is too long ends in an error that says nothing
	case errors.Is(failed.Kind, ErrRefused), errors.Is(failed.Kind, ErrFailed):
		_, err = e.call(ctx, []string{shortText})
		return err == nil
	}
	return false
}

// batch is how many of the texts go into the next call: at least one, at most so many.
func batch(texts []string, most int) int {
	size := 0
	for i, text := range texts {
		size += len(text)
		if i > 0 && (i >= most || size > maxBatchBytes) {
			return i
		}
	}
	return len(texts)
}

// clip cuts a text to at most n bytes, between two characters.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// call embeds one batch and checks what comes back.
func (e *Embedder) call(ctx context.Context, texts []string) ([][]float32, error) {
	limited, cancel := e.client.limit(ctx)
	defer cancel()
	own, took := textTokens(texts), 0
	meter := e.client.config.Meter
	held, err := meter.reserve(ctx, own.likely, own.most)
	if err != nil {
		return nil, e.client.unmetered(err)
	}
	defer func() { meter.settle(held, Tally{Embedding: took}) }()
	response, err := e.client.api.CreateEmbeddings(withTexts(limited, len(texts)), openai.EmbeddingRequestStrings{
		Input: texts, Model: openai.EmbeddingModel(e.client.model),
	})
	if err != nil {
		err = e.client.classify(ctx, err)
		if mayHaveCost(err) {
			took = own.likely
		}
		return nil, err
	}
	took = e.client.counted(response.Usage.PromptTokens, own)
	if response.Data == nil { // an error in the body of a 200 looks like this
		return nil, e.client.fail(ErrProtocol, 0, "an answer without data")
	}
	vectors, err := e.arrange(response.Data, len(texts))
	if err != nil {
		return nil, e.client.fail(rag.ErrBadVector, 0, strings.TrimPrefix(err.Error(), rag.ErrBadVector.Error()+": "))
	}
	return vectors, nil
}

// arrange puts the vectors in the order of the texts and scales them to length 1.
func (e *Embedder) arrange(data []openai.Embedding, want int) ([][]float32, error) {
	if len(data) != want {
		return nil, fmt.Errorf("%d vectors for %d texts", len(data), want)
	}
	vectors := make([][]float32, want)
	for _, d := range data {
		if d.Index < 0 || d.Index >= want || vectors[d.Index] != nil {
			return nil, fmt.Errorf("an index of %d twice or out of range, of %d", d.Index, want)
		}
		vectors[d.Index] = d.Embedding
	}
	return rag.UnitAll(want, vectors)
}
