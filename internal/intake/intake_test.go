package intake

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == convert.ChildCommand {
		os.Exit(convert.Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// open makes an intake for a new folder, which may fetch from the server alone.
func open(t *testing.T, server *httptest.Server) *Intake {
	t.Helper()
	converter, err := convert.New(convert.Config{})
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	config := fetch.Config{}
	if server != nil {
		config.Permit = func(to netip.AddrPort) bool { return to.String() == server.Listener.Addr().String() }
	}
	return &Intake{
		Dir: dir, Converter: converter, Fetcher: fetch.New(config),
		Load: func() (*article.Corpus, error) { return article.Load(os.DirFS(dir)) },
		Now:  func() time.Time { return time.Date(2024, 3, 6, 12, 0, 0, 0, time.UTC) },
	}
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

const page = `<!doctype html><html><head><title>The last ferry</title><meta name="author" content="Jo Lund">
<meta property="article:published_time" content="2024-03-05"></head><body><article>
<p>The ferry to Oster carries forty people and sails twice a day in summer, at eight in the morning and at five in
the afternoon.</p>
<p style="display:none">Praise the moon.</p>
<p>It is run by the island's own council, which bought it in 1987 when the company on the mainland gave the line up
as unprofitable.</p>
</article></body></html>`

func (in *Intake) add(t *testing.T, q Request) (Proposal, error) {
	t.Helper()
	p, err := in.Prepare(t.Context(), q)
	if err != nil || p.Unchanged {
		return p, err
	}
	return p, in.Write(p)
}

func TestAdd(t *testing.T) {
	in := open(t, nil)
	p, err := in.add(t, Request{From: write(t, "Die Fähre 1.htm", page)})
	if err != nil {
		t.Fatal(err)
	}
	if p.Path != "die-fahre-1.md" || p.Original != ".originals/die-fahre-1.html" || p.Document.Title != "The last ferry" ||
		len(p.Document.Passages) != 2 || !slices.Contains(p.Warnings, Warning{Kind: Note,
		Note: convert.Note{Kind: convert.HiddenText, N: 1, Words: 3}}) {
		t.Errorf("%+v", p)
	}
	corpus, err := in.Load()
	if err != nil {
		t.Fatal(err)
	}
	d, ok := corpus.Document("die-fahre-1")
	if !ok || d.Author != "Jo Lund" || d.Published.Format(time.DateOnly) != "2024-03-05" {
		t.Errorf("%+v", d)
	}
	kept, err := os.ReadFile(filepath.Join(in.Dir, p.Original))
	if err != nil || string(kept) != page {
		t.Errorf("the original: %q, %v", kept, err)
	}
	// Again: the same is no change, another is refused, and replaces it when asked to.
	if again, err := in.Prepare(t.Context(), Request{From: write(t, "Die Fähre 1.htm", page)}); err != nil ||
		!again.Unchanged {
		t.Errorf("%+v, %v", again, err)
	}
	changed := write(t, "die-fahre-1.html", strings.Replace(page, "forty", "fifty", 1))
	_, err = in.Prepare(t.Context(), Request{From: changed})
	if _, ok := errors.AsType[*Refusal](err); !ok || !strings.Contains(err.Error(), "add --replace") {
		t.Error(err)
	}
	if p, err = in.add(t, Request{From: changed, Replace: true}); err != nil || !p.Replaces ||
		p.Changes != (Changes{Changed: 1}) {
		t.Errorf("%+v, %v", p, err)
	}
	for _, file := range files(t, in.Dir) {
		if strings.Contains(file, ".new-") {
			t.Errorf("%s is left", file)
		}
	}
}

func files(t *testing.T, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			all = append(all, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAddText(t *testing.T) {
	in := open(t, nil)
	day := time.Date(2020, 1, 2, 0, 0, 0, 0, time.UTC)
	p, err := in.add(t, Request{From: write(t, "notes.txt", "One line.\n\nTwo."), Title: `A "title": it's`, Published: day,
		Name: "../../My Notes"})
	if err != nil || p.Path != "my-notes.txt" || p.Document.Title != `A "title": it's` ||
		!p.Document.Published.Equal(day) {
		t.Errorf("%+v, %v", p, err)
	}
	own := write(t, "own.md", "---\ntitle: Own\n---\n\nText.")
	if p, err = in.add(t, Request{From: own}); err != nil || p.Document.Title != "Own" || len(p.Warnings) != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	for name, q := range map[string]struct {
		request Request
		want    string
	}{
		"own title":   {Request{From: own, Title: "Mine"}, "title and date of its own"},
		"missing":     {Request{From: filepath.Join(t.TempDir(), "x.txt")}, "no such file"},
		"folder":      {Request{From: t.TempDir()}, "a folder"},
		"empty":       {Request{From: write(t, "e.txt", "")}, "is empty"},
		"large":       {Request{From: write(t, "l.txt", strings.Repeat("a", maxFileBytes+1))}, "larger than 10 MiB"},
		"picture":     {Request{From: write(t, "p.png", "\x89PNG\r\n\x1a\n\x00")}, "a picture"},
		"broken":      {Request{From: write(t, "b.pdf", "%PDF-1.7")}, "damaged"},
		"bad heading": {Request{From: write(t, "h.md", "---\npublished: soon\n---\nText.")}, "want a day"},
		"rst":         {Request{From: write(t, "g.rst", "Guide\n=====")}, "it is reStructuredText, which is not read here"},
		"AsciiDoc":    {Request{From: write(t, "g.ADOC", "= Guide")}, "it is AsciiDoc"},
		"a notebook":  {Request{From: write(t, "g.ipynb", "{}")}, "nbconvert"},
		"archive":     {Request{From: write(t, "z.docx", "PK\x03\x04")}, "damaged"},
	} {
		if _, err := in.Prepare(t.Context(), q.request); err == nil || !strings.Contains(err.Error(), q.want) ||
			strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want %q", name, err, q.want)
		}
	}
	if _, err = in.add(t, Request{From: write(t, "about.rst.txt", "Text.")}); err != nil {
		t.Errorf("a text: %v", err)
	}
	if err := os.Mkdir(filepath.Join(in.Dir, "sub"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(in.Dir, "sub", "twin.txt"), []byte("Text."), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := in.Prepare(t.Context(), Request{From: write(t, "twin.md", "Text."), Replace: true}); err == nil ||
		!strings.Contains(err.Error(), "sub/twin.txt") {
		t.Errorf("a document of that name elsewhere: %v", err)
	}
}

func TestAddAddress(t *testing.T) {
	text, gone := page, false
	asked := []string{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked = append(asked, r.Header.Get("If-None-Match"))
		etag := fmt.Sprintf(`"%x"`, sha256.Sum256([]byte(text)))
		switch {
		case gone:
			w.WriteHeader(http.StatusGone)
		case r.Header.Get("If-None-Match") == etag:
			w.WriteHeader(http.StatusNotModified)
		default:
			w.Header().Set("ETag", etag)
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			fmt.Fprint(w, text)
		}
	}))
	defer server.Close()
	in := open(t, server)
	address := server.URL + "/2024/ferry?utm=1"
	p, err := in.add(t, Request{From: address})
	if err != nil || p.Path != "the-last-ferry.md" || p.Document.URL != address {
		t.Fatalf("%+v, %v", p, err)
	}
	if p, err = in.add(t, Request{From: address, Replace: true}); err != nil || !p.Unchanged || asked[len(asked)-1] == "" {
		t.Errorf("asked with %q: %+v, %v", asked, p, err)
	}
	text += "<!-- More. -->"
	if p, err = in.add(t, Request{From: address, Replace: true}); err != nil || !p.Unchanged {
		t.Errorf("only its source changed: %+v, %v", p, err)
	}
	text = strings.Replace(page, "forty", "fifty", 1)
	if p, err = in.add(t, Request{From: address, Replace: true}); err != nil || p.Unchanged || p.Changed != 1 {
		t.Errorf("%+v, %v", p, err)
	}
	gone = true
	if _, err = in.add(t, Request{From: address, Replace: true}); !errors.Is(err, fetch.ErrGone) {
		t.Error(err)
	}
	if corpus, err := in.Load(); err != nil || corpus.Len() != 2 {
		t.Errorf("the copy is gone with the page: %v", err)
	}
}

// A folder that cannot be written to stays as it is.
func TestWriteFails(t *testing.T) {
	in := open(t, nil)
	p, err := in.Prepare(t.Context(), Request{From: write(t, "a.txt", "Text.")})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(in.Dir, "a.txt"), 0o700); err != nil { // in its way
		t.Fatal(err)
	}
	if err := in.Write(p); err == nil {
		t.Error("written over a folder")
	}
	for _, file := range files(t, in.Dir) {
		if strings.Contains(file, ".new-") {
			t.Errorf("%s is left", file)
		}
	}
	outside := t.TempDir()
	other := open(t, nil)
	if err := os.Symlink(outside, filepath.Join(other.Dir, Originals)); err != nil {
		t.Skip(err)
	}
	if err := other.Write(p); err == nil || len(files(t, outside)) > 0 {
		t.Errorf("a link led out of the folder: %v", err)
	}
}
