package rag

import (
	"context"
	"fmt"
	"slices"

	"pilcrow/internal/article"
)

const (
	// embedBatch is how many texts are embedded between two reports of progress.
	embedBatch = 64
	// packBytes is how much new text is looked up and embedded before its vectors are packed into blocks: what comes from a store or a
	// server takes several times the memory of what is kept of it.
	packBytes = 1 << 20
)

// embed gives every document of an edition its vectors: those of the earlier editions, known ones from the store, the others from the
// embedder, kept as they come.
func (e *Engine) embed(ctx context.Context, ed *Edition, earlier []*Edition, r *Report, progress func(done, total int)) error {
	p := packer{engine: e, edition: ed, report: r, progress: progress}
	for i, d := range ed.Corpus.Documents() {
		if ed.blocks[i] = blockOf(d, earlier); ed.blocks[i] != nil {
			p.total += ed.blocks[i].Len()
			r.Reused += ed.blocks[i].Len()
			continue
		}
		p.changed = append(p.changed, i)
		for _, passage := range d.Passages {
			p.total += len(pieces(passage.Text, e.config.Embedder.MaxBytes()))
		}
	}
	if len(p.changed) == 0 {
		return nil
	}
	p.known = e.embedded(ed, earlier)
	first, bytes := 0, 0
	for n, i := range p.changed {
		for _, passage := range ed.Corpus.Documents()[i].Passages {
			bytes += len(passage.Text)
		}
		if bytes >= packBytes || n == len(p.changed)-1 {
			if err := p.pack(ctx, p.changed[first:n+1]); err != nil {
				return err
			}
			first, bytes = n+1, 0
		}
	}
	return nil
}

// blockOf returns what the first of the editions that has the same document has of it; nil for none.
func blockOf(d article.Document, earlier []*Edition) *Block {
	for _, e := range earlier {
		if i, ok := e.index(d.Slug); ok && e.documents[i].digest == d.Digest() {
			return e.blocks[i]
		}
	}
	return nil
}

// embedded returns the vectors by text that the earlier editions have in documents that were not taken over.
func (e *Engine) embedded(ed *Edition, earlier []*Edition) map[string][]float32 {
	known := map[string][]float32{}
	for _, old := range earlier {
		for i, d := range old.Corpus.Documents() {
			if k, ok := ed.index(d.Slug); ok && ed.blocks[k] == old.blocks[i] {
				continue
			}
			row := 0
			for _, p := range d.Passages {
				for _, piece := range pieces(p.Text, e.config.Embedder.MaxBytes()) {
					known[piece] = old.blocks[i].Row(row)
					row++
				}
			}
		}
	}
	return known
}

// A packer makes the blocks of changed documents, some at a time.
type packer struct {
	engine   *Engine
	edition  *Edition
	changed  []int                // documents
	known    map[string][]float32 // by text: rows of blocks
	report   *Report
	progress func(done, total int)
	total    int // texts of the edition
}

// pack makes the blocks of some documents.
func (p *packer) pack(ctx context.Context, documents []int) error {
	var texts []string
	var missing []string
	asked := map[string]bool{}
	for _, i := range documents {
		for _, passage := range p.edition.Corpus.Documents()[i].Passages {
			for _, piece := range pieces(passage.Text, p.engine.config.Embedder.MaxBytes()) {
				texts = append(texts, piece)
				if p.known[piece] == nil && !asked[piece] {
					asked[piece] = true
					missing = append(missing, piece)
				}
			}
		}
	}
	vectors := make(map[string][]float32, len(missing))
	if err := p.engine.stored(ctx, missing, vectors); err != nil {
		return err
	}
	missing = slices.DeleteFunc(missing, func(text string) bool { return vectors[text] != nil })
	p.report.Reused += len(texts) - len(missing)
	p.report.Embedded += len(missing)
	done := p.report.Reused + p.report.Embedded - len(missing)
	for batch := range slices.Chunk(missing, embedBatch) {
		got, err := p.engine.embedNew(ctx, batch)
		if err != nil {
			return err
		}
		for k, text := range batch {
			vectors[text] = got[k]
		}
		if done += len(batch); p.progress != nil {
			p.progress(done, p.total)
		}
	}
	for _, i := range documents {
		var err error
		if texts, err = p.block(i, texts, vectors); err != nil {
			return err
		}
	}
	return nil
}

// block makes the block of a document, whose texts come first, and returns the texts of the next ones.
func (p *packer) block(i int, texts []string, fresh map[string][]float32) (rest []string, err error) {
	d := p.edition.Corpus.Documents()[i]
	var paragraph []int32
	for k, passage := range d.Passages {
		for range pieces(passage.Text, p.engine.config.Embedder.MaxBytes()) {
			paragraph = append(paragraph, int32(k))
		}
	}
	own, rest := texts[:len(paragraph)], texts[len(paragraph):]
	vectors := make([][]float32, len(own))
	for k, text := range own {
		if vectors[k] = p.known[text]; vectors[k] == nil {
			vectors[k] = fresh[text]
		}
	}
	b, err := NewBlock(len(d.Passages), paragraph, vectors)
	if err != nil {
		return nil, fmt.Errorf("vectors of %s: %w", d.Slug, err)
	}
	for k, text := range own {
		p.known[text] = b.Row(k)
	}
	p.edition.blocks[i] = b
	return rest, nil
}

// stored adds the vectors that the store has.
func (e *Engine) stored(ctx context.Context, texts []string, vectors map[string][]float32) error {
	if e.config.Vectors == nil || len(texts) == 0 {
		return nil
	}
	found, err := e.config.Vectors.Lookup(ctx, e.config.Embedder.Model(), texts)
	if err != nil {
		return fmt.Errorf("look up stored vectors: %w", err)
	}
	if len(found) != len(texts) {
		return fmt.Errorf("look up stored vectors: %d for %d texts", len(found), len(texts))
	}
	for i, text := range texts {
		if found[i] != nil {
			vectors[text] = found[i]
		}
	}
	return nil
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
