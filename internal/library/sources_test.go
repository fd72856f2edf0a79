package library

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/mirror"
)

// A reload reads the sources of the operator's folder again, for all servers; of a page that fails the last text
// stays, and that is told.
func TestReloadOfSources(t *testing.T) {
	var light atomic.Value
	light.Store("The first light was lit in 1815.")
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text := map[string]string{"/llms.txt": "- [The light](light.txt)", "/light.txt": light.Load().(string)}[r.URL.Path]
		switch text {
		case "":
			w.WriteHeader(http.StatusNotFound)
			return
		case "away":
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte(text))
	}))
	t.Cleanup(server.Close)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "mill.txt"), []byte(mill), 0o600); err != nil {
		t.Fatal(err)
	}
	fetcher := fetch.New(fetch.Config{
		Permit: func(to netip.AddrPort) bool { return to.String() == server.Listener.Addr().String() }})
	load := func() (*article.Corpus, error) { return article.Load(os.DirFS(dir)) }
	m := &mirror.Mirrors{Dir: dir, Reader: intake.Reader{Fetcher: fetcher}, Fetcher: fetcher, Now: time.Now, Pause: -1}
	spec := mirror.Spec{Kind: mirror.LLMs, From: server.URL + "/llms.txt", Name: "site"}
	if _, err := m.Add(t.Context(), spec, false); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, func(w *world) {
		w.config.Folder, w.config.Mirrors, w.load = &intake.Intake{Dir: dir, Fetcher: fetcher, Load: load, Now: time.Now},
			m, load
	})
	reload := func(slug string) Reloaded {
		t.Helper()
		r, err := w.Reload(t.Context(), "1", slug, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := reload(""); r.NotModified != 1 || len(r.Fetched) != 0 || r.Report.Changed {
		t.Errorf("%+v", r)
	}
	light.Store("The second light was lit in 1850.")
	if r := reload("mill"); len(r.Fetched)+r.NotModified != 0 {
		t.Errorf("a reload of another document reads it: %+v", r)
	}
	if r := reload("light"); len(r.Fetched) != 1 || r.Fetched[0] != "site" || !strings.Contains(w.text("1", "light"),
		"second") {
		t.Errorf("%+v", r)
	}
	light.Store("away")
	r := reload("")
	if len(r.Failed) != 1 || r.Failed[0].Slug != "site/light.txt" || !strings.Contains(w.text("2", "light"), "second") {
		t.Errorf("%+v", r)
	}
	server.Close()
	if r = reload(""); len(r.Failed) != 1 || r.Failed[0].Slug != "site" {
		t.Errorf("%+v", r)
	}
}
