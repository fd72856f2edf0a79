package ask

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/inverted"
)

// An Edition is a loaded corpus with its indexes: what one question is answered from. It is immutable.
type Edition struct {
	Corpus   *article.Corpus
	LoadedAt time.Time

	model    string       // of the vectors; see Embedder.Model
	blocks   []*rag.Block // the vectors of each document
	rows     []rows       // and their texts
	words    *inverted.Index
	searcher rag.Searcher
	meaning  rag.Meaning
}

// context is what is known of a whole document; nil for none.
func (ed *Edition) context(slug string) *claim.Context {
	if d := ed.words.Document(slug); d != nil {
		return d.Context()
	}
	return nil
}

// newEdition makes an edition of a corpus, out of the one in use and that of kin as far as they have the same.
func (e *Engine) newEdition(ctx context.Context, corpus *article.Corpus, start time.Time, r *Report, w work) (*Edition,
	error) {
	n := len(corpus.Documents())
	ed := &Edition{Corpus: corpus, LoadedAt: start, blocks: make([]*rag.Block, n), rows: make([]rows, n)}
	var earlier []*Edition
	var kin *Edition
	if e.config.Kin != nil && e.config.Kin.config.Embedder.Model() == e.config.Embedder.Model() {
		if kin = e.config.Kin.edition.Load(); kin != nil {
			earlier = append(earlier, kin) // first, so that what both have is one
		}
	}
	if old := e.edition.Load(); old != nil {
		earlier = append(earlier, old)
	}
	var reading sync.WaitGroup
	var readErr error
	kept := e.cached(ctx)
	reading.Go(func() { ed.words, readErr = inverted.New(corpus, e.readings, wordsOf(earlier), kin.index(), kept) })
	if ed.model = e.config.Embedder.Model(); ed.unread(earlier, kept) > apartFrom {
		if reading.Wait(); readErr != nil {
			return nil, readErr
		}
	}
	err := e.embed(ctx, ed, earlier, r, w)
	if err == nil {
		ed.meaning = e.meaningOf(ctx, ed, earlier, r.Trouble == nil)
		if ed.searcher, err = e.config.Index.Build(ctx, ed.blocks); err != nil {
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
		out[i] = ed.words
	}
	return out
}

// index is the index of an edition; nil of none.
func (ed *Edition) index() *inverted.Index {
	if ed == nil {
		return nil
	}
	return ed.words
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

// cached is what an engine before kept of the documents; nil for nothing, and where there is an edition already.
func (e *Engine) cached(ctx context.Context) *inverted.Kept {
	if e.config.Words == nil || e.edition.Load() != nil {
		return nil
	}
	words, err := e.config.Words.Read()
	if err != nil {
		e.config.Logger.InfoContext(ctx, "what is kept of the documents cannot be used: they are read again", "error", err)
	}
	return words
}

// Report is what a reload did.
type Report struct {
	Changed   bool // false: the content is the same as before, and nothing was done
	Documents int
	Passages  int
	Embedded  int           // texts that were embedded anew
	Reused    int           // texts whose vectors were known
	Missing   int           // texts that have no vector yet: until they do, they are found by their words; see Backlog
	Trouble   error         // why, where it is not for want of time
	Problems  error         // files that were left out, as file:line; nil for none
	Took      time.Duration //
}

// ErrBusy says that a reload is already running.
var ErrBusy = errors.New("a reload is already running: wait for it to end")

// Reload reads the documents again and, if their content changed or lacks vectors, swaps in a new edition in one step.
// On any error the old edition goes on serving. That vectors cannot be had is none: what lacks them is found by its
// words, and the report says so. A second reload at the same time gets ErrBusy. progress, if not nil, is called with
// the number of texts that have vectors.
func (e *Engine) Reload(ctx context.Context, progress func(done, total int)) (Report, error) {
	if !e.reloading.TryLock() {
		return Report{}, ErrBusy
	}
	defer e.reloading.Unlock()
	start := time.Now()
	corpus, problems := e.config.Load()
	if corpus == nil || corpus.Len() == 0 {
		return Report{}, cmpErr(problems, errors.New("there are no documents to answer about"))
	}
	if problems != nil && e.edition.Load() != nil {
		// A file that has become unreadable must not silently take its document away from the readers.
		return Report{Documents: len(corpus.Documents()), Passages: corpus.Len(), Problems: problems},
			fmt.Errorf("the documents in use stay as they are: %w", problems)
	}
	r, err := e.replace(ctx, corpus, start, progress, nil)
	r.Problems = problems
	return r, err
}

// Replace puts a corpus, which may be empty, in the place of the documents in use, as Reload does. commit, if not nil,
// is called when all else that can fail is done, also where the content is the same: if it returns an error, the old
// edition goes on serving; when it returns nil, the new one is in use before Replace returns.
func (e *Engine) Replace(ctx context.Context, corpus *article.Corpus, progress func(done, total int),
	commit func() error) (Report, error) {
	if !e.reloading.TryLock() {
		return Report{}, ErrBusy
	}
	defer e.reloading.Unlock()
	return e.replace(ctx, corpus, time.Now(), progress, commit)
}

func (e *Engine) replace(ctx context.Context, corpus *article.Corpus, start time.Time, progress func(done, total int),
	commit func() error,
) (Report, error) {
	r := Report{Documents: len(corpus.Documents()), Passages: corpus.Len()}
	var next *Edition // nil: the same as before
	old := e.edition.Load()
	same := old != nil && old.Corpus.Digest() == corpus.Digest()
	if !same || e.Lacking() > 0 {
		var err error
		if next, err = e.newEdition(ctx, corpus, start, &r,
			work{progress: progress, patience: e.config.Patience}); err != nil {
			return r, err
		}
		if same {
			next.LoadedAt = old.LoadedAt
		}
	}
	if commit != nil {
		if err := commit(); err != nil {
			return r, err
		}
	}
	if next != nil {
		e.edition.Store(next)
		r.Changed = !same
		if e.config.Words != nil {
			if err := e.config.Words.Write(next.words); err != nil {
				e.config.Logger.WarnContext(ctx, "what was read of the documents is not kept: the next start reads them again",
					"error", err)
			}
		}
	}
	if r.Missing > 0 || e.Lacking() > 0 {
		e.config.Backlog.add(e, r.Trouble)
	}
	if r.Trouble != nil && !errors.Is(r.Trouble, rag.ErrBudget) { // said once a day by who counts
		e.config.Logger.WarnContext(ctx, "paragraphs could not be embedded; they are found by their words", "missing",
			r.Missing, "error", r.Trouble)
	}
	r.Took = time.Since(start)
	return r, nil
}

// vectorless reports whether there is nothing to compare a question with.
func (ed *Edition) vectorless() bool {
	return !slices.ContainsFunc(ed.blocks, func(b *rag.Block) bool { return b.Len() > 0 })
}

// Lacking is how many texts of the documents in use have no vector of the model of now.
func (e *Engine) Lacking() int {
	ed := e.edition.Load()
	if ed == nil {
		return 0
	}
	lacking, other := 0, ed.model != e.config.Embedder.Model()
	if ed.unmeasured() {
		lacking++
	}
	for i, r := range ed.rows {
		if lacking += r.lacking; other {
			lacking += ed.blocks[i].Len()
		}
	}
	return lacking
}

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
