package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/stdlib"
)

// The rest of the package writes SQL as SQLite reads it. Between it and the driver of PostgreSQL stands a connection
// that gives parameters the names of that, and transactions the order that SQLite's have by themselves.

// pgLockClass is the first half of the advisory lock that a writer holds, "Pilc"; the second is of the schema.
const pgLockClass = applicationID

// beginWrite makes those who write wait for each other, in all processes, as long as they would for SQLite's lock.
var beginWrite = fmt.Sprintf("SET LOCAL lock_timeout = %d; SELECT pg_advisory_xact_lock(%d, "+
	"hashtext(current_schema()))",
	busyTimeout.Milliseconds(), pgLockClass)

// beginLight is for what is written without anybody's turn, and without waiting for the disk.
const beginLight = "SET LOCAL synchronous_commit = off"

// levelLight is the isolation that asks for a light transaction; see Store.lightly.
const levelLight = sql.LevelReadCommitted

// A pgConnector makes connections whose errors the guard sees.
type pgConnector struct {
	driver.Connector
	pg    *postgres
	guard *guard
}

// Connect implements driver.Connector.
func (c pgConnector) Connect(ctx context.Context) (driver.Conn, error) {
	opened, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, c.guard.seenPostgres(ctx, c.pg.name, err)
	}
	conn, ok := opened.(*stdlib.Conn)
	if !ok {
		return nil, errors.Join(fmt.Errorf("the driver's connection is a %T", opened), opened.Close())
	}
	return &pgConn{conn, c.pg, c.guard}, nil
}

type pgConn struct {
	*stdlib.Conn
	pg    *postgres
	guard *guard
}

// driver is the connection as the driver has it.
func (c *pgConn) driver() *stdlib.Conn { return c.Conn }

func (c *pgConn) seen(ctx context.Context, err error) error {
	if err == nil {
		c.guard.reached()
		return nil
	}
	return c.guard.seenPostgres(ctx, c.pg.name, err)
}

// CheckNamedValue implements driver.NamedValueChecker. PostgreSQL takes no text that is not UTF-8, or with a zero byte.
func (c *pgConn) CheckNamedValue(v *driver.NamedValue) error {
	value, err := driver.DefaultParameterConverter.ConvertValue(v.Value)
	if text, ok := value.(string); ok {
		value = cleanText(text)
	}
	v.Value = value
	return err
}

// cleanText is a text as PostgreSQL takes it.
func cleanText(text string) string {
	if strings.IndexByte(text, 0) < 0 && utf8.ValidString(text) {
		return text
	}
	return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
}

// BeginTx implements driver.ConnBeginTx. Who reads, sees one state of the database until the end; who writes, has
// waited for those who wrote before.
func (c *pgConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	begin := ""
	switch {
	case o.ReadOnly:
		o.Isolation = driver.IsolationLevel(sql.LevelRepeatableRead)
	case sql.IsolationLevel(o.Isolation) == levelLight:
		begin = beginLight
	default:
		begin = beginWrite
	}
	tx, err := c.Conn.BeginTx(ctx, o)
	if err == nil && begin != "" {
		if _, err = c.Conn.ExecContext(ctx, begin, nil); err != nil {
			_ = tx.Rollback() // it has begun nothing
		}
	}
	switch {
	case err == nil:
		return pgTx{tx, c}, nil
	case c.Conn.Conn().IsClosed() && ctx.Err() == nil: // database/sql takes another connection, or makes one
		return nil, driver.ErrBadConn
	}
	return nil, c.seen(ctx, err)
}

type pgTx struct {
	driver.Tx
	conn *pgConn
}

// Commit implements driver.Tx.
func (t pgTx) Commit() error { return t.conn.seen(context.Background(), t.Tx.Commit()) }

// ExecContext implements driver.ExecerContext.
func (c *pgConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	result, err := c.Conn.ExecContext(ctx, numbered(query), args)
	return result, c.seen(ctx, err)
}

// QueryContext implements driver.QueryerContext.
func (c *pgConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	rows, err := c.Conn.QueryContext(ctx, numbered(query), args)
	if err != nil {
		return nil, c.seen(ctx, err)
	}
	return pgRows{rows, c}, nil
}

// PrepareContext implements driver.ConnPrepareContext. Nothing is prepared; see newPostgres.
func (c *pgConn) PrepareContext(_ context.Context, query string) (driver.Stmt, error) {
	return pgStmt{c, query}, nil
}

type pgRows struct {
	driver.Rows
	conn *pgConn
}

// Next implements driver.Rows.
func (r pgRows) Next(to []driver.Value) error {
	err := r.Rows.Next(to)
	if err == io.EOF { //nolint:errorlint // database/sql compares it so
		return err
	}
	return r.conn.seen(context.Background(), err)
}

// A pgStmt is a query that is sent anew each time.
type pgStmt struct {
	conn  *pgConn
	query string
}

// Close implements driver.Stmt.
func (s pgStmt) Close() error { return nil }

// NumInput implements driver.Stmt: the server counts.
func (s pgStmt) NumInput() int { return -1 }

// Exec implements driver.Stmt. It is not called, as there is ExecContext.
func (s pgStmt) Exec([]driver.Value) (driver.Result, error) { return nil, driver.ErrSkip }

// Query implements driver.Stmt. It is not called, as there is QueryContext.
func (s pgStmt) Query([]driver.Value) (driver.Rows, error) { return nil, driver.ErrSkip }

// ExecContext implements driver.StmtExecContext.
func (s pgStmt) ExecContext(ctx context.Context, args []driver.NamedValue) (driver.Result, error) {
	return s.conn.ExecContext(ctx, s.query, args)
}

// QueryContext implements driver.StmtQueryContext.
func (s pgStmt) QueryContext(ctx context.Context, args []driver.NamedValue) (driver.Rows, error) {
	return s.conn.QueryContext(ctx, s.query, args)
}

// numbered writes SQLite's parameters, ? and ?7, as PostgreSQL's, $1 and $7. In a query are either those or these. What
// stands between quotation marks stays.
func numbered(query string) string {
	if strings.IndexByte(query, '?') < 0 {
		return query
	}
	out := make([]byte, 0, len(query)+16)
	next, quote := 1, byte(0)
	for i := range len(query) {
		b := query[i]
		switch {
		case quote != 0:
			if b == quote {
				quote = 0
			}
		case b == '\'', b == '"':
			quote = b
		case b == '?' && i+1 < len(query) && '1' <= query[i+1] && query[i+1] <= '9':
			b = '$'
		case b == '?':
			out = append(out, '$')
			out = strconv.AppendInt(out, int64(next), 10)
			next++
			continue
		}
		out = append(out, b)
	}
	return string(out)
}
