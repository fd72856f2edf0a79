package library

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/store"
)

// The bounds of scopes and settings.
const (
	maxPlaces       = 500 // of one server that have a scope
	maxScope        = 50  // documents of one place
	maxManagers     = 20  // roles
	maxSettingRunes = 1000
	maxSettings     = 50 // of one server, besides scopes
)

// The settings that have functions of their own.
const (
	scopePrefix     = "scope "
	managersSetting = "managers"
)

// ErrBounds says that there are more of something than can be kept.
var ErrBounds = errors.New("that is more than is kept")

func scopeSetting(place string) string { return scopePrefix + place }

// A Place is a channel, a thread, or (ID "") the server, and the documents that it is tied to.
type Place struct {
	ID    string
	Slugs []string
}

// Scope returns the slugs of the documents that the first of the channels that is tied to some, or else the server, is
// tied to; nil: all. A document that was taken away stays in the scope of a place: what is asked there is not answered
// from others.
func (l *Library) Scope(server string, channels []string) []string {
	if server == "" {
		return nil
	}
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.unsealed[server] {
		return []string{noSlug}
	}
	settings := l.settings[server]
	for _, place := range append(slices.Clone(channels), "") {
		if value := settings[scopeSetting(place)]; value != "" {
			return strings.Fields(value)
		}
	}
	return nil
}

// noSlug is the name of no document.
const noSlug = " "

// Closed tells that what the admins of a server chose cannot be relied on: documents that they hid, or tied channels
// to, are not known. Its scope is then no document at all, and nobody manages it by a role.
func (l *Library) Closed(server string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.unsealed[server]
}

// Tied tells whether what one of the channels may see depends on a channel that is not among them: some channel of the
// server is tied to documents, and none of these.
func (l *Library) Tied(server string, channels []string) bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	tied := false
	for name, value := range l.settings[server] {
		place, ok := strings.CutPrefix(name, scopePrefix)
		if !ok || place == "" || value == "" {
			continue
		}
		if slices.Contains(channels, place) {
			return false
		}
		tied = true
	}
	return tied
}

// Scopes returns the places of the server that are tied to documents, by id; the server itself is first.
func (l *Library) Scopes(server string) []Place {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var places []Place
	for _, name := range slices.Sorted(maps.Keys(l.settings[server])) {
		if place, ok := strings.CutPrefix(name, scopePrefix); ok {
			places = append(places, Place{place, strings.Fields(l.settings[server][name])})
		}
	}
	return places
}

// SetScope ties a place, "" for the server, to documents; none unties it.
func (l *Library) SetScope(ctx context.Context, server, place string, slugs []string, by Who) error {
	if server == "" {
		return ErrNoServer
	}
	if len(slugs) > maxScope {
		return fmt.Errorf("%w: at most %d documents", ErrBounds, maxScope)
	}
	if !digits(place) {
		return fmt.Errorf("%w: a place is a number", ErrBounds)
	}
	for _, slug := range slugs {
		if !l.has(server, slug) {
			return ErrNoDocument
		}
	}
	if l.Setting(server, scopeSetting(place)) == "" && len(l.Scopes(server)) >= maxPlaces && len(slugs) > 0 {
		return fmt.Errorf("%w: at most %d places", ErrBounds, maxPlaces)
	}
	slugs = slices.Clone(slugs)
	slices.Sort(slugs)
	return l.setting(ctx, store.Edit{Server: server, Action: ActionScope, Slug: place, Setting: scopeSetting(place),
		Value: strings.Join(slices.Compact(slugs), " "), Undoable: true}, by)
}

// has tells whether the server has a document that is seen, in memory or not.
func (l *Library) has(server, slug string) bool {
	about, ok := l.About(server, slug)
	return ok && !about.Hidden && !about.Broken
}

// Managers returns the ids of the roles that may change the documents of the server, besides those who manage it.
func (l *Library) Managers(server string) []string {
	if l.Closed(server) {
		return nil
	}
	return strings.Fields(l.Setting(server, managersSetting))
}

