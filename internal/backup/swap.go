package backup

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Hidden names in the folders that are restored into. Whoever reads such a folder passes over them.
const (
	stagePrefix = ".restore-"        // what is being extracted
	asidePrefix = ".before-restore-" // what was there before
)

// JournalName is the journal of a restore that has begun, in the folder of data.
const JournalName = "restore.json"

// AsideName is a name for what was there before a restore at that time, which none of the folders has yet: what is
// aside already counts as moved.
func AsideName(at time.Time, dirs ...string) string {
	name := asidePrefix + at.UTC().Format("20060102T150405Z")
	free := func(name string) bool {
		return !slices.ContainsFunc(dirs, func(dir string) bool {
			_, err := os.Lstat(filepath.Join(dir, name))
			return dir != "" && err == nil
		})
	}
	for n, first := 2, name; !free(name); n++ {
		name = fmt.Sprintf("%s-%d", first, n)
	}
	return name
}

// A Change is one folder in which files change places.
type Change struct {
	Dir   string   `json:"dir"`   // absolute
	Stage string   `json:"stage"` // the folder in Dir that holds what comes
	Aside string   `json:"aside"` // the folder in Dir that takes what goes
	Old   []string `json:"old"`   // the entries of Dir that go
	New   []string `json:"new"`   // the entries of Stage that come
}

// A Plan is a whole restore.
type Plan struct {
	Changes []Change `json:"changes"`
}

// Stage makes an empty hidden folder in dir, for what comes, and takes away what restores left there that did not get
// so far.
func Stage(dir string) (*os.Root, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), stagePrefix) {
			if err := os.RemoveAll(filepath.Join(dir, e.Name())); err != nil {
				return nil, err
			}
		}
	}
	staged := filepath.Join(dir, stagePrefix+rand.Text())
	if err := os.Mkdir(staged, 0o700); err != nil {
		return nil, err
	}
	return os.OpenRoot(staged)
}

// Add plans that the staged entries of the given names take the place of old, which are set aside.
func (p *Plan) Add(dir string, staged *os.Root, aside string, old, names []string) error {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	p.Changes = append(p.Changes, Change{Dir: dir, Stage: filepath.Base(staged.Name()), Aside: aside, Old: old,
		New: names})
	return errors.Join(syncDir(staged.Name()), syncDir(dir))
}

// Begin writes the journal into the folder of data: from here on, the restore will be finished, whoever does it. After
// an error it has not begun.
func (p Plan) Begin(data string) error {
	text, err := json.Marshal(p)
	if err != nil {
		return err
	}
	temporary, journal := filepath.Join(data, ".journal-"+rand.Text()), filepath.Join(data, JournalName)
	f, err := os.OpenFile(temporary, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err == nil {
		err = f.Sync()
	}
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(temporary, journal)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temporary))
	}
	if err := syncDir(data); err != nil {
		return errors.Join(err, os.Remove(journal))
	}
	return nil
}

// Unfinished reports whether a restore into the folder of data has begun and not ended.
func Unfinished(data string) bool {
	_, err := os.Lstat(filepath.Join(data, JournalName))
	return err == nil
}

// Finish ends a restore that has begun, from wherever it got to. Nobody may use the folders meanwhile. Without a
// journal it does nothing. Done again after an error or a crash, it goes on.
func Finish(data string) error {
	journal := filepath.Join(data, JournalName)
	text, err := os.ReadFile(journal)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var p Plan
	if err := json.Unmarshal(text, &p); err != nil {
		return fmt.Errorf("%s: the journal of a restore that has begun is damaged (%w): take it away and restore again",
			journal, err)
	}
	for _, c := range p.Changes {
		if err := c.run(); err != nil {
			return fmt.Errorf("restore %s: %w", c.Dir, err)
		}
	}
	if err := os.Remove(journal); err != nil {
		return err
	}
	return syncDir(data)
}

// run sets the old entries aside and puts the new ones in their place. Each step can be seen to have been taken, so
// that it is not taken twice: what is aside has gone, and what is no longer staged has come.
func (c Change) run() error {
	root, err := os.OpenRoot(c.Dir)
	if err != nil {
		return err
	}
	defer root.Close()
	if len(c.Old) > 0 {
		if err := root.Mkdir(c.Aside, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
	move := func(name, from, to string) error {
		_, err := root.Lstat(filepath.Join(to, name))
		if err == nil && to == c.Aside {
			return nil
		}
		err = root.Rename(filepath.Join(from, name), filepath.Join(to, name))
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
	for _, name := range c.Old {
		if err := move(name, ".", c.Aside); err != nil {
			return err
		}
	}
	for _, folder := range []string{c.Aside, "."} {
		if err := syncDir(filepath.Join(c.Dir, folder)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	for _, name := range c.New {
		if err := move(name, c.Stage, "."); err != nil {
			return err
		}
	}
	if err := syncDir(c.Dir); err != nil {
		return err
	}
	return root.RemoveAll(c.Stage)
}
