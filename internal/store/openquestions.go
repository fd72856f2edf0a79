package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// An OpenQuestion is one that is being answered, or was when the program was killed. What the transport needs to end it
// is sealed: the file alone does not say it.
type OpenQuestion struct {
	ID     int64
	At     time.Time // to the second
	Sealed []byte
}

// maxOpenQuestions bounds what is kept; the transport takes fewer in hand. The oldest go first.
const maxOpenQuestions = 2_000

// OpenQuestion writes a question down before it is worked on. Like all that is written of open questions, it survives
// the end of the program, but perhaps not that of the machine: it is not worth the wait for the disk.
func (s *Store) OpenQuestion(ctx context.Context, at time.Time, sealed []byte) (id int64, err error) {
	err = s.lightly(ctx, "write a question down", func(tx *sql.Tx) error {
		if err := tx.QueryRowContext(ctx, "INSERT INTO open_questions (at, sealed) VALUES (?, ?) RETURNING id", at.Unix(),
			sealed).Scan(&id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, "DELETE FROM open_questions WHERE id <= ?", id-maxOpenQuestions)
		return err
	})
	return id, err
}

// ChangeQuestion writes down how far an open question has come; one that is closed stays so.
func (s *Store) ChangeQuestion(ctx context.Context, id int64, sealed []byte) error {
	return s.lightly(ctx, "write down how far a question has come", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "UPDATE open_questions SET sealed = ? WHERE id = ?", sealed, id)
		return err
	})
}

// CloseQuestion forgets a question that has its ending.
func (s *Store) CloseQuestion(ctx context.Context, id int64) error {
	return s.lightly(ctx, "forget a question", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM open_questions WHERE id = ?", id)
		return err
	})
}

// OpenQuestions returns those that are open, oldest first.
func (s *Store) OpenQuestions(ctx context.Context) (open []OpenQuestion, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT id, at, sealed FROM open_questions ORDER BY id")
	if err != nil {
		return nil, fmt.Errorf("read open questions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var q OpenQuestion
		var at int64
		if err := rows.Scan(&q.ID, &at, &q.Sealed); err != nil {
			return nil, fmt.Errorf("read open questions: %w", err)
		}
		q.At = time.Unix(at, 0).UTC()
		open = append(open, q)
	}
	return open, rows.Err()
}

// lightly is transact without waiting for the disk: what it wrote is in the hands of the system when it returns, and on
// the disk with the next transact at the latest.
func (s *Store) lightly(ctx context.Context, doing string, change func(tx *sql.Tx) error) (err error) {
	if s.pg != nil {
		return s.transactAt(ctx, levelLight, doing, change)
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	if _, err := conn.ExecContext(ctx, "PRAGMA synchronous = NORMAL"); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	defer func() {
		// Whoever writes next relies on it, whatever became of ctx.
		_, back := conn.ExecContext(context.WithoutCancel(ctx), "PRAGMA synchronous = FULL")
		err = errors.Join(err, back)
	}()
	if err := within(ctx, conn, nil, change); err != nil {
		return fmt.Errorf("%s: %w", doing, err)
	}
	return nil
}
