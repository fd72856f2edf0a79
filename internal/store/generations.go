package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// A folder of generations lies beside the database.
const (
	BackupsName   = "pilcrow.backups"
	generationEnd = ".db"
	dayLayout     = time.DateOnly
)

// A Generation is a copy of the database, which bot restore takes.
type Generation struct {
	Path string
	Day  string // as 2006-01-02; "" for a copy that was made before a migration
	Made time.Time
	Size int64 // bytes
}

// Generations returns the copies beside the database of a folder, the oldest first.
func Generations(dir string) ([]Generation, error) {
	entries, err := os.ReadDir(filepath.Join(dir, BackupsName))
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var all []Generation
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), generationEnd)
		info, err := e.Info()
		if !ok || err != nil || strings.HasPrefix(name, ".") {
			continue
		}
		g := Generation{Path: filepath.Join(dir, BackupsName, e.Name()), Made: info.ModTime(), Size: info.Size()}
		if _, err := time.Parse(dayLayout, name); err == nil {
			g.Day = name
		}
		all = append(all, g)
	}
	slices.SortFunc(all, func(a, b Generation) int { return a.Made.Compare(b.Made) })
	return all, nil
}

// generation makes the copy of today if there is none, and takes the oldest away. What failed is tried again after a
// while.
func (w *watcher) generation(ctx context.Context) {
	if w.Backups == 0 || w.has(Damaged, Shrunk, Full, Unwritable) || time.Since(w.failed) < copyAgain {
		return
	}
	err := w.Generation(ctx, w.guard.now(), w.Backups)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		w.failed = time.Now()
	}
	w.guard.note(NoBackup, err)
}

// Generation makes the copy of a day if there is none, and takes away the oldest of more than so many. One that cannot
// be made takes nothing away.
func (s *Store) Generation(ctx context.Context, now time.Time, keep int) error {
	day := now.UTC().Format(dayLayout)
	all, err := Generations(s.dir)
	if err != nil || slices.ContainsFunc(all, func(g Generation) bool { return g.Day == day }) {
		return err
	}
	if err := copyInto(ctx, s.read, s.dir, day); err != nil {
		return err
	}
	if all, err = Generations(s.dir); err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(g Generation) bool { return g.Day == "" })
	for _, g := range all[:max(len(all)-keep, 0)] {
		err = errors.Join(err, os.Remove(g.Path))
	}
	return err
}

// copyInto writes what the database holds at one moment into a file of that name, which is there as a whole or not at
// all.
func copyInto(ctx context.Context, db *sql.DB, dir, name string) error {
	folder := filepath.Join(dir, BackupsName)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	if left, err := filepath.Glob(filepath.Join(folder, ".*")); err == nil { // of copies that a crash cut off
		for _, path := range left {
			_ = os.Remove(path)
		}
	}
	info, err := os.Stat(filepath.Join(dir, FileName))
	if err != nil {
		return err
	}
	if free, known := Free(dir); known && free < uint64(2*info.Size()) { // what is left would be missed more
		return fmt.Errorf("copy the database into %s: there are %d MB left on the disk, and twice the %d MB that it has "+
			"are needed", folder,
			free>>20, info.Size()>>20)
	}
	temporary := filepath.Join(folder, ".new")
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", temporary)
	if err == nil {
		err = syncFile(temporary)
	}
	if err == nil {
		err = os.Rename(temporary, filepath.Join(folder, name+generationEnd))
	}
	if err != nil {
		return errors.Join(fmt.Errorf("copy the database into %s: %w", folder, err), removed(temporary))
	}
	return syncDir(folder)
}

func removed(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// syncFile has a file on the disk, for its owner's eyes only.
func syncFile(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	return errors.Join(f.Chmod(0o600), f.Sync(), f.Close())
}
