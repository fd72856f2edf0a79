package ask

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

const (
	// embedBatch is how many texts are embedded between two reports of progress.
	embedBatch = 64
	// packBytes is how much new text is looked up and embedded before its vectors are packed into blocks: what comes from
	// a store or a server takes several times the memory of what is kept of it.
	packBytes = 1 << 18
	// modelChanges are followed within one reload; a server that changes more often is left to the words.
	modelChanges = 2
)

// embed gives every document of an edition its vectors: those of the earlier editions, known ones from the store and
// those in fresh, the others from the embedder, kept as they come. Vectors that cannot be had do not keep the edition
// back: it lacks them.
func (e *Engine) embed(ctx context.Context, ed *Edition, earlier []*Edition, r *Report, w work) error {
	for n := 0; ; n++ {
		err := e.embedAs(ctx, ed, earlier, r, w)
		switch {
		case !errors.Is(err, ErrModelChanged):
			return err
		case n == modelChanges:
			w.patience = never
		}
		r.Embedded, r.Reused, w.fresh = 0, 0, nil
	}
}

// A work says how an edition comes to its vectors.
type work struct {
	progress func(done, total int) // nil tells nobody
	fresh    map[string][]float32  // by text: of the model of now
	patience time.Duration         // how long the embedder may be asked; 0: as long as it takes
}

// never is a patience that asks for nothing.
const never = -1

// embedAs is embed, while the model stays the same.
func (e *Engine) embedAs(ctx context.Context, ed *Edition, earlier []*Edition, r *Report, w work) error {
	ed.model = e.config.Embedder.Model()
	if !Embeds(e.config.Embedder) {
		ed.unembedded(earlier, r)
		return nil
	}
	p := packer{engine: e, edition: ed, report: r, work: w}
	if w.patience != 0 {
		p.until = time.Now().Add(w.patience)
	}
	for i, d := range ed.Corpus.Documents() {
		if old, k := earlierOf(ed, d, earlier); old != nil && old.rows[k].lacking == 0 {
			ed.blocks[i], ed.rows[i] = old.blocks[k], old.rows[k]
			p.total += old.blocks[k].Len()
			r.Reused += old.blocks[k].Len()
			continue
		}
		ed.blocks[i], ed.rows[i] = nil, rows{}
		p.changed = append(p.changed, i)
		for _, passage := range d.Passages {
			p.total += len(e.pieces(passage))
		}
	}
	if len(p.changed) == 0 {
		return nil
	}
	if encoder, ok := e.config.Embedder.(*Encoder); ok {
		// What is kept is of no use before it is known whose it is.
		limited, cancel := p.limit(ctx)
		defer cancel()
		var err error
		if p.dimension, err = encoder.identify(limited); errors.Is(err, ErrModelChanged) || ctx.Err() != nil {
			return err
		}
		p.stranger = p.dimension == 0
		if limited.Err() == nil {
			r.Trouble = err
		}
	}
	p.known = e.embedded(ed, earlier)
	maps.Copy(p.known, w.fresh)
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

// rows are the texts of which a document has vectors.
type rows struct {
	texts   []string // of each row of the block; nil: the pieces of the passages, in order
	lacking int      // texts of the document without a vector
}

// earlierOf returns the first of the editions that has the same document with vectors of the same model, and the
// document's place there.
func earlierOf(ed *Edition, d article.Document, earlier []*Edition) (*Edition, int) {
	for _, old := range earlier {
		if i, ok := old.words.HasDocument(d); ok && old.model == ed.model {
			return old, i
		}
	}
	return nil, 0
}

// embedded returns the vectors by text that the earlier editions have in documents that were not taken over.
func (e *Engine) embedded(ed *Edition, earlier []*Edition) map[string][]float32 {
	known := map[string][]float32{}
	for _, old := range earlier {
		if old.model != ed.model {
			continue
		}
		for i, d := range old.Corpus.Documents() {
			if k, ok := ed.Corpus.Place(d.Slug); ok && ed.blocks[k] != nil && ed.blocks[k] == old.blocks[i] {
				continue
			}
			for row, text := range old.rows[i].of(d, e) {
				known[text] = old.blocks[i].Row(row)
			}
		}
	}
	return known
}

// of returns the text of each row.
func (r rows) of(d article.Document, e *Engine) []string {
	if r.texts != nil {
		return r.texts
	}
	var texts []string
	for _, p := range d.Passages {
		texts = append(texts, e.plainPieces(p)...)
	}
	return texts
}

// A packer makes the blocks of changed documents, some at a time.
type packer struct {
	engine  *Engine
	edition *Edition
	work
	changed []int                // documents
	known   map[string][]float32 // by text: rows of blocks
	report  *Report
	total   int       // texts of the edition
	until   time.Time // when the embedder is asked no more; zero: never
	// Of a server's model: its dimension, 0 for that of whatever is kept, and whether it was never seen.
	dimension int
	stranger  bool
}

// limit ends what is asked of the embedder with the patience.
func (p *packer) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if p.until.IsZero() {
		return ctx, func() {}
	}
	return context.WithDeadline(ctx, p.until)
}

