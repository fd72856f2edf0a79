package store

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
)

// Processes that were given no shards part those that are free among themselves: each looks again and again what is its
// share, takes what it lacks, and hands over what it has too much of. Nobody decides for the others: from the same rows
// all come to the same shares.

// A Share is what a process should have of Count shards.
type Share struct {
	Count   int
	Mine    []int // that it has, in order
	Surplus []int // of these, what others are to have
	Whole   bool  // each shard is somebody's
}

// A holder is a process that runs, with its shards of one count.
type holder struct {
	id     string
	shares bool // it takes its share
	shards []int
}

// shareOf is what the process of that id should have, and take now; Whole is for when it has. The shards that were
// given to nobody are parted evenly; who has most already gets one more where that does not come out even. It is pure.
func shareOf(id string, count int, all []holder) (s Share, take []int) {
	s.Count = count
	free := make([]bool, count)
	for i := range free {
		free[i] = true
	}
	pool, left := count, count
	var sharing []holder
	for _, h := range all {
		for _, shard := range h.shards {
			if shard < count {
				free[shard] = false
				left--
			}
		}
		if h.shares {
			sharing = append(sharing, h)
		} else {
			pool -= len(h.shards)
		}
	}
	slices.SortFunc(sharing, func(a, b holder) int {
		return cmp.Or(cmp.Compare(len(b.shards), len(a.shards)), cmp.Compare(a.id, b.id))
	})
	at := slices.IndexFunc(sharing, func(h holder) bool { return h.id == id })
	if at < 0 {
		s.Whole = left == 0
		return s, nil
	}
	quota := max(pool, 0) / len(sharing)
	if at < max(pool, 0)%len(sharing) {
		quota++
	}
	s.Mine = slices.Sorted(slices.Values(sharing[at].shards))
	if len(s.Mine) > quota {
		s.Surplus = s.Mine[quota:]
	}
	for shard := range free {
		if free[shard] && len(s.Mine)+len(take) < quota {
			take = append(take, shard)
		}
	}
	s.Whole = left == len(take)
	return s, take
}

// Share takes what this process lacks of its share, and returns what it has then. The count of shards is the one that
// is in use; least, where Discord has demanded more since; and where nobody has any, count.
func (s *Store) Share(ctx context.Context, count, least int) (share Share, err error) {
	reading, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return share, err
	}
	share, lacks, err := s.plan(ctx, reading, count, least)
	_ = reading.Rollback() // it only read
	if err != nil || len(lacks) == 0 {
		return share, err
	}
	err = s.transact(ctx, "take shards", func(tx *sql.Tx) error {
		if err := s.bury(ctx, tx); err != nil {
			return err
		}
		if share, lacks, err = s.plan(ctx, tx, count, least); err != nil {
			return err
		}
		for _, shard := range lacks {
			if _, err := tx.ExecContext(ctx, "INSERT INTO leases (count, shard, process) VALUES (?, ?, ?)", share.Count,
				shard, s.process.Load().id()); err != nil {
				return err
			}
		}
		share.Mine = slices.Sorted(slices.Values(append(share.Mine, lacks...)))
		return nil
	})
	return share, err
}

// plan is shareOf for what is written down.
func (s *Store) plan(ctx context.Context, tx *sql.Tx, count, least int) (share Share, take []int, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT p.id, p.shares = 1, coalesce(l.count, 0), coalesce(l.shard, -1) "+
		"FROM processes p LEFT JOIN leases l ON l.process = p.id WHERE p.until > "+s.now())
	if err != nil {
		return share, nil, err
	}
	defer rows.Close()
	shares, leases, inUse := map[string]bool{}, map[string][]Lease{}, 0
	for rows.Next() {
		var id string
		var sharing bool
		var l Lease
		if err := rows.Scan(&id, &sharing, &l.Count, &l.Shard); err != nil {
			return share, nil, err
		}
		shares[id] = sharing
		leases[id] = append(leases[id], l)
		inUse = max(inUse, l.Count)
	}
	if inUse == 0 {
		inUse = count
	}
	inUse = max(inUse, least)
	var all []holder
	for id, sharing := range shares {
		h := holder{id: id, shares: sharing}
		for _, l := range leases[id] {
			if l.Count == inUse {
				h.shards = append(h.shards, l.Shard)
			}
		}
		all = append(all, h)
	}
	share, take = shareOf(s.process.Load().id(), inUse, all)
	return share, take, rows.Err()
}

// Yield gives some shards of this process to whoever is to have them, with their sessions.
func (s *Store) Yield(ctx context.Context, shards []Lease, sessions []ShardSession) error {
	m := s.process.Load()
	return s.transact(ctx, "hand shards over", func(tx *sql.Tx) error {
		if err := m.hold(ctx, tx); err != nil {
			return err
		}
		for _, l := range shards {
			if _, err := tx.ExecContext(ctx, "DELETE FROM leases WHERE process = ? AND count = ? AND shard = ?",
				m.id(), l.Count, l.Shard); err != nil {
				return err
			}
		}
		for _, one := range sessions {
			if err := s.keepSession(ctx, tx, one); err != nil {
				return err
			}
		}
		return nil
	})
}
