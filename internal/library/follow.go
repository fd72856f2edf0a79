package library

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"

	"pilcrow/internal/article"
	"pilcrow/internal/store"
)

// Other processes on the same database change what servers have, too. What they did is known by its number, and read
// from the database: a server's edition is swapped as for a change of one's own, so each question is answered from one.

// followAtOnce is how many servers are brought up to date at once; ours.
const followAtOnce = 4

// A follower knows how far the library is behind the database. The zero follower is at its beginning.
type follower struct {
	mu      sync.Mutex
	known   int64           // edits that were looked at
	done    int64           // edits that are answered from
	behind  map[string]bool // servers to be brought up to date
	running map[string]bool // servers that just are
}

// Follow takes over what other processes change until ctx ends: where they are told of each other within a moment, else
// within two seconds.
func (l *Library) Follow(ctx context.Context) { l.config.Store.Follow(ctx, l.look) }

// CatchUp takes over what other processes changed until now.
func (l *Library) CatchUp(ctx context.Context) error {
	l.look(ctx)
	for {
		f := &l.follower
		f.mu.Lock()
		id := ""
		for id = range f.running {
			break
		}
		idle, late := len(f.running) == 0, len(f.behind) > 0
		f.mu.Unlock()
		switch {
		case idle && late:
			return errors.New("not all that other processes changed could be taken over")
		case idle:
			return ctx.Err()
		}
		s := l.server(id)
		if err := s.wait(ctx); err != nil {
			return err
		}
		s.unlock()
	}
}

// Edit is the number of the last change from which everything is answered here; see store.Edits.
func (l *Library) Edit() int64 {
	l.follower.mu.Lock()
	defer l.follower.mu.Unlock()
	return l.follower.done
}

// look finds out what changed, and begins to take it over. What cannot be read now is found the next time.
func (l *Library) look(ctx context.Context) {
	f := &l.follower
	f.mu.Lock()
	known := f.known
	f.mu.Unlock()
	news, err := l.config.Store.News(ctx, known)
	if err == nil && news.All {
		news.Servers, err = l.all(ctx)
	}
	if err != nil {
		l.config.Logger.Debug("it cannot be read what other processes changed", "error", err)
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known = news.Edits
	for _, id := range news.Servers {
		f.behind[id] = true
	}
	for id := range f.behind {
		if len(f.running) < followAtOnce && !f.running[id] {
			l.follow(id)
		}
	}
	f.settle()
}

// settle notes whether all is answered from. The caller holds mu.
func (f *follower) settle() {
	if len(f.behind)+len(f.running) == 0 {
		f.done = f.known
	}
}

// all are the servers that have something, here or in the database.
func (l *Library) all(ctx context.Context) ([]string, error) {
	ids, err := l.config.Store.Servers(ctx)
	l.mu.RLock()
	defer l.mu.RUnlock()
	ids = slices.AppendSeq(ids, maps.Keys(l.servers))
	ids = slices.AppendSeq(ids, maps.Keys(l.settings))
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == "" })
	slices.Sort(ids)
	return slices.Compact(ids), err
}

// follow brings a server that is behind up to date, and then the next one. The caller holds the follower's mu.
func (l *Library) follow(id string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return
	}
	f := &l.follower
	delete(f.behind, id)
	f.running[id] = true
	l.loads.Go(func() { // Close waits for it
		ctx, cancel := l.background()
		defer cancel()
		s := l.server(id)
		err := s.wait(ctx)
		if err == nil {
			err = l.refresh(ctx, s, false)
			s.unlock()
		}
		if err != nil && ctx.Err() == nil {
			l.config.Logger.Warn("what another process changed cannot be taken over yet", "server", id, "error", err)
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.running, id)
		if err != nil {
			f.behind[id] = true // the next look tries again
			return
		}
		for next := range f.behind {
			if !f.running[next] {
				l.follow(next)
				break
			}
		}
		f.settle()
	})
}

// current brings a server up to date before something of it is changed, with its documents loaded if they are to be
// there: what a change is held against is what there is. The caller has the turn.
func (l *Library) current(ctx context.Context, s *server, there bool) error {
	if !l.config.Cluster {
		return nil
	}
	return l.refresh(ctx, s, there)
}

// refresh has a server answered from what the database has of it. Documents are loaded where they were before, or must
// be; else they are when somebody asks. The caller has the turn.
func (l *Library) refresh(ctx context.Context, s *server, must bool) error {
	chosen, err := l.config.Store.Chosen(ctx, s.id)
	if err != nil {
		return err
	}
	l.mu.Lock()
	if l.settings[s.id] = chosen.Settings; len(chosen.Settings) == 0 {
		delete(l.settings, s.id)
	}
	if delete(l.unsealed, s.id); chosen.Broken {
		l.unsealed[s.id] = true
	}
	next, kept := merge(s.own, s.documents, chosen.Documents)
	same := len(kept) == len(s.documents) && len(next) == len(s.own) && !anyNew(s.own, next)
	if same || len(next) == 0 || s.engine == nil && !must {
		if s.own = next; len(next) == 0 {
			l.unload(s)
		}
		l.mu.Unlock()
		return nil
	}
	l.mu.Unlock()
	if err = l.renewTo(ctx, s, next, kept); err == nil {
		return nil
	}
	// What was taken away must not be seen, so nothing is until the next question loads it anew.
	l.mu.Lock()
	s.own = next
	l.unload(s)
	l.mu.Unlock()
	if must {
		return err
	}
	l.config.Logger.Warn("the documents of a server, which another process changed, are to be loaded anew", "server", s.id,
		"error", err)
	return nil
}

// unload drops the documents of a server from memory. The caller holds mu.
func (l *Library) unload(s *server) {
	s.hold.Release()
	s.engine, s.documents, s.hold = nil, nil, nil
}

// renewTo builds the server's edition of what it has now, of which some documents are in memory.
func (l *Library) renewTo(ctx context.Context, s *server, own map[string]ownDocument,
	kept map[string]article.Document) error {
	fresh := maps.Clone(own)
	maps.DeleteFunc(fresh, func(slug string, _ ownDocument) bool { _, there := kept[slug]; return there })
	size := l.guess(fresh)
	room, err := l.room(ctx, size.Kept+size.Passing)
	if err != nil {
		return err
	}
	defer func() { room.Release() }() // what was not settled
	documents, err := l.read(ctx, s, own, kept)
	if err != nil {
		return err
	}
	_, err = l.swap(ctx, s, own, documents, &room, nil, func() (map[string]ownDocument, error) { return own, nil })
	return err
}

// merge is what a server has by the database, with what is known of it here; kept are the texts that are still right.
// It is pure.
func merge(own map[string]ownDocument, documents map[string]article.Document, now []store.Document) (
	next map[string]ownDocument, kept map[string]article.Document) {
	next, kept = make(map[string]ownDocument, len(now)), map[string]article.Document{}
	for _, d := range now {
		o := ownDocument{Document: d}
		if was, had := own[d.Slug]; had && was.State.ID == d.State.ID {
			o.problem = was.problem
			if text, loaded := documents[d.Slug]; loaded {
				kept[d.Slug] = text
			}
		}
		next[d.Slug] = o
	}
	return next, kept
}

// anyNew tells whether one of the documents is not as it was.
func anyNew(was, next map[string]ownDocument) bool {
	for slug, o := range next {
		if was[slug].State.ID != o.State.ID {
			return true
		}
	}
	return false
}