// pack makes the blocks of some documents.
func (p *packer) pack(ctx context.Context, documents []int) error {
	var missing []string
	all := 0
	asked := map[string]bool{}
	for _, i := range documents {
		for _, passage := range p.edition.Corpus.Documents()[i].Passages {
			for _, piece := range p.engine.pieces(passage) {
				if all++; p.known[piece] == nil && !asked[piece] {
					asked[piece] = true
					missing = append(missing, piece)
				}
			}
		}
	}
	vectors := make(map[string][]float32, len(missing))
	if !p.stranger {
		var err error
		if missing, err = p.engine.stored(ctx, missing, vectors, p.dimension); err != nil {
			return err
		}
	}
	p.report.Reused += all - len(missing)
	if err := p.embed(ctx, missing, vectors); err != nil {
		return err
	}
	for _, i := range documents {
		if err := p.block(i, vectors); err != nil {
			return err
		}
	}
	return nil
}

// embed adds what the embedder makes of the texts, as far as it is asked and answers. Only what ends the whole reload
// is an error.
func (p *packer) embed(ctx context.Context, missing []string, vectors map[string][]float32) error {
	limited, cancel := p.limit(ctx)
	defer cancel()
	for len(missing) > 0 && p.report.Trouble == nil && limited.Err() == nil {
		got, rest, err := p.engine.embedNew(limited, missing)
		maps.Copy(vectors, got)
		p.report.Embedded += len(got)
		switch missing = rest; {
		case ctx.Err() != nil:
			return fmt.Errorf("embed %d passages: %w", len(missing), ctx.Err())
		case errors.Is(err, ErrModelChanged):
			return err
		case err != nil && limited.Err() == nil:
			p.report.Trouble = err
		}
		if p.progress != nil && len(got) > 0 {
			p.progress(p.report.Reused+p.report.Embedded, p.total)
		}
	}
	return nil
}

// block makes the block of a document of the vectors that there are.
func (p *packer) block(i int, fresh map[string][]float32) error {
	d := p.edition.Corpus.Documents()[i]
	var paragraph []int32
	var vectors [][]float32
	r := rows{texts: []string{}}
	plain := true
	for k, passage := range d.Passages {
		cut := p.engine.pieces(passage)
		plain = plain && slices.Equal(cut, p.engine.plainPieces(passage))
		for _, text := range cut {
			vector := p.known[text]
			if vector == nil {
				vector = fresh[text]
			}
			if vector == nil {
				r.lacking++
				continue
			}
			paragraph, vectors, r.texts = append(paragraph, int32(k)), append(vectors, vector), append(r.texts, text)
		}
	}
	b, err := rag.NewBlock(len(d.Passages), paragraph, vectors)
	if err != nil {
		return fmt.Errorf("vectors of %s: %w", d.Slug, err)
	}
	for k, text := range r.texts {
		p.known[text] = b.Row(k)
	}
	if plain && r.lacking == 0 {
		r.texts = nil
	}
	p.report.Missing += r.lacking
	p.edition.blocks[i], p.edition.rows[i] = b, r
	return nil
}

// embedNew has the first of the texts embedded and their vectors kept. It returns what came, also with an error, and
// the texts that are left, among them the pieces of one that was too long.
func (e *Engine) embedNew(ctx context.Context, texts []string) (vectors map[string][]float32, rest []string,
	err error) {
	batch := texts[:min(embedBatch, len(texts))]
	model := e.config.Embedder.Model()
	got, err := e.config.Embedder.Embed(ctx, rag.Passage, batch)
	if err == nil && len(got) != len(batch) {
		got, err = nil, fmt.Errorf("%w: %d vectors for %d texts", rag.ErrBadVector, len(got), len(batch))
	}
	got, err = usable(got, err)
	e.keep(ctx, model, batch[:len(got)], got)
	vectors = make(map[string][]float32, len(got))
	for i, vector := range got {
		vectors[batch[i]] = vector
	}
	rest = texts[len(got):]
	if errors.Is(err, rag.ErrTextTooLong) && len(rest) > 0 {
		smaller := e.cut(rest[0])
		e.config.Logger.WarnContext(ctx, "a paragraph is too long for the embedding model, and embedded in pieces: with a "+
			"limit that fits they are better",
			"bytes", len(rest[0]), "pieces", len(smaller), "setting", "PILCROW_EMBEDDING_TOKENS")
		e.keep(ctx, model+cutMark, rest[:1], [][]float32{{1}})
		known := map[string][]float32{}
		if smaller, err = e.stored(ctx, smaller, known, len(first(got))); err != nil {
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
