package store

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
)

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

// A rowQuerier is a database, or a transaction of one.
type rowQuerier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

// madePostgres tells whether a store was made in the schema.
func madePostgres(ctx context.Context, db rowQuerier) (made bool, err error) {
	return hasTable(ctx, db, "pilcrow_schema")
}

// hasTable tells whether the schema has a table.
func hasTable(ctx context.Context, db rowQuerier, name string) (there bool, err error) {
	err = db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_catalog.pg_tables WHERE schemaname = "+
		"current_schema() AND tablename = ?)", name).Scan(&there)
	return there, err
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
