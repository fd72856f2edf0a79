package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"
)

// Forgotten is what Forget deleted.
type Forgotten struct {
	// Questions is how many reports; a question that others asked, too, stays without this person
	Votes, Questions, Wishes int
	Changes                  int // of documents and settings, that no longer say who made them
	// Lingers says that all of it is deleted, but that another program reads the file, a backup perhaps, so that SQLite's
	// log beside it still holds what was deleted. Sweep empties it.
	Lingers bool
}

// personal are the tables that may hold something of a person.
var personal = []string{"votes", "gaps", "reports", "wishes", "changes", "documents", "open_questions"}

const (
	maxErased    = 100              // people whose data are deleted in one transaction
	eraseTimeout = 30 * time.Second // for that
	foldTimeout  = time.Second      // for others to read to the end, so that the log can be emptied
	foldBusy     = 100 * time.Millisecond
)

// Forget deletes all that is stored of a person, in every server, for good: when it returns nil and nothing lingers,
// the user id is in no file. One deletion runs at a time; those who come meanwhile wait, and are served together by the
// next. When ctx ends first, the data are deleted all the same.
func (s *Store) Forget(ctx context.Context, person string) (Forgotten, error) {
	e := &erasure{person: person, done: make(chan struct{})}
	s.erasing.add(e, s.eraseAll)
	select {
	case <-e.done:
	case <-ctx.Done():
		return Forgotten{}, fmt.Errorf("wait for a person's data to be deleted: %w", ctx.Err())
	}
	if e.err != nil {
		return Forgotten{}, fmt.Errorf("delete a person's data: %w", e.err)
	}
	return e.forgotten, nil
}

// Sweep overwrites what is left behind of rows that were deleted one by one, when they were old or taken back, and
// finishes what a deletion could not finish. It is for once a day; between, and after a crash, Lingering says whether
// there is something to finish.
func (s *Store) Sweep(ctx context.Context) (pages int, err error) {
	pages, _, err = s.erase(ctx, nil)
	if err != nil {
		return pages, fmt.Errorf("overwrite what was deleted: %w", err)
	}
	return pages, nil
}

// Lingering tells whether the log still holds what was deleted.
func (s *Store) Lingering(ctx context.Context) (yes bool, err error) {
	if err := s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM erasures)").Scan(&yes); err != nil {
		return false, fmt.Errorf("read whether a deletion is finished: %w", err)
	}
	return yes, nil
}

// An eraser runs one deletion at a time. The zero eraser is ready for use.
type eraser struct {
	mu      sync.Mutex
	waiting []*erasure
	working bool
	work    sync.WaitGroup // Close waits for it
}

// An erasure is one person's deletion.
type erasure struct {
	person    string
	forgotten Forgotten
	err       error
	done      chan struct{}
}

func (q *eraser) add(e *erasure, erase func(batch []*erasure)) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, e)
	if q.working {
		return
	}
	q.working = true
	q.work.Go(func() {
		for batch := q.next(); len(batch) > 0; batch = q.next() {
			erase(batch)
			for _, e := range batch {
				close(e.done)
			}
		}
	})
}

// next are those who wait, as many as are served together; for none the work is over.
func (q *eraser) next() []*erasure {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := min(len(q.waiting), maxErased)
	batch := q.waiting[:n:n]
	q.waiting = q.waiting[n:]
	q.working = n > 0
	return batch
}

// eraseAll deletes for a batch. Where nothing is there of any of them, it only looks.
func (s *Store) eraseAll(batch []*erasure) {
	ctx, cancel := context.WithTimeout(context.Background(), eraseTimeout)
	defer cancel()
	people := make([]string, len(batch))
	for i, e := range batch {
		people[i] = e.person
	}
	forgotten := make([]Forgotten, len(batch))
	there, err := s.holds(ctx, people)
	if there {
		_, forgotten, err = s.erase(ctx, people)
	}
	for i, e := range batch {
		if e.err = err; err == nil {
			e.forgotten = forgotten[i]
		}
	}
}

// holds tells whether anything of the people is in a row, in what is left behind of one, or in the log.
func (s *Store) holds(ctx context.Context, people []string) (yes bool, err error) {
	if s.pg != nil {
		return true, nil
	}
	if err := s.guard.look(); err != nil { // what was taken away may hold something
		return false, err
	}
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return false, err
	}
	defer tx.Rollback() //nolint:errcheck // it only reads
	var parts [][]byte
	for _, person := range people {
		err = tx.QueryRowContext(ctx,
			`SELECT EXISTS (SELECT 1 FROM votes WHERE person = ?1) OR EXISTS (SELECT 1 FROM reports WHERE person = ?1)
			OR EXISTS (SELECT 1 FROM wishes WHERE person = ?2) OR EXISTS (SELECT 1 FROM changes WHERE by_id = ?2)
			OR EXISTS (SELECT 1 FROM documents WHERE by_id = ?2)`, s.person(person), person).Scan(&yes)
		if err != nil || yes {
			return yes, err
		}
		parts = append(parts, partsOf(person)...)
	}
	if yes, err = logHolds(s.path, parts); err != nil || yes {
		return yes, err
	}
	return tracesOf(ctx, tx, personal, parts)
}

