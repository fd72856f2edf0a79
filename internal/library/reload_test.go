package library

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
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
	return fetch.New(fetch.Config{Permit: func(to netip.AddrPort) bool {
		return to.String() == s.Listener.Addr().String()
	}})
}

// A page that changes becomes a change; one that disappears keeps its last good copy and says since when.
func TestAddress(t *testing.T) {
	for _, etag := range []bool{true, false} {
		t.Run(fmt.Sprint("etag ", etag), func(t *testing.T) {
			page := newSite(t, "The first light was lit in 1815.")
			page.etag = etag
			w := newWorld(t, func(w *world) { w.config.Fetcher = page.fetcher() })
			ctx := t.Context()
			w.put("1", Request{Address: page.URL + "/light.txt", Title: "The light",
				Published: time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)})
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
