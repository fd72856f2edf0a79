package library

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

var (
	ada = Who{"11", "Ada"}
	bob = Who{"22", "Bob"}
)

// A world is a library with all that it stands on.
type world struct {
	*Library
	t      testing.TB
	dir    string
	folder fstest.MapFS // of the shared documents
	store  *store.Store
	now    time.Time
	config Config
	embed  rag.Embedder
	load   func() (*article.Corpus, error) // nil: of folder
	memory int64                           // of the budget; 0: none
}

const (
	mill  = "The mill at Orrin was built in 1742 by two brothers.\n\nIt burned down in 1801 and was never rebuilt."
	ferry = "The ferry to Oster carries forty people.\n\nIt sails twice a day in summer."
)

func newWorld(t testing.TB, change ...func(*world)) *world {
	t.Helper()
	w := &world{t: t, dir: t.TempDir(), now: time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC), embed: local.NewEmbedder(),
		folder: fstest.MapFS{"mill.txt": {Data: []byte(mill)}, "ferry.txt": {Data: []byte(ferry)}}}
	for _, c := range change {
		c(w)
	}
	w.open()
	t.Cleanup(w.close)
	return w
}

func (w *world) open() {
	w.t.Helper()
	var err error
	if w.store, err = (store.Config{URL: storetest.URL(w.t, w.dir)}).Open(w.dir); err != nil {
		w.t.Fatal(err)
	}
	parts := ask.Config{Embedder: w.embed, Index: chromemindex.New(), Extractor: local.NewExtractor(), Vectors: w.store}
	shared := parts
	if shared.Load = w.load; w.load == nil {
		shared.Load = func() (*article.Corpus, error) { return article.Load(w.folder) }
	}
	engine, err := ask.New(shared)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := engine.Reload(w.t.Context(), nil); err != nil {
		w.t.Fatal(err)
	}
	c := w.config
	c.Budget = nil
	if w.memory > 0 {
		c.Budget = budget.New(w.memory)
	}
	c.Store, c.Shared, c.Engine, c.Now = w.store, engine, parts, func() time.Time { return w.now }
	c.Logger = slog.New(slog.DiscardHandler)
	if w.Library, err = Open(w.t.Context(), c); err != nil {
		w.t.Fatal(err)
	}
}

// Engine is the library's, with the documents loaded. What cannot be loaded is not there.
func (w *world) Engine(server string) *ask.Engine {
	engine, release, err := w.Hold(w.t.Context(), server)
	if err != nil {
		return w.unready
	}
	release()
	return engine
}

func (w *world) close() {
	w.Close()
	if err := w.store.Close(); err != nil {
		w.t.Error(err)
	}
}

// restart closes the library and opens it again.
func (w *world) restart() {
	w.close()
	w.open()
}

func upload(name, text string) Request {
	return Request{File: &intake.File{Name: name, Data: []byte(text)}}
}

