// Package mirror keeps folders of documents that follow something elsewhere: a folder of a Git repository, the pages
// of a sitemap, or those that an llms.txt names.
//
// A source has a folder of its own among the documents. What was written there is known by its checksum: a file that
// somebody edited since is left alone, and told. A page that fails keeps its last text; one that its list no longer
// has leaves. All is read before anything is written, and what was read is written down first, so that a crash
// between leaves nothing that the next refresh would take for an edit.
package mirror

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"pilcrow/internal/fetch"
	"pilcrow/internal/intake"
)

// A Kind is what a source is.
type Kind string

// The kinds of sources. None is a single document.
const (
	None    Kind = ""
	Git     Kind = "git"
	Sitemap Kind = "sitemap"
	LLMs    Kind = "llms.txt"
)

// A Spec says what to follow.
type Spec struct {
	Kind   Kind
	From   string // an address, or the path of a folder inside a local clone
	Name   string // of the folder; "" makes one of From
	Folder string // of a repository, "" for all of it
	Branch string // or tag; "" is the repository's own
	Under  string // pages: the address that theirs must begin with; "" is the whole site
	Limit  int    // pages; 0 is DefaultPages
}

// The bounds of a source.
const (
	DefaultPages  = 500       // pages that are read if nothing else is said
	MaxPages      = 5_000     // as many as may be asked for: at two a second, three quarters of an hour
	maxFiles      = 5_000     // of a repository
	maxBytes      = 128 << 20 // of all files of a source together: half of what a folder may have
	maxFile       = 10 << 20  // of one, as in a folder
	listTimeout   = 2 * time.Minute
	gitTimeout    = 10 * time.Minute
	mostInARow    = 5                // pages that fail one after another before a site is left in peace
	defaultPause  = time.Second / 2  // between two pages
	longestPause  = 10 * time.Second // that a robots.txt may ask for and get
	trustListed   = 7 * 24 * time.Hour
	shrinkAtLeast = 10 // pages that a source must have had for its shrinking to be suspicious
)

// Mirrors are the sources of one folder of documents. One call at a time.
type Mirrors struct {
	Dir     string
	Reader  intake.Reader
	Fetcher *fetch.Fetcher // for lists and robots.txt; the Reader has its own
	Now     func() time.Time
	Pause   time.Duration // between two pages; 0 is half a second, less than 0 none
	// Progress, if not nil, is told how many of the pages were asked.
	Progress func(done, total int)
	// Shrink lets a source lose more than half of its pages at once.
	Shrink bool
	// Git is what is called; "" is git.
	Git string
	// authority is a file with the certificate of a test's own server.
	authority string
}

// A Report says what a refresh did.
type Report struct {
	Source    Source
	Added     int
	Changed   int
	Removed   int
	Same      int
	Edited    []string // files that somebody edited: they are left alone
	Left      int      // pages that were not asked this time
	LeftOut   []string // what is not taken, a phrase each
	Unchanged bool     // there is nothing to write
	Written   bool
}

// A Refusal is an error whose text says what to do.
type Refusal struct{ Text string }

// Error returns the text.
func (r *Refusal) Error() string { return r.Text }

func refuse(format string, args ...any) error { return &Refusal{fmt.Sprintf(format, args...)} }

// Add begins to follow a source. With dry nothing is written.
func (m *Mirrors) Add(ctx context.Context, spec Spec, dry bool) (Report, error) {
	s, err := m.begin(spec)
	if err != nil {
		return Report{}, err
	}
	return m.run(ctx, s, dry)
}

