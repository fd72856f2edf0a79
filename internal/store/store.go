// Package store keeps what must survive a restart in one SQLite file: the documents of the servers with their history
// and settings, what people chose to give, what the models took by day, and the vectors, so that a text is embedded
// once per model.
//
// A write that was acknowledged survives a crash of the program and of the machine (write-ahead log, synced at every
// commit), and the file opens again after a crash at any point. Two processes may use one folder: SQLite's locks keep
// them apart; who replaces the file takes the folder for itself with Hold.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"
)

// FileName is the database in its folder; SQLite keeps "-wal" and "-shm" beside it while it is open.
const FileName = "pilcrow.db"

const (
	openTimeout = 30 * time.Second // for checking and migrating the file
	busyTimeout = 5 * time.Second  // for the lock of another process
	busyPause   = 10 * time.Millisecond
	maxReaders  = 4        // connections that read at once; one writes
	maxWAL      = 64 << 20 // bytes that the write-ahead log keeps after a checkpoint
)

// How opening a folder can end, besides well. The error's text names the folder or the file and what to do.
var (
	ErrNotWritable = errors.New("not writable")
	ErrDamaged     = errors.New("damaged")
	ErrForeign     = errors.New("not a database of Pilcrow")
	ErrNewer       = errors.New("written by a newer Pilcrow")
	ErrInUse       = errors.New("in use by another program")
)

// Store is an open database. It is safe for use by several goroutines.
type Store struct {
	write *sql.DB // one connection: writers wait here, under their context, and not for a lock of the file
	read  *sql.DB
	// keeps the files open that SQLite has beside the database, whatever becomes of the other connections
	anchor     *sql.Conn
	maxVectors int64
	maxVotes   int
	maxGaps    int
	dir, path  string       // of the folder and the file
	markName   string       // of the mark in the folder
	pg         *postgres    // nil: the file keeps it
	isTarget   bool         // see Config.target
	secret     []byte       // of the installation; see seal
	lock       *flock.Flock // tells others that the folder is in use
	erasing    eraser
	guard      *guard
	made       bool // by this Open
	closed     atomic.Bool

	process atomic.Pointer[member] // of a cluster; nil for none

	marking sync.Mutex
	mark    mark // what the folder's mark says, guarded by marking
}

// A Config is how a database is opened.
type Config struct {
	// New takes the database as it is found, and makes one where there is none, though the folder's mark says that another
	// belongs there.
	New bool
	// Copies has a copy made before the schema is brought up to date; see Generations.
	Copies bool
	// URL is the address of a database of PostgreSQL, which keeps all instead of a file in the folder; "" for none. The
	// folder still has a mark of which database that is.
	URL string

	target bool // of Migrate: a database of PostgreSQL is opened though there is nothing in it, or was
}

// Open opens the database in the folder dir and brings its schema up to date; what is missing is made, for the user's
// eyes only. Where the folder's mark tells of a database that is not there, the error is ErrMissing or ErrOther. The
// caller closes the Store.
func Open(dir string) (*Store, error) { return Config{}.Open(dir) }

// Open is like the function, as configured.
func (c Config) Open(dir string) (*Store, error) {
	dir, err := filepath.Abs(dir)
	if err == nil {
		err = os.MkdirAll(dir, 0o700)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotWritable, err)
	}
	s := &Store{maxVectors: maxVectors, maxVotes: maxVotes, maxGaps: maxGaps, dir: dir, path: filepath.Join(dir, FileName),
		markName: MarkName}
	s.guard = newGuard(s.path)
	open, explain := s.open, explain
	if c.URL != "" {
		if s.pg, err = newPostgres(c.URL); err != nil {
			return nil, err
		}
		s.markName, s.path, open, explain = PostgresMarkName, s.pg.name, s.openPostgres, explainPostgres
	}
	if s.lock, err = lock(dir, LockName, false); err != nil {
		return nil, err
	}
	if err := open(c); err != nil {
		return nil, explain(s.path, errors.Join(err, s.close()))
	}
	return s, nil
}

// open opens what Open has locked.
func (s *Store) open(c Config) error {
	m, err := readMark(s.dir, s.markName)
	if err == nil {
		err = m.look(s.path)
	}
	if err != nil && !c.New {
		return err
	}
	if _, gone := os.Stat(filepath.Join(s.dir, PostgresMarkName)); gone == nil && !c.New && Fresh(s.dir) {
		return fmt.Errorf("%w into PostgreSQL", ErrMoved)
	}
	if err := prepare(s.path); err != nil {
		return fmt.Errorf("%w: %w", ErrNotWritable, err)
	}
	before, err := os.Stat(s.path)
	if err != nil {
		return err
	}
	os.SameFile(before, before) // see guard.arm
	lost := m.Open && before.Size() > 0 && !logged(s.path)
	if err = s.connect(c, m); err != nil {
		if lost {
			err = fmt.Errorf("%w (%s-wal is missing)", err, s.path)
		}
		return err
	}
	if !os.SameFile(before, s.guard.files[0]) {
		return ErrOther
	}
	if lost {
		s.guard.note(Lost, fmt.Errorf("%s-wal was missing when the database was opened, though it was not closed in order: "+
			"what was written last before may be lost; hold /documents history against what you know, or bring a backup back",
			s.path))
	}
	if s.mark != m {
		err = s.mark.write(s.dir, s.markName)
	}
	return err
}