// put adds a document, or replaces one.
func (w *world) put(server string, r Request) Change {
	w.t.Helper()
	p, err := w.Propose(w.t.Context(), server, r, ada)
	if err != nil {
		w.t.Fatal(err)
	}
	c, _, err := w.Confirm(w.t.Context(), server, p.ID, ada, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return c
}

// sees lists the slugs of a server's edition.
func (w *world) sees(server string) string {
	edition := w.Engine(server).Edition()
	if edition == nil {
		return "(not loaded)"
	}
	var slugs []string
	for _, d := range edition.Corpus.Documents() {
		slugs = append(slugs, d.Slug)
	}
	return strings.Join(slugs, " ")
}

func (w *world) text(server, slug string) string {
	d, _ := w.Engine(server).Edition().Corpus.Document(slug)
	var b strings.Builder
	for _, p := range d.Passages {
		b.WriteString(p.Text + "\n")
	}
	return b.String()
}

func (w *world) want(server, slugs string) {
	w.t.Helper()
	if got := w.sees(server); got != slugs {
		w.t.Errorf("server %q sees %q, want %q", server, got, slugs)
	}
}

// A document goes through its life in one server; the others do not notice, and a restart changes nothing.
func TestLife(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	p, err := w.Propose(ctx, "1", upload("../../My Harbor.txt", "The harbor has nine cranes.\n\nIt was dredged in 1920."),
		ada)
	if err != nil || p.Document.Slug != "my-harbor" || p.Added != 2 || p.ToEmbed != 2 || p.Known != 0 || p.Replaces ||
		len(p.Warnings) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	w.want("1", "ferry mill")
	if _, _, err := w.Confirm(ctx, "1", p.ID, bob, nil); !errors.Is(err, ErrNotYours) {
		t.Error(err)
	}
	if _, _, err := w.Confirm(ctx, "2", p.ID, ada, nil); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	c, report, err := w.Confirm(ctx, "1", p.ID, ada, nil)
	if err != nil || c.Action != ActionAdd || c.By != ada || c.After.Paragraphs != 2 || report.Embedded != 2 {
		t.Fatalf("%+v, %+v, %v", c, report, err)
	}
	if _, _, err := w.Confirm(ctx, "1", p.ID, ada, nil); !errors.Is(err, ErrGone) {
		t.Error(err)
	}
	w.want("1", "ferry mill my-harbor")
	w.want("2", "ferry mill")
	w.want("", "ferry mill")
	_, err = w.Propose(ctx, "1", upload("my harbor.md", "Another."), ada)
	if r, ok := errors.AsType[*intake.Refusal](err); !ok || r.Why != intake.Exists || r.Slug != "my-harbor" {
		t.Error(err)
	}
	q := upload("x.txt", "The harbor has ten cranes.\n\nIt was dredged in 1920.\n\nIt is deep.")
	q.Replace = "my-harbor"
	if p, err = w.Propose(ctx, "1", q, ada); err != nil || !p.Replaces ||
		p.Changes != (intake.Changes{Added: 1, Changed: 1}) ||
		p.ToEmbed != 2 || p.Known != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	if c, _, err = w.Confirm(ctx, "1", p.ID, ada, nil); err != nil || c.Action != ActionReplace || c.Before == nil {
		t.Fatalf("%+v, %v", c, err)
	}
	w.restart()
	w.want("1", "ferry mill my-harbor")
	if !strings.Contains(w.text("1", "my-harbor"), "ten cranes") {
		t.Error(w.text("1", "my-harbor"))
	}
	info, ok := w.About("1", "my-harbor")
	if !ok || !info.Own || info.By != ada || !info.Added.Equal(w.now) || info.From != "my-harbor.txt" {
		t.Errorf("%+v, %v, %v", info, ok, err)
	}
	if _, ok := w.About("2", "my-harbor"); ok {
		t.Error("another server knows of it")
	}
	if _, _, err := w.Undo(ctx, "1", c.ID-1, bob); !errors.Is(err, ErrNotLatest) {
		t.Error(err)
	}
	for _, want := range []string{"nine cranes", ""} {
		if c, _, err = w.Undo(ctx, "1", 0, bob); err != nil || c.Action != ActionUndo || c.By != bob {
			t.Fatalf("%+v, %v", c, err)
		}
		if !strings.Contains(w.text("1", "my-harbor"), want) {
			t.Error(w.text("1", "my-harbor"))
		}
	}
	w.want("1", "ferry mill")
	if _, _, err = w.Undo(ctx, "1", 0, bob); !errors.Is(err, ErrNothing) {
		t.Error(err)
	}
	history, err := w.History(ctx, "1", 0, 10)
	if err != nil || len(history) != 4 || history[3].UndoneBy != history[0].ID {
		t.Errorf("%+v, %v", history, err)
	}
	if history, _ = w.History(ctx, "2", 0, 10); len(history) != 0 {
		t.Errorf("%+v", history)
	}
}

// A shared document can be hidden in a server and shown again, or another can stand in its place.
func TestShared(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	if c, _, err := w.Remove(ctx, "1", "mill", ada); err != nil || c.Action != ActionHide || !c.After.Hidden {
		t.Fatalf("%+v, %v", c, err)
	}
	w.want("1", "ferry")
	w.restart()
	w.want("1", "ferry")
	if got := w.Hidden("1"); len(got) != 1 || got[0] != "mill" {
		t.Error(got)
	}
	if _, _, err := w.Remove(ctx, "1", "mill", ada); !errors.Is(err, ErrNoDocument) {
		t.Error(err)
	}
	if _, _, err := w.Remove(ctx, "1", "ferry", ada); err != nil {
		t.Fatal(err)
	}
	w.want("1", "") // none at all
	if _, _, err := w.Undo(ctx, "1", 0, ada); err != nil {
		t.Fatal(err)
	}
	if c, _, err := w.Show(ctx, "1", "mill", ada); err != nil || c.Action != ActionShow {
		t.Fatalf("%+v, %v", c, err)
	}
	w.want("1", "ferry mill")
	q := upload("x.txt", "Nobody knows when the mill was built.")
	q.Replace = "mill"
	w.put("1", q)
	if !strings.Contains(w.text("1", "mill"), "Nobody") || !strings.Contains(w.text("2", "mill"), "1742") {
		t.Error(w.text("1", "mill"), w.text("2", "mill"))
	}
	if i, _ := w.About("1", "mill"); !i.Own || !i.Over {
		t.Errorf("%+v", i)
	}
	w.folder["tower.txt"] = &fstest.MapFile{Data: []byte("The tower leans.")}
	w.folder["mill.txt"] = &fstest.MapFile{Data: []byte("The mill is gone.")}
	r, err := w.Reload(ctx, "1", "", nil)
	if err != nil || !r.Report.Changed || r.Report.Documents != 3 {
		t.Errorf("%+v, %v", r, err)
	}
	w.want("1", "ferry mill tower")
	w.want("2", "ferry mill tower")
	if !strings.Contains(w.text("1", "mill"), "Nobody") {
		t.Error(w.text("1", "mill"))
	}
	if r, err = w.Reload(ctx, "1", "", nil); err != nil || r.Report.Changed {
		t.Errorf("%+v, %v", r, err)
	}
	if c, _, err := w.Remove(ctx, "1", "mill", ada); err != nil || c.Action != ActionRemove {
		t.Fatalf("%+v, %v", c, err)
	}
	if !strings.Contains(w.text("1", "mill"), "is gone") || w.Engine("1") != w.Engine("") {
		t.Error("the shared one is not back")
	}
}

func TestScopes(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	scope := func(channels ...string) string { return fmt.Sprint(w.Scope("1", channels)) }
	if err := w.SetScope(ctx, "1", "5", []string{"mill"}, ada); err != nil {
		t.Fatal(err)
	}
	if err := w.SetScope(ctx, "1", "", []string{"mill", "ferry"}, ada); err != nil {
		t.Fatal(err)
	}
	if err := w.SetScope(ctx, "1", "6", []string{"nothing"}, ada); !errors.Is(err, ErrNoDocument) {
		t.Error(err)
	}
	w.restart()
	if got := scope("7", "5") + scope("7") + fmt.Sprint(w.Scope(
		"2", []string{"5"}) == nil); got != "[mill][ferry mill]true" {
		t.Error(got)
	}
	if places := w.Scopes("1"); len(places) != 2 || places[0].ID != "" || places[1].ID != "5" {
		t.Errorf("%+v", places)
	}
	if err := w.SetManagers(ctx, "1", []string{"99"}, ada); err != nil || fmt.Sprint(w.Managers("1")) != "[99]" {
		t.Error(err, w.Managers("1"))
	}
	if c, _, err := w.Undo(ctx, "1", 0, ada); err != nil || c.Slug != "" || scope("7") != "[]" ||
		w.Scope("1", nil) != nil {
		t.Errorf("%+v, %v, %s", c, err, scope("7"))
	}
	if err := w.SetScope(ctx, "1", "5", nil, ada); err != nil || scope("5") != "[]" {
		t.Error(err, scope("5"))
	}
	if err := w.SetManagers(ctx, "1", []string{"everyone"}, ada); !errors.Is(err, ErrBounds) {
		t.Error(err)
	}
}

// What is no address is never read as a path of this machine.
func TestNoPaths(t *testing.T) {
	w := newWorld(t)
	for _, from := range []string{"/etc/passwd", "", "file:///etc/passwd", "mill.txt"} {
		if _, err := w.Propose(t.Context(), "1", Request{Address: from}, ada); !errors.Is(err, fetch.ErrRefused) {
			t.Errorf("%q: %v", from, err)
		}
	}
	if _, err := w.Propose(t.Context(), "", upload("a.txt", "Text."), ada); !errors.Is(err, ErrNoServer) {
		t.Error(err)
	}
}
