package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

// A ShardStart is when one of Count shards last began a session with Discord's gateway, to the second.
type ShardStart struct {
	Shard, Count int
	At           time.Time
}

// keepShardStarts is how long a start matters: Discord's limit is for a day.
const keepShardStarts = 24 * time.Hour

// StartShard keeps that a shard begins a session, and forgets what is older than a day. It survives the end of the
// program, but perhaps not that of the machine.
func (s *Store) StartShard(ctx context.Context, at ShardStart) error {
	return s.lightly(ctx, "write down that a session begins", func(tx *sql.Tx) error { return startShard(ctx, tx, at) })
}

func startShard(ctx context.Context, tx *sql.Tx, at ShardStart) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM shard_starts WHERE at < ?", at.At.Add(-keepShardStarts).Unix())
	if err == nil {
		_, err = tx.ExecContext(ctx, "INSERT INTO shard_starts (shard, count, at) VALUES (?, ?, ?) "+
			"ON CONFLICT (shard, count) DO UPDATE SET at = excluded.at", at.Shard, at.Count, at.At.Unix())
	}
	return err
}

// ShardStarts are those that are kept, in the order of their shards.
func (s *Store) ShardStarts(ctx context.Context) (list []ShardStart, err error) {
	rows, err := s.read.QueryContext(ctx, "SELECT shard, count, at FROM shard_starts ORDER BY count, shard")
	if err != nil {
		return nil, fmt.Errorf("read which sessions began: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var one ShardStart
		var at int64
		if err := rows.Scan(&one.Shard, &one.Count, &at); err != nil {
			return nil, fmt.Errorf("read which sessions began: %w", err)
		}
		one.At = time.Unix(at, 0).UTC()
		list = append(list, one)
	}
	return list, rows.Err()
}
