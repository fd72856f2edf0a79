package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Bots on one database are a cluster: each writes down that it runs, again and again, and which of Discord's shards it
// has. These are rows with a deadline and not locks of a session, which a pooler gives to anybody.

const (
	leaseTime   = 12 * time.Second // after which who has not said that it runs is taken for dead; ours
	beatEvery   = 3 * time.Second  // between two times that it is said
	beatTimeout = 3 * time.Second
	forgiveAt   = 20 // beats, between two times that what was asked is forgotten; ours
)

// A Lease is one of Count shards; of a count of 0, all that Discord says there are.
type Lease struct{ Count, Shard int }

// A Process is a bot that runs on the database.
type Process struct {
	ID            string // random, of one run; Join makes it
	Name, Version string // for people
	Since         time.Time
	Left          time.Duration // until it is taken for dead if it is not heard of again
	Edit          int64         // of the documents that it answers from; see Edits
	Edition       string        // the digest of the documents that all servers share
	Shards        []Lease       // in order
	Shares        bool          // it was given none, and takes its share of those that are free; see Share
}

// A member is this process in the cluster.
type member struct {
	store *Store
	as    Process
	now   func() (edit int64, edition string)

	yielded atomic.Bool  // it has handed its shards over
	among   atomic.Int64 // the processes that have shards, as of the last beat; see Among
}

// id is what stands in rows; "" for a process that is in no cluster.
func (m *member) id() string {
	if m == nil {
		return ""
	}
	return m.as.ID
}

// Join has this process run on the database, with the shards of as, until leave is called: nobody else gets these, and
// all who are in it have the same count of shards. now says from which documents it answers. The error is ErrServed
// where another has them. Where the process was taken for dead, and another has come in its place, or nobody knows
// whether one has, tell is called each time that this is found.
func (s *Store) Join(ctx context.Context, as Process, now func() (edit int64, edition string), tell func(error)) (
	leave func() error, err error) {
	as.ID = rand.Text()
	m := &member{store: s, as: as, now: now}
	if err := m.enter(ctx); err != nil {
		return nil, err
	}
	s.process.Store(m)
	beating, end := context.WithCancel(context.WithoutCancel(ctx))
	var work sync.WaitGroup
	work.Go(func() { m.keep(beating, tell) })
	return func() error {
		end()
		work.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), beatTimeout)
		defer cancel()
		return m.leave(ctx)
	}, nil
}

// Joined tells whether this process is one of those that run on the database.
func (s *Store) Joined() bool { return s.process.Load() != nil }

// Among is how many processes have shards, as was heard with the last beat; this one is among them in any case.
func (s *Store) Among() int {
	m := s.process.Load()
	if m == nil {
		return 1
	}
	return max(int(m.among.Load()), 1)
}

// count notes how many processes have shards, with this one.
func (m *member) count(ctx context.Context, tx *sql.Tx) error {
	var others int64
	err := tx.QueryRowContext(ctx, "SELECT count(*) FROM processes WHERE id != ? AND until > "+m.store.now()+
		" AND EXISTS (SELECT 1 FROM leases WHERE process = processes.id)", m.as.ID).Scan(&others)
	if err == nil {
		m.among.Store(others + 1)
	}
	return err
}

// enter writes down that the process runs, and takes its shards.
func (m *member) enter(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, busyTimeout)
	defer cancel()
	edit, edition := m.now()
	return m.store.transact(ctx, "join the other bots", func(tx *sql.Tx) error {
		if err := m.store.bury(ctx, tx); err != nil {
			return err
		}
		shards := m.as.Shards
		if m.yielded.Load() {
			shards = nil
		}
		shares := m.as.Shares && !m.yielded.Load()
		if err := free(ctx, tx, m.as.ID, shards, shares); err != nil {
			return err
		}
		at := m.store.now()
		if _, err := tx.ExecContext(ctx, `INSERT INTO processes (id, name, version, since, until, edit, edition, shares)
			VALUES (?1, ?2, ?3, `+at+`, `+at+` + ?4, ?5, ?6, ?7)
			ON CONFLICT (id) DO UPDATE SET until = excluded.until`, m.as.ID, m.as.Name, m.as.Version,
			leaseTime.Milliseconds(), edit, edition, bit(shares)); err != nil {
			return err
		}
		for _, l := range shards {
			if _, err := tx.ExecContext(ctx, "INSERT INTO leases (count, shard, process) VALUES (?, ?, ?) "+
				"ON CONFLICT DO NOTHING", l.Count, l.Shard, m.as.ID); err != nil {
				return err
			}
		}
		return m.count(ctx, tx)
	})
}

// bury forgets the processes that are taken for dead, and what they had.
func (s *Store) bury(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, "DELETE FROM processes WHERE until <= "+s.now())
	return err
}

