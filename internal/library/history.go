package library

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/intake"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// A State is how a document was, or is, at a change.
type State struct {
	Hidden     bool
	Paragraphs int
	SHA256     string // of the original
	Bytes      int64  // of text and original
	Kept       bool   // the bytes are still there
}

// A Change is one line of the history.
type Change struct {
	ID            int64
	At            time.Time
	By            Who
	Action        string
	Slug, Title   string // the document; of a scope the place, of a setting its name
	Before, After *State // nil: nothing of the server's own
	Was, Became   string // of a scope or setting
	UndoneBy      int64
}

func newChange(c store.Change) Change {
	return Change{ID: c.ID, At: c.At, By: Who{c.ByID, c.ByName}, Action: c.Action, Slug: c.Slug, Title: c.Title,
		Before: newState(c.Before), After: newState(c.After), Was: c.Was, Became: c.Became, UndoneBy: c.UndoneBy}
}

func newState(s *store.State) *State {
	if s == nil {
		return nil
	}
	state := State{Hidden: s.Hidden, Paragraphs: s.Paragraphs, Bytes: s.Size, Kept: s.Kept}
	if !s.Hidden {
		state.SHA256 = hex.EncodeToString(s.Original[:])
	}
	return &state
}

// maxHistory bounds what History returns at once.
const maxHistory = 100

// History returns changes of the server, the newest first: those with an id below before; 0 is all.
func (l *Library) History(ctx context.Context, server string, before int64, limit int) ([]Change, error) {
	changes, err := l.config.Store.Changes(ctx, server, before, min(max(limit, 1), maxHistory))
	out := make([]Change, len(changes))
	for i, c := range changes {
		out[i] = newChange(c)
	}
	return out, err
}

// Remove takes a document away from the server: its own one goes, a shared one is hidden.
func (l *Library) Remove(ctx context.Context, server, slug string, by Who) (Change, ask.Report, error) {
	return l.change(ctx, server, func(m *moment) error {
		d, ok := m.visible.Document(slug)
		o, mine := m.documents[slug]
		switch {
		case mine && !o.State.Hidden:
			m.edit.Action, m.edit.Title = ActionRemove, o.State.Title
		case ok:
			m.edit.Action, m.edit.Title, m.edit.Content = ActionHide, d.Title,
				&store.Content{State: store.State{Hidden: true, Title: d.Title}}
		default:
			return ErrNoDocument
		}
		m.edit.Slug, m.edit.Undoable = slug, true
		return nil
	}, by)
}

// Show lets a shared document be seen again that the server had hidden.
func (l *Library) Show(ctx context.Context, server, slug string, by Who) (Change, ask.Report, error) {
	return l.change(ctx, server, func(m *moment) error {
		o, ok := m.documents[slug]
		if !ok || !o.State.Hidden {
			return ErrNoDocument
		}
		m.edit.Action, m.edit.Slug, m.edit.Title, m.edit.Undoable = ActionShow, slug, o.State.Title, true
		return nil
	}, by)
}

// Undo puts back what was before the latest change that is not undone yet, to the byte. It is a change itself, and one
// that is not undone. An id that is not 0 names the change that must be that one: else the error is ErrNotLatest.
func (l *Library) Undo(ctx context.Context, server string, id int64, by Who) (Change, ask.Report, error) {
	return l.change(ctx, server, func(m *moment) error {
		last, ok, err := l.config.Store.Undoable(ctx, server)
		switch {
		case err != nil:
			return err
		case !ok:
			return ErrNothing
		case id != 0 && last.ID != id:
			return ErrNotLatest
		}
		e := &m.edit
		e.Action, e.Slug, e.Title, e.Undoes = ActionUndo, last.Slug, last.Title, last.ID
		if last.Action == ActionScope {
			e.Setting, e.Value = scopeSetting(last.Slug), last.Was
			return nil
		}
		if last.Before == nil {
			return nil
		}
		e.State, e.Title = last.Before.ID, last.Before.Title
		if now := m.documents[last.Slug]; now.State.Address == last.Before.Address {
			e.Visit = now.Visit // the address is asked for what is new since it was asked last
		} else {
			e.Visit = store.Visit{Seen: last.Before.Original}
		}
		if last.Before.Hidden {
			return nil
		}
		if !last.Before.Kept {
			return ErrNoBytes
		}
		d, err := l.open(ctx, store.Document{Server: server, Slug: last.Slug, State: *last.Before})
		m.document = &d
		return err
	}, by)
}

