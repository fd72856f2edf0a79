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

// stagePrefix begins the name of a folder in which a file comes to be; that of a move is always the same, so that the
// next one finds it.
const (
	stagePrefix = ".migrate-"
	moveStage   = stagePrefix + "file"
)

// Migrate brings what a folder's file has into the database of PostgreSQL at address, or with back all of that into a
// file in the folder, and has the store there from then on: what it was moved from is kept, and is refused when it is
// opened. No bot may serve from either. What a crash leaves undone, is done by the next call, which goes on where that
// one was; until then the store is where it was. After an error that is ErrCutOff there is something to go on with.
// progress, if not nil, is called with the rows that have arrived.
func Migrate(ctx context.Context, dir, address string, back bool, progress func(done, total int)) ([]Copied, error) {
	return (&migration{dir: dir, there: Config{URL: address, target: !back}, tell: progress}).run(ctx, back)
}

// A migration is one call of Migrate.
type migration struct {
	dir   string
	there Config
	whole bool // see transfer, as the next two
	rows  int
	step  func(done string) error
	tell  func(done, total int)
}

func (m *migration) run(ctx context.Context, back bool) (all []Copied, err error) {
	if m.dir, err = filepath.Abs(m.dir); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(m.dir, 0o700); err != nil {
		return nil, fmt.Errorf("%s: %w: %w", m.dir, ErrNotWritable, err)
	}
	release, err := Serve(m.dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, release()) }()
	if back {
		return m.moveBack(ctx)
	}
	return m.moveThere(ctx)
}

// copy copies, and tells of each step.
func (m *migration) copy(ctx context.Context, from, to *Store) ([]Copied, error) {
	return (&transfer{from: from, to: to, whole: m.whole, rows: m.rows, step: m.step, tell: m.tell}).run(ctx)
}

// did tells that a step is done.
func (m *migration) did(what string) error { return (&transfer{step: m.step}).did(what) }

func (m *migration) moveThere(ctx context.Context) (all []Copied, err error) {
	if Fresh(m.dir) {
		return nil, fmt.Errorf("%s: %w", filepath.Join(m.dir, FileName), os.ErrNotExist)
	}
	from, err := Open(m.dir)
	if err != nil {
		return nil, err
	}
	defer func() {
		if from != nil {
			err = errors.Join(err, from.Close())
		}
	}()
	to, err := m.there.Open(m.dir)
	if err != nil {
		return nil, err
	}
	err = to.alone(ctx, "bot migrate", func() error {
		all, err = m.bringInto(ctx, from, to)
		return err
	})
	if err = errors.Join(err, to.Close()); err != nil {
		return nil, err
	}
	if err := m.did("arrived"); err != nil {
		return nil, err
	}
	mark := from.mark
	mark.Open = false
	if err := mark.write(m.dir, PostgresMarkName); err != nil {
		return nil, err
	}
	if err := m.did("marked"); err != nil {
		return nil, err
	}
	err = from.Close()
	if from = nil; err != nil {
		return nil, err
	}
	if err := removed(filepath.Join(m.dir, MarkName)); err != nil { // first: a file without a mark is opened again
		return nil, err
	}
	if err := m.did("unmarked"); err != nil {
		return nil, err
	}
	path := filepath.Join(m.dir, FileName)
	if err := os.Rename(path, path+time.Now().UTC().Format(".moved-20060102T150405")); err != nil {
		return nil, err
	}
	return all, syncDir(m.dir)
}

// bringInto copies into a database where there is nothing, or what was moved away, or what such a copy left; what is
// there already is not copied again.
func (m *migration) bringInto(ctx context.Context, from, to *Store) ([]Copied, error) {
	source, err := arrivingFrom(ctx, to.read)
	if err != nil {
		return nil, err
	}
	id, _ := from.Identity()
	if source != "" && source != id {
		return nil, fmt.Errorf("%s: %w, and it comes from another database than the one here: end that first, or name an "+
			"empty database or schema", to.path, ErrArriving)
	}
	taken, err := to.taken(ctx)
	if err != nil {
		return nil, err
	}
	if taken {
		equal, err := same(ctx, from, to)
		if err == nil && !equal {
			err = fmt.Errorf("%s: %w: name an empty database or schema", to.path, ErrNotEmpty)
		}
		return nil, err
	}
	return m.copy(ctx, from, to)
}

func (m *migration) moveBack(ctx context.Context) (all []Copied, err error) {
	from, err := m.there.Open(m.dir)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, from.Close()) }()
	err = from.alone(ctx, "bot migrate", func() error {
		all, err = m.moveInto(ctx, from)
		return err
	})
	return all, err
}

// alone does something while no bot runs on the database, and none begins.
func (s *Store) alone(ctx context.Context, as string, do func() error) error {
	leave, err := s.Join(ctx, Process{Name: as, Shards: []Lease{{}}},
		func() (int64, string) { return 0, "" }, func(error) {})
	if err != nil {
		return err
	}
	return errors.Join(do(), leave())
}

// moveInto is moveBack for who keeps bots off the database.
func (m *migration) moveInto(ctx context.Context, from *Store) (all []Copied, err error) {
	half, err := m.half(from)
	if err != nil {
		return nil, err
	}
	stage := filepath.Join(m.dir, moveStage)
	if !Fresh(m.dir) && !half {
		if err := arrived(ctx, from, m.dir); err != nil {
			return nil, err
		}
		return nil, errors.Join(os.RemoveAll(stage), leave(ctx, from))
	}
	if all, err = m.copyToFile(ctx, from, stage); err != nil {
		return nil, err
	}
	// The mark first: without the database, it is refused.
	for _, name := range []string{MarkName, FileName} {
		if err := os.Rename(filepath.Join(stage, name), filepath.Join(m.dir, name)); err != nil {
			return nil, err
		}
		if err := m.did(name); err != nil {
			return nil, err
		}
	}
	if err := errors.Join(os.RemoveAll(stage), syncDir(m.dir)); err != nil {
		return nil, err
	}
	return all, leave(ctx, from)
}

// half tells whether a move that was cut off has brought the mark of a file to its place, and the file not yet.
func (m *migration) half(from *Store) (bool, error) {
	here, err := readMark(m.dir, MarkName)
	if err != nil {
		return false, err
	}
	id, _ := from.Identity()
	return here.ID == id && errors.Is(here.look(filepath.Join(m.dir, FileName)), ErrMissing), nil
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

// copyToFile makes a file of what a store has in a folder of its own, with its mark, or goes on with one that it began.
func (m *migration) copyToFile(ctx context.Context, from *Store, dir string) (all []Copied, err error) {
	to, err := Config{New: true}.Open(dir)
	if errors.Is(err, ErrDamaged) || errors.Is(err, ErrForeign) || errors.Is(err, ErrNewer) {
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
		to, err = Open(dir)
	}
	if err != nil {
		return nil, err
	}
	all, err = m.copy(ctx, from, to)
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
	if _, err := (&migration{whole: true}).copyToFile(ctx, from, stage); err != nil {
		return 0, err
	}
	return SchemaVersion(), os.Rename(filepath.Join(stage, FileName), file)
}
