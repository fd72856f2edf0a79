// Package corpus makes editions: the documents as they are loaded, with the indexes of their words and vectors. An
// Edition is immutable, and one question is answered from one of them. A Builder makes it out of those before it, so
// that what did not change is shared, and lets it lack vectors that cannot be had. An edition knows which documents a
// text names, in which language they may be asked, and which of their words a misspelled one may be.
package corpus

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/inverted"
	"pilcrow/internal/rag/vectors"
)

// An Edition is a loaded corpus with its indexes: what one question is answered from. It is immutable.
type Edition struct {
	Corpus   *article.Corpus
	LoadedAt time.Time

	Model    string       // of the vectors; see Embedder.Model
	blocks   []*rag.Block // the vectors of each document
	rows     []rows       // and their texts
	Words    *inverted.Index
	Meaning  rag.Meaning // what the vectors are worth
	searcher rag.Searcher
}

// Context is what is known of a whole document; nil for none.
func (ed *Edition) Context(slug string) *premise.Context {
	if d := ed.Words.Document(slug); d != nil {
		return d.Context()
	}
	return nil
}

// A Builder makes editions.
type Builder struct {
	Embedder rag.Embedder
	Maker    *vectors.Maker // of vectors, with the same embedder
	Index    rag.Index      // of all blocks, those in the depot, too
	Depot    rag.Depot      // nil: all vectors stay here
	// DepotFrom is how many paragraphs an edition has at least whose vectors go into the depot.
	DepotFrom int
	Meaning   rag.Meaning       // what the vectors are worth, as it is known before they are there
	Readings  *premise.Readings // shared by the contexts of all documents
	Logger    *slog.Logger
}

// Before is what an edition is made out of, as far as it has the same documents. Any of it may be nil.
type Before struct {
	Kin  *Edition // of another engine with the same embedder, which goes on using what is shared
	Old  *Edition // the one in use
	Kept *inverted.Kept
}

// A Tally counts what became of the texts of an edition.
type Tally struct {
	Embedded int   // texts that were embedded anew
	Reused   int   // texts whose vectors were known
	Missing  int   // texts that have no vector yet: until they do, they are found by their words; see Backlog
	Trouble  error // why, where it is not for want of time
}

// Build makes an edition of a corpus that was loaded at a time, and counts in t, which is zero, how it came about. That
// vectors cannot be had is no error.
func (b *Builder) Build(ctx context.Context, corpus *article.Corpus, loaded time.Time, before Before, t *Tally,
	w Work) (*Edition, error) {
	n := len(corpus.Documents())
	ed := &Edition{Corpus: corpus, LoadedAt: loaded, blocks: make([]*rag.Block, n), rows: make([]rows, n)}
	var earlier []*Edition
	for _, old := range []*Edition{before.Kin, before.Old} { // kin first, so that what both have is one
		if old != nil {
			earlier = append(earlier, old)
		}
	}
	var reading sync.WaitGroup
	var readErr error
	reading.Go(func() {
		ed.Words, readErr = inverted.New(corpus, b.Readings, wordsOf(earlier), before.Kin.Index(), before.Kept)
	})
	if ed.Model = b.Embedder.Model(); ed.unread(earlier, before.Kept) > apartFrom {
		if reading.Wait(); readErr != nil {
			return nil, readErr
		}
	}
	w.kin = before.Kin
	err := b.embed(ctx, ed, earlier, t, w)
	if err == nil {
		ed.Meaning = b.meaningOf(ctx, ed, earlier, t.Trouble == nil)
		if ed.searcher, err = b.Index.Build(ctx, ed.blocks); err != nil {
			err = fmt.Errorf("build the index: %w", err)
		}
	}
	reading.Wait()
	if err = cmp.Or(err, readErr); err != nil {
		return nil, err
	}
	return ed, nil
}

// wordsOf are the indexes of editions.
func wordsOf(editions []*Edition) []*inverted.Index {
	out := make([]*inverted.Index, len(editions))
	for i, ed := range editions {
		out[i] = ed.Words
	}
	return out
}

// Index is the index of an edition; nil of none.
func (ed *Edition) Index() *inverted.Index {
	if ed == nil {
		return nil
	}
	return ed.Words
}

// apartFrom is how many bytes of new text are read before their vectors are fetched or made, and not at the same time:
// what reading needs while it lasts is ten times the text, and the vectors are as much again.
const apartFrom = 1 << 20

// unread is how many bytes of text neither an earlier edition has with vectors nor a run before has kept.
func (ed *Edition) unread(earlier []*Edition, kept *inverted.Kept) int {
	bytes := 0
	for _, d := range ed.Corpus.Documents() {
		if old, _ := earlierOf(ed, d, earlier); old == nil && !kept.Has(d) {
			for _, p := range d.Passages {
				bytes += len(p.Text)
			}
		}
	}
	return bytes
}

// Vectorless reports whether there is nothing to compare a question with.
func (ed *Edition) Vectorless() bool {
	return !slices.ContainsFunc(ed.blocks, func(b *rag.Block) bool { return b.Len() > 0 })
}

// Lacking is how many texts of the edition have no vector of a model.
func (ed *Edition) Lacking(model string) int {
	lacking, other := 0, ed.Model != model
	if ed.Unmeasured() {
		lacking++
	}
	for i, r := range ed.rows {
		if lacking += r.lacking; other {
			lacking += ed.blocks[i].Len()
		}
	}
	return lacking
}

// Lacks returns how many vectors of the model an edition has, and the texts that have none, each once.
func (ed *Edition) Lacks(maker *vectors.Maker, model string) (have int, missing []string) {
	known := map[string]bool{}
	for i, d := range ed.Corpus.Documents() {
		if ed.Model == model {
			if have += ed.blocks[i].Len(); ed.rows[i].lacking == 0 {
				continue
			}
			for _, text := range ed.rows[i].of(d, maker) {
				known[text] = true
			}
		}
		for _, p := range d.Passages {
			for _, text := range maker.Pieces(p) {
				if !known[text] {
					known[text] = true
					missing = append(missing, text)
				}
			}
		}
	}
	if ed.Unmeasured() { // a new edition then finds them
		missing = append(missing, vectors.Unrelated...)
	}
	return have, missing
}
