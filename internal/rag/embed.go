package rag

import (
	"context"
	"fmt"
	"slices"

	"pilcrow/internal/article"
)

// embedBatch is how many texts are embedded between two reports of progress.
const embedBatch = 64

// embed gives every passage of an edition its vectors: those of the earlier editions, known ones from the store, the others from the
// embedder, kept as they come.
func (e *Engine) embed(ctx context.Context, ed *Edition, earlier []*Edition, r *Report, progress func(done, total int)) error {
	total := 0
	var texts []string
	var changed []int // documents
	for i, d := range ed.Corpus.Documents() {
		if ed.entries[i] = entriesOf(d, earlier); ed.entries[i] != nil {
			total += len(ed.entries[i])
			continue
		}
		changed = append(changed, i)
		for _, p := range d.Passages {
			for _, piece := range pieces(p.Text, e.config.Embedder.MaxBytes()) {
				ed.entries[i] = append(ed.entries[i], Entry{Ref: p.Ref})
				texts = append(texts, piece)
			}
		}
	}
	total += len(texts)
	vectors, missing, err := e.known(ctx, ed, earlier, changed, texts)
	if err != nil {
		return err
	}
	done := total - len(missing)
	r.Embedded, r.Reused = len(missing), done
	for batch := range slices.Chunk(missing, embedBatch) {
		got, err := e.embedNew(ctx, batch)
		if err != nil {
			return err
		}
		for k, text := range batch {
			vectors[text] = got[k]
		}
		done += len(batch)
		if progress != nil {
			progress(done, total)
		}
	}
	for _, i := range changed {
		for k := range ed.entries[i] {
			ed.entries[i][k].Vector = vectors[texts[k]]
		}
		texts = texts[len(ed.entries[i]):]
	}
	return nil
}

// entriesOf returns what the first of the editions that has the same document has of it; nil for none.
func entriesOf(d article.Document, earlier []*Edition) []Entry {
	for _, e := range earlier {
		if i, ok := e.index(d.Slug); ok && e.documents[i].digest == d.Digest() {
			return e.entries[i]
		}
	}
	return nil
}

// known returns the vectors by text that need no embedding, and the other texts, each once.
func (e *Engine) known(ctx context.Context, ed *Edition, earlier []*Edition, changed []int, texts []string) (vectors map[string][]float32, missing []string, err error) {
	vectors = make(map[string][]float32, len(texts))
	if len(changed) == 0 {
		return vectors, nil, nil
	}
	for _, old := range earlier {
		for i, d := range old.Corpus.Documents() {
			if k, ok := ed.index(d.Slug); ok && len(ed.entries[k]) > 0 && len(old.entries[i]) > 0 && &ed.entries[k][0] == &old.entries[i][0] {
				continue // taken over
			}
			k := 0
			for _, p := range d.Passages {
				for _, piece := range pieces(p.Text, e.config.Embedder.MaxBytes()) {
					vectors[piece] = old.entries[i][k].Vector
					k++
				}
			}
		}
	}
	asked := map[string]bool{}
	for _, text := range texts {
		if vectors[text] == nil && !asked[text] {
			asked[text] = true
			missing = append(missing, text)
		}
	}
	if e.config.Vectors == nil || len(missing) == 0 {
		return vectors, missing, nil
	}
	stored, err := e.config.Vectors.Lookup(ctx, e.config.Embedder.Model(), missing)
	if err != nil {
		return nil, nil, fmt.Errorf("look up stored vectors: %w", err)
	}
	if len(stored) != len(missing) {
		return nil, nil, fmt.Errorf("look up stored vectors: %d for %d texts", len(stored), len(missing))
	}
	unknown := missing[:0:0]
	for i, text := range missing {
		if stored[i] == nil {
			unknown = append(unknown, text)
			continue
		}
		vectors[text] = stored[i]
	}
	return vectors, unknown, nil
}

// embedNew has texts embedded and their vectors kept.
func (e *Engine) embedNew(ctx context.Context, texts []string) ([][]float32, error) {
	got, err := e.config.Embedder.Embed(ctx, Passage, texts)
	if err != nil {
		return nil, fmt.Errorf("embed %d passages: %w", len(texts), err)
	}
	if len(got) != len(texts) {
		return nil, fmt.Errorf("embed %d passages: the model answered with %d vectors", len(texts), len(got))
	}
	if e.config.Vectors != nil {
		if err := e.config.Vectors.Store(ctx, e.config.Embedder.Model(), texts, got); err != nil {
			return nil, fmt.Errorf("store %d vectors: %w", len(got), err)
		}
	}
	return got, nil
}

func pieces(text string, maxBytes int) []string {
	if maxBytes <= 0 || len(text) <= maxBytes {
		return []string{text}
	}
	var out []string
	for _, span := range article.Pieces(text, maxBytes) {
		out = append(out, span.Of(text))
	}
	return out
}
