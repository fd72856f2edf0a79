// Package library keeps the documents of each server: those that all share, and those that the admins of one server brought in.
//
// A server with documents of its own has an engine of its own, over the shared documents and these. What a server does not have is
// not in the edition that answers it, so nothing that a command forgets to check can show it. A change is built, then written in one
// transaction, then swapped in: what an admin was told is done is durable, and what failed left no trace.
package library

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/rag"
	"pilcrow/internal/store"
)

// Who is somebody who changes something, as the transport knows them.
type Who struct{ ID, Name string }

// Config is what a Library needs.
type Config struct {
	Store     *store.Store
	Shared    *rag.Engine // of the shared documents; it may be without any yet
	Engine    rag.Config  // what a server's engine is made of; Load and Vectors are the library's business
	Converter *convert.Converter
	Fetcher   *fetch.Fetcher   // nil: no addresses
	Folder    *intake.Intake   // the folder of the shared documents; nil: they are not from a folder
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

// maxMaking bounds the documents that are being fetched, converted and parsed at once, of all servers: each takes some times its size in
// memory. Of one server it is askAtOnce, so that slow pages of one do not keep all others waiting.
const maxMaking = 4 * askAtOnce

// A Library is safe for use by several goroutines.
type Library struct {
	config Config
	reader intake.Reader

	mu       sync.RWMutex
	servers  map[string]*server
	settings map[string]map[string]string // by server and name
	origins  map[string]intake.Origin     // of the shared documents, by slug

	unready   *rag.Engine   // without documents: it says that they are not loaded yet
	reloading chan struct{} // holds an element while the shared documents are read
	making    chan struct{} // holds an element for each document that is being made
	asking    sync.Mutex    // held while the addresses of the shared documents are asked
	last      lastReload    // guarded by mu
	proposals proposals
}

// A server is what one server has besides the shared documents. It is made when it is first needed and stays.
type server struct {
	id   string
	turn chan struct{} // holds an element while the documents of the server are being changed

	reloading sync.Mutex    // held while they are read again
	making    chan struct{} // holds an element for each document that is being made

	// Guarded by Library.mu:
	engine *rag.Engine // nil: the shared one
	own    map[string]own
}

// An own document is what a server has under a slug. One that hides a shared one, or could not be loaded, has no text.
type own struct {
	store.Document
	document article.Document
	problem  error // why it could not be loaded
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

// Open reads what the servers have. If the shared engine has documents, the servers' engines are ready when Open returns; else they
// are with the first Renew. A document that cannot be loaded does not stop the others: it is logged, and Status names it.
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
	l := &Library{config: c, reader: intake.Reader{Converter: c.Converter, Fetcher: c.Fetcher}, servers: map[string]*server{}}
	l.reloading, l.making = make(chan struct{}, 1), make(chan struct{}, maxMaking)
	var err error
	if l.unready, err = l.newEngine(""); err != nil {
		return nil, err
	}
	if l.settings, err = c.Store.Settings(ctx); err != nil {
		return nil, err
	}
	documents, err := c.Store.Documents(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range documents {
		s := l.server(d.Server)
		o, err := l.open(ctx, d)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			c.Logger.Error("a document of a server could not be loaded", "server", d.Server, "document", d.Slug, "error", err)
			o = own{Document: d, problem: err} // it keeps its place: the shared document of its name is not what the admins chose
		}
		s.own[d.Slug] = o
	}
	l.origins = l.readOrigins()
	if c.Shared.Edition() == nil {
		return l, nil
	}
	return l, l.renewAll(ctx)
}

// open reads and parses the text of a document.
func (l *Library) open(ctx context.Context, d store.Document) (own, error) {
	if d.State.Hidden {
		return own{Document: d}, nil
	}
	text, err := l.config.Store.Bytes(ctx, d.State.Text)
	if err != nil {
		return own{}, err
	}
	document, err := article.Parse(d.State.Path, text)
	if err != nil {
		return own{}, err
	}
	if document.Slug != d.Slug {
		return own{}, fmt.Errorf("its name is %q now", document.Slug)
	}
	return own{Document: d, document: document}, nil
}

// server returns the server of the id, made if need be.
func (l *Library) server(id string) *server {
	l.mu.Lock()
	defer l.mu.Unlock()
	s := l.servers[id]
	if s == nil {
		s = &server{id: id, turn: make(chan struct{}, 1), making: make(chan struct{}, askAtOnce), own: map[string]own{}}
		l.servers[id] = s
	}
	return s
}

// Engine returns what answers in a server: the shared engine for "" and for servers that changed nothing.
func (l *Library) Engine(server string) *rag.Engine {
	l.mu.RLock()
	defer l.mu.RUnlock()
	s := l.servers[server]
	switch {
	case s == nil || server == "" || len(s.own) == 0:
		return l.config.Shared
	case s.engine == nil: // not the shared documents: the server may hide some of them
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
func (l *Library) ownOf(s *server) map[string]own {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return maps.Clone(s.own)
}

// corpus joins the shared documents with a server's own: an own one of the same slug takes the place of the shared one, and one that
// is hidden, or could not be loaded, leaves it empty.
func corpus(shared *article.Corpus, documents map[string]own) (*article.Corpus, error) {
	var all []article.Document
	for _, d := range shared.Documents() {
		if _, taken := documents[d.Slug]; !taken {
			all = append(all, d)
		}
	}
	for _, slug := range slices.Sorted(maps.Keys(documents)) {
		if o := documents[slug]; o.loaded() {
			all = append(all, o.document)
		}
	}
	return article.NewCorpus(all...)
}

func (o own) loaded() bool { return o.document.Slug != "" }
