package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A process that ends hands its shards over: whoever takes them goes on with its sessions, so that nothing is lost that
// Discord has to say meanwhile. For the case that it is killed, it writes down where they stand while it runs.

const (
	// keepSession is how long a session may wait for who goes on with it; ours: Discord forgets it within minutes.
	keepSession = 3 * time.Minute
	keepTaken   = 5 * keepSession // that an event was taken; ours: until nobody is told of it again
)

// A ShardSession is where somebody else can go on.
type ShardSession struct {
	Lease
	Seq    int64  // of the last event that need not be told again
	Sealed []byte // the rest of it; nil in KeepSessions where that is as before
}

// KeepSessions writes down where sessions of this process stand, as far as it has their shards.
func (s *Store) KeepSessions(ctx context.Context, sessions []ShardSession) error {
	m := s.process.Load()
	if m == nil || m.yielded.Load() {
		return nil
	}
	return s.lightly(ctx, "write down where sessions stand", func(tx *sql.Tx) error {
		if err := m.hold(ctx, tx); err != nil {
			return err
		}
		of, err := leasesOf(ctx, tx)
		if err != nil {
			return err
		}
		mine := of[m.as.ID]
		whole := slices.Contains(mine, Lease{})
		for _, one := range sessions {
			if !whole && !slices.Contains(mine, one.Lease) {
				continue
			}
			if err := s.keepSession(ctx, tx, one); err != nil {
				return err
			}
		}
		return nil
	})
}

// hold waits until nothing else is changing what this process has, and has others wait until tx ends: else where a
// session stood a while ago might be written over where it was handed over.
func (m *member) hold(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "UPDATE processes SET until = until WHERE id = ?", m.id())
	return err
}

// keepSession writes a session down.
func (s *Store) keepSession(ctx context.Context, tx *sql.Tx, one ShardSession) error {
	query, args := "UPDATE shard_sessions SET at = "+s.now()+", seq = ? WHERE count = ? AND shard = ?",
		[]any{one.Seq, one.Count, one.Shard}
	if one.Sealed != nil {
		query = "INSERT INTO shard_sessions (at, seq, count, shard, sealed) VALUES (" + s.now() + ", ?, ?, ?, ?) " +
			"ON CONFLICT (count, shard) DO UPDATE SET at = excluded.at, seq = excluded.seq, sealed = excluded.sealed"
		args = append(args, one.Sealed)
	}
	_, err := tx.ExecContext(ctx, query, args...)
	return err
}

// HandOver gives the shards of this process to whoever wants them next, with its sessions. The process stays one of
// those that run until it leaves: what it answers is its own. Where it was taken for dead, it has nothing to hand
// over.
func (s *Store) HandOver(ctx context.Context, sessions []ShardSession) error {
	m := s.process.Load()
	if m == nil {
		return nil
	}
	m.yielded.Store(true)
	return s.transact(ctx, "hand shards over", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "UPDATE processes SET shares = 0 WHERE id = ?", m.as.ID); err != nil {
			return err
		}
		had, err := changed(tx.ExecContext(ctx, "DELETE FROM leases WHERE process = ?", m.as.ID))
		if err != nil || had == 0 {
			return err
		}
		for _, one := range sessions {
			if err := s.keepSession(ctx, tx, one); err != nil {
				return err
			}
		}
		return nil
	})
}

// TakeSessions returns the sessions of the shards first to last of count that were handed over, or whose process died,
// for this process alone, which has these shards.
func (s *Store) TakeSessions(ctx context.Context, count, first, last int) (all []ShardSession, err error) {
	err = s.transact(ctx, "take shards over", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, "DELETE FROM shard_sessions WHERE at < "+s.now()+" - ?",
			keepSession.Milliseconds()); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, "DELETE FROM shard_sessions WHERE count = ? AND shard BETWEEN ? AND ? "+
			"RETURNING count, shard, seq, sealed", count, first, last)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var one ShardSession
			if err := rows.Scan(&one.Count, &one.Shard, &one.Seq, &one.Sealed); err != nil {
				return err
			}
			all = append(all, one)
		}
		return rows.Err()
	})
	return all, err
}

// TurnToStart has a shard begin a session if none did, in any process, within gap of those that share its turn: those
// that are the same modulo concurrency. Else it says how long to wait before it is asked again.
func (s *Store) TurnToStart(ctx context.Context, at ShardStart, concurrency int, gap time.Duration) (
	wait time.Duration, err error) {
	gap += time.Second // starts are kept to the second
	err = s.transact(ctx, "write down that a session begins", func(tx *sql.Tx) error {
		var last sql.NullInt64
		err := tx.QueryRowContext(ctx, "SELECT max(at) FROM shard_starts WHERE shard % ?1 = ?2 AND at <= ?3",
			concurrency, at.Shard%concurrency, at.At.Unix()).Scan(&last) // one of the future is of a clock that is wrong
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if wait = time.Unix(last.Int64, 0).Add(gap).Sub(at.At); last.Valid && wait > 0 {
			return nil
		}
		wait = 0
		return startShard(ctx, tx, at)
	})
	if err != nil {
		return 0, fmt.Errorf("take a turn: %w", err)
	}
	return wait, nil
}
