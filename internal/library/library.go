// Package library keeps the documents of each server: those that all share, and those that the admins of one server
// brought in.
//
// A server with documents of its own has an engine of its own, over the shared documents and these. What a server does
// not have is not in the edition that answers it, so nothing that a command forgets to check can show it. A change is
// built, then written in one transaction, then swapped in: what an admin was told is done is durable, and what failed
// left no trace.
package library

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/mirror"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// Who is somebody who changes something, as the transport knows them.
type Who struct{ ID, Name string }

// Config is what a Library needs.
type Config struct {
	Store     *store.Store
	Shared    *ask.Engine // of the shared documents; it may be without any yet
	Engine    ask.Config  // what a server's engine is made of; Load and Vectors are the library's business
	Converter *convert.Converter
	Fetcher   *fetch.Fetcher   // nil: no addresses
	Mirrors   *mirror.Mirrors  // what of that folder follows something elsewhere; nil for nothing
	Folder    *intake.Intake   // the folder of the shared documents; nil: they are not from a folder
	Budget    *budget.Budget   // of the process; nil: there is room for everything
	Cluster   bool             // other processes change what servers have, too; see Follow
	Now       func() time.Time // nil is the clock
	Logger    *slog.Logger     // nil discards
}

// The bounds of a server's own documents.
const (
	MaxDocuments  = 500      // of one server
	MaxBytes      = 64 << 20 // of one server: texts and originals together
	MaxPassages   = 20_000   // of one server's own documents
	commitTimeout = 30 * time.Second
)

// maxMaking bounds the documents that are being fetched, converted and parsed at once, of all servers: each takes some
// times its size in memory. Of one server it is askAtOnce, so that slow pages of one do not keep all others waiting.
const maxMaking = 4 * askAtOnce

// A Library is safe for use by several goroutines.
type Library struct {
	config Config
	reader intake.Reader

	mu       sync.RWMutex
	servers  map[string]*server
	settings map[string]map[string]string // by server and name
	origins  map[string]intake.Origin     // of the shared documents, by slug
	unsealed map[string]bool              // servers; see Closed

	unready   *ask.Engine   // without documents: it says that they are not loaded yet
	reloading chan struct{} // holds an element while the shared documents are read
	making    chan struct{} // holds an element for each document that is being made
	asking    sync.Mutex    // held while the addresses of the shared documents are asked
	heavy     chan struct{} // holds an element while much is loaded
	last      lastReload    // guarded by mu
	proposals proposals

	sharedHold *budget.Hold
	loads      sync.WaitGroup // of servers' documents
	background func() (context.Context, context.CancelFunc)
	stop       context.CancelFunc // ends all that background gave
	closed     bool               // guarded by mu
	follower   follower
	uses       int64 // of servers so far; guarded by mu
}

// A server is what one server has besides the shared documents. It is made when it is first needed and stays; its
// documents are loaded when they are first asked for, and leave when others need the room.
type server struct {
	id   string
	turn chan struct{} // holds an element while the documents of the server are being changed

	reloading sync.Mutex    // held while they are read again
	making    chan struct{} // holds an element for each document that is being made

	// Guarded by Library.mu:
	engine *ask.Engine            // nil: the shared one, or they are not in memory
	own    map[string]ownDocument // whether they are in memory or not
	// of own, those that have a text and could be loaded; nil while they are not in memory
	documents map[string]article.Document
	hold      *budget.Hold // of the engine
	bytes     int64        // of the engine's edition
	loading   *loading     // nil for none
	users     int          // who hold the engine
	used      int64        // Library.uses when it was last held
}

// An ownDocument is what a server has under a slug. One that hides a shared one has no text.
type ownDocument struct {
	store.Document
	problem error // why it could not be loaded
}

// Errors that callers tell apart. None names anything of another server.
var (
	ErrBusy       = errors.New("the documents of this server are being changed by somebody else just now")
	ErrNoServer   = errors.New("documents are kept for servers alone")
	ErrGone       = errors.New("that preview is no longer there")
	ErrNotYours   = errors.New("that is somebody else's preview")
	ErrChanged    = errors.New("the document was changed since the preview was made")
	ErrNoDocument = errors.New("there is no such document here")
	ErrNothing    = errors.New("there is nothing to undo")
	ErrNotLatest  = errors.New("that is not the latest change that can be undone")
	ErrNoBytes    = errors.New("what was there before is too old and no longer kept")
	ErrFull       = errors.New("the server has as many documents as it may have")
)

