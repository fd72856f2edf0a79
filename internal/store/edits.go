package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/stdlib"
)

// Several processes on one database answer from the same documents: each change has a number, which is written in its
// transaction, and each process looks now and then whether there is a higher one than it knows. PostgreSQL says it at
// once, too, to those that listen; a pooler may swallow that, and so nothing relies on it.

const (
	lookForEdits = time.Second     // between two looks; ours: a change is to be seen everywhere within two
	listenAgain  = 5 * time.Second // after a connection that listened has ended
	lookPatience = 5 * time.Second // for the answer to one look
)

// News is what changed since a process last looked.
type News struct {
	Edits   int64    // of the database: what the next look is to be since
	All     bool     // it is not known which servers changed: any may have
	Servers []string // that changed, in order; not all that did where All is set
}

// Nothing tells that there is no news.
func (n News) Nothing() bool { return !n.All && len(n.Servers) == 0 }

// Shared tells whether processes on other machines may use the database.
func (s *Store) Shared() bool { return s.pg != nil }

// Edits is how many changes of documents and settings the database has seen, by all processes.
func (s *Store) Edits(ctx context.Context) (count int64, err error) {
	if err := s.read.QueryRowContext(ctx, "SELECT edits FROM installation").Scan(&count); err != nil {
		return 0, fmt.Errorf("read how many changes there were: %w", err)
	}
	return count, nil
}

// News tells what changed since so many edits.
func (s *Store) News(ctx context.Context, since int64) (n News, err error) {
	if n.Edits, err = s.Edits(ctx); err != nil || n.Edits == since {
		return n, err
	}
	// What comes meanwhile is told now, and once more the next time.
	rows, err := s.read.QueryContext(ctx, "SELECT server FROM edited WHERE edit > ? ORDER BY server", since)
	if err != nil {
		return n, fmt.Errorf("read what changed: %w", err)
	}
	defer rows.Close()
	n.All = n.Edits < since // another state of the database was brought back
	for rows.Next() {
		var server string
		if err := rows.Scan(&server); err != nil {
			return n, fmt.Errorf("read what changed: %w", err)
		}
		if n.All = n.All || server == ""; server != "" {
			n.Servers = append(n.Servers, server)
		}
	}
	return n, rows.Err()
}

// Chosen is what the admins of a server chose, at one moment.
type Chosen struct {
	Documents []Document        // by slug
	Settings  map[string]string // by name
	Broken    bool              // it does not match its checksum
}

// Chosen reads it.
func (s *Store) Chosen(ctx context.Context, server string) (c Chosen, err error) {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state for all of it
	if err != nil {
		return c, fmt.Errorf("read what a server has: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	if c.Documents, err = documentsOf(ctx, tx, server); err != nil {
		return c, err
	}
	settings, err := settingsOf(ctx, tx, server)
	if err != nil {
		return c, err
	}
	broken, err := brokenOf(ctx, tx, server)
	c.Settings, c.Broken = settings[server], broken[server]
	return c, err
}

// Follow calls look whenever the database may have news, and once a second at least, until ctx ends.
func (s *Store) Follow(ctx context.Context, look func(context.Context)) {
	heard := make(chan struct{}, 1)
	if s.pg != nil {
		done := make(chan struct{})
		go func() { // Follow waits for it
			defer close(done)
			s.listen(ctx, heard)
		}()
		defer func() { <-done }()
	}
	next := time.NewTicker(lookForEdits)
	defer next.Stop()
	for ctx.Err() == nil {
		looking, cancel := context.WithTimeout(ctx, lookPatience)
		look(looking)
		cancel()
		select {
		case <-ctx.Done():
		case <-heard:
		case <-next.C:
		}
	}
}

// edited counts a change of what a server has, "" for any, and tells those who listen when it is committed.
func (s *Store) edited(ctx context.Context, tx *sql.Tx, server string) (count int64, err error) {
	err = tx.QueryRowContext(ctx, "UPDATE installation SET edits = edits + 1 RETURNING edits").Scan(&count)
	if err == nil {
		_, err = tx.ExecContext(ctx, "INSERT INTO edited (server, edit) VALUES (?, ?) "+
			"ON CONFLICT (server) DO UPDATE SET edit = excluded.edit", server, count)
	}
	if err == nil && s.pg != nil {
		_, err = tx.ExecContext(ctx, "SELECT pg_notify("+pgChannel+", '')")
	}
	return count, err
}

// pgChannel is the name under which a change is told: of the schema's own store.
const pgChannel = "'pilcrow' || hashtext(current_schema())"

// listen puts something into heard whenever a change was told, until ctx ends.
func (s *Store) listen(ctx context.Context, heard chan<- struct{}) {
	// Its troubles are nobody's: who looks finds them, too.
	db := s.pg.open(1, newGuard(s.pg.name))
	defer db.Close()
	for {
		err := listenOnce(ctx, db, heard)
		if ctx.Err() != nil || err == nil {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(listenAgain):
		}
	}
}

// listenOnce listens until the connection or ctx ends.
func listenOnce(ctx context.Context, db *sql.DB, heard chan<- struct{}) (err error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	var channel string
	if err := conn.QueryRowContext(ctx, "SELECT "+pgChannel).Scan(&channel); err != nil {
		return err
	}
	if _, err := conn.ExecContext(ctx, `LISTEN "`+channel+`"`); err != nil {
		return err
	}
	return conn.Raw(func(of any) error {
		c, ok := of.(interface{ driver() *stdlib.Conn })
		if !ok {
			return fmt.Errorf("the driver's connection is a %T", of)
		}
		for {
			select { // what was told before it listened, too
			case heard <- struct{}{}:
			default:
			}
			if _, err := c.driver().Conn().WaitForNotification(ctx); err != nil {
				return err
			}
		}
	})
}
