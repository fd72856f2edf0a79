package intake

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

func writeFolder(t *testing.T, dir, file, text string) {
	t.Helper()
	name := filepath.Join(dir, filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// A document of the folder follows its address, until somebody edits it.
func TestRefresh(t *testing.T) {
	text, status := "The first text.", 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if status != 0 {
			w.WriteHeader(status)
			return
		}
		w.Header().Set("Content-Type", "text/plain")
		fmt.Fprint(w, text)
	}))
	defer server.Close()
	in := open(t, server)
	if _, err := in.add(t, Request{From: server.URL + "/a.txt", Title: "Mine"}); err != nil {
		t.Fatal(err)
	}
	refresh := func(want Visit, gone bool, holds string) {
		t.Helper()
		visit, err := in.Refresh(t.Context(), "a")
		if visit != want || (err != nil) != gone || gone && !Gone(err) {
			t.Errorf("visit %d, %v; want %d", visit, err, want)
		}
		data, err := os.ReadFile(filepath.Join(in.Dir, "a.txt"))
		if err != nil || !strings.Contains(string(data), holds) ||
			!strings.Contains(string(data), "Mine") && holds != "edited" {
			t.Errorf("%q, %v; want %q", data, err, holds)
		}
	}
	refresh(NotModified, false, "first")
	text = "The second text."
	refresh(Rewritten, false, "second")
	refresh(NotModified, false, "second")
	status = http.StatusGone
	refresh(NotModified, true, "second")
	if o := in.Origins()["a"]; o.GoneSince.IsZero() || o.GoneWhy == "" {
		t.Errorf("%+v", o)
	}
	status = 0
	refresh(NotModified, false, "second")
	if o := in.Origins()["a"]; !o.GoneSince.IsZero() {
		t.Errorf("%+v", o)
	}
	// The program ended between the two files: the origin is of the next text, the document of the one before.
	text = "The third text."
	p, err := in.Prepare(t.Context(), Request{From: server.URL + "/a.txt", Title: "Mine", Name: "a", Replace: true})
	if err != nil {
		t.Fatal(err)
	}
	writeFolder(t, in.Dir, p.Original, string(p.original))
	writeFolder(t, in.Dir, path.Join(Originals, "a.json"), string(p.origin))
	refresh(Rewritten, false, "third")
	writeFolder(t, in.Dir, "a.txt", "Somebody edited this.")
	text = "The fourth text."
	refresh(Left, false, "edited")
}

// A file in memory becomes the same document as one on the disk.
func TestMakeOfMemory(t *testing.T) {
	in := open(t, nil)
	r := in.reader()
	for _, name := range []string{"Die Fähre 1.htm", `C:\files\Die Fähre 1.htm`, "../x/Die Fähre 1.htm"} {
		m, err := r.Make(t.Context(), Request{File: &File{Name: name, Data: []byte(page)}})
		if err != nil || m.Path != "die-fahre-1.md" || m.OriginalName != "die-fahre-1.html" || m.From != "" ||
			len(m.Document.Passages) != 2 {
			t.Errorf("%q: %+v, %v", name, m, err)
		}
	}
	m, err := r.Make(t.Context(), Request{File: &File{Name: "a.txt",
		Data: []byte("In\u202e plain\u200b sight.\n\n" + strings.Repeat("Long text. ", 300))}})
	kinds := map[Doubt]int{}
	for _, w := range m.Warnings {
		kinds[w.Kind] = w.N
	}
	if err != nil || kinds[Unseen] != 2 || kinds[OverLong] != 1 || len(kinds) != 3 {
		t.Errorf("%+v, %v", m.Warnings, err)
	}
	if _, err = r.Make(t.Context(), Request{File: &File{Name: "a.md",
		Data: []byte("---\npublished: soon\n---\nText.")}}); err == nil ||
		!strings.HasPrefix(err.Error(), "a.md:2: ") {
		t.Errorf("where it is wrong: %v", err)
	}
	r.Fetcher = nil
	if _, err = r.Make(t.Context(), Request{From: "https://example.org/"}); err == nil {
		t.Error("fetched without a fetcher")
	}
}
