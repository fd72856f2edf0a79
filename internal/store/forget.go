package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// Forgotten is what Forget deleted.
type Forgotten struct {
	Votes, Questions, Wishes int // Questions is how many reports; a question that others asked, too, stays without this person
	Changes                  int // of documents and settings, that no longer say who made them
}

// personal are the tables that may hold something of a person.
var personal = []string{"votes", "gaps", "reports", "wishes", "changes", "documents"}

// Forget deletes all that is stored of a person, in every server, for good: when it returns nil, the user id is in no file.
func (s *Store) Forget(ctx context.Context, person string) (Forgotten, error) {
	f, err := s.forget(ctx, person)
	if err != nil {
		return Forgotten{}, fmt.Errorf("delete a person's data: %w", err)
	}
	return f, nil
}

// forget works over a connection of its own, without foreign keys: tables are emptied and filled again, and what refers to their rows
// must not go with them.
func (s *Store) forget(ctx context.Context, person string) (f Forgotten, err error) {
	db, err := connect(s.path, 1)
	if err != nil {
		return f, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "PRAGMA foreign_keys = OFF"); err != nil {
		return f, err
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return f, err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	if f, err = s.forgetRows(ctx, tx, person); err != nil {
		return f, err
	}
	for _, table := range personal {
		if err := rewrite(ctx, tx, table); err != nil {
			return f, fmt.Errorf("%s: %w", table, err)
		}
	}
	if err := tx.Commit(); err != nil {
		return f, err
	}
	return f, emptyLog(ctx, db)
}

func (s *Store) forgetRows(ctx context.Context, tx *sql.Tx, person string) (f Forgotten, err error) {
	who := s.person(person)
	var uncounted int
	for _, step := range []struct {
		count *int
		query string
		args  []any
	}{
		{&f.Votes, "DELETE FROM votes WHERE person = ?", []any{who}},
		{&f.Wishes, "DELETE FROM wishes WHERE person = ?", []any{person}},
		{&f.Questions, "DELETE FROM reports WHERE person = ?", []any{who}},
		// A question that nobody else asked goes with the report, and with it who wanted to be told.
		{&uncounted, "DELETE FROM gaps WHERE recorded = 0 AND id NOT IN (SELECT gap FROM reports)", nil},
		{&uncounted, "DELETE FROM wishes WHERE gap NOT IN (SELECT id FROM gaps)", nil},
		{&f.Changes, "UPDATE changes SET by_id = '', by_name = 'deleted' WHERE by_id = ?", []any{person}},
		{&uncounted, "UPDATE documents SET by_id = '', by_name = 'deleted' WHERE by_id = ?", []any{person}},
	} {
		if *step.count, err = changed(tx.ExecContext(ctx, step.query, step.args...)); err != nil {
			return f, err
		}
	}
	return f, nil
}

// rewrite empties a table and fills it again. SQLite overwrites the rows that are deleted, but where rows were moved from page to page it
// leaves copies behind in what is unused of a page; emptying the table overwrites the pages themselves.
func rewrite(ctx context.Context, tx *sql.Tx, table string) error {
	for _, query := range []string{
		"CREATE TEMP TABLE kept AS SELECT * FROM " + table, // in memory: see connect
		"DELETE FROM " + table,
		"INSERT INTO " + table + " SELECT * FROM kept",
		"DROP TABLE kept",
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	return nil
}

// emptyLog brings the write-ahead log into the file and empties it, so that what was deleted is not in it either.
func emptyLog(ctx context.Context, db *sql.DB) error {
	var busy, frames, folded int
	err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint(TRUNCATE)").Scan(&busy, &frames, &folded)
	if err == nil && busy != 0 {
		err = errors.New("another program reads the file")
	}
	if err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", err)
	}
	return nil
}

// Expire deletes what people gave and what is older than it is kept, and returns how many votes and questions.
func (s *Store) Expire(ctx context.Context, now time.Time) (deleted int, err error) {
	err = s.transact(ctx, "delete what is old", func(tx *sql.Tx) error {
		votes, err := changed(tx.ExecContext(ctx, "DELETE FROM votes WHERE at < ?", now.Add(-KeepVotes).Unix()))
		if err != nil {
			return err
		}
		gaps, err := changed(tx.ExecContext(ctx, "DELETE FROM gaps WHERE last < ?", now.Add(-KeepGaps).Unix()))
		deleted = votes + gaps
		return err
	})
	return deleted, err
}
