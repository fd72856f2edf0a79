package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
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

// An Arrival is what a question is to the other processes on the database. The zero Arrival is of one that is alone.
type Arrival struct {
	Event string      // its id, which no other question has; "" where nobody else can be told of it
	Of    []Allowance // that it counts for, in the same order always
}

// ErrTaken says that a question has been taken before, perhaps by a process that died since: that one, or who adopts
// its open questions, gives it its ending.
var ErrTaken = errors.New("the question was taken before")

// OpenQuestion writes a question down before it is worked on. Like all that is written of open questions, it survives
// the end of the program, but perhaps not that of the machine: it is not worth the wait for the disk. A question that
// was taken before, by whomever, is ErrTaken; where there is nothing left of an allowance, the error is a *Spent. Then
// it is not written down, and counts nowhere.
func (s *Store) OpenQuestion(ctx context.Context, at time.Time, sealed []byte, a Arrival) (id int64, err error) {
	err = s.lightly(ctx, "write a question down", func(tx *sql.Tx) error {
		if err := s.takeEvent(ctx, tx, a.Event); err != nil {
			return err
		}
		process := s.process.Load()
		if err := tx.QueryRowContext(ctx, "INSERT INTO open_questions (process, at, sealed) VALUES (?, ?, ?) RETURNING id",
			process.id(), at.Unix(), sealed).Scan(&id); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `DELETE FROM open_questions WHERE process = ?1 AND id <= (SELECT id FROM open_questions
			WHERE process = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)`, process.id(), maxOpenQuestions)
		if err != nil {
			return err
		}
		return s.spend(ctx, tx, a.Of) // last, as others wait for it
	})
	return id, err
}

// takeEvent is ErrTaken where the event was taken before.
func (s *Store) takeEvent(ctx context.Context, tx *sql.Tx, event string) error {
	if event == "" {
		return nil
	}
	n, err := changed(tx.ExecContext(ctx, "INSERT INTO taken (event, at) VALUES (?, "+s.now()+") ON CONFLICT DO NOTHING",
		s.seal(personBytes, "event", event)))
	if err == nil && n == 0 {
		err = ErrTaken
	}
	return err
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

// OpenQuestions returns those that are open, of all processes, oldest first.
func (s *Store) OpenQuestions(ctx context.Context) ([]OpenQuestion, error) {
	rows, err := s.read.QueryContext(ctx, "SELECT id, at, sealed FROM open_questions")
	if err != nil {
		return nil, fmt.Errorf("read open questions: %w", err)
	}
	return scanQuestions(rows)
}

// AdoptQuestions gives this process the open questions of those that do not run any more, and returns them, oldest
// first. No question is given to two. Where there is but one process, it is called once, before the first is written
// down.
func (s *Store) AdoptQuestions(ctx context.Context) (open []OpenQuestion, err error) {
	err = s.transact(ctx, "take over open questions", func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `UPDATE open_questions SET process = ?1 WHERE process = '' OR process != ?1 AND
			process NOT IN (SELECT id FROM processes WHERE until > `+s.now()+`) RETURNING id, at, sealed`,
			s.process.Load().id())
		if err == nil {
			open, err = scanQuestions(rows)
		}
		return err
	})
	return open, err
}

func scanQuestions(rows *sql.Rows) (open []OpenQuestion, err error) {
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
	slices.SortFunc(open, func(a, b OpenQuestion) int { return cmp.Compare(a.ID, b.ID) })
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
