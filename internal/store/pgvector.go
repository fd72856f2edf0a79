package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrNoPgvector says that the database cannot search vectors. Its text says what to do.
var ErrNoPgvector = errors.New("the database cannot search vectors")

// leastPgvector searches on where a filter leaves too few: https://github.com/pgvector/pgvector#iterative-index-scans.
const leastPgvector = "0.8.0"

// TryPgvector reports whether a Depot can be opened in the database of c, as Depot does. Nothing is made.
func (c Config) TryPgvector(ctx context.Context) error {
	if c.URL == "" {
		return fmt.Errorf("%w: it is a file", ErrNoPgvector)
	}
	pg, err := newPostgres(c.URL)
	if err != nil {
		return err
	}
	db := pg.open(1, newGuard(pg.name))
	defer db.Close()
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	tx, err := db.BeginTx(ctx, &sql.TxOptions{Isolation: levelLight})
	if err != nil {
		return explainPostgres(pg.name, err)
	}
	defer tx.Rollback() //nolint:errcheck // that is what it is for
	if _, err := findPgvector(ctx, tx, pg.config.Database); err != nil {
		return fmt.Errorf("%s: %w", pg.name, err)
	}
	return nil
}

// findPgvector returns the schema, quoted, that the extension is in. It installs it where the server has it and the
// user may.
func findPgvector(ctx context.Context, tx *sql.Tx, database string) (schema string, err error) {
	const installed = "SELECT quote_ident(n.nspname), x.extversion FROM pg_extension x JOIN pg_namespace n ON n.oid = " +
		"x.extnamespace WHERE x.extname = 'vector'"
	var version string
	err = tx.QueryRowContext(ctx, installed).Scan(&schema, &version)
	if errors.Is(err, sql.ErrNoRows) {
		if err = installPgvector(ctx, tx, database); err == nil {
			err = tx.QueryRowContext(ctx, installed).Scan(&schema, &version)
		}
	}
	if err != nil {
		return "", err
	}
	if olderThan(version, leastPgvector) {
		return "", fmt.Errorf("%w: pgvector is %s, and %s or newer is needed: upgrade its package, run ALTER EXTENSION "+
			"vector UPDATE in database %s, and start the bot again", ErrNoPgvector, version, leastPgvector, database)
	}
	return schema, nil
}

func installPgvector(ctx context.Context, tx *sql.Tx, database string) error {
	var available bool
	if err := tx.QueryRowContext(ctx,
		"SELECT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'vector')").Scan(&available); err != nil {
		return err
	}
	if !available {
		return fmt.Errorf("%w: the server has no pgvector: install its package (Debian and Ubuntu: "+
			"postgresql-VERSION-pgvector from apt.postgresql.org) and start the bot again", ErrNoPgvector)
	}
	if _, err := tx.ExecContext(ctx, "CREATE EXTENSION IF NOT EXISTS vector WITH SCHEMA public"); err != nil {
		if refused, ok := errors.AsType[*pgconn.PgError](err); ok { // all else can be kept
			err = refused
		}
		return fmt.Errorf("%w: as a superuser, run CREATE EXTENSION vector in database %s, and start the bot again: %w",
			ErrNoPgvector, database, err)
	}
	return nil
}

// olderThan compares versions, number by number.
func olderThan(version, least string) bool {
	have, want := strings.Split(version, "."), strings.Split(least, ".")
	for i, w := range want {
		n, _ := strconv.Atoi(w)
		m := 0
		if i < len(have) {
			m, _ = strconv.Atoi(have[i])
		}
		if m != n {
			return m < n
		}
	}
	return false
}
