// Package vectors makes the vectors of texts: what is too long for a model is cut, what is kept is looked up, and the
// rest is embedded and kept. It knows a model behind a server by its fingerprint, so that vectors of different models
// never meet, and what unrelated texts score with it.
package vectors

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"

	"pilcrow/internal/rag"
)

// embedBatch is how many texts are embedded between two reports of progress.
const embedBatch = 64

// A Maker makes the vectors of texts: it cuts what is too long for the model, looks up what is kept, has the rest
// embedded and keeps it. It is safe for use by several goroutines.
type Maker struct {
	embedder rag.Embedder
	store    rag.Vectors // nil: nothing is kept
	heads    bool        // what is embedded of a passage begins with title and heading: see rag.Meaning
	logger   *slog.Logger

	cutting sync.Mutex
	cuts    map[string][]string // by text: the pieces of what the model takes in pieces alone; guarded by cutting
}

// NewMaker makes vectors with an embedder; store may be nil, and heads is that of the rag.Meaning of the vectors.
func NewMaker(embedder rag.Embedder, store rag.Vectors, heads bool, logger *slog.Logger) *Maker {
	return &Maker{embedder: embedder, store: store, heads: heads, logger: logger, cuts: map[string][]string{}}
}

// Identify asks a server for its fingerprint, if the embedder is an Encoder: dimension is that of its model, 0 where
// none is known. Of other embedders there is nothing to ask.
func (m *Maker) Identify(ctx context.Context) (dimension int, server bool, err error) {
	encoder, ok := m.embedder.(*Encoder)
	if !ok {
		return 0, false, nil
	}
	dimension, err = encoder.identify(ctx)
	return dimension, true, err
}

// EmbedNew has the first of the texts embedded and their vectors kept. It returns what came, also with an error, and
// the texts that are left, among them the pieces of one that was too long.
func (m *Maker) EmbedNew(ctx context.Context, texts []string) (vectors map[string][]float32, rest []string,
	err error) {
	batch := texts[:min(embedBatch, len(texts))]
	model := m.embedder.Model()
	got, err := m.embedder.Embed(ctx, rag.Passage, batch)
	if err == nil && len(got) != len(batch) {
		got, err = nil, fmt.Errorf("%w: %d vectors for %d texts", rag.ErrBadVector, len(got), len(batch))
	}
	got, err = usable(got, err)
	m.keep(ctx, model, batch[:len(got)], got)
	vectors = make(map[string][]float32, len(got))
	for i, vector := range got {
		vectors[batch[i]] = vector
	}
	rest = texts[len(got):]
	if errors.Is(err, rag.ErrTextTooLong) && len(rest) > 0 {
		smaller := m.cut(rest[0])
		m.logger.WarnContext(ctx, "a paragraph is too long for the embedding model, and embedded in pieces: with a "+
			"limit that fits they are better",
			"bytes", len(rest[0]), "pieces", len(smaller), "setting", "PILCROW_EMBEDDING_TOKENS")
		m.keep(ctx, model+cutMark, rest[:1], [][]float32{{1}})
		known := map[string][]float32{}
		if smaller, err = m.Stored(ctx, smaller, known, len(first(got))); err != nil {
			return vectors, rest, err
		}
		maps.Copy(vectors, known)
		return vectors, slices.Concat(smaller, rest[1:]), nil
	}
	if err != nil {
		err = fmt.Errorf("embed %d passages: %w", len(batch), err)
	}
	return vectors, rest, err
}

// usable are the vectors if all of them are.
func usable(got [][]float32, err error) ([][]float32, error) {
	units, bad := rag.UnitAll(len(got), got)
	if bad != nil {
		return nil, errors.Join(bad, err)
	}
	return units, err
}
