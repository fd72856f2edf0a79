// Package store keeps what must survive a restart in one SQLite file: the documents of the servers with their history and settings,
// what people chose to give, what the models took by day, and the vectors, so that a text is embedded once per model.
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
	"net/url"
	"os"
	"path/filepath"
	"strconv"
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
	write      *sql.DB // one connection: writers wait here, under their context, and not for a lock of the file
	read       *sql.DB
	maxVectors int64
	maxGaps    int
	path       string       // of the file
	secret     []byte       // of the installation; see seal
	lock       *flock.Flock // tells others that the folder is in use
	erasing    eraser
}

// Open opens the database in the folder dir and brings its schema up to date; what is missing is made, for the
// user's eyes only. The caller closes the Store.
func Open(dir string) (*Store, error) {
	path, err := prepare(dir)
	if err != nil {
		return nil, fmt.Errorf("%s: %w: %w", dir, ErrNotWritable, err)
	}
	s := &Store{maxVectors: maxVectors, maxGaps: maxGaps, path: path}
	if s.lock, err = lock(filepath.Dir(path), LockName, false); err != nil {
		return nil, err
	}
	if s.write, err = connect(path, 1); err != nil {
		return nil, explain(path, errors.Join(err, s.lock.Close()))
	}
	if s.read, err = connect(path, maxReaders); err != nil {
		return nil, explain(path, errors.Join(err, s.write.Close(), s.lock.Close()))
	}
	ctx, cancel := context.WithTimeout(context.Background(), openTimeout)
	defer cancel()
	err = patiently(ctx, func() error { return check(ctx, s.read) })
	if err == nil {
		err = migrate(ctx, s.write)
	}
	if err == nil {
		s.secret, err = secret(ctx, s.write)
	}
	if err != nil {
		return nil, explain(path, errors.Join(err, s.Close()))
	}
	return s, nil
}

// Close waits for what is running and folds the write-ahead log into the file.
func (s *Store) Close() error {
	s.erasing.work.Wait()
	return errors.Join(s.read.Close(), s.write.Close(), s.lock.Close())
}

// patiently does again what finds the file busy, as long as one waits for its lock. While several bring a new file into write-ahead mode,
// SQLite says at once that it is busy: https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode.
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

// prepare makes the folder and an empty file in it, and makes sure that neither disappears with a crash.
func prepare(dir string) (path string, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	path = filepath.Join(dir, FileName)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", err
	}
	if err := f.Close(); err != nil {
		return "", err
	}
	d, err := os.Open(dir)
	if err != nil {
		return "", err
	}
	return path, errors.Join(d.Sync(), d.Close())
}

// connect describes the file's connections; SQLite opens it at the first use.
func connect(path string, connections int) (*sql.DB, error) {
	return connectWith(path, connections, connectOptions())
}

func connectOptions() url.Values {
	return url.Values{
		"_busy_timeout": {strconv.FormatInt(busyTimeout.Milliseconds(), 10)},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"}, // NORMAL would lose acknowledged writes when the machine goes down
		"_txlock":       {"immediate"},
		"_foreign_keys": {"on"},
		"_defensive":    {"true"},
		"_dqs":          {"false"},
		"_error_rc":     {"true"},
		// What is deleted is overwritten: people may have their data deleted, and mean it.
		"_pragma": {fmt.Sprintf("journal_size_limit(%d)", maxWAL), "secure_delete(on)", "temp_store(memory)"},
	}
}

// connectPages describes a connection that may overwrite pages of the file; see clearTraces. It waits for others only a little.
func connectPages(path string) (*sql.DB, error) {
	options := connectOptions()
	options.Set("_defensive", "false")
	options.Set("_busy_timeout", strconv.FormatInt(foldBusy.Milliseconds(), 10))
	return connectWith(path, 1, options)
}

func connectWith(path string, connections int, options url.Values) (*sql.DB, error) {
	// As a URI, so that a question mark or a number sign in the folder's name stays part of it.
	name := url.URL{Scheme: "file", Path: filepath.ToSlash(path), RawQuery: options.Encode()}
	connector, err := sqlite.NewConnector(name.String())
	if err != nil {
		return nil, err
	}
	db := sql.OpenDB(connector)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

// SQLite's primary result codes: https://www.sqlite.org/rescode.html
const (
	codeBusy     = 5
	codeReadOnly = 8
	codeIO       = 10
	codeCorrupt  = 11
	codeFull     = 13
	codeCantOpen = 14
	codeNotADB   = 26
)

// explain says what an error means for the one who runs the program.
func explain(path string, err error) error {
	const mend = "bring a backup back (bot restore --replace), or move it away: what servers had of their own is lost then"
	if errors.Is(err, ErrDamaged) {
		return fmt.Errorf("%s: %w; %s", path, err, mend)
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
