package library

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
	"pilcrow/internal/mirror"
)

// What a document was made of comes back to the byte; what is not kept, and what another server has, does not.
func TestOriginal(t *testing.T) {
	page := newSite(t, "[The light](/light.txt)\n\nThe first light was lit in 1815.")
	dir := t.TempDir()
	for name, text := range map[string]string{"mill.txt": mill, "deep.md": "# Deep\n\nTen meters."} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load := func() (*article.Corpus, error) { return article.Load(os.DirFS(dir)) }
	in := &intake.Intake{Dir: dir, Fetcher: page.fetcher(), Load: load, Now: time.Now}
	p, err := in.Prepare(t.Context(), intake.Request{From: page.URL + "/lamp.txt", Title: "The lamp"})
	if err == nil {
		err = in.Write(p)
	}
	if err != nil {
		t.Fatal(err)
	}
	m := &mirror.Mirrors{Dir: dir, Reader: intake.Reader{Fetcher: page.fetcher()}, Fetcher: fetch.New(fetch.Config{}),
		Now: time.Now, Pause: -1}
	m.Fetcher = page.fetcher()
	spec := mirror.Spec{Kind: mirror.LLMs, From: page.URL + "/llms.txt", Name: "site"}
	if _, err := m.Add(t.Context(), spec, false); err != nil {
		t.Fatal(err)
	}
	w := newWorld(t, func(w *world) { w.config.Folder, w.config.Mirrors, w.load = in, m, load })
	own := []byte("\ufeffThe quay is long.\r\n")
	w.put("1", Request{File: &intake.File{Name: "Quay.txt", Data: own}, Title: "The quay"})
	for _, c := range []struct {
		server, slug, name string
		data               []byte
		err                error
	}{
		{"1", "the-quay", "the-quay.txt", own, nil},
		{"2", "the-quay", "", nil, ErrNoDocument},
		{"2", "mill", "mill.txt", []byte(mill), nil},
		{"", "deep", "deep.md", []byte("# Deep\n\nTen meters."), nil},
		{"2", "lamp", "lamp.txt", []byte("[The light](/light.txt)\n\nThe first light was lit in 1815."), nil},
		{"2", "light", "", nil, ErrNoBytes}, // of a site that is followed
		{"2", "nothing", "", nil, ErrNoDocument},
	} {
		name, data, err := w.Original(t.Context(), c.server, c.slug)
		if name != c.name || !bytes.Equal(data, c.data) || !errors.Is(err, c.err) {
			t.Errorf("%s in %q: %q, %q, %v", c.slug, c.server, name, data, err)
		}
	}
}