// logHolds tells whether the write-ahead log holds one of the parts.
func logHolds(path string, parts [][]byte) (bool, error) {
	data, err := os.ReadFile(path + "-wal") // at most some maxWAL bytes
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	for _, part := range parts {
		if bytes.Contains(data, part) {
			return true, nil
		}
	}
	return false, err
}

// erase deletes what there is of people, and every trace of rows that were deleted before. While it does, writers wait
// for it under their contexts, as it holds the one connection that writes; it needs another, that may write pages.
func (s *Store) erase(ctx context.Context, people []string) (pages int, forgotten []Forgotten, err error) {
	if s.pg != nil {
		forgotten, err = s.erasePostgres(ctx, people)
		return 0, forgotten, err
	}
	db, err := s.guard.connectPages()
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if pages, forgotten, err = s.eraseRows(ctx, db, people); err != nil {
		return 0, nil, gaveUp(ctx, err)
	}
	folded, err := emptyLog(ctx, db)
	for i := range forgotten {
		forgotten[i].Lingers = !folded
	}
	return pages, forgotten, err
}

func (s *Store) eraseRows(ctx context.Context, db *sql.DB, people []string) (pages int, forgotten []Forgotten,
	err error) {
	held, err := s.write.Conn(ctx)
	if err != nil {
		return 0, nil, err
	}
	defer held.Close()
	var tx *sql.Tx
	if err := patiently(ctx, func() (err error) { tx, err = db.BeginTx(ctx, nil); return err }); err != nil {
		return 0, nil, err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	if forgotten, err = s.forgetAll(ctx, tx, people); err != nil {
		return 0, nil, err
	}
	if _, err := tx.ExecContext(ctx, "INSERT INTO erasures (one, since) VALUES (1, ?) ON CONFLICT DO NOTHING",
		time.Now().Unix()); err != nil {
		return 0, nil, err
	}
	if pages, err = clearTraces(ctx, tx, personal); err != nil {
		return 0, nil, err
	}
	return pages, forgotten, tx.Commit()
}

// forgetAll deletes the rows of people.
func (s *Store) forgetAll(ctx context.Context, tx *sql.Tx, people []string) (forgotten []Forgotten, err error) {
	for _, person := range people {
		f, err := s.forgetRows(ctx, tx, person)
		if err != nil {
			return nil, err
		}
		forgotten = append(forgotten, f)
	}
	for _, query := range []string{
		// A question that nobody else asked goes with the report, and with it who wanted to be told.
		"DELETE FROM gaps WHERE recorded = 0 AND id NOT IN (SELECT gap FROM reports)",
		"DELETE FROM wishes WHERE gap NOT IN (SELECT id FROM gaps)",
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return nil, err
		}
	}
	return forgotten, nil
}

func (s *Store) forgetRows(ctx context.Context, tx *sql.Tx, person string) (f Forgotten, err error) {
	who := s.person(person)
	var uncounted int
	for _, step := range []struct {
		count *int
		query string
		who   any
	}{
		{&f.Votes, "DELETE FROM votes WHERE person = ?", who},
		{&f.Wishes, "DELETE FROM wishes WHERE person = ?", person},
		{&f.Questions, "DELETE FROM reports WHERE person = ?", who},
		{&f.Changes, "UPDATE changes SET by_id = '', by_name = 'deleted' WHERE by_id = ?", person},
		{&uncounted, "UPDATE documents SET by_id = '', by_name = 'deleted' WHERE by_id = ?", person},
	} {
		if *step.count, err = changed(tx.ExecContext(ctx, step.query, step.who)); err != nil {
			return f, err
		}
	}
	if f.Changes+uncounted > 0 { // other processes have the name in memory
		_, err = s.edited(ctx, tx, "")
	}
	return f, err
}

// emptyLog brings the write-ahead log into the file and empties it, so that what was deleted is not in it either. It
// waits a little for those who read what is in the log alone; emptied is false where they take longer.
func emptyLog(ctx context.Context, db *sql.DB) (emptied bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, foldTimeout)
	defer cancel()
	for {
		var busy, frames, folded int
		if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded); err != nil {
			if ctx.Err() != nil {
				return false, nil
			}
			return false, fmt.Errorf("empty the write-ahead log: %w", err)
		}
		if busy == 0 {
			break
		}
		select {
		case <-ctx.Done():
			return false, nil
		case <-time.After(busyPause):
		}
	}
	if _, err := db.ExecContext(ctx, "DELETE FROM erasures"); err != nil {
		return false, fmt.Errorf("note that a deletion is finished: %w", err)
	}
	return true, nil
}
