package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"
)

const (
	pgServeClass = pgLockClass + 1 // of the advisory lock of the bot that serves
	serveAgain   = 5 * time.Second // after which that lock is looked at again
)

// Serve is like the function, as configured: a database of PostgreSQL is taken for one bot, too. Where its connection
// was cut meanwhile and another bot has come, or nobody knows whether one has, tell is called each time that this is
// found.
func (c Config) Serve(ctx context.Context, dir string, tell func(error)) (release func() error, err error) {
	folder, err := Serve(dir)
	if err != nil || c.URL == "" {
		return folder, err
	}
	pg, err := newPostgres(c.URL)
	if err != nil {
		return nil, errors.Join(err, folder())
	}
	h := &serveHold{pg: pg, db: pg.open(1, newGuard(pg.name))}
	if err := h.take(ctx); err != nil {
		return nil, errors.Join(err, h.close(), folder())
	}
	keeping, end := context.WithCancel(context.WithoutCancel(ctx))
	var work sync.WaitGroup
	work.Go(func() { h.keep(keeping, tell) })
	return func() error {
		end()
		work.Wait()
		return errors.Join(h.close(), folder())
	}, nil
}

// A serveHold has a connection that has a lock: it is let go of by the server, however the holder ends.
type serveHold struct {
	pg   *postgres
	db   *sql.DB
	conn *sql.Conn // nil without the lock
}

// take takes the lock; ErrServed where another has it.
func (h *serveHold) take(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, reachTimeout)
	defer cancel()
	conn, err := h.db.Conn(ctx)
	if err != nil {
		return explainPostgres(h.pg.name, err)
	}
	var got bool
	err = conn.QueryRowContext(ctx, "SELECT pg_try_advisory_lock(?, hashtext(current_schema()))", pgServeClass).Scan(&got)
	if err == nil && !got {
		err = ErrServed
	}
	if err != nil {
		return errors.Join(explainPostgres(h.pg.name, err), conn.Close())
	}
	h.conn = conn
	return nil
}

// keep looks whether the lock is still there, and takes it again where it is not.
func (h *serveHold) keep(ctx context.Context, tell func(error)) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-time.After(serveAgain):
		}
		if h.conn != nil {
			looking, cancel := context.WithTimeout(ctx, reachTimeout)
			_, err := h.conn.ExecContext(looking, "SELECT 1")
			cancel()
			if err == nil || ctx.Err() != nil {
				continue
			}
			_ = h.conn.Close() // it is broken
			h.conn = nil
		}
		if err := h.take(ctx); err != nil && ctx.Err() == nil {
			tell(err)
		}
	}
}

func (h *serveHold) close() error {
	if h.conn != nil {
		_ = h.conn.Close() // the server lets go of the lock when it is gone
	}
	return h.db.Close()
}

// Fresh reports whether there is no database yet, and nothing that says that there should be one. What cannot be found
// out is an error.
func (c Config) Fresh(ctx context.Context, dir string) (bool, error) {
	if c.URL == "" || !Fresh(dir) {
		return Fresh(dir), nil
	}
	m, err := readMark(dir, PostgresMarkName)
	if err != nil || m.ID != "" {
		return false, nil //nolint:nilerr // what is wrong with the mark is told by Open
	}
	pg, err := newPostgres(c.URL)
	if err != nil {
		return false, err
	}
	db := pg.open(1, newGuard(pg.name))
	defer db.Close()
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	made, err := madePostgres(ctx, db)
	if err != nil {
		return false, explainPostgres(pg.name, err)
	}
	return !made, nil
}

// madePostgres tells whether a store was made in the schema.
func madePostgres(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}) (made bool, err error) {
	err = db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = "+
		"current_schema() AND tablename = 'pilcrow_schema')").Scan(&made)
	return made, err
}

// Where names the place of the database for people: a folder, or a server of PostgreSQL without the password.
func (c Config) Where(dir string) string {
	if c.URL == "" {
		return filepath.Join(dir, FileName)
	}
	pg, err := newPostgres(c.URL)
	if err != nil {
		return fmt.Sprintf("PostgreSQL (%v)", err)
	}
	return pg.name
}
