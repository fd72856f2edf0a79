package library

import (
	"context"
	"errors"
	"maps"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
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

// put builds the documents with what is to stand under the edit's slug, nil for nothing of the server's own, writes the edit, and
// swaps them in. The caller has the server's turn.
func (l *Library) put(ctx context.Context, s *server, e store.Edit, document *article.Document, progress func(done, total int),
) (store.Change, rag.Report, error) {
	var change store.Change
	documents := l.ownOf(s)
	report, err := l.swap(ctx, s, func() map[string]own {
		next := maps.Clone(documents)
		switch {
		case document != nil:
			next[e.Slug] = own{document: *document}
		case e.Content != nil || e.State != 0: // hidden
			next[e.Slug] = own{}
		default:
			delete(next, e.Slug)
		}
		return next
	}(), progress, func() (map[string]own, error) {
		// From here on it is not ended half-way because somebody no longer waits for it.
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
		defer cancel()
		var err error
		if change, err = l.config.Store.Apply(ctx, e); err != nil {
			return nil, err
		}
		next := maps.Clone(documents)
		delete(next, e.Slug)
		if change.After != nil {
			o := own{Document: store.Document{Server: s.id, Slug: e.Slug, State: *change.After, Added: change.At, ByID: e.ByID, ByName: e.ByName,
				Visit: e.Visit}}
			if document != nil {
				o.document = *document
			}
			next[e.Slug] = o
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

// swap has the documents in use from now on, after commit, which returns them with all that is known of them.
func (l *Library) swap(ctx context.Context, s *server, documents map[string]own, progress func(done, total int),
	commit func() (map[string]own, error),
) (rag.Report, error) {
	shared := l.config.Shared.Edition()
	if shared == nil {
		return rag.Report{}, rag.ErrNotLoaded
	}
	next, err := corpus(shared.Corpus, documents)
	if err != nil {
		return rag.Report{}, err
	}
	l.mu.RLock()
	engine := s.engine
	l.mu.RUnlock()
	if engine == nil {
		if engine, err = l.newEngine(s.id); err != nil {
			return rag.Report{}, err
		}
	}
	var kept map[string]own
	report, err := engine.Replace(ctx, next, progress, func() error {
		kept, err = commit()
		return err
	})
	if err != nil {
		return report, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if s.own, s.engine = kept, engine; len(kept) == 0 {
		s.engine = nil // the shared one says the same
	}
	return report, nil
}

// newEngine makes the engine of a server.
func (l *Library) newEngine(server string) (*rag.Engine, error) {
	c := l.config.Engine
	c.Load, c.Kin = nil, l.config.Shared
	if c.Vectors != nil {
		c.Vectors = vectors{shared: c.Vectors, server: server}
	}
	return rag.New(c)
}
