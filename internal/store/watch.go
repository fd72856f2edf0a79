package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"modernc.org/sqlite"
)

// How an open database is looked after.
const (
	watchEvery = 15 * time.Second // so that whatever happens to the files is told within a minute
	// the file is checked again after so many times what the last check took, at the earliest
	checkShare   = 100
	checkTimeout = 30 * time.Minute
	checkLeast   = 24 * time.Hour // it is checked so often though nothing seems to have changed

	copyAgain = time.Hour // after a generation that could not be made

	lowSpace = 100 << 20 // bytes: what is left is told then
	noSpace  = 64 << 10  // bytes: no transaction of ours needs less
)

// A Watch is how an open database is looked after.
type Watch struct {
	Backups int // generations that are kept, one a day; 0 for none
	// Tell is called when a trouble begins, or is told of in other words, and when it is over.
	Tell func(t Trouble, over bool)

	every time.Duration // for tests
}

// A watcher is what Watch remembers from one look to the next.
type watcher struct {
	*Store
	Watch
	told    []Trouble
	pending bool          // it is to be checked as soon as there was some rest
	checked time.Time     // when the file was checked last
	took    time.Duration // by that
	file    os.FileInfo   // as it was then
	failed  time.Time     // when a generation could not be made last
}

// Watch looks after the database until ctx ends: whether its files are where they were and can be written, how much
// space there is, whether what stands in the file is what was written, and that there is a copy of each day.
func (s *Store) Watch(ctx context.Context, c Watch) {
	w := &watcher{Store: s, Watch: c}
	if w.every == 0 {
		w.every = watchEvery
	}
	tick := time.NewTicker(w.every)
	defer tick.Stop()
	for asked := false; ; {
		w.look(ctx, asked)
		select {
		case <-ctx.Done():
			return
		case <-s.guard.suspect:
			asked = true
		case <-tick.C:
			asked = false
		}
	}
}

// look looks once, the quick things first.
func (w *watcher) look(ctx context.Context, asked bool) {
	defer w.tell()
	if w.pg != nil {
		w.lookAtPostgres(ctx)
		return
	}
	if _ = w.guard.look(); w.has(Gone) {
		return // what stands there is not ours to look at
	}
	w.lookAtSpace()
	w.tryAgain(ctx)
	w.tell()
	w.check(ctx, asked)
	w.tell()
	w.generation(ctx)
}

// has reports whether there is a trouble of one of the kinds.
func (w *watcher) has(kinds ...Kind) bool {
	return slices.ContainsFunc(w.Troubles(), func(t Trouble) bool { return slices.Contains(kinds, t.Kind) })
}

// tell tells what is new, and what is over.
func (w *watcher) tell() {
	now := w.Troubles()
	for _, t := range now {
		if !slices.ContainsFunc(w.told, func(o Trouble) bool { return o.Kind == t.Kind && o.Since.Equal(t.Since) }) {
			w.Tell(t, false)
		}
	}
	for _, o := range w.told {
		if !slices.ContainsFunc(now, func(t Trouble) bool { return o.Kind == t.Kind }) {
			w.Tell(o, true)
		}
	}
	w.told = now
}

// lookAtSpace looks at what the disk has left, and whether the file may be written.
func (w *watcher) lookAtSpace() {
	free, known := Free(w.dir)
	var low, full error
	switch {
	case known && free < noSpace:
		full = fmt.Errorf("%s: there is no space left on the disk", w.dir)
	case known && free < lowSpace:
		low = fmt.Errorf("%s: there are %d MB left on the disk", w.dir, free>>20)
	}
	w.guard.note(Low, low)
	if full != nil {
		w.guard.note(Full, full)
	}
	for _, path := range []string{w.path, w.dir} {
		if err := writable(path); err != nil {
			w.guard.note(Unwritable, fmt.Errorf("%s: %w", path, err))
		}
	}
}

