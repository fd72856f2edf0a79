package library

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/rag"
)

// A site is a page at an address, which its owner can change.
type site struct {
	*httptest.Server
	mu     sync.Mutex
	text   string
	etag   bool // it says so when the page did not change
	status int  // 0: as it is
	asked  int
}

func newSite(t *testing.T, text string) *site {
	s := newPage()
	s.set(text, 0)
	t.Cleanup(s.Close)
	return s
}

func newPage() *site {
	s := &site{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.asked++
		tag := fmt.Sprintf("%q", fmt.Sprint(len(s.text), s.text[:min(len(s.text), 10)]))
		switch {
		case s.status != 0:
			w.WriteHeader(s.status)
		case s.etag && r.Header.Get("If-None-Match") == tag:
			w.WriteHeader(http.StatusNotModified)
		default:
			if s.etag {
				w.Header().Set("ETag", tag)
			}
			w.Header().Set("Content-Type", "text/plain; charset=utf-8")
			fmt.Fprint(w, s.text)
		}
	}))
	return s
}

func (s *site) set(text string, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.text, s.status = text, status
}

func (s *site) fetcher() *fetch.Fetcher {
	return fetch.New(fetch.Config{Permit: func(to netip.AddrPort) bool { return to.String() == s.Listener.Addr().String() }})
}

// A page that changes becomes a change; one that disappears keeps its last good copy and says since when.
func TestAddress(t *testing.T) {
	for _, etag := range []bool{true, false} {
		t.Run(fmt.Sprint("etag ", etag), func(t *testing.T) {
			page := newSite(t, "The first light was lit in 1815.")
			page.etag = etag
			w := newWorld(t, func(w *world) { w.config.Fetcher = page.fetcher() })
			ctx := t.Context()
			w.put("1", Request{Address: page.URL + "/light.txt", Title: "The light", Published: time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)})
			w.want("1", "ferry mill the-light")
			reload := func() Reloaded {
				t.Helper()
				w.now = w.now.Add(time.Hour)
				r, err := w.Reload(ctx, "1", "the-light", nil)
				if err != nil {
					t.Fatal(err)
				}
				return r
			}
			if r := reload(); r.NotModified != 1 || len(r.Fetched) != 0 || r.Report.Changed {
				t.Errorf("%+v", r)
			}
			page.set("The second light was lit in 1850.", 0)
			if r := reload(); len(r.Fetched) != 1 || r.Fetched[0] != "the-light" || !r.Report.Changed {
				t.Errorf("%+v", r)
			}
			d, _ := w.Engine("1").Edition().Corpus.Document("the-light")
			if d.Title != "The light" || d.Published.Year() != 2020 || !strings.Contains(d.Passages[0].Text, "second") {
				t.Errorf("%+v", d)
			}
			history, _ := w.History(ctx, "1", 0, 1)
			if history[0].Action != ActionAddress || history[0].By != (Who{Name: byAddress}) {
				t.Errorf("%+v", history)
			}
			// What is undone stays undone until the page changes again.
			if _, _, err := w.Undo(ctx, "1", 0, ada); err != nil {
				t.Fatal(err)
			}
			if r := reload(); r.NotModified != 1 || !strings.Contains(w.text("1", "the-light"), "first") {
				t.Errorf("%+v, %s", r, w.text("1", "the-light"))
			}
			page.set("", http.StatusNotFound)
			gone := w.now.Add(time.Hour)
			reload()
			w.restart()
			r := reload()
			if len(r.Gone) != 1 || !r.Gone[0].Since.Equal(gone) || !strings.Contains(w.text("1", "the-light"), "first") {
				t.Errorf("%+v, want since %v", r, gone)
			}
			if i, _ := w.About("1", "the-light"); !i.GoneSince.Equal(gone) || len(w.Status("1").Gone) != 1 {
				t.Errorf("%+v", i)
			}
			page.set("", http.StatusBadGateway)
			if r = reload(); len(r.Failed) != 1 || len(r.Gone) != 0 {
				t.Errorf("%+v", r)
			}
			page.set("The third light was lit in 1901.", 0)
			if r = reload(); len(r.Fetched) != 1 || len(w.Status("1").Gone) != 0 {
				t.Errorf("%+v", r)
			}
			w.want("2", "ferry mill")
			if _, err := w.Reload(ctx, "2", "the-light", nil); !errors.Is(err, ErrNoDocument) {
				t.Error(err)
			}
		})
	}
}

