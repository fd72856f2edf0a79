package rag

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
)

// An Edition is a loaded corpus with its indexes: what one question is answered from. It is immutable.
type Edition struct {
	Corpus   *article.Corpus
	LoadedAt time.Time

	words    *lexicon
	searcher Searcher
	contexts map[string]func() *claim.Context // by slug; each is read when it is first needed
}

// context is what is known of a whole document; nil for none.
func (ed *Edition) context(slug string) *claim.Context {
	if c, ok := ed.contexts[slug]; ok {
		return c()
	}
	return nil
}

// newEdition indexes a corpus.
func newEdition(corpus *article.Corpus, searcher Searcher, at time.Time) *Edition {
	ed := &Edition{Corpus: corpus, LoadedAt: at, words: newLexicon(corpus), searcher: searcher, contexts: map[string]func() *claim.Context{}}
	for _, d := range corpus.Documents() {
		ed.contexts[d.Slug] = sync.OnceValue(func() *claim.Context { return claim.NewContext(d) })
	}
	return ed
}

// Report is what a reload did.
type Report struct {
	Changed   bool // false: the content is the same as before, and nothing was done
	Documents int
	Passages  int
	Embedded  int           // texts that were embedded anew
	Reused    int           // texts whose vectors were known
	Problems  error         // files that were left out, as file:line; nil for none
	Took      time.Duration //
}

// ErrBusy says that a reload is already running.
var ErrBusy = errors.New("a reload is already running: wait for it to end")

// embedBatch is how many texts are embedded between two reports of progress.
const embedBatch = 64

// Reload reads the documents again and, if their content changed, swaps in a new edition in one step. On any error the old
// edition goes on serving. A second reload at the same time gets ErrBusy. progress, if not nil, is called with the number of
// texts that have vectors.
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

// Replace puts a corpus, which may be empty, in the place of the documents in use, as Reload does. commit, if not nil, is
// called when all else that can fail is done, also where the content is the same: if it returns an error, the old edition goes
// on serving; when it returns nil, the new one is in use before Replace returns.
func (e *Engine) Replace(ctx context.Context, corpus *article.Corpus, progress func(done, total int), commit func() error) (Report, error) {
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
	if old := e.edition.Load(); old == nil || old.Corpus.Digest() != corpus.Digest() {
		entries, err := e.embed(ctx, corpus, &r, progress)
		if err != nil {
			return r, err
		}
		searcher, err := e.config.Index.Build(ctx, entries)
		if err != nil {
			return r, fmt.Errorf("build the index: %w", err)
		}
		next = newEdition(corpus, searcher, start)
	}
	if commit != nil {
		if err := commit(); err != nil {
			return r, err
		}
	}
	if next != nil {
		e.edition.Store(next)
		r.Changed = true
	}
	r.Took = time.Since(start)
	return r, nil
}

// embed gives every passage its vectors: known ones from the store, the others from the embedder, kept as they come.
func (e *Engine) embed(ctx context.Context, corpus *article.Corpus, r *Report, progress func(done, total int)) ([]Entry, error) {
	var refs []article.Ref
	var texts []string
	for p := range corpus.Passages() {
		for _, piece := range pieces(p.Text, e.config.Embedder.MaxBytes()) {
			refs = append(refs, p.Ref)
			texts = append(texts, piece)
		}
	}
	vectors := make([][]float32, len(texts))
	model := e.config.Embedder.Model()
	if e.config.Vectors != nil {
		known, err := e.config.Vectors.Lookup(ctx, model, texts)
		if err != nil {
			return nil, fmt.Errorf("look up stored vectors: %w", err)
		}
		copy(vectors, known)
	}
	var missing []int // one position per distinct text
	first := map[string]int{}
	for i, v := range vectors {
		if _, seen := first[texts[i]]; v == nil && !seen {
			first[texts[i]] = i
			missing = append(missing, i)
		}
	}
	done := len(texts) - len(missing)
	for batch := range slices.Chunk(missing, embedBatch) {
		ask := make([]string, len(batch))
		for k, i := range batch {
			ask[k] = texts[i]
		}
		got, err := e.config.Embedder.Embed(ctx, Passage, ask)
		if err != nil {
			return nil, fmt.Errorf("embed %d passages: %w", len(ask), err)
		}
		if len(got) != len(ask) {
			return nil, fmt.Errorf("embed %d passages: the model answered with %d vectors", len(ask), len(got))
		}
		if e.config.Vectors != nil {
			if err := e.config.Vectors.Store(ctx, model, ask, got); err != nil {
				return nil, fmt.Errorf("store %d vectors: %w", len(got), err)
			}
		}
		for k, i := range batch {
			vectors[i] = got[k]
		}
		done += len(batch)
		if progress != nil {
			progress(done, len(texts))
		}
	}
	r.Embedded, r.Reused = len(missing), len(texts)-len(missing)
	entries := make([]Entry, len(texts))
	for i, v := range vectors {
		if v == nil {
			v = vectors[first[texts[i]]]
		}
		entries[i] = Entry{Ref: refs[i], Vector: v}
	}
	return entries, nil
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

func cmpErr(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}
