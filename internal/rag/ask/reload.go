package ask

import (
	"context"
	"errors"
	"fmt"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/inverted"
)

// newEdition makes an edition of a corpus, out of the one in use and that of kin as far as they have the same.
func (e *Engine) newEdition(ctx context.Context, documents *article.Corpus, loaded time.Time, t *corpus.Tally,
	w corpus.Work) (*corpus.Edition, error) {
	before := corpus.Before{Old: e.edition.Load(), Kept: e.cached(ctx)}
	if e.config.Kin != nil && e.config.Kin.config.Embedder.Model() == e.config.Embedder.Model() {
		before.Kin = e.config.Kin.edition.Load()
	}
	return e.builder.Build(ctx, documents, loaded, before, t, w)
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
	corpus.Tally
	Problems error         // files that were left out, as file:line; nil for none
	Took     time.Duration //
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
	documents, problems := e.config.Load()
	if documents == nil || documents.Len() == 0 {
		return Report{}, cmpErr(problems, errors.New("there are no documents to answer about"))
	}
	if problems != nil && e.edition.Load() != nil {
		// A file that has become unreadable must not silently take its document away from the readers.
		return Report{Documents: len(documents.Documents()), Passages: documents.Len(), Problems: problems},
			fmt.Errorf("the documents in use stay as they are: %w", problems)
	}
	r, err := e.replace(ctx, documents, start, progress, nil)
	r.Problems = problems
	return r, err
}

// Replace puts a corpus, which may be empty, in the place of the documents in use, as Reload does. commit, if not nil,
// is called when all else that can fail is done, also where the content is the same: if it returns an error, the old
// edition goes on serving; when it returns nil, the new one is in use before Replace returns.
func (e *Engine) Replace(ctx context.Context, documents *article.Corpus, progress func(done, total int),
	commit func() error) (Report, error) {
	if !e.reloading.TryLock() {
		return Report{}, ErrBusy
	}
	defer e.reloading.Unlock()
	return e.replace(ctx, documents, time.Now(), progress, commit)
}

func (e *Engine) replace(ctx context.Context, documents *article.Corpus, start time.Time,
	progress func(done, total int), commit func() error,
) (Report, error) {
	r := Report{Documents: len(documents.Documents()), Passages: documents.Len()}
	var next *corpus.Edition // nil: the same as before
	old := e.edition.Load()
	same := old != nil && old.Corpus.Digest() == documents.Digest()
	if !same || e.Lacking() > 0 {
		var err error
		if next, err = e.newEdition(ctx, documents, start, &r.Tally,
			corpus.Work{Progress: progress, Patience: e.config.Patience}); err != nil {
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
		e.use(ctx, next)
		r.Changed = !same
		if e.config.Words != nil {
			if err := e.config.Words.Write(next.Words); err != nil {
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

// use swaps an edition in. What the one before has in the depot leaves it, if no other has it.
func (e *Engine) use(ctx context.Context, next *corpus.Edition) {
	old := e.edition.Swap(next)
	gone := old.DepositedBeside(next)
	if len(gone) == 0 || e.config.Depot == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), leaveTimeout)
	defer cancel()
	if err := e.config.Depot.Leave(ctx, gone); err != nil {
		e.config.Logger.WarnContext(ctx, "vectors of documents that are gone stay where they are for a while", "error", err)
	}
}

// leaveTimeout is how long the depot may take to note what has gone.
const leaveTimeout = 5 * time.Second

// Lacking is how many texts of the documents in use have no vector of the model of now.
func (e *Engine) Lacking() int {
	ed := e.edition.Load()
	if ed == nil {
		return 0
	}
	return ed.Lacking(e.config.Embedder.Model())
}

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
