package ask

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/vectors"
)

// A Backlog goes on embedding what the reloads of some engines left without vectors, one engine after the other, so
// that a server that is away is asked by one. The nil Backlog does nothing. It is safe for use by several goroutines.
type Backlog struct {
	config BacklogConfig
	wake   chan struct{} // holds an element when an engine was added

	mu      sync.Mutex
	engines []*Engine // each once, in the order in which it is their turn
	done    int       // texts since there was nothing to do
	trouble error     // how the last attempt ended; nil: well
}

// BacklogConfig is what a Backlog is made of.
type BacklogConfig struct {
	Logger *slog.Logger  // nil discards
	Wait   time.Duration // before a failed attempt is made again, each further time twice as long; 0 means 5 s
}

const (
	backlogWait = 5 * time.Second
	backlogMost = 5 * time.Minute // between two attempts
	// backlogTell is how often the log says how far it has come.
	backlogTell = 30 * time.Second
)

// NewBacklog makes a Backlog: Run it.
func NewBacklog(c BacklogConfig) *Backlog {
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Wait <= 0 {
		c.Wait = backlogWait
	}
	return &Backlog{config: c, wake: make(chan struct{}, 1)}
}

// add puts an engine at the end, if it is not there.
func (b *Backlog) add(e *Engine, trouble error) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if trouble != nil {
		b.trouble = trouble
	}
	if slices.Contains(b.engines, e) {
		return
	}
	b.engines = append(b.engines, e)
	select {
	case b.wake <- struct{}{}:
	default:
	}
}

// next is whose turn it is; nil for nobody's.
func (b *Backlog) next() *Engine {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.engines) == 0 {
		return nil
	}
	return b.engines[0]
}

// turn takes the first engine away, or puts it behind the others if it failed.
func (b *Backlog) turn(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	first := b.engines[0]
	b.engines = b.engines[1:]
	if b.trouble = err; err != nil {
		b.engines = append(b.engines, first)
	}
	if len(b.engines) == 0 {
		b.done = 0
	}
}

// Progress is how many texts are embedded of those that a reload left, and why it does not go on; 0 of 0 where there
// are none.
func (b *Backlog) Progress() (done, total int, trouble error) {
	if b == nil {
		return 0, 0, nil
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	lacking := 0
	for _, e := range b.engines {
		lacking += e.Lacking() - int(e.waiting.Load())
	}
	if lacking <= 0 {
		return 0, 0, nil
	}
	return b.done, b.done + lacking, b.trouble
}

// Run works until ctx ends.
func (b *Backlog) Run(ctx context.Context) {
	wait := b.config.Wait
	for ctx.Err() == nil {
		e := b.next()
		if e == nil {
			select {
			case <-ctx.Done():
			case <-b.wake:
			}
			continue
		}
		told, began, before := time.Now(), time.Now(), b.counted(0)
		err := e.complete(ctx, func(n int) {
			b.counted(n)
			if time.Since(told) >= backlogTell {
				told = time.Now()
				done, total, _ := b.Progress()
				b.config.Logger.InfoContext(ctx, "embedding paragraphs", "done", done, "of", total)
			}
		})
		if ctx.Err() != nil {
			return
		}
		made := b.counted(0) - before
		b.turn(err)
		if err == nil {
			if wait = b.config.Wait; made > 0 {
				b.config.Logger.InfoContext(ctx, "all paragraphs are embedded", "now", made, "took",
					time.Since(began).Round(time.Millisecond))
			}
			continue
		}
		if made > 0 {
			wait = b.config.Wait
		}
		level := slog.LevelWarn
		if errors.Is(err, rag.ErrBudget) { // said once a day by who counts
			level = slog.LevelDebug
		}
		b.config.Logger.Log(ctx, level, "paragraphs could not be embedded; they are found by their words, and tried again",
			"missing", e.Lacking(),
			"again in", wait, "error", err)
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(2*wait, backlogMost)
	}
}

// counted adds to the texts that are embedded, and returns how many there are.
func (b *Backlog) counted(n int) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done += n
	return b.done
}

// swapFrom is how many new vectors are worth a new edition; later ones come when there are as many as before, so that
// building indexes takes no more than twice the last one.
const swapFrom = 512

// complete embeds what the edition in use lacks, and has it used as it comes. made is told how many vectors came.
func (e *Engine) complete(ctx context.Context, made func(n int)) error {
	defer e.waiting.Store(0)
	for {
		fresh, model, err := e.fetch(ctx, made)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if len(fresh) == 0 {
			if errors.Is(err, vectors.ErrModelChanged) { // what is kept of the new one may be all
				continue
			}
			return err
		}
		if swapped := e.complement(ctx, model, fresh); swapped != nil {
			return swapped
		}
		if err != nil {
			return err
		}
	}
}

// fetch returns vectors that the edition in use lacks, those that are kept and new ones, and the model that made them:
// all of them, or enough for a new edition; with an error those before it.
func (e *Engine) fetch(ctx context.Context, made func(n int)) (fresh map[string][]float32, model string, err error) {
	ed := e.edition.Load()
	if ed == nil || e.Lacking() == 0 {
		return nil, "", nil
	}
	dimension, _, err := e.maker.Identify(ctx)
	if err != nil {
		return nil, "", err
	}
	model, fresh = e.config.Embedder.Model(), map[string][]float32{}
	have, missing := ed.Lacks(e.maker, model)
	rest, err := e.maker.Stored(ctx, missing, fresh, dimension)
	if err != nil {
		return nil, "", err
	}
	made(len(fresh))
	e.waiting.Store(int64(len(fresh)))
	for len(rest) > 0 && len(fresh) < max(swapFrom, have) {
		var got map[string][]float32
		if got, rest, err = e.maker.EmbedNew(ctx, rest); errors.Is(err, vectors.ErrModelChanged) {
			return nil, "", err
		}
		maps.Copy(fresh, got)
		made(len(got))
		e.waiting.Store(int64(len(fresh)))
		if err != nil {
			return fresh, model, err
		}
	}
	return fresh, model, nil
}

// complement swaps in an edition of the documents in use, which may be others by now, that has the vectors, too.
func (e *Engine) complement(ctx context.Context, model string, fresh map[string][]float32) error {
	e.reloading.Lock()
	defer e.reloading.Unlock()
	defer e.waiting.Store(0)
	if model != e.config.Embedder.Model() {
		return nil // they are kept, and the next look finds what is true now
	}
	old := e.edition.Load()
	next, err := e.newEdition(ctx, old.Corpus, old.LoadedAt, &corpus.Tally{},
		corpus.Work{Fresh: fresh, Patience: corpus.Never})
	if err != nil {
		return err
	}
	e.use(ctx, next)
	if next.Unmeasured() {
		return errUnmeasured
	}
	return nil
}

var errUnmeasured = errors.New("what unrelated texts score could not be measured")
