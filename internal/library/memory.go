package library

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// The bounds of loading a server's documents when they are first asked for.
const (
	loadPatience = 8 * time.Second // of a question; the load goes on
	loadTimeout  = 5 * time.Minute // of a load: an embedding model may be asked for all of it
	roomPatience = 5 * time.Second // of a load or a change, for others to give memory back
	// heavyLoad is from how many bytes a load waits for others of its kind, so that all processors are never busy with
	// loads alone.
	heavyLoad = 16 << 20
	// makingFactor is how many times its size a file takes while a document is made of it, and keptFactor while its
	// preview is looked at.
	makingFactor = 8
	keptFactor   = 3
	assumedPage  = 3 << 20 // bytes of what an address gives, before it is known
)

// Errors of documents that are not in memory.
var (
	ErrLoading = errors.New("the documents of this server are just being loaded")
	errClosed  = errors.New("the library is closed")
)

// A loading is a load of a server's documents that is under way. err is set when done is closed.
type loading struct {
	done chan struct{}
	err  error
}

// Hold returns what answers in a server, as Engine does, with the server's documents loaded, and keeps them in memory
// until release is called, which must be. The error is ErrLoading where loading takes longer than a question can wait,
// budget.ErrCrowded where there is no room for them, or the load's.
func (l *Library) Hold(ctx context.Context, id string) (engine *ask.Engine, release func(), err error) {
	if !l.config.Budget.Relieve() {
		return nil, func() {}, budget.ErrCrowded
	}
	l.mu.Lock()
	s := l.servers[id]
	if s == nil || id == "" || len(s.own) == 0 {
		l.mu.Unlock()
		return l.config.Shared, func() {}, nil
	}
	s.users++
	l.uses++
	s.used = l.uses
	engine, job := s.engine, s.loading
	if engine == nil && job == nil {
		job = l.begin(s)
	}
	l.mu.Unlock()
	release = sync.OnceFunc(func() {
		l.mu.Lock()
		s.users--
		idle := s.users == 0
		if idle && s.hold != nil && s.engine != nil {
			s.hold.Resize(s.bytes + s.engine.Read())
		}
		l.mu.Unlock()
		if idle {
			l.config.Budget.Wake()
		}
	})
	if engine != nil {
		return engine, release, nil
	}
	if err = job.wait(ctx); err == nil {
		if engine = l.Engine(id); engine != l.unready {
			return engine, release, nil
		}
		err = ErrLoading // it was dropped and brought in again meanwhile
	}
	release()
	return nil, func() {}, err
}

func (j *loading) wait(ctx context.Context) error {
	patience := time.NewTimer(loadPatience)
	defer patience.Stop()
	select {
	case <-j.done:
		return j.err
	case <-patience.C:
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.Canceled) {
			return ctx.Err()
		}
	}
	return ErrLoading
}

// begin starts to load a server's documents. The caller holds mu.
func (l *Library) begin(s *server) *loading {
	job := &loading{done: make(chan struct{})}
	if l.closed {
		job.err = errClosed
		close(job.done)
		return job
	}
	s.loading = job
	l.loads.Go(func() { // Close waits for it
		ctx, cancel := l.background()
		defer cancel()
		err := l.load(ctx, s)
		if err != nil && ctx.Err() == nil {
			l.config.Logger.Warn("the documents of a server are not loaded", "server", s.id, "error", err)
		}
		l.mu.Lock()
		s.loading, job.err = nil, err
		l.mu.Unlock()
		close(job.done)
	})
	return job
}

// Close ends the loads that are under way and waits for them. What is loaded goes on answering.
func (l *Library) Close() {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	l.stop()
	l.loads.Wait()
}

