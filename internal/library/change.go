package library

import (
	"context"
	"errors"
	"maps"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// Actions of a Change.
const (
	ActionAdd     = "add"
	ActionReplace = "replace"
	ActionRemove  = "remove"
	ActionHide    = "hide" // a shared document
	ActionShow    = "show" // a shared document that was hidden
	ActionUndo    = "undo"
	ActionAddress = "address" // the page at a document's address had changed
	ActionScope   = "scope"   // Slug is the place, Was and Became are slugs
	ActionSetting = "setting" // Slug is the name, Was and Became are values
)

// put builds the documents with what is to stand under the edit's slug, nil for nothing of the server's own, writes the
// edit, and swaps them in. The caller has the server's turn, and holds its documents.
func (l *Library) put(ctx context.Context, s *server, e store.Edit, document *article.Document,
	progress func(done, total int),
) (store.Change, ask.Report, error) {
	var change store.Change
	own, documents := l.ownOf(s), l.textsOf(s)
	room, err := l.roomFor(ctx, own, document)
	if err != nil {
		return change, ask.Report{}, err
	}
	defer func() { room.Release() }() // what was not settled
	if documents == nil {
		documents = map[string]article.Document{}
	}
	if delete(documents, e.Slug); document != nil {
		documents[e.Slug] = *document
	}
	next := l.edited(own, e, document)
	e.Held, e.Over = true, own[e.Slug].State.ID
	report, err := l.swap(ctx, s, next, documents, &room, progress, func() (map[string]ownDocument, error) {
		// From here on it is not ended half-way because somebody no longer waits for it.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
		defer cancel()
		var err error
		if change, err = l.config.Store.Apply(ctx, e); err != nil {
			return nil, err
		}
		next := maps.Clone(own)
		delete(next, e.Slug)
		if change.After != nil {
			next[e.Slug] = ownDocument{Document: store.Document{Server: s.id, Slug: e.Slug, State: *change.After,
				Added: change.At,
				ByID:  e.ByID, ByName: e.ByName, Visit: e.Visit}}
		}
		return next, nil
	})
	switch {
	case errors.Is(err, store.ErrNoBytes):
		err = ErrNoBytes
	case errors.Is(err, store.ErrConflict):
		err = ErrChanged
	}
	return change, report, err
}

// edited is what the server has after the edit, as far as it is known before.
func (l *Library) edited(own map[string]ownDocument, e store.Edit, document *article.Document) map[string]ownDocument {
	next := maps.Clone(own)
	if document != nil || e.Content != nil || e.State != 0 { // without a text it is hidden
		next[e.Slug] = ownDocument{}
	} else {
		delete(next, e.Slug)
	}
	return next
}

// roomFor takes the memory that a document needs that is to be added.
func (l *Library) roomFor(ctx context.Context, own map[string]ownDocument, document *article.Document) (*budget.Hold,
	error) {
	if document == nil {
		return l.config.Budget.Note(0), nil
	}
	if err := l.affords(own, *document); err != nil {
		return nil, err
	}
	size := l.config.Shared.EstimateOf(*document)
	return l.room(ctx, size.Kept+size.Passing)
}

// swap has the documents in use from now on, after commit, which returns all that is known of them. room was taken for
// what is new in them.
func (l *Library) swap(ctx context.Context, s *server, own map[string]ownDocument,
	documents map[string]article.Document, room **budget.Hold,
	progress func(done, total int), commit func() (map[string]ownDocument, error),
) (ask.Report, error) {
	shared := l.config.Shared.Edition()
	if shared == nil {
		return ask.Report{}, ask.ErrNotLoaded
	}
	next, err := corpus(shared.Corpus, own, documents)
	if err != nil {
		return ask.Report{}, err
	}
	l.mu.RLock()
	engine := s.engine
	l.mu.RUnlock()
	if engine == nil {
		if engine, err = l.newEngine(s.id); err != nil {
			return ask.Report{}, err
		}
	}
	var kept map[string]ownDocument
	report, err := engine.Replace(ctx, next, progress, func() error {
		kept, err = commit()
		return err
	})
	if err != nil {
		return report, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if s.own, s.documents, s.engine = kept, documents, engine; len(kept) == 0 {
		s.documents, s.engine = nil, nil // the shared one says the same
	}
	l.settle(s, room)
	return report, nil
}

// newEngine makes the engine of a server.
func (l *Library) newEngine(server string) (*ask.Engine, error) {
	c := l.config.Engine
	c.Load, c.Kin = nil, l.config.Shared
	c.Words = nil // what is deleted here must not linger there
	if c.Vectors != nil {
		c.Vectors = ownVectors{shared: c.Vectors, server: server}
	}
	if c.Depot != nil {
		c.Depot = ownDepot{c.Depot, server}
	}
	return ask.New(c)
}