// Documents of the operator's folder that came from an address are asked likewise, unless somebody edited them.
func TestSharedAddress(t *testing.T) {
	page := newSite(t, "The first light was lit in 1815.")
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mill.txt"), []byte(mill), 0o600); err != nil {
		t.Fatal(err)
	}
	load := func() (*article.Corpus, error) { return article.Load(os.DirFS(dir)) }
	var w *world
	in := &intake.Intake{Dir: dir, Fetcher: page.fetcher(), Load: load, Now: func() time.Time { return w.now }}
	w = newWorld(t, func(w *world) { w.config.Folder, w.load = in, load })
	ctx := t.Context()
	p, err := in.Prepare(ctx, intake.Request{From: page.URL + "/light.txt"})
	if err != nil {
		t.Fatal(err)
	}
	if err := in.Write(p); err != nil {
		t.Fatal(err)
	}
	reload := func() Reloaded {
		t.Helper()
		r, err := w.Reload(ctx, "", "", nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := reload(); r.NotModified != 1 || !r.Report.Changed {
		t.Errorf("%+v", r)
	}
	page.set("The second light was lit in 1850.", 0)
	if r := reload(); len(r.Fetched) != 1 || !strings.Contains(w.text("", "light"), "second") {
		t.Errorf("%+v", r)
	}
	page.set("", http.StatusGone)
	if r := reload(); len(r.Gone) != 1 || r.Gone[0].Since.IsZero() || !strings.Contains(w.text("", "light"), "second") {
		t.Errorf("%+v", r)
	}
	if i, ok := w.About("7", "light"); !ok || i.GoneSince.IsZero() || i.From == "" {
		t.Errorf("%+v", i)
	}
	page.set("The third light was lit in 1901.", 0)
	if err := os.WriteFile(filepath.Join(dir, "light.txt"), []byte("The operator wrote this."), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := reload(); len(r.Fetched)+r.NotModified != 0 || !strings.Contains(w.text("", "light"), "operator") {
		t.Errorf("what the operator wrote: %+v, %s", r, w.text("", "light"))
	}
}

// A failing embedder lets the change fail as a whole: the old edition goes on, nothing is written, and the proposal can be tried again.
type failing struct {
	rag.Embedder
	fail atomic.Bool   // passages; questions are embedded as ever
	hold chan struct{} // if not nil, Embed of passages waits for it
	in   chan struct{} // and says here that it does
}

var errAway = errors.New("the embedding server is away")

func (f *failing) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if kind == rag.Passage && f.hold != nil {
		f.in <- struct{}{}
		<-f.hold
	}
	if kind == rag.Passage && f.fail.Load() {
		return nil, errAway
	}
	return f.Embedder.Embed(ctx, kind, texts)
}

func TestEmbedderAway(t *testing.T) {
	f := &failing{}
	w := newWorld(t, func(w *world) { f.Embedder = w.embed; w.embed = f })
	ctx := t.Context()
	p, err := w.Propose(ctx, "1", upload("harbor.txt", "The harbor has nine cranes."), ada)
	if err != nil {
		t.Fatal(err)
	}
	f.fail.Store(true)
	if _, _, err := w.Confirm(ctx, "1", p.ID, ada, nil); !errors.Is(err, errAway) {
		t.Error(err)
	}
	w.want("1", "ferry mill")
	if history, _ := w.History(ctx, "1", 0, 9); len(history) != 0 {
		t.Errorf("%+v", history)
	}
	f.fail.Store(false)
	if _, _, err := w.Confirm(ctx, "1", p.ID, ada, nil); err != nil {
		t.Error(err)
	}
	w.want("1", "ferry harbor mill")
	// What is embedded already is there at a start without the server.
	f.fail.Store(true)
	w.restart()
	w.want("1", "ferry harbor mill")
}

// picky is another model than before, which cannot embed one text just now.
type picky struct {
	rag.Embedder
	not string
}

func (p *picky) Model() string { return "another" }

func (p *picky) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if p.not != "" && slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(text, p.not) }) {
		return nil, errAway
	}
	return p.Embedder.Embed(ctx, kind, texts)
}