// load brings the documents of a server into memory: of those that do not all fit into its share, the smallest. One
// that cannot be loaded does not keep the others: it is logged, and Status names it.
func (l *Library) load(ctx context.Context, s *server) error {
	if err := s.wait(ctx); err != nil {
		return err
	}
	defer s.unlock()
	if l.config.Shared.Edition() == nil {
		return ask.ErrNotLoaded
	}
	if err := l.current(ctx, s, false); err != nil { // bytes of what it does not have any more may be gone
		return err
	}
	l.mu.RLock()
	own, loaded := maps.Clone(s.own), s.engine != nil
	l.mu.RUnlock()
	if loaded || len(own) == 0 { // by a change that came before
		return nil
	}
	need := l.guess(own)
	if need.Kept >= heavyLoad {
		select {
		case l.heavy <- struct{}{}:
			defer func() { <-l.heavy }()
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	room, err := l.room(ctx, need.Kept+need.Passing)
	if err != nil {
		return err
	}
	defer func() { room.Release() }() // what was not settled
	documents, err := l.read(ctx, s, own, nil)
	if err != nil {
		return err
	}
	return l.renewWith(ctx, s, own, documents, &room)
}

// room takes memory, waiting a little for others to give it back.
func (l *Library) room(ctx context.Context, bytes int64) (*budget.Hold, error) {
	ctx, cancel := context.WithTimeout(ctx, roomPatience)
	defer cancel()
	return l.config.Budget.Take(ctx, bytes)
}

// guess is what those documents of a server will take that fit into its share, as far as the store tells.
func (l *Library) guess(own map[string]ownDocument) ask.Size {
	var all ask.Size
	for _, slug := range bySize(own) {
		if size := l.guessOne(own[slug]); l.fitting(all.Kept, size) == nil {
			all = all.Plus(size)
		}
	}
	return all
}

// guessOne is what a document of a server will take at most.
func (l *Library) guessOne(o ownDocument) ask.Size {
	if o.State.Hidden {
		return ask.Size{}
	}
	bytes := o.State.Size
	if o.State.Text == o.State.Original { // counted as both
		bytes /= 2
	}
	return l.config.Shared.Estimate(bytes, o.State.Paragraphs)
}

// fitting tells with a *budget.TooLarge that a document, beside others that take so many bytes, is more than the share
// of a server, or that reading it takes more than there is.
func (l *Library) fitting(others int64, size ask.Size) error {
	if l.config.Budget == nil {
		return nil
	}
	left := max(l.config.Budget.Share()-others, 0)
	room := max(l.config.Budget.Room()-l.sharedHold.Bytes()-others, 0)
	switch {
	case size.Kept > left:
		return &budget.TooLarge{Need: size.Kept, Most: left}
	case size.Kept+size.Passing > room:
		return &budget.TooLarge{Need: size.Kept + size.Passing, Most: room}
	}
	return nil
}

// bySize orders slugs, those of small documents first.
func bySize(own map[string]ownDocument) []string {
	return slices.SortedFunc(maps.Keys(own), func(a, b string) int {
		return cmp.Or(cmp.Compare(own[a].State.Size, own[b].State.Size), cmp.Compare(a, b))
	})
}

// read reads the texts of a server's documents, but those that are at hand, the small ones first, and notes in own
// which could not be loaded.
func (l *Library) read(ctx context.Context, s *server, own map[string]ownDocument,
	kept map[string]article.Document) (map[string]article.Document, error) {
	documents, total := map[string]article.Document{}, int64(0)
	for _, slug := range bySize(own) {
		o := own[slug]
		if d, at := kept[slug]; at {
			documents[slug] = d
			total += l.config.Shared.EstimateOf(d).Kept
			continue
		}
		d, size, err := l.readOne(ctx, o, total)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		switch {
		case err != nil:
			l.config.Logger.Error("a document of a server could not be loaded", "server", s.id, "document", slug, "error", err)
		case !o.State.Hidden:
			documents[slug] = d
			total += size
		}
		o.problem = err // it keeps its place: the shared document of its name is not what the admins chose
		own[slug] = o
	}
	return documents, nil
}

// readOne reads the text of a document beside others that take so many bytes, and says what it takes.
func (l *Library) readOne(ctx context.Context, o ownDocument, others int64) (d article.Document, size int64,
	err error) {
	fits := func(size ask.Size) error {
		if err := l.fitting(others, size); err != nil {
			return fmt.Errorf("%w; PILCROW_MEMORY sets how much there is", err)
		}
		return nil
	}
	if o.State.Text == o.State.Original { // it is known before it is read
		if err := fits(l.guessOne(o)); err != nil {
			return d, 0, err
		}
	}
	if d, err = l.open(ctx, o.Document); err != nil || o.State.Hidden {
		return d, 0, err
	}
	takes := l.config.Shared.EstimateOf(d)
	return d, takes.Kept, fits(takes)
}

// open reads and parses the text of a document.
func (l *Library) open(ctx context.Context, d store.Document) (article.Document, error) {
	if d.State.Hidden {
		return article.Document{}, nil
	}
	text, err := l.config.Store.Bytes(ctx, d.State.Text)
	if err != nil {
		return article.Document{}, err
	}
	document, err := article.Parse(d.State.Path, text)
	if err != nil {
		return article.Document{}, err
	}
	if document.Slug != d.Slug {
		return article.Document{}, fmt.Errorf("its name is %q now", document.Slug)
	}
	return document, nil
}

// affords tells with a *budget.TooLarge that a document beside the others of a server is more than its share of the
// memory.
func (l *Library) affords(documents map[string]ownDocument, d article.Document) error {
	if l.config.Budget == nil {
		return nil
	}
	others := int64(0)
	for slug, o := range documents {
		if slug != d.Slug && o.problem == nil {
			others += l.guessOne(o).Kept
		}
	}
	return l.fitting(others, l.config.Shared.EstimateOf(d))
}

// give gives back about so many bytes: what questions have read goes first; then the documents of servers that nobody
// asks just now leave, those that were asked last at the end.
func (l *Library) give(bytes int64) {
	l.mu.RLock()
	byUse := slices.SortedFunc(maps.Values(l.servers), func(a, b *server) int { return cmp.Compare(a.used, b.used) })
	l.mu.RUnlock()
	for _, s := range byUse {
		if bytes <= 0 {
			return
		}
		bytes -= l.forget(s)
	}
	for _, s := range byUse {
		if bytes <= 0 {
			return
		}
		if s.lock() != nil { // its documents are being changed
			continue
		}
		bytes -= l.leave(s)
		s.unlock()
	}
}

// forget drops what questions have read of a server's documents, and returns how many bytes that gives back.
func (l *Library) forget(s *server) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s.engine == nil || s.hold == nil {
		return 0
	}
	before := s.hold.Bytes()
	s.engine.Forget()
	s.hold.Resize(s.bytes)
	return before - s.bytes
}

// leave drops the documents of a server from memory if nobody holds them, and returns how many bytes that gives back.
// The caller has the turn.
func (l *Library) leave(s *server) int64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	if s.engine == nil || s.users > 0 {
		return 0
	}
	bytes := s.hold.Bytes()
	s.hold.Release()
	s.hold, s.engine, s.documents = nil, nil, nil
	return bytes
}

// settle notes what the server's edition takes. room was taken for it, and becomes the server's if it has none. The
// caller holds mu.
func (l *Library) settle(s *server, room **budget.Hold) {
	if s.engine == nil {
		s.hold.Release()
		s.hold = nil
		return
	}
	if s.hold == nil && room != nil {
		s.hold, *room = *room, nil
	}
	s.bytes = s.engine.Edition().Bytes(l.config.Shared.Edition())
	s.hold.Resize(s.bytes + s.engine.Read())
}

// noteShared notes what the shared documents take. They are there, whatever the budget says.
func (l *Library) noteShared() {
	edition := l.config.Shared.Edition()
	if edition == nil || l.config.Budget == nil {
		return
	}
	bytes := edition.Bytes(nil)
	l.sharedHold.Resize(bytes)
	if room := l.config.Budget.Room(); bytes > room-l.config.Budget.Share() {
		l.config.Logger.Warn("the documents that all servers share leave little memory for others: raise PILCROW_MEMORY",
			"take", budget.Size(bytes), "of", budget.Size(room))
	}
}