// digits reports whether there is nothing else in an id, as in all of Discord's.
func digits(id string) bool {
	return !strings.ContainsFunc(id, func(r rune) bool { return r < '0' || r > '9' })
}

// SetManagers sets the roles.
func (l *Library) SetManagers(ctx context.Context, server string, roles []string, by Who) error {
	if len(roles) > maxManagers {
		return fmt.Errorf("%w: at most %d roles", ErrBounds, maxManagers)
	}
	for _, r := range roles {
		if r == "" || !digits(r) {
			return fmt.Errorf("%w: a role is a number", ErrBounds)
		}
	}
	return l.SetSetting(ctx, server, managersSetting, strings.Join(roles, " "), by)
}

// Setting returns a small setting of the server; "" for none.
func (l *Library) Setting(server, name string) string {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.settings[server][name]
}

// SetSetting sets a small setting of the server, "" for none. It stands in the history, but Undo passes it by.
func (l *Library) SetSetting(ctx context.Context, server, name, value string, by Who) error {
	if server == "" {
		return ErrNoServer
	}
	if name == "" || strings.HasPrefix(name, scopePrefix) {
		return fmt.Errorf("%q is no name of a setting", name)
	}
	l.mu.RLock()
	count := len(l.settings[server])
	_, known := l.settings[server][name]
	l.mu.RUnlock()
	if utf8.RuneCountInString(value) > maxSettingRunes {
		return fmt.Errorf("%w: a setting has at most %d characters", ErrBounds, maxSettingRunes)
	}
	if !known && count >= maxSettings+maxPlaces {
		return fmt.Errorf("%w: at most %d settings", ErrBounds, maxSettings)
	}
	return l.setting(ctx, store.Edit{Server: server, Action: ActionSetting, Slug: name, Setting: name, Value: value}, by)
}

// setting sets one if it is not so already, in the server's turn.
func (l *Library) setting(ctx context.Context, e store.Edit, by Who) error {
	s := l.server(e.Server)
	if err := s.wait(ctx); err != nil {
		return err
	}
	defer s.unlock()
	if err := l.current(ctx, s, false); err != nil {
		return err
	}
	if l.Setting(e.Server, e.Setting) == e.Value {
		return nil
	}
	e.At, e.ByID, e.ByName = l.config.Now(), by.ID, by.Name
	_, err := l.set(ctx, e)
	return err
}

// set writes a setting and keeps it at hand. The caller has the server's turn.
func (l *Library) set(ctx context.Context, e store.Edit) (store.Change, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), commitTimeout)
	defer cancel()
	change, err := l.config.Store.Apply(ctx, e)
	if errors.Is(err, store.ErrConflict) {
		err = ErrChanged
	}
	if err != nil {
		return change, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.settings[e.Server] == nil {
		l.settings[e.Server] = map[string]string{}
	}
	if e.Value == "" {
		delete(l.settings[e.Server], e.Setting)
	} else {
		l.settings[e.Server][e.Setting] = e.Value
	}
	return change, nil
}

// forgotten stands where the name of somebody was who wished to be forgotten, as package store writes it.
const forgotten = "deleted"

// Forget drops from memory who a person is that store.Forget has taken out of the histories, and what the person was
// about to do.
func (l *Library) Forget(person string) {
	if person == "" {
		return
	}
	l.proposals.forget(person)
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.servers {
		next := maps.Clone(s.own)
		for slug, o := range next {
			if o.ByID == person {
				o.ByID, o.ByName = "", forgotten
				next[slug] = o
			}
		}
		s.own = next
	}
}

// Drop deletes all that a server has, for good: its documents with their history, its settings, and what its people
// gave.
func (l *Library) Drop(ctx context.Context, id string) error {
	if id == "" {
		return ErrNoServer
	}
	s := l.server(id)
	if err := s.wait(ctx); err != nil {
		return err
	}
	defer s.unlock()
	if err := l.config.Store.DropServer(ctx, id); err != nil {
		return err
	}
	l.proposals.drop(id)
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.settings, id)
	s.hold.Release()
	s.own, s.documents, s.engine, s.hold = map[string]ownDocument{}, nil, nil, nil
	delete(l.unsealed, id)
	return nil
}
