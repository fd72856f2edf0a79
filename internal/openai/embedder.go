package openai

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"unicode/utf8"

	openai "github.com/sashabaranov/go-openai"

	"pilcrow/internal/rag"
)

const (
	maxBatchTexts = 96      // per call; OpenAI takes 2,048, small servers time out long before
	maxBatchBytes = 200_000 // per call: some 43,000 tokens, of the 300,000 that OpenAI takes

	// knownMaxBytes is for OpenAI's embedding models, which take 8,191 tokens. A token has at least one byte, so
	// that no text of any language is too long.
	knownMaxBytes = 8191
	// unknownMaxBytes is for all others: 512 tokens, as most of them take, at some 4 bytes each.
	unknownMaxBytes = 2000
)

// Embedder is a rag.Embedder over a server's /embeddings. It is safe for use by several goroutines.
type Embedder struct {
	client    *client
	task      task
	maxBytes  int
	dimension atomic.Int64 // of the first vector that came; all others have the same
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

// Embed asks for the vectors in batches, one after the other. A text without a character to embed is an error. The
// errors are *Error with the kinds of this package, rag.ErrBadVector, rag.ErrBudget, or the context's.
func (e *Embedder) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
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
	vectors := make([][]float32, 0, len(texts))
	for len(inputs) > 0 {
		n := batch(inputs)
		part, err := e.call(ctx, inputs[:n])
		if err != nil {
			return nil, fmt.Errorf("embed %d texts: %w", len(texts), err)
		}
		vectors, inputs = append(vectors, part...), inputs[n:]
	}
	return vectors, nil
}

// batch is how many of the texts go into the next call, at least one.
func batch(texts []string) int {
	size := 0
	for i, text := range texts {
		size += len(text)
		if i > 0 && (i == maxBatchTexts || size > maxBatchBytes) {
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
	response, err := e.client.api.CreateEmbeddings(limited, openai.EmbeddingRequestStrings{
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
	units, err := rag.UnitAll(want, vectors)
	if err != nil {
		return nil, err
	}
	dimension := int64(len(units[0]))
	if !e.dimension.CompareAndSwap(0, dimension) && e.dimension.Load() != dimension {
		return nil, fmt.Errorf("%d dimensions, and %d before", dimension, e.dimension.Load())
	}
	return units, nil
}