// connect opens the connections to a database that holds together, copies it if that is wanted, and brings it to the
// newest schema.
func (s *Store) connect(c Config, m mark) (err error) {
	if s.write, err = s.guard.connect(1); err != nil {
		return err
	}
	if s.read, err = s.guard.connect(maxReaders + 1); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), openTimeout)
	defer cancel()
	if err = patiently(ctx, func() error { return check(ctx, s.read) }); err != nil {
		return err
	}
	if err = s.openAll(ctx); err != nil {
		return err
	}
	if c.Copies {
		if err = s.copyBefore(ctx); err != nil {
			return err
		}
	}
	if s.made, err = s.migrate(ctx, m, c.New); err != nil {
		return err
	}
	if s.secret, err = secret(ctx, s.write); err != nil {
		return err
	}
	return s.guard.arm()
}

// openAll opens all connections that read, and what SQLite has beside the file: a connection that is opened later would
// find what stands there then.
func (s *Store) openAll(ctx context.Context) error {
	for n := range maxReaders + 1 {
		c, err := s.read.Conn(ctx)
		if err == nil {
			_, err = c.ExecContext(ctx, "SELECT 1 FROM sqlite_schema")
		}
		switch {
		case err != nil && c != nil:
			return errors.Join(err, c.Close())
		case err != nil:
			return err
		case n == 0:
			s.anchor = c
		default:
			defer c.Close()
		}
	}
	return nil
}

// Made reports whether there was no database before.
func (s *Store) Made() bool { return s.made }

// Close waits for what is running and folds the write-ahead log into the file.
func (s *Store) Close() error {
	if s.closed.Swap(true) {
		return nil
	}
	s.erasing.work.Wait()
	here := s.guard.look() == nil
	err := s.close()
	if s.pg != nil {
		return err
	}
	// nobody else has it open
	if _, gone := os.Lstat(s.path + "-wal"); err == nil && here && errors.Is(gone, fs.ErrNotExist) {
		s.marking.Lock()
		defer s.marking.Unlock()
		s.mark.Open = false
		err = s.mark.write(s.dir, s.markName)
	}
	return err
}

// close closes what was opened.
func (s *Store) close() (err error) {
	if s.anchor != nil {
		err = s.anchor.Close()
	}
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			err = errors.Join(err, db.Close())
		}
	}
	return errors.Join(err, s.lock.Close())
}

// patiently does again what finds the file busy, as long as one waits for its lock. While several bring a new file into
// write-ahead mode, SQLite says at once that it is busy:
// https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode.
func patiently(ctx context.Context, do func() error) error {
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	for {
		err := do()
		busy, ok := errors.AsType[*sqlite.Error](err)
		if !ok || busy.Code()&0xff != codeBusy {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(busyPause):
		}
	}
}

// prepare makes an empty file where there is none, and makes sure that it does not disappear with a crash.
func prepare(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(f.Close(), syncDir(filepath.Dir(path)))
}

// SQLite's result codes, primary ones first: https://www.sqlite.org/rescode.html
const (
	codeError    = 1
	codeBusy     = 5
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26

	codeShortRead = 10 | 2<<8  // IOERR_SHORT_READ
	codeCorruptFS = 10 | 33<<8 // IOERR_CORRUPTFS
	codeRefused   = 19 | 2<<8  // CONSTRAINT_COMMITHOOK
)

// explain says what an error means for the one who runs the program.
func explain(path string, err error) error {
	const mend = "bring a backup back (bot restore --replace), or move it away: what servers had of their own is lost then"
	switch {
	case errors.Is(err, ErrDamaged):
		return fmt.Errorf("%s: %w; %s", path, err, mend)
	case errors.Is(err, ErrMissing), errors.Is(err, ErrOther):
		return fmt.Errorf("%s: %w; bring it back, mount what holds it, or restore a backup (bot restore --replace). To go "+
			"on with what is there, "+
			"start once with --new: what servers had of their own, and what their admins had hidden, is forgotten then", path,
			err)
	case errors.Is(err, ErrMoved):
		return fmt.Errorf("%s: %w: set PILCROW_DATABASE_URL, or bring it back (bot migrate --to file); to begin anew here, "+
			"start once with --new", path, err)
	case errors.Is(err, ErrNotWritable):
		return fmt.Errorf("%s: %w", path, err)
	}
	if cause, ok := errors.AsType[*sqlite.Error](err); ok {
		switch cause.Code() & 0xff {
		case codeCorrupt, codeNotADB:
			return fmt.Errorf("%s: %w (%w); %s", path, ErrDamaged, err, mend)
		case codeReadOnly, codeIO, codeFull, codeCantOpen:
			return fmt.Errorf("%s: %w: %w", path, ErrNotWritable, err)
		case codeBusy:
			return fmt.Errorf("%s: %w: %w", path, ErrInUse, err)
		}
	}
	return fmt.Errorf("%s: %w", path, err)
}