// tryAgain writes something small where that was not possible: when it is again, the trouble is over.
func (w *watcher) tryAgain(ctx context.Context) {
	if free, known := Free(w.dir); !w.has(Full, Unwritable) || known && free < noSpace || writable(w.path) != nil ||
		writable(w.dir) != nil {
		return
	}
	probe := filepath.Join(w.dir, ".probe") // the log may have room of before
	err := os.WriteFile(probe, make([]byte, noSpace), 0o600)
	if err = errors.Join(err, removed(probe)); err != nil {
		return
	}
	_ = w.transact(ctx, "try to write", func(tx *sql.Tx) error { // what comes of it is noted by the guard
		_, err := tx.ExecContext(ctx, "UPDATE installation SET edits = edits")
		return err
	})
}

// check checks the whole file, if it changed and there was some rest since the last time, or if it is asked for.
func (w *watcher) check(ctx context.Context, asked bool) {
	info, err := os.Stat(w.path)
	since := time.Since(w.checked)
	changed := w.file == nil || err == nil && (info.Size() != w.file.Size() || !info.ModTime().Equal(w.file.ModTime()))
	w.pending = w.pending || asked
	if err != nil || since < checkShare*w.took || !w.pending && !changed && since < checkLeast {
		return
	}
	began := time.Now()
	err = w.Check(ctx)
	if ctx.Err() != nil {
		return
	}
	if err != nil && !errors.Is(err, ErrDamaged) {
		w.pending = true // it could not be checked just now
		return
	}
	w.pending, w.checked, w.took, w.file = false, time.Now(), time.Since(began), info
	w.guard.checked(info.Size(), err)
}

// Check reads the whole database, by connections of its own: its structure, what admins chose and the bytes of
// documents by their checksums. It takes about a second for a gigabyte. What was taken away is not damaged: where a
// file is another than the one that is open, the error says so.
func (s *Store) Check(ctx context.Context) error {
	if err := s.guard.gone(); err != nil {
		return err
	}
	err := s.check(ctx)
	if gone := s.guard.gone(); err != nil && gone != nil {
		return gone
	}
	return err
}

func (s *Store) check(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, checkTimeout)
	defer cancel()
	if s.pg != nil {
		return s.checkPostgres(ctx)
	}
	info, err := os.Stat(s.path)
	if err == nil && info.Size() == 0 {
		err = fmt.Errorf("%s: %w: there is nothing in it", s.path, ErrDamaged)
	}
	if err != nil {
		return err
	}
	db, err := connect(s.path, 1)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := checkAll(ctx, db); err != nil {
		return fmt.Errorf("%s: %w", s.path, err)
	}
	return nil
}

func checkAll(ctx context.Context, db *sql.DB) error {
	var result string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&result); err != nil {
		return damage(err)
	}
	if result != "ok" {
		return fmt.Errorf("%w (%s)", ErrDamaged, strings.Join(strings.Fields(result), " "))
	}
	return damage(checkSums(ctx, db))
}

// checkSums holds what admins chose, and the bytes of documents, against their checksums.
func checkSums(ctx context.Context, db *sql.DB) error {
	broken, err := broken(ctx, db)
	if err != nil {
		return err
	}
	if len(broken) > 0 {
		return fmt.Errorf("%w: what the admins of %d servers chose does not match its checksum", ErrDamaged, len(broken))
	}
	rows, err := db.QueryContext(ctx, "SELECT sum, data FROM blobs")
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var want, data sql.RawBytes
		if err := rows.Scan(&want, &data); err != nil {
			return err
		}
		if sum(want) != sha256.Sum256(data) {
			return fmt.Errorf("%w: a document of a server does not match its checksum", ErrDamaged)
		}
	}
	return rows.Err()
}

// damage says of an error that the file is damaged where that is what it means, and nothing else: another may just have
// had its turn.
func damage(err error) error {
	cause, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch cause.Code() & 0xff {
	case codeCorrupt, codeNotADB, codeIO, codeError: // codeError: a table is not there
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return err
}
