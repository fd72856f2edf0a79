package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// ErrMoved says that what a database had is elsewhere now.
var ErrMoved = errors.New("what was here was moved")

// stagePrefix begins the name of a folder in which a file comes to be.
const stagePrefix = ".migrate-"

// Migrate brings what a folder's file has into the database of PostgreSQL at address, or with back all of that into a
// file in the folder, and has the store there from then on: what it was moved from is kept, and is refused when it is
// opened. No bot may serve from either. What a crash leaves undone, is done by the next call.
func Migrate(ctx context.Context, dir, address string, back bool) (all []Copied, err error) {
	there := Config{URL: address, target: !back}
	if dir, err = filepath.Abs(dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotWritable, err)
	}
	release, err := Serve(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if back {
		return moveBack(ctx, dir, there)
	}
	return moveThere(ctx, dir, there)
}

func moveThere(ctx context.Context, dir string, there Config) (all []Copied, err error) {
	if Fresh(dir) {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, FileName), os.ErrNotExist)
	}
	from, err := Open(dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if from != nil {
			err = errors.Join(err, from.Close())
		}
	}()
	to, err := there.Open(dir)
	if err != nil {
		return nil, err
	}
	err = to.alone(ctx, func() error {
		all, err = bringInto(ctx, from, to)
		return err
	})
	if err = errors.Join(err, to.Close()); err != nil {
		return nil, err
	}
	m := from.mark
	m.Open = false
	if err := m.write(dir, PostgresMarkName); err != nil {
		return nil, err
	}
	err = from.Close()
	if from = nil; err != nil {
		return nil, err
	}
	if err := removed(filepath.Join(dir, MarkName)); err != nil { // first: a file without a mark is opened again
		return nil, err
	}
	path := filepath.Join(dir, FileName)
	if err := os.Rename(path, path+time.Now().UTC().Format(".moved-20060102T150405")); err != nil {
		return nil, err
	}
	return all, syncDir(dir)
}

// bringInto copies into a database where there is nothing, or what was moved away; what is there already is not copied
// again.
func bringInto(ctx context.Context, from, to *Store) ([]Copied, error) {
	var moved bool
	var edits int64
	err := to.read.QueryRowContext(ctx, "SELECT moved IS NOT NULL, edits FROM pilcrow_schema, installation").
		Scan(&moved, &edits)
	if err != nil {
		return nil, err
	}
	servers, err := to.Servers(ctx)
	if err != nil {
		return nil, err
	}
	if !moved && (edits > 0 || len(servers) > 0) {
		equal, err := same(ctx, from, to)
		if err == nil && !equal {
			err = fmt.Errorf("%s: %w: name an empty database or schema", to.path, ErrNotEmpty)
		}
		return nil, err
	}
	return copyStore(ctx, from, to)
}

func moveBack(ctx context.Context, dir string, there Config) (all []Copied, err error) {
	from, err := there.Open(dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	err = from.alone(ctx, func() error {
		all, err = moveInto(ctx, dir, from)
		return err
	})
	return all, err
}

// alone does something while no bot runs on the database, and none begins.
func (s *Store) alone(ctx context.Context, do func() error) error {
	leave, err := s.Join(ctx, Process{Name: "bot migrate", Shards: []Lease{{}}},
		func() (int64, string) { return 0, "" }, func(error) {})
	if err != nil {
		return err
	}
	return errors.Join(do(), leave())
}

// moveInto is moveBack for who keeps bots off the database.
func moveInto(ctx context.Context, dir string, from *Store) (all []Copied, err error) {
	if !Fresh(dir) {
		if err := arrived(ctx, from, dir); err != nil {
			return nil, err
		}
		return nil, leave(ctx, from)
	}
	left, err := filepath.Glob(filepath.Join(dir, stagePrefix+"*")) // by a crash
	if err != nil {
		return nil, err
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return nil, err
		}
	}
	stage, err := os.MkdirTemp(dir, stagePrefix)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(stage)) }()
	if all, err = copyToFile(ctx, from, stage); err != nil {
		return nil, err
	}
	// The mark first: without the database, it is refused.
	for _, name := range []string{MarkName, FileName} {
		if err := os.Rename(filepath.Join(stage, name), filepath.Join(dir, name)); err != nil {
			return nil, err
		}
	}
	if err := syncDir(dir); err != nil {
		return nil, err
	}
	return all, leave(ctx, from)
}

// arrived is nil where the folder's file has the same, as a move that a crash cut off left it.
func arrived(ctx context.Context, from *Store, dir string) error {
	file, err := Open(dir)
	if err != nil {
		return err
	}
	equal, err := same(ctx, from, file)
	if err == nil && !equal {
		err = fmt.Errorf("%s: %w: take it away first", file.path, ErrNotEmpty)
	}
	return errors.Join(err, file.Close())
}

// leave notes in a database of PostgreSQL that what it has is elsewhere now.
func leave(ctx context.Context, s *Store) error {
	if _, err := s.write.ExecContext(ctx, "UPDATE pilcrow_schema SET moved = ?", time.Now().Unix()); err != nil {
		return err
	}
	return removed(filepath.Join(s.dir, PostgresMarkName))
}

// copyToFile makes a file of what a store has in a folder that is empty, with its mark.
func copyToFile(ctx context.Context, from *Store, dir string) (all []Copied, err error) {
	to, err := Open(dir)
	if err != nil {
		return nil, err
	}
	all, err = copyStore(ctx, from, to)
	to.marking.Lock()
	to.mark.ID, to.mark.Edits = from.Identity()
	to.marking.Unlock()
	return all, errors.Join(err, to.Close())
}

// Snapshot is like the function, as configured: what a database of PostgreSQL has is written into a file of SQLite's,
// so that a backup is the same whatever keeps the store.
func (c Config) Snapshot(ctx context.Context, dir, file string) (version int, err error) {
	if c.URL == "" {
		return Snapshot(ctx, dir, file)
	}
	from, err := c.Open(dir)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	stage, err := os.MkdirTemp(filepath.Dir(file), stagePrefix)
	if err != nil {
		return 0, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(stage)) }()
	if _, err := copyToFile(ctx, from, stage); err != nil {
		return 0, err
	}
	return SchemaVersion(), os.Rename(filepath.Join(stage, FileName), file)
}