// free is nil where nobody but the process of that id has one of the shards, or shards of another count. One that
// shares needs only that nobody has all of them, and who has all bears none that shares beside it.
func free(ctx context.Context, tx *sql.Tx, id string, shards []Lease, shares bool) error {
	rows, err := tx.QueryContext(ctx, "SELECT coalesce(l.count, -1), coalesce(l.shard, -1), p.name FROM processes p "+
		"LEFT JOIN leases l ON p.id = l.process WHERE p.id != ? AND (l.process IS NOT NULL OR p.shares = 1) "+
		"ORDER BY l.count, l.shard", id)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var l Lease
		var name string
		if err := rows.Scan(&l.Count, &l.Shard, &name); err != nil {
			return err
		}
		if shares && l.Count == 0 {
			return fmt.Errorf("%w: %s", ErrServed, name)
		}
		for _, mine := range shards {
			switch {
			case l.Count == 0 || mine.Count == 0 || l == mine:
				return fmt.Errorf("%w: %s", ErrServed, name)
			case l.Count > 0 && l.Count != mine.Count:
				return fmt.Errorf("%w: %s, which counts %d shards and not %d", ErrServed, name, l.Count, mine.Count)
			}
		}
	}
	return rows.Err()
}

// keep says again and again that the process runs.
func (m *member) keep(ctx context.Context, tell func(error)) {
	said := time.Now()
	for beats := 1; ; beats++ {
		select {
		case <-ctx.Done():
			return
		case <-time.After(beatEvery):
		}
		began := time.Now()
		err := m.beat(ctx)
		switch {
		case ctx.Err() != nil:
			return
		case err == nil:
			said = began
		case errors.Is(err, ErrServed) || time.Since(said) >= leaseTime:
			tell(err)
		}
		if err == nil && beats%forgiveAt == 0 {
			_ = m.store.forgive(ctx) // or the next time
		}
	}
}

// beat says that the process runs, or joins again where it was taken for dead.
func (m *member) beat(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, beatTimeout)
	defer cancel()
	edit, edition := m.now()
	known := 0
	err := m.store.lightly(ctx, "say that the bot runs", func(tx *sql.Tx) (err error) {
		known, err = changed(tx.ExecContext(ctx, "UPDATE processes SET until = "+m.store.now()+
			" + ?, edit = ?, edition = ? WHERE id = ?", leaseTime.Milliseconds(), edit, edition, m.as.ID))
		if err != nil {
			return err
		}
		return m.count(ctx, tx)
	})
	if err == nil && known == 0 {
		err = m.enter(ctx)
	}
	return err
}

// leave says that the process ends: what it had is free.
func (m *member) leave(ctx context.Context) error {
	return m.store.transact(ctx, "leave the other bots", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, "DELETE FROM processes WHERE id = ?", m.as.ID)
		return err
	})
}

// Processes are the bots that run on the database, those that are there longest first.
func (s *Store) Processes(ctx context.Context) (all []Process, err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state for both tables
	if err != nil {
		return nil, fmt.Errorf("read which bots run: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	shards, err := leasesOf(ctx, tx)
	if err != nil {
		return nil, fmt.Errorf("read which bots run: %w", err)
	}
	at := s.now()
	rows, err := tx.QueryContext(ctx, "SELECT id, name, version, since, until - "+at+", edit, edition, shares = 1 "+
		"FROM processes WHERE until > "+at+" ORDER BY since, id")
	if err != nil {
		return nil, fmt.Errorf("read which bots run: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Process
		var since, left int64
		if err := rows.Scan(&p.ID, &p.Name, &p.Version, &since, &left, &p.Edit, &p.Edition, &p.Shares); err != nil {
			return nil, fmt.Errorf("read which bots run: %w", err)
		}
		p.Since, p.Left, p.Shards = moment(since), time.Duration(left)*time.Millisecond, shards[p.ID]
		all = append(all, p)
	}
	return all, rows.Err()
}

// leasesOf are the shards of each process.
func leasesOf(ctx context.Context, tx *sql.Tx) (map[string][]Lease, error) {
	rows, err := tx.QueryContext(ctx, "SELECT process, count, shard FROM leases ORDER BY count, shard")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	of := map[string][]Lease{}
	for rows.Next() {
		var process string
		var l Lease
		if err := rows.Scan(&process, &l.Count, &l.Shard); err != nil {
			return nil, err
		}
		of[process] = append(of[process], l)
	}
	return of, rows.Err()
}

// Holding says which shards these are, such as "0-3, 7 of 16".
func Holding(shards []Lease) string {
	if len(shards) == 0 {
		return "none"
	}
	if shards[0].Count == 0 {
		return "all"
	}
	shards = slices.Clone(shards)
	slices.SortFunc(shards, func(a, b Lease) int { return a.Shard - b.Shard })
	var parts []string
	for i := 0; i < len(shards); {
		last := i
		for last+1 < len(shards) && shards[last+1].Shard == shards[last].Shard+1 {
			last++
		}
		part := fmt.Sprint(shards[i].Shard)
		if last > i {
			part += "-" + fmt.Sprint(shards[last].Shard)
		}
		parts = append(parts, part)
		i = last + 1
	}
	return fmt.Sprintf("%s of %d", strings.Join(parts, ", "), shards[0].Count)
}

// now is the time of the database's clock, in milliseconds since 1970, as SQL: a process's own may be wrong.
func (s *Store) now() string {
	if s.pg != nil {
		return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)"
	}
	return "CAST(unixepoch('now', 'subsec') * 1000 AS INTEGER)"
}
