package mirror

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pilcrow/internal/intake"
)

// stateFile is, in the folder of a source, what is known of it. Its name hides it from those who load documents.
const stateFile = ".source.json"

const (
	maxState   = 16 << 20 // bytes: 5,000 pages with addresses of 2,000
	maxSources = 1_000    // of a folder
)

// state is what is kept of a source.
type state struct {
	name string

	Kind   Kind   `json:"kind"`
	From   string `json:"from"`
	Folder string `json:"folder,omitempty"`
	Branch string `json:"branch,omitempty"`
	Under  string `json:"under,omitempty"`
	Limit  int    `json:"limit,omitempty"`

	Added    time.Time        `json:"added"`
	Read     time.Time        `json:"read"`             // when it was last read without an error of its own
	Commit   string           `json:"commit,omitempty"` // that was last read
	Failing  string           `json:"failing,omitempty"`
	FailedAt time.Time        `json:"failed_at,omitzero"`
	Files    map[string]*file `json:"files"` // by path below the folder
}

// A file is what is kept of one.
type file struct {
	URL          string    `json:"url,omitempty"`
	ETag         string    `json:"etag,omitempty"`
	LastModified string    `json:"last_modified,omitempty"`
	Listed       string    `json:"listed,omitempty"` // the day of change that the list gave
	Blob         string    `json:"blob,omitempty"`   // of Git
	Asked        time.Time `json:"asked,omitzero"`
	// Written is the checksum of the text as it was written, and Before of the one before: who finds another there knows
	// that somebody edited it. Both are "" for a page that never gave a text.
	Written string    `json:"written,omitempty"`
	Before  string    `json:"before,omitempty"`
	Since   time.Time `json:"failing_since,omitzero"`
	Why     string    `json:"why,omitempty"` // it fails
}

// A Source is what people are told of one.
type Source struct {
	Name    string
	Kind    Kind
	From    string // an address or a path
	Folder  string
	Branch  string
	Commit  string // short, of Git
	Files   int    // that have a text
	Read    time.Time
	Failing string // why it could not be read the last time
	Failed  []Failure

	files map[string]bool
}

// A Failure is a page that gave nothing the last time.
type Failure struct {
	Path  string // below the folder of documents; "" where there never was a text
	URL   string
	Why   string
	Since time.Time
}

// Has reports whether the source keeps the file, a path below the folder of documents.
func (s Source) Has(file string) bool { return s.files[file] }

const shortCommit = 12 // characters

func (s *state) source() Source {
	out := Source{Name: s.name, Kind: s.Kind, From: s.From, Folder: s.Folder, Branch: s.Branch,
		Commit: s.Commit[:min(len(s.Commit), shortCommit)],
		Read:   s.Read, Failing: s.Failing, files: map[string]bool{}}
	for name, f := range s.Files {
		if f.Written != "" {
			out.Files++
			out.files[s.name+"/"+name] = true
		}
		if f.Why == "" {
			continue
		}
		failure := Failure{URL: f.URL, Why: f.Why, Since: f.Since}
		if f.Written != "" {
			failure.Path = s.name + "/" + name
		}
		out.Failed = append(out.Failed, failure)
	}
	slices.SortFunc(out.Failed, func(a, b Failure) int {
		return cmp.Or(strings.Compare(a.URL, b.URL),
			strings.Compare(a.Path, b.Path))
	})
	return out
}

// List returns the sources of the folder, by name. What cannot be read is left out.
func (m *Mirrors) List() []Source {
	entries, err := os.ReadDir(m.Dir)
	if err != nil {
		return nil
	}
	var all []Source
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") || len(all) == maxSources {
			continue
		}
		if s, err := m.read(e.Name()); err == nil {
			all = append(all, s.source())
		}
	}
	return all
}

// read reads what is kept of a source.
func (m *Mirrors) read(name string) (*state, error) {
	none := refuse("there is no source %q: bot documents lists those there are", name)
	if name == "" || !filepath.IsLocal(name) || strings.ContainsAny(name, `/\`) {
		return nil, none
	}
	root, err := os.OpenRoot(m.Dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	f, err := root.Open(path.Join(name, stateFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, none
	} else if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxState))
	s := &state{name: name}
	if err == nil {
		err = json.Unmarshal(data, s)
	}
	if err != nil {
		return nil, refuse("%s: what is kept of the source cannot be read (%v): bot documents remove %s, then add it again",
			path.Join(name, stateFile), err, name)
	}
	if s.Files == nil {
		s.Files = map[string]*file{}
	}
	for at, f := range s.Files { // somebody may have edited it
		if f == nil || !goodPath(at) {
			delete(s.Files, at)
		}
	}
	return s, nil
}

// keep writes what is known of a source, whole.
func (m *Mirrors) keep(s *state) error {
	root, err := os.OpenRoot(m.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	return s.keepIn(root)
}

func (s *state) keepIn(root *os.Root) error {
	data, err := json.MarshalIndent(s, "", " ")
	if err != nil {
		return err
	}
	return intake.WriteWhole(root, path.Join(s.name, stateFile), data)
}