// A moment is a server when something is about to change, and the change.
type moment struct {
	visible   *article.Corpus
	documents map[string]ownDocument
	edit      store.Edit
	document  *article.Document // to stand there
}

// change takes the server's turn, has the change described, and makes it.
func (l *Library) change(ctx context.Context, id string, describe func(*moment) error, by Who) (Change, ask.Report,
	error) {
	if id == "" {
		return Change{}, ask.Report{}, ErrNoServer
	}
	_, release, err := l.Hold(ctx, id)
	if err != nil {
		return Change{}, ask.Report{}, err
	}
	defer release()
	s := l.server(id)
	if err := s.lock(); err != nil {
		return Change{}, ask.Report{}, err
	}
	defer s.unlock()
	if err := l.current(ctx, s, true); err != nil {
		return Change{}, ask.Report{}, err
	}
	at := moment{edit: store.Edit{Server: id, At: l.config.Now(), ByID: by.ID, ByName: by.Name}}
	if at.visible, at.documents, err = l.visible(s); err != nil {
		return Change{}, ask.Report{}, err
	}
	if err := describe(&at); err != nil {
		return Change{}, ask.Report{}, err
	}
	if at.edit.Setting != "" {
		change, err := l.set(ctx, at.edit)
		return newChange(change), ask.Report{}, err
	}
	change, report, err := l.put(ctx, s, at.edit, at.document, nil)
	return newChange(change), report, err
}

// content is what the store keeps of a document that was made.
func content(m intake.Made, asTitle string, asDay time.Time) *store.Content {
	c := &store.Content{State: store.State{Path: m.Path, Title: m.Document.Title, Paragraphs: len(m.Document.Passages),
		Name:    m.OriginalName,
		Address: m.From, AsTitle: asTitle}, TextData: m.Text, Data: m.Original}
	if !asDay.IsZero() {
		c.AsDay = asDay.Format(time.DateOnly)
	}
	return c
}

// visit is what an address said when it gave the document.
func visit(m intake.Made, at time.Time) store.Visit {
	return store.Visit{ETag: m.Validators.ETag, LastModified: m.Validators.LastModified, Seen: sha256.Sum256(m.Original),
		Fetched: at}
}

// Info is what is known of a document besides its text.
type Info struct {
	Own    bool   // the server's own, not a shared one
	Over   bool   // its own, in the place of a shared one
	Hidden bool   // a shared one that is not seen here
	From   string // the address, or the name of the file, "" for unknown
	SHA256 string // of the original; "" for unknown
	// When its address last answered; when it was put here; since when there is no page at its address.
	Fetched, Added, GoneSince time.Time
	GoneWhy                   string
	By                        Who // who put it here; none for shared ones
	Bytes                     int // of text and original
	Broken                    bool
	Title                     string // of the server's own
}

// About returns what is known of a document of the server, also of one that is hidden or could not be loaded.
func (l *Library) About(server, slug string) (Info, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var shared bool
	if edition := l.config.Shared.Edition(); edition != nil {
		_, shared = edition.Corpus.Document(slug)
	}
	if s := l.servers[server]; s != nil && server != "" {
		if o, ok := s.own[slug]; ok {
			i := Info{Own: !o.State.Hidden, Over: shared && !o.State.Hidden, Hidden: o.State.Hidden, Title: o.State.Title,
				Added: o.Added, By: Who{o.ByID, o.ByName}}
			if !o.State.Hidden {
				i.From, i.Bytes, i.SHA256 = o.State.Address, int(o.State.Size), hex.EncodeToString(o.State.Original[:])
				i.Fetched, i.GoneSince, i.GoneWhy, i.Broken = o.Visit.Fetched, o.Visit.GoneSince, o.Visit.GoneWhy, o.problem != nil
				if i.From == "" {
					i.From = o.State.Name
				}
			}
			return i, true
		}
	}
	if !shared {
		return Info{}, false
	}
	o := l.origins[slug]
	return Info{From: o.From, SHA256: o.SHA256, Fetched: o.Fetched, GoneSince: o.GoneSince, GoneWhy: o.GoneWhy}, true
}

// Hidden returns the slugs of the shared documents that the server does not see, in order.
func (l *Library) Hidden(server string) []string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	s := l.servers[server]
	if s == nil {
		return nil
	}
	var slugs []string
	for slug, o := range s.own {
		if o.State.Hidden {
			slugs = append(slugs, slug)
		}
	}
	slices.Sort(slugs)
	return slugs
}
