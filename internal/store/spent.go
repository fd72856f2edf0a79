package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// Where several processes run on one database, how much was asked is counted there: a person may ask in servers of
// different shards. What is written is a keyed hash and a time, in a table that PostgreSQL does not log, and goes with
// the time.

// An Allowance is what somebody may do: Count times at once, and once more whenever its share of Per has passed.
type Allowance struct {
	Kind  string // of what and whom; no two of one call are of the same kind
	Who   string // an id; "" where it is for all
	Count int    // 1 at least
	Per   time.Duration
}

// step is the share of one.
func (a Allowance) step() time.Duration { return a.Per / time.Duration(a.Count) }

// Spent says that there is nothing left of an allowance.
type Spent struct {
	Kind string
	Wait time.Duration // until there is
}

// Error says of which.
func (e *Spent) Error() string { return fmt.Sprintf("%s: nothing left for %v", e.Kind, e.Wait) }

// spend takes one of each allowance with one statement; the error is a *Spent where one has nothing left. Then the
// caller takes the transaction back, and nothing has been taken. All give them in the same order, so that no two wait
// for each other. Of what a clock that jumped or a changed limit left behind nobody is kept out.
func (s *Store) spend(ctx context.Context, tx *sql.Tx, of []Allowance) error {
	if len(of) == 0 {
		return nil
	}
	now := "(" + s.now() + ") * 1000000"
	var args []any
	for _, a := range of {
		step := a.step().Nanoseconds()
		args = append(args, a.Kind, s.seal(personBytes, "spent", a.Kind, a.Who), step, step, a.Per.Nanoseconds())
	}
	row := "(?, ?, " + now + " + ?, ?, ?)"
	taken, err := takenOf(tx.QueryContext(ctx, "INSERT INTO spent (kind, who, due, step, per) VALUES "+row+
		strings.Repeat(", "+row, len(of)-1)+` ON CONFLICT (kind, who) DO UPDATE SET step = excluded.step,
			per = excluded.per, due = excluded.step + CASE WHEN spent.due BETWEEN `+now+` AND `+now+` + excluded.per
			THEN spent.due ELSE `+now+` END
		WHERE spent.due <= `+now+` + excluded.per - excluded.step OR spent.due > `+now+` + excluded.per
		RETURNING kind`, args...))
	if err != nil || len(taken) == len(of) {
		return err
	}
	for i, a := range of {
		if taken[a.Kind] {
			continue
		}
		var due int64
		if err := tx.QueryRowContext(ctx, "SELECT due - "+now+" FROM spent WHERE kind = ? AND who = ?", a.Kind,
			args[5*i+1]).Scan(&due); err != nil {
			return err
		}
		return &Spent{Kind: a.Kind, Wait: max(time.Duration(due)-a.Per+a.step(), time.Millisecond)}
	}
	return nil
}

// takenOf reads which kinds a statement returned.
func takenOf(rows *sql.Rows, err error) (map[string]bool, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string]bool{}
	for rows.Next() {
		var kind string
		if err := rows.Scan(&kind); err != nil {
			return nil, err
		}
		all[kind] = true
	}
	return all, rows.Err()
}

// forgive forgets what nobody is kept waiting by any more, and events that nobody is told of again.
func (s *Store) forgive(ctx context.Context) error {
	return s.lightly(ctx, "forget what was asked", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM spent WHERE due <= ("+s.now()+") * 1000000")
		if err == nil {
			_, err = tx.ExecContext(ctx, "DELETE FROM taken WHERE at < "+s.now()+" - ?", keepTaken.Milliseconds())
		}
		return err
	})
}
