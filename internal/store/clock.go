package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// What is kept for a time is deleted by the clock, and a clock can be wrong: a battery that is empty, a virtual machine
// that was stopped, a wrong year typed in. So beside the clock there runs a steady time, which is only as fast as time
// has surely passed: measured while the program runs, and at most a day for each time that it did not. As much as a
// day's worth is deleted by the day of that time, and nothing in the first hour after a jump.

const (
	jumpLeast   = 5 * time.Minute // by which the clock differs from the time that passed, to have jumped
	jumpSettles = time.Hour       // after which a jump is taken for the truth
	mostUnseen  = 24 * time.Hour  // of steady time, for what passed while the program did not run
	leastWorth  = 24 * time.Hour  // of what people gave, is deleted at once
	mostWorth   = 25 * time.Hour  // likewise: who deletes every day a little late keeps up
)

// A Clock is what is known of the time.
type Clock struct {
	Steady  time.Time // never ahead of the time that has passed since it was first looked at
	Settled bool      // the clock has not jumped for an hour
}

// Tick looks at the clock: it says wall, and passed is what has passed since the last Tick of this program by a clock
// that cannot be set; below zero for the first one.
func (s *Store) Tick(ctx context.Context, wall time.Time, passed time.Duration) (c Clock, err error) {
	err = s.transact(ctx, "look at the clock", func(tx *sql.Tx) error {
		var seen, steady, settled int64
		now := wall.Unix()
		err := tx.QueryRowContext(ctx, "SELECT seen, steady, settled FROM clock").Scan(&seen, &steady, &settled)
		if errors.Is(err, sql.ErrNoRows) {
			c = Clock{Steady: time.Unix(now, 0).UTC()}
			_, err = tx.ExecContext(ctx, "INSERT INTO clock (one, seen, steady, settled, expired) VALUES (1, ?1, ?1, ?2, ?3)",
				now, now+seconds(jumpSettles), now+seconds(jumpSettles-leastWorth))
			return err
		}
		if err != nil {
			return err
		}
		said := time.Duration(now-seen) * time.Second
		surely := passed
		if passed < 0 { // nobody looked meanwhile
			surely = min(max(said, 0), mostUnseen)
		}
		steady += seconds(surely)
		if off := said - surely; off > jumpLeast || off < -jumpLeast || passed < 0 && said > jumpSettles {
			settled = steady + seconds(jumpSettles)
		}
		c = Clock{Steady: time.Unix(steady, 0).UTC(), Settled: steady >= settled}
		_, err = tx.ExecContext(ctx, "UPDATE clock SET seen = ?, steady = ?, settled = ?", now, steady, settled)
		return err
	})
	return c, err
}

// Clock is what Tick said last; the zero Clock where it never did.
func (s *Store) Clock(ctx context.Context) (c Clock, err error) {
	var steady, settled int64
	err = s.read.QueryRowContext(ctx, "SELECT steady, settled FROM clock").Scan(&steady, &settled)
	if errors.Is(err, sql.ErrNoRows) {
		return Clock{}, nil
	}
	if err != nil {
		return Clock{}, fmt.Errorf("look at the clock: %w", err)
	}
	return Clock{Steady: time.Unix(steady, 0).UTC(), Settled: steady >= settled}, nil
}

func seconds(d time.Duration) int64 { return int64(d / time.Second) }

// Expire deletes what people gave and what is older than it is kept: once a day, and of all that is too old, what was
// given within a day from the oldest on. So days on which nothing was given, as the program did not run, cost no time.
// It returns how many votes and questions. Where the clock has jumped, or was never looked at by Tick, it deletes
// nothing.
func (s *Store) Expire(ctx context.Context, wall time.Time) (deleted int, err error) {
	err = s.transact(ctx, "delete what is old", func(tx *sql.Tx) error {
		var steady, settled, expired int64
		err := tx.QueryRowContext(ctx, "SELECT steady, settled, expired FROM clock").Scan(&steady, &settled, &expired)
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		worth := min(steady-expired, seconds(mostWorth))
		if err != nil || steady < settled || worth < seconds(leastWorth) {
			return err
		}
		for _, of := range []struct {
			table, column string
			keep          time.Duration
		}{{"votes", "at", KeepVotes}, {"gaps", "last", KeepGaps}} {
			query := fmt.Sprintf("DELETE FROM %[1]s WHERE %[2]s < ? AND %[2]s < (SELECT min(%[2]s) FROM %[1]s) + ?",
				of.table, of.column)
			n, err := changed(tx.ExecContext(ctx, query, wall.Add(-of.keep).Unix(), worth))
			if err != nil {
				return err
			}
			deleted += n
		}
		_, err = tx.ExecContext(ctx, "UPDATE clock SET expired = steady")
		return err
	})
	return deleted, err
}