// Open reads which documents the servers have. Their texts are loaded when somebody asks: see Hold. Close the library
// before its store.
func Open(ctx context.Context, c Config) (*Library, error) {
	if c.Store == nil || c.Shared == nil {
		return nil, errors.New("a library needs a store and an engine")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	l := &Library{config: c, reader: intake.Reader{Converter: c.Converter, Fetcher: c.Fetcher},
		servers: map[string]*server{}}
	l.reloading, l.making = make(chan struct{}, 1), make(chan struct{}, maxMaking)
	l.heavy = make(chan struct{}, 1)
	base, stop := context.WithCancel(context.WithoutCancel(ctx))
	l.stop, l.background = stop, func() (context.Context,
		context.CancelFunc) {
		return context.WithTimeout(base, loadTimeout)
	}
	var err error
	l.follower.behind, l.follower.running = map[string]bool{}, map[string]bool{}
	if l.follower.known, err = c.Store.Edits(ctx); err != nil { // before anything is read: what comes then is news
		return nil, err
	}
	l.follower.done = l.follower.known
	if l.unready, err = l.newEngine(""); err != nil {
		return nil, err
	}
	if l.settings, err = c.Store.Settings(ctx); err != nil {
		return nil, err
	}
	if l.unsealed, err = c.Store.Broken(ctx); err != nil {
		return nil, err
	}
	for id := range l.unsealed {
		c.Logger.Error("what the admins of a server chose does not match its checksum: nothing is answered there until a "+
			"backup is brought back", "server", id)
	}
	documents, err := c.Store.Documents(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		l.server(d.Server).own[d.Slug] = ownDocument{Document: d}
	}
	l.origins = l.readOrigins()
	l.sharedHold = c.Budget.Note(0)
	l.noteShared()
	c.Budget.Reclaimer(func(int64) { l.proposals.expire(c.Now()) })
	c.Budget.Reclaimer(l.give)
	return l, nil
}

// server returns the server of the id, made if need be.
func (l *Library) server(id string) *server {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.servers[id]
	if s == nil {
		s = &server{id: id, turn: make(chan struct{}, 1), making: make(chan struct{}, askAtOnce),
			own: map[string]ownDocument{}}
		l.servers[id] = s
	}
	return s
}

// Engine returns what answers in a server: the shared engine for "" and for servers that changed nothing. Where the
// server's own documents are not in memory it is an engine that has none: see Hold.
func (l *Library) Engine(server string) *ask.Engine {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.engine(server)
}

// engine is Engine for who holds mu.
func (l *Library) engine(server string) *ask.Engine {
	s := l.servers[server]
	switch {
	case s == nil || server == "" || len(s.own) == 0:
		return l.config.Shared
	case s.engine == nil: // not the shared one: the server may hide some of its documents
		return l.unready
	}
	return s.engine
}

// make makes a document when it is its turn.
func (l *Library) make(ctx context.Context, s *server, q intake.Request) (intake.Made, error) {
	for _, turn := range []chan struct{}{s.making, l.making} {
		select {
		case turn <- struct{}{}:
			defer func() { <-turn }()
		case <-ctx.Done():
			return intake.Made{}, ctx.Err()
		}
	}
	return l.reader.Make(ctx, q)
}

// lock takes the turn to change a server's documents, or says that somebody else has it.
func (s *server) lock() error {
	select {
	case s.turn <- struct{}{}:
		return nil
	default:
		return ErrBusy
	}
}

// wait takes the turn when it is free.
func (s *server) wait(ctx context.Context) error {
	select {
	case s.turn <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s *server) unlock() { <-s.turn }

// ownOf is a copy of what the server has, to be changed.
func (l *Library) ownOf(s *server) map[string]ownDocument {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return maps.Clone(s.own)
}

// textsOf is a copy of the documents that the server has in memory.
func (l *Library) textsOf(s *server) map[string]article.Document {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return maps.Clone(s.documents)
}

// corpus joins the shared documents with a server's own: an own one of the same slug takes the place of the shared one,
// and one that is hidden, or could not be loaded, leaves it empty.
func corpus(shared *article.Corpus, own map[string]ownDocument, documents map[string]article.Document) (*article.Corpus,
	error) {
	var all []article.Document
	for _, d := range shared.Documents() {
		if _, taken := own[d.Slug]; !taken {
			all = append(all, d)
		}
	}
	for _, slug := range slices.Sorted(maps.Keys(documents)) {
		all = append(all, documents[slug])
	}
	return article.NewCorpus(all...)
}
