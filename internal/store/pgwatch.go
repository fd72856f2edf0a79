package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// reachTimeout is how long PostgreSQL may take to say that it is there.
const reachTimeout = 5 * time.Second

// lookAtPostgres looks once whether the server can be reached and written to, and once a day whether what stands there
// is what was written.
func (w *watcher) lookAtPostgres(ctx context.Context) {
	if err := w.reach(ctx); err != nil {
		if ctx.Err() == nil {
			w.guard.note(Away, fmt.Errorf("%s: cannot be reached: %w", w.pg.name, err))
		}
		return
	}
	w.tell()
	if time.Since(w.checked) < checkLeast {
		return
	}
	err := w.Check(ctx)
	if ctx.Err() != nil || err != nil && !errors.Is(err, ErrDamaged) {
		return
	}
	w.checked = time.Now()
	w.guard.note(Damaged, err)
}

// reach asks the server for something small, and writes where that was not possible.
func (w *watcher) reach(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	if w.has(Full, Unwritable) {
		err := w.transact(ctx, "try to write", func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, "UPDATE installation SET edits = edits")
			return err
		})
		if err == nil {
			w.guard.kept()
		}
	}
	var one int
	return w.read.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

// checkPostgres holds everything that has a checksum against it: the server looks after its files itself.
func (s *Store) checkPostgres(ctx context.Context) error {
	if err := checkSums(ctx, s.read); err != nil {
		return fmt.Errorf("%s: %w", s.pg.name, err)
	}
	return nil
}

// erasePostgres deletes what there is of people. The server takes the room of the rows again when it likes (VACUUM),
// and keeps its log as long as it is set up to.
func (s *Store) erasePostgres(ctx context.Context, people []string) (forgotten []Forgotten, err error) {
	err = s.transact(ctx, "delete", func(tx *sql.Tx) (err error) {
		forgotten, err = s.forgetAll(ctx, tx, people)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, table := range personal {
		if _, err := s.write.ExecContext(ctx, "VACUUM "+table); err != nil {
			return nil, fmt.Errorf("take the room of what was deleted: %w", err)
		}
	}
	return forgotten, nil
}
