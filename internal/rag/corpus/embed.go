package corpus

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/vectors"
)

// embed gives every document of an edition its vectors: those of the earlier editions, known ones from the store and
// those in fresh, the others from the embedder, kept as they come. Vectors that cannot be had do not keep the edition
// back: it lacks them.
func (b *Builder) embed(ctx context.Context, ed *Edition, earlier []*Edition, t *Tally, w Work) error {
	for n := 0; ; n++ {
		err := b.embedAs(ctx, ed, earlier, t, w)
		switch {
		case !errors.Is(err, vectors.ErrModelChanged):
			return err
		case n == modelChanges:
			w.Patience = Never
		}
		t.Embedded, t.Reused, w.Fresh = 0, 0, nil
	}
}

// A Work says how an edition comes to its vectors.
type Work struct {
	Progress func(done, total int) // nil tells nobody
	Fresh    map[string][]float32  // by text: of the model of now
	Patience time.Duration         // how long the embedder may be asked; 0: as long as it takes

	kin *Edition // see Before
}

// Never is a Patience that asks for nothing.
const Never = -1

const (
	// packBytes is how much new text is looked up and embedded before its vectors are packed into blocks: what comes from
	// a store or a server takes several times the memory of what is kept of it.
	packBytes = 1 << 18
	// modelChanges are followed within one reload; a server that changes more often is left to the words.
	modelChanges = 2
)

// embedAs is embed, while the model stays the same.
func (b *Builder) embedAs(ctx context.Context, ed *Edition, earlier []*Edition, t *Tally, w Work) error {
	ed.Model = b.Embedder.Model()
	if !vectors.Embeds(b.Embedder) {
		ed.unembedded(earlier, t)
		return nil
	}
	p := packer{maker: b.Maker, edition: ed, tally: t, Work: w}
	if w.Patience != 0 {
		p.until = time.Now().Add(w.Patience)
	}
	if b.Depot != nil && ed.Corpus.Len() >= b.DepotFrom {
		p.depot, p.logger = b.Depot, b.Logger
	}
	for i, d := range ed.Corpus.Documents() {
		if old, k := earlierOf(ed, d, earlier); old != nil && old.rows[k].lacking == 0 {
			ed.blocks[i], ed.rows[i] = old.blocks[k], old.rows[k]
			p.total += old.blocks[k].Len()
			t.Reused += old.blocks[k].Len()
			continue
		}
		ed.blocks[i], ed.rows[i] = nil, rows{}
		p.changed = append(p.changed, i)
		for _, passage := range d.Passages {
			p.total += len(b.Maker.Pieces(passage))
		}
	}
	if len(p.changed) == 0 {
		p.depositAll(ctx)
		return nil
	}
	if ended, err := p.identify(ctx); ended {
		return err
	}
	p.known = p.embedded(ctx, b.Depot, earlier)
	maps.Copy(p.known, w.Fresh)
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
	p.depositAll(ctx)
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
		if i, ok := old.Words.HasDocument(d); ok && old.Model == ed.Model {
			return old, i
		}
	}
	return nil, 0
}

// embedded returns the vectors by text that the earlier editions have in documents that were not taken over. Of what
// is on the depot those of documents that changed are fetched.
func (p *packer) embedded(ctx context.Context, depot rag.Depot, earlier []*Edition) map[string][]float32 {
	known := map[string][]float32{}
	ed := p.edition
	for _, old := range earlier {
		if old.Model != ed.Model {
			continue
		}
		for i, d := range old.Corpus.Documents() {
			k, ok := ed.Corpus.Place(d.Slug)
			if ok && ed.blocks[k] != nil && ed.blocks[k] == old.blocks[i] {
				continue
			}
			block := old.blocks[i]
			if block.Place() != 0 {
				if !ok || depot == nil {
					continue
				}
				var err error
				if block, err = depot.Take(ctx, block); err != nil { // then they are looked up, or made again
					continue
				}
			}
			for row, text := range old.rows[i].of(d, p.maker) {
				known[text] = block.Row(row)
			}
		}
	}
	return known
}

