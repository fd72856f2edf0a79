package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
)

// PostgreSQL's error codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
const (
	pgConnection     = "08" // a class, as are those of two letters
	pgAuthorization  = "28"
	pgResources      = "53"
	pgDamaged        = "XX"
	pgNoDatabase     = "3D000"
	pgNoSchema       = "3F000"
	pgReadOnly       = "25006"
	pgForbidden      = "42501"
	pgDuplicateTable = "42P07"
	pgNoTable        = "42P01"
	pgLockWait       = "55P03"
	pgDiskFull       = "53100"
	pgShutdown       = "57P01"
	pgCrash          = "57P02"
	pgStarting       = "57P03"
	pgDataCorrupted  = "XX001"
	pgIndexCorrupted = "XX002"
)

// lost tells whether an error means that the server cannot be reached, or answers nobody just now.
func lost(err error) bool {
	if cause, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch cause.Code {
		case pgShutdown, pgCrash, pgStarting:
			return true
		case pgDiskFull:
			return false
		}
		return strings.HasPrefix(cause.Code, pgConnection) || strings.HasPrefix(cause.Code, pgResources)
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if errors.Is(err, context.DeadlineExceeded) { // the caller's: it may have waited for others
		return false
	}
	_, network := errors.AsType[net.Error](err)
	return network || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) || errors.Is(err, net.ErrClosed)
}

// seenPostgres notes what an error of PostgreSQL tells of the database, and returns the error with what it means for
// the caller.
func (g *guard) seenPostgres(ctx context.Context, name string, err error) error {
	if err == nil || errors.Is(err, driver.ErrBadConn) || errors.Is(err, ErrNotKept) {
		return err
	}
	if ctx.Err() != nil && !errors.Is(ctx.Err(), context.DeadlineExceeded) { // the caller gave up
		return err
	}
	if lost(err) {
		g.note(Away, fmt.Errorf("%s: cannot be reached: %w", name, err))
		return fmt.Errorf("%w: %w", ErrNotKept, err)
	}
	cause, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return err
	}
	var kind Kind
	switch cause.Code {
	case pgDataCorrupted, pgIndexCorrupted:
		g.note(Damaged, fmt.Errorf("%s: %w", name, err))
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	case pgDiskFull:
		kind = Full
	case pgReadOnly, pgForbidden:
		kind = Unwritable
	case pgLockWait:
		return fmt.Errorf("%w: %w", ErrInUse, err)
	default:
		return err
	}
	g.note(kind, fmt.Errorf("%s: %w", name, err))
	return fmt.Errorf("%w: %w", ErrNotKept, err)
}

// reached notes that the server answers.
func (g *guard) reached() {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.troubles[Away] != nil {
		g.set(Away, nil)
		g.ask() // so that it is told
	}
}

// explainPostgres says what an error means for the one who runs the program. The password is in none.
func explainPostgres(name string, err error) error {
	because := func(what string) error { return fmt.Errorf("%s: %s: %w", name, what, err) }
	switch {
	case errors.Is(err, ErrMissing), errors.Is(err, ErrOther):
		return because("restore it, or name the database that belongs here; to go on with what is there, start once with " +
			"--new: what servers had of their own, and what their admins had hidden, is forgotten then")
	case errors.Is(err, ErrLeft):
		return because("bring it over (bot migrate), or take the setting away to go on with that one; to begin anew here, " +
			"start once with --new: what servers had of their own, and what their admins had hidden, is not seen then")
	case errors.Is(err, ErrArriving):
		return because("end it (bot migrate, as it was begun: it goes on where it was); what it comes from is as it was, " +
			"and can be used until then")
	}
	if errors.Is(err, ErrMoved) {
		return because("take the setting away, or bring it here again (bot migrate); to begin anew here, start once with " +
			"--new")
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return because("there is no host of that name: correct the address")
	}
	if errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ENOENT) {
		return because("nothing listens there: start PostgreSQL, or correct host and port")
	}
	cause, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		if _, connecting := errors.AsType[*pgconn.ConnectError](err); connecting {
			return because("no connection: correct the address, or its sslmode (disable, require, verify-full)")
		}
		return fmt.Errorf("%s: %w", name, err)
	}
	switch {
	case strings.HasPrefix(cause.Code, pgAuthorization):
		return because("the user or the password is not taken: correct the address, or let them in (pg_hba.conf)")
	case cause.Code == pgNoDatabase:
		return because("there is no such database: make it (createdb NAME)")
	case cause.Code == pgForbidden:
		return because("the user may not do that: make it the database's owner, or GRANT CREATE, USAGE ON SCHEMA public")
	case cause.Code == pgReadOnly:
		return because("it only reads: name the primary")
	case cause.Code == pgDuplicateTable, cause.Code == pgNoTable, cause.Code == pgNoSchema:
		return fmt.Errorf("%s: %w: give Pilcrow a database, or a schema (?search_path=NAME), of its own: %w", name,
			ErrForeign, err)
	case cause.Code == pgStarting, strings.HasPrefix(cause.Code, pgResources):
		return because("it takes nobody just now: wait, or raise max_connections")
	}
	return fmt.Errorf("%s: %w", name, err)
}
