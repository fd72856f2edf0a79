package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"modernc.org/sqlite"
)

// A watchedConnector makes connections over which nothing is committed that the guard forbids, whoever wrote the
// statement, and whose errors the guard sees.
type watchedConnector struct {
	driver.Connector
	guard *guard
}

// Connect implements driver.Connector.
func (c watchedConnector) Connect(ctx context.Context) (driver.Conn, error) {
	if err := c.guard.look(); err != nil {
		return nil, err
	}
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, c.guard.seen(err)
	}
	conn, ok := opened.(sqliteConn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the driver's connection is a %T", opened), opened.Close())
	}
	conn.RegisterCommitHook(func() int32 {
		if c.guard.look() != nil {
			return 1
		}
		return 0
	})
	return &watchedConn{conn, c.guard}, nil
}

// sqliteConn is what the driver's connections can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
	sqlite.HookRegisterer
}

type watchedConn struct {
	sqliteConn
	guard *guard
}

// BeginTx implements driver.ConnBeginTx. Where nothing may be written, that is said before anything is.
func (c *watchedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if !o.ReadOnly {
		if err := c.guard.look(); err != nil {
			return nil, err
		}
	}
	tx, err := c.sqliteConn.BeginTx(ctx, o)
	if err != nil {
		return nil, c.guard.seen(err)
	}
	return watchedTx{tx, c.guard, !o.ReadOnly}, nil
}

// ExecContext implements driver.ExecerContext.
func (c *watchedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.sqliteConn.ExecContext(ctx, query, args)
	return result, c.guard.seen(err)
}

// QueryContext implements driver.QueryerContext.
func (c *watchedConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.sqliteConn.QueryContext(ctx, query, args)
	if err != nil {
		return nil, c.guard.seen(err)
	}
	return watchedRows{rows, c.guard}, nil
}

// PrepareContext implements driver.ConnPrepareContext.
func (c *watchedConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	prepared, err := c.sqliteConn.PrepareContext(ctx, query)
	if err != nil {
		return nil, c.guard.seen(err)
	}
	stmt, ok := prepared.(sqliteStmt)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the driver's statement is a %T", prepared), prepared.Close())
	}
	return watchedStmt{stmt, c.guard}, nil
}

type watchedTx struct {
	driver.Tx
	guard  *guard
	writes bool
}

// Commit implements driver.Tx. What went into a file that was taken away meanwhile is not kept, though SQLite says so.
func (t watchedTx) Commit() error {
	if err := t.Tx.Commit(); err != nil {
		return t.guard.seen(err)
	}
	if !t.writes {
		return nil
	}
	t.guard.kept()
	return t.guard.look()
}

type sqliteStmt interface {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
}

type watchedStmt struct {
	sqliteStmt
	guard *guard
}

// ExecContext implements driver.StmtExecContext.
func (s watchedStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	result, err := s.sqliteStmt.ExecContext(ctx, args)
	return result, s.guard.seen(err)
}

// QueryContext implements driver.StmtQueryContext.
func (s watchedStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := s.sqliteStmt.QueryContext(ctx, args)
	if err != nil {
		return nil, s.guard.seen(err)
	}
	return watchedRows{rows, s.guard}, nil
}

type watchedRows struct {
	driver.Rows
	guard *guard
}

// Next implements driver.Rows.
func (r watchedRows) Next(to []driver.Value) error {
	err := r.Rows.Next(to)
	if err == io.EOF { //nolint:errorlint // database/sql compares it so
		return err
	}
	return r.guard.seen(err)
}

// Close implements driver.Rows. A statement that wrote is committed by it.
func (r watchedRows) Close() error { return r.guard.seen(r.Rows.Close()) }