// What cannot be embedded at a start is not answered from, the status says so, and a reload tries again.
func TestNotEmbeddedAtStart(t *testing.T) {
	w := newWorld(t)
	w.put("1", upload("harbor.txt", "The harbor has nine cranes."))
	model := &picky{w.embed, "cranes"}
	w.embed = model
	w.restart()
	w.want("1", "ferry mill")
	if st := w.Status("1"); len(st.Problems) != 1 || !strings.HasPrefix(st.Problems[0], "harbor: it could not be embedded") {
		t.Errorf("%q", st.Problems)
	}
	model.not = ""
	if _, err := w.Renew(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	w.want("1", "ferry harbor mill")
	if st := w.Status("1"); len(st.Problems) != 0 {
		t.Errorf("%q", st.Problems)
	}
}

// Two that change the documents of one server at once: the second is told. Other servers do not wait.
func TestBusy(t *testing.T) {
	f := &failing{}
	w := newWorld(t, func(w *world) { f.Embedder = w.embed; w.embed = f })
	ctx := t.Context()
	first, err := w.Propose(ctx, "1", upload("harbor.txt", "The harbor has nine cranes."), ada)
	if err != nil {
		t.Fatal(err)
	}
	second, err := w.Propose(ctx, "1", upload("tower.txt", "The tower leans."), bob)
	if err != nil {
		t.Fatal(err)
	}
	f.hold, f.in = make(chan struct{}), make(chan struct{})
	var done sync.WaitGroup
	done.Go(func() {
		if _, _, err := w.Confirm(ctx, "1", first.ID, ada, nil); err != nil {
			t.Error(err)
		}
	})
	<-f.in
	if _, _, err := w.Confirm(ctx, "1", second.ID, bob, nil); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	if _, _, err := w.Undo(ctx, "1", 0, bob); !errors.Is(err, ErrBusy) {
		t.Error(err)
	}
	if _, _, err := w.Remove(ctx, "2", "mill", bob); err != nil {
		t.Errorf("another server: %v", err)
	}
	close(f.hold)
	done.Wait()
	f.hold = nil
	if _, _, err := w.Confirm(ctx, "1", second.ID, bob, nil); err != nil {
		t.Errorf("tried again: %v", err)
	}
	w.want("1", "ferry harbor mill tower")
}

// Previews end: after a quarter of an hour, when they are canceled, when there are many, and when what they stand on has changed.
func TestProposalsEnd(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	propose := func(name string) string {
		t.Helper()
		p, err := w.Propose(ctx, "1", upload(name, "Text of "+name+"."), ada)
		if err != nil {
			t.Fatal(err)
		}
		return p.ID
	}
	gone := func(id, what string, want error) {
		t.Helper()
		if _, _, err := w.Confirm(ctx, "1", id, ada, nil); !errors.Is(err, want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	late := propose("a.txt")
	w.now = w.now.Add(keepProposal + time.Second)
	gone(late, "late", ErrGone)
	canceled := propose("a.txt")
	cancel := func(server string, by Who, want error) {
		t.Helper()
		if err := w.Cancel(server, canceled, by); !errors.Is(err, want) {
			t.Errorf("cancel: %v, want %v", err, want)
		}
	}
	cancel("2", ada, ErrGone)
	cancel("1", Who{ID: "999", Name: "Eve"}, ErrNotYours)
	cancel("1", ada, nil)
	cancel("1", ada, ErrGone)
	gone(canceled, "canceled", ErrGone)
	many := propose("a.txt")
	for i := range maxProposals {
		propose(fmt.Sprintf("m%d.txt", i))
	}
	gone(many, "one of many", ErrGone)
	twin := propose("a.txt")
	w.put("1", upload("a.txt", "Somebody was faster."))
	gone(twin, "the name is taken meanwhile", ErrChanged)
	q := upload("x.txt", "Replaced.")
	q.Replace = "a"
	p, err := w.Propose(ctx, "1", q, ada)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Undo(ctx, "1", 0, ada); err != nil {
		t.Fatal(err)
	}
	gone(p.ID, "what it replaces is gone", ErrChanged)
	q.Replace = "mill"
	if p, err = w.Propose(ctx, "1", q, ada); err != nil {
		t.Fatal(err)
	}
	w.folder["mill.txt"] = &fstest.MapFile{Data: []byte(mill + "\n\nIts stones lie in the river.")}
	if _, err := w.Renew(ctx, nil); err != nil {
		t.Fatal(err)
	}
	gone(p.ID, "the shared document that it replaces is another", ErrChanged)
	w.want("1", "ferry mill")
}

// One document that cannot be loaded at a start does not stop the others, and keeps its place: the shared document of its name is not
// what the admins chose.
func TestBrokenAtStart(t *testing.T) {
	w := newWorld(t)
	q := upload("x.txt", "Nobody knows when the mill was built.")
	q.Replace = "mill"
	w.put("1", q)
	w.put("1", upload("harbor.txt", "The harbor has nine cranes."))
	w.put("2", upload("tower.txt", "The tower leans."))
	w.close()
	damage(t, w.dir, "Nobody knows")
	w.open()
	w.want("1", "ferry harbor")
	w.want("2", "ferry mill tower")
	if st := w.Status("1"); len(st.Problems) != 1 || !strings.Contains(st.Problems[0], "mill") || st.Own != 2 {
		t.Errorf("%+v", st)
	}
	if i, ok := w.About("1", "mill"); !ok || !i.Broken {
		t.Errorf("%+v", i)
	}
	if _, _, err := w.Undo(t.Context(), "1", 0, ada); err != nil {
		t.Error(err)
	}
	if _, _, err := w.Undo(t.Context(), "1", 0, ada); err != nil {
		t.Error(err)
	}
	w.want("1", "ferry mill")
	if st := w.Status("1"); len(st.Problems) != 0 {
		t.Errorf("mended, and still told: %q", st.Problems)
	}
}

// damage changes a byte of a text in the database's file.
func damage(t *testing.T, dir, text string) {
	t.Helper()
	file := filepath.Join(dir, "pilcrow.db")
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	i := strings.Index(string(data), text)
	if i < 0 {
		t.Fatal("the text is not in the file")
	}
	for ; i >= 0; i = strings.Index(string(data), text) {
		data[i] ^= 1
	}
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