// begin checks what is asked for and makes a state that knows no file yet.
func (m *Mirrors) begin(spec Spec) (*state, error) {
	s := &state{Kind: spec.Kind, From: spec.From, Folder: spec.Folder, Branch: spec.Branch, Under: spec.Under,
		Limit: spec.Limit,
		Added: m.now(), Files: map[string]*file{}}
	if s.Limit == 0 {
		s.Limit = DefaultPages
	}
	if s.Limit < 1 || s.Limit > MaxPages {
		return nil, refuse("--limit: want 1 to %d pages, got %d", MaxPages, spec.Limit)
	}
	if err := s.normalize(); err != nil {
		return nil, err
	}
	if s.name = slugOf(spec.Name); spec.Name == "" {
		s.name = s.defaultName()
	}
	if s.name == "" {
		return nil, refuse("give it a name: --name handbook")
	}
	if _, err := m.read(s.name); err == nil {
		return nil,
			refuse("there is a source %s already: bot documents refresh %[1]s reads it again; "+
				"another --name adds a second one", s.name)
	}
	if _, err := os.Lstat(filepath.Join(m.Dir, s.name)); !errors.Is(err, os.ErrNotExist) {
		return nil, refuse("there is something called %s in the folder already: give the source another --name", s.name)
	}
	return s, nil
}

// Refresh reads a source again.
func (m *Mirrors) Refresh(ctx context.Context, name string) (Report, error) {
	s, err := m.read(name)
	if err != nil {
		return Report{}, err
	}
	return m.run(ctx, s, false)
}

// run reads what is new, and writes it.
func (m *Mirrors) run(ctx context.Context, s *state, dry bool) (Report, error) {
	first := len(s.Files) == 0
	r := Report{}
	var n news
	var err error
	if s.Kind == Git {
		n, err = m.pull(ctx, s, &r)
	} else {
		n, err = m.crawl(ctx, s, &r)
	}
	switch {
	case err != nil:
	case first && ctx.Err() != nil: // of a new source nothing is kept by halves
		err = ctx.Err()
	default:
		err = m.suspicious(s, n)
	}
	if err != nil {
		if !first && ctx.Err() == nil {
			err = errors.Join(err, m.fails(s.name, err))
		}
		return Report{}, err
	}
	s.Failing, s.FailedAt = "", time.Time{}
	if first && len(n.texts) == 0 {
		return Report{}, s.nothing(&r)
	}
	if !dry {
		err = m.write(s, n, &r)
		r.Written = err == nil
	} else {
		r.Added = len(n.texts)
	}
	r.Unchanged = r.Added+r.Changed+r.Removed == 0
	r.Source = s.source()
	return r, err
}

// suspicious refuses to forget most of a source at once: a list that was cut short looks like that.
func (m *Mirrors) suspicious(s *state, n news) error {
	had, leaving := 0, 0
	for _, f := range s.Files {
		if f.Written != "" {
			had++
		}
	}
	for _, t := range n.texts {
		if t == nil {
			leaving++
		}
	}
	if m.Shrink || had < shrinkAtLeast || 2*leaving <= had {
		return nil
	}
	return refuse("%s: %d of %d pages are no longer there, so nothing was changed: if that is right, "+
		"bot documents refresh --shrink %[1]s takes them "+
		"away", s.name, leaving, had)
}

// fails keeps why a source could not be read; what was known of its files stays as it is.
func (m *Mirrors) fails(name string, why error) error {
	s, err := m.read(name)
	if err != nil {
		return err
	}
	s.Failing, s.FailedAt = why.Error(), m.now()
	return m.keep(s)
}

// Remove takes a source away, with all that stands in its folder. It returns how many of its files had been there.
func (m *Mirrors) Remove(name string) (int, error) {
	s, err := m.read(name)
	if err != nil {
		return 0, err
	}
	root, err := os.OpenRoot(m.Dir)
	if err != nil {
		return 0, err
	}
	defer root.Close()
	return len(s.source().files), root.RemoveAll(s.name)
}

func (m *Mirrors) now() time.Time { return m.Now().UTC().Truncate(time.Second) }

// nothing says why a new source has no document.
func (s *state) nothing(r *Report) error {
	if failed := s.source().Failed; len(failed) > 0 {
		return refuse("%s: no page of it could be read; one of them: %s: %s", s.From, failed[0].URL, failed[0].Why)
	}
	if len(r.LeftOut) > 0 {
		return refuse("%s: there is no document in it; left out: %s", s.From, r.LeftOut[0])
	}
	return refuse("%s: there is no document in it", s.From)
}