// of returns the text of each row.
func (r rows) of(d article.Document, maker *vectors.Maker) []string {
	if r.texts != nil {
		return r.texts
	}
	var texts []string
	for _, p := range d.Passages {
		texts = append(texts, maker.PlainPieces(p)...)
	}
	return texts
}

// A packer makes the blocks of changed documents, some at a time.
type packer struct {
	maker   *vectors.Maker
	edition *Edition
	Work
	changed []int                // documents
	known   map[string][]float32 // by text: rows of blocks
	tally   *Tally
	total   int       // texts of the edition
	until   time.Time // when the embedder is asked no more; zero: never
	// Of a server's model: its dimension, 0 for that of whatever is kept, and whether it was never seen.
	dimension int
	stranger  bool
	// Where the vectors of whole documents go; nil: nowhere, or not any more, as it failed.
	depot  rag.Depot
	logger *slog.Logger
}

// limit ends what is asked of the embedder with the patience.
func (p *packer) limit(ctx context.Context) (context.Context, context.CancelFunc) {
	if p.until.IsZero() {
		return ctx, func() {}
	}
	return context.WithDeadline(ctx, p.until)
}

// identify has a server's model known: what is kept is of no use before it is known whose it is. ended tells that the
// edition is not to be made now.
func (p *packer) identify(ctx context.Context) (ended bool, err error) {
	limited, cancel := p.limit(ctx)
	defer cancel()
	dimension, server, err := p.maker.Identify(limited)
	if !server {
		return false, nil
	}
	p.dimension = dimension
	if errors.Is(err, vectors.ErrModelChanged) || ctx.Err() != nil {
		return true, err
	}
	p.stranger = p.dimension == 0
	if limited.Err() == nil {
		p.tally.Trouble = err
	}
	return false, nil
}

// pack makes the blocks of some documents.
func (p *packer) pack(ctx context.Context, documents []int) error {
	documents = p.undeposited(ctx, documents)
	var missing []string
	all := 0
	asked := map[string]bool{}
	for _, i := range documents {
		for _, passage := range p.edition.Corpus.Documents()[i].Passages {
			for _, piece := range p.maker.Pieces(passage) {
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
		if missing, err = p.maker.Stored(ctx, missing, vectors, p.dimension); err != nil {
			return err
		}
	}
	p.tally.Reused += all - len(missing)
	if err := p.embed(ctx, missing, vectors); err != nil {
		return err
	}
	for _, i := range documents {
		if err := p.block(i, vectors); err != nil {
			return err
		}
		p.deposit(ctx, i)
		for k, text := range p.edition.rows[i].of(p.edition.Corpus.Documents()[i], p.maker) {
			if b := p.edition.blocks[i]; b.Place() == 0 {
				p.known[text] = b.Row(k)
			}
		}
	}
	return nil
}

// embed adds what the embedder makes of the texts, as far as it is asked and answers. Only what ends the whole reload
// is an error.
func (p *packer) embed(ctx context.Context, missing []string, made map[string][]float32) error {
	limited, cancel := p.limit(ctx)
	defer cancel()
	for len(missing) > 0 && p.tally.Trouble == nil && limited.Err() == nil {
		got, rest, err := p.maker.EmbedNew(limited, missing)
		maps.Copy(made, got)
		p.tally.Embedded += len(got)
		switch missing = rest; {
		case ctx.Err() != nil:
			return fmt.Errorf("embed %d passages: %w", len(missing), ctx.Err())
		case errors.Is(err, vectors.ErrModelChanged):
			return err
		case err != nil && limited.Err() == nil:
			p.tally.Trouble = err
		}
		if p.Progress != nil && len(got) > 0 {
			p.Progress(p.tally.Reused+p.tally.Embedded, p.total)
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
		cut := p.maker.Pieces(passage)
		plain = plain && slices.Equal(cut, p.maker.PlainPieces(passage))
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
	if plain && r.lacking == 0 {
		r.texts = nil
	}
	p.tally.Missing += r.lacking
	p.edition.blocks[i], p.edition.rows[i] = b, r
	return nil
}
