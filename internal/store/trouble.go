package store

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"
	"time"

	"modernc.org/sqlite"
)

// A Kind is one way in which an open database can fail.
type Kind int

// The kinds, the worst first. While one of the first three holds, nothing is written.
const (
	// what stands in the file is not what was written; until a check of the whole file finds nothing
	Damaged    Kind = iota
	Gone            // the file, or one that SQLite keeps beside it, is not where it was, or another stands there
	Shrunk          // the file became shorter, and nobody knows yet why
	Away            // the server of a database that is not here cannot be reached, or takes nobody
	Full            // the disk is, or the file may not grow
	Unwritable      // the file or its folder, for another reason
	Lost            // when it was opened, a part of it was missing: what was written last may be
	NoBackup        // the last generation could not be written
	Low             // there is little space left
	kinds
)

// String is a word for logs and machines.
func (k Kind) String() string {
	return [kinds]string{"damaged", "gone", "shrunk", "unreachable", "full", "unwritable", "lost", "no backup", "low"}[k]
}

// stops reports whether nothing may be written.
func (k Kind) stops() bool { return k <= Shrunk }

// A Trouble is what is wrong with an open database.
type Trouble struct {
	Kind  Kind
	Since time.Time
	Err   error // for the operator: it names files
}

// ErrNotKept says that nothing can be kept just now; the operator is told why.
var ErrNotKept = errors.New("nothing can be kept")

// beside are the endings of the files that belong to an open database.
var beside = []string{"", "-wal", "-shm"}

// A guard knows which files the connections have open, and what is wrong with them. It is safe for use by several
// goroutines.
type guard struct {
	path string
	now  func() time.Time

	mu       sync.Mutex
	files    []os.FileInfo // in the order of beside; nil before arm
	size     int64         // of the database when it was looked at last, in bytes
	troubles [kinds]*Trouble
	counts   [kinds]int    // how often each began
	suspect  chan struct{} // holds an element when the file is to be checked
}

func newGuard(path string) *guard {
	return &guard{path: path, now: time.Now, suspect: make(chan struct{}, 1)}
}

// arm notes which files are open. From here on nothing is committed to others.
func (g *guard) arm() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	var files []os.FileInfo
	for _, end := range beside {
		info, err := os.Stat(g.path + end)
		if err != nil {
			return fmt.Errorf("%w: %w", ErrMissing, err)
		}
		os.SameFile(info, info) // Windows asks for the identity when it is first compared, by the name
		files = append(files, info)
	}
	g.files, g.size = files, files[0].Size()
	return nil
}

// look compares the files with those that are open, and says why nothing may be written; nil where it may.
func (g *guard) look() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.files == nil {
		return nil
	}
	g.set(Gone, g.compare())
	for k := range kinds {
		if t := g.troubles[k]; t != nil && k.stops() {
			return fmt.Errorf("%w: %w", ErrNotKept, t.Err)
		}
	}
	return nil
}

// gone says which of the files is not where it was; nil for none.
func (g *guard) gone() error {
	_ = g.look()
	g.mu.Lock()
	defer g.mu.Unlock()
	if t := g.troubles[Gone]; t != nil {
		return t.Err
	}
	return nil
}

// compare holds the files against those that are open. The caller holds g.mu.
func (g *guard) compare() error {
	for i, end := range beside {
		info, err := os.Stat(g.path + end)
		switch {
		case errors.Is(err, os.ErrNotExist):
			return fmt.Errorf("%s%s was taken away while it was open: put it back, or end the program and bring a backup back",
				g.path, end)
		case err != nil:
			return fmt.Errorf("%s%s cannot be looked at: %w", g.path, end, err)
		case !os.SameFile(info, g.files[i]):
			return fmt.Errorf("%s%s is not the file that is open: put that one back, or start the program again", g.path, end)
		}
		if i > 0 {
			continue
		}
		if info.Size() < g.size {
			g.set(Shrunk, fmt.Errorf("%s became shorter while it was open, from %d bytes to %d: it is being checked", g.path,
				g.size, info.Size()))
		} else {
			g.size = info.Size()
		}
	}
	return nil
}

// ask has the file looked at soon, and checked.
func (g *guard) ask() {
	select {
	case g.suspect <- struct{}{}:
	default: // it is asked for already
	}
}

// set notes a trouble, or with nil that there is none of the kind. The caller holds g.mu.
func (g *guard) set(k Kind, err error) {
	switch was := g.troubles[k]; {
	case err == nil:
		g.troubles[k] = nil
	case was == nil:
		g.troubles[k] = &Trouble{k, g.now(), err}
		g.counts[k]++
		g.ask() // so that it is told
	default:
		g.troubles[k] = &Trouble{k, was.Since, err}
	}
}

// note notes a trouble, or with nil that there is none of the kind.
func (g *guard) note(k Kind, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.set(k, err)
}

// kept notes that something was written.
func (g *guard) kept() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.troubles[Full], g.troubles[Unwritable] = nil, nil
}

// checked notes how a check of the whole file ended: nil or ErrDamaged. size is the file's before it.
func (g *guard) checked(size int64, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil {
		g.set(Damaged, err)
		return
	}
	if g.troubles[Shrunk] != nil {
		g.size = size
	}
	g.set(Shrunk, nil)
	g.set(Damaged, nil)
}

// list returns what is wrong, the worst first.
func (g *guard) list() []Trouble {
	g.mu.Lock()
	defer g.mu.Unlock()
	var all []Trouble
	for _, t := range g.troubles {
		if t != nil {
			all = append(all, *t)
		}
	}
	slices.SortFunc(all, func(a, b Trouble) int { return cmp.Compare(a.Kind, b.Kind) })
	return all
}

// seen notes what an error of SQLite tells of the file, and returns the error with what it means for the caller.
func (g *guard) seen(err error) error {
	cause, ok := errors.AsType[*sqlite.Error](err)
	if !ok || errors.Is(err, ErrNotKept) {
		return err
	}
	var kind Kind
	switch code := cause.Code(); {
	case code == codeRefused: // by the hook below
		if why := g.look(); why != nil {
			return why
		}
		return fmt.Errorf("%w: %w", ErrNotKept, err)
	case code == codeShortRead && g.gone() != nil: // of a log in the place of the one that was taken away
		return fmt.Errorf("%w: %w", ErrNotKept, g.gone())
	case code&0xff == codeCorrupt, code&0xff == codeNotADB, code == codeShortRead, code == codeCorruptFS:
		g.ask()
		g.note(Damaged, fmt.Errorf("%s: %w", g.path, err))
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case code&0xff == codeFull:
		kind = Full
	case code&0xff == codeReadOnly, code&0xff == codeIO, code&0xff == codeCantOpen:
		kind = Unwritable
	default:
		return err
	}
	_ = g.look() // a file that is gone explains the rest
	g.note(kind, fmt.Errorf("%s: %w", g.path, err))
	return fmt.Errorf("%w: %w", ErrNotKept, err)
}

// Troubles returns what is wrong, the worst first; none when all is well.
func (s *Store) Troubles() []Trouble { return s.guard.list() }

// Counts is how often each kind of trouble began since the database was opened, by its word.
func (s *Store) Counts() map[string]int {
	s.guard.mu.Lock()
	defer s.guard.mu.Unlock()
	all := map[string]int{}
	for k := range kinds {
		if n := s.guard.counts[k]; n > 0 {
			all[k.String()] = n
		}
	}
	return all
}
