package mirror

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/convert"
	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == convert.ChildCommand {
		os.Exit(convert.Child(os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

// A site is a web site on loopback. A page whose text begins with a number is that status; "%s" in a text is the
// site's own address.
type site struct {
	*httptest.Server
	mu    sync.Mutex
	pages map[string]string
	asked []string // paths that were asked for, with "?" in front where the server was asked whether they changed
}

func newSite(t *testing.T, pages map[string]string) *site {
	t.Helper()
	s := &site{pages: pages}
	s.Server = httptest.NewServer(http.HandlerFunc(s.serve))
	t.Cleanup(s.Close)
	return s
}

func (s *site) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := r.Header.Get("If-None-Match")
	mark := ""
	if known != "" {
		mark = "?"
	}
	s.asked = append(s.asked, mark+r.URL.Path)
	text, ok := s.pages[r.URL.Path]
	var status int
	if _, err := fmt.Sscanf(text, "%d", &status); err == nil {
		w.WriteHeader(status)
		return
	}
	switch etag := `"` + checksum([]byte(text))[:8] + `"`; {
	case !ok:
		http.NotFound(w, r)
		return
	case known == etag:
		w.WriteHeader(http.StatusNotModified)
		return
	default:
		w.Header().Set("ETag", etag)
	}
	switch filepath.Ext(r.URL.Path) {
	case ".md":
		w.Header().Set("Content-Type", "text/markdown")
	case ".txt":
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	case ".xml":
		w.Header().Set("Content-Type", "application/xml")
	case ".gz":
		w.Header().Set("Content-Type", "application/gzip")
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
	}
	fmt.Fprint(w, strings.ReplaceAll(text, "%s", s.URL))
}

func (s *site) set(path, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if text == "" {
		delete(s.pages, path)
		return
	}
	s.pages[path] = text
}

// requests are those since the last call.
func (s *site) requests() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	asked := s.asked
	s.asked = nil
	return asked
}

// A follower is Mirrors of a new folder, with a clock that goes on by a minute at each look.
type follower struct {
	*Mirrors
	t   *testing.T
	now time.Time
}

func follow(t *testing.T, server *httptest.Server) *follower {
	t.Helper()
	converter, err := convert.New(convert.Config{})
	if err != nil {
		t.Fatal(err)
	}
	config := fetch.Config{}
	if server != nil {
		config.Permit = func(to netip.AddrPort) bool { return to.String() == server.Listener.Addr().String() }
	}
	fetcher := fetch.New(config)
	f := &follower{t: t, now: time.Date(2024, 3, 6, 12, 0, 0, 0, time.UTC)}
	f.Mirrors = &Mirrors{Dir: t.TempDir(), Reader: intake.Reader{Converter: converter, Fetcher: fetcher},
		Fetcher: fetcher, Pause: -1,
		Now: func() time.Time {
			f.now = f.now.Add(time.Minute)
			return f.now
		}}
	return f
}

func (f *follower) add(s Spec) Report {
	f.t.Helper()
	r, err := f.Add(f.t.Context(), s, false)
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

func (f *follower) refresh(name string) Report {
	f.t.Helper()
	r, err := f.Refresh(f.t.Context(), name)
	if err != nil {
		f.t.Fatal(err)
	}
	return r
}

// documents are the paths and first paragraphs of what is loaded from the folder.
func (f *follower) documents() []string {
	f.t.Helper()
	corpus, err := article.Load(os.DirFS(f.Dir))
	if err != nil {
		f.t.Error(err)
	}
	var all []string
	for _, d := range corpus.Documents() {
		all = append(all, d.Path+": "+d.Passages[0].Text)
	}
	slices.Sort(all)
	return all
}

// files are all that stand in the folder.
func (f *follower) files() []string {
	f.t.Helper()
	var all []string
	err := filepath.WalkDir(f.Dir, func(p string, e os.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(f.Dir, p)
			all = append(all, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return all
}

func (f *follower) write(name, text string) {
	f.t.Helper()
	if err := os.WriteFile(filepath.Join(f.Dir, name), []byte(text), 0o600); err != nil {
		f.t.Fatal(err)
	}
}

func (f *follower) holds(want ...string) {
	f.t.Helper()
	if got := f.documents(); !slices.Equal(got, want) {
		f.t.Errorf("the documents:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// counts are those of a report, in one line.
func counts(r Report) string {
	return fmt.Sprintf("+%d ~%d -%d =%d", r.Added, r.Changed, r.Removed, r.Same)
}

func wantCounts(t *testing.T, r Report, want string) {
	t.Helper()
	if got := counts(r); got != want {
		t.Errorf("the report says %s, want %s: %+v", got, want, r)
	}
}

// refusal is what is refused, which must be one that says what to do.
func refusal(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) || !explained(err) {
		t.Errorf("%v, want a refusal with %q", err, want)
	}
}
