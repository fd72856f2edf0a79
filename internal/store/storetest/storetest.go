// Package storetest has tests of the store run on PostgreSQL, too: where PILCROW_TEST_POSTGRES is the address of a
// server, what would lie in a folder lies in a schema of its own there, which is gone when the test is over.
package storetest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
)

// Env names the server. With PoolerEnv there is a pooler before it that gives a connection for one transaction: what an
// address says of the session is nothing to it, so each test has a database instead of a schema.
const (
	Env       = "PILCROW_TEST_POSTGRES"
	PoolerEnv = "PILCROW_TEST_POOLER"
)

var (
	making  sync.Mutex
	schemas = map[string]bool{} // that were made
)

// URL is the address of the schema (behind a pooler: the database) that belongs to the folder, the same one for the
// same folder; "" where there is no server, and the folder's own file is to be used.
func URL(t testing.TB, dir string) string {
	t.Helper()
	address := server()
	if address == "" {
		return ""
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(abs))
	schema := "t" + hex.EncodeToString(sum[:12])
	at, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	making.Lock()
	defer making.Unlock()
	if pooled() {
		if !schemas[schema] {
			schemas[schema] = true
			Exec(t, "CREATE DATABASE "+schema)
			t.Cleanup(func() { Exec(t, "DROP DATABASE "+schema+" WITH (FORCE)") })
		}
		at.Path = "/" + schema
		return at.String()
	}
	if !schemas[schema] {
		schemas[schema] = true
		Exec(t, "CREATE SCHEMA "+schema)
		t.Cleanup(func() { Exec(t, "DROP SCHEMA "+schema+" CASCADE") })
	}
	query := at.Query()
	query.Set("search_path", schema)
	at.RawQuery = query.Encode()
	return at.String()
}

// Tables are those of the folder's schema in whose rows the bytes of a text stand; none where there is no server. It
// does not see what the server keeps of rows that are gone.
func Tables(t testing.TB, dir, text string) (found []string) {
	t.Helper()
	address := URL(t, dir)
	if address == "" {
		return nil
	}
	ctx := t.Context()
	c, err := pgx.Connect(ctx, address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx) //nolint:errcheck // it is over
	rows, err := c.Query(ctx, "SELECT tablename FROM pg_catalog.pg_tables WHERE schemaname = current_schema() ORDER BY 1")
	if err != nil {
		t.Fatal(err)
	}
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	raw := hex.EncodeToString([]byte(text))
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) { // no text can hold it
		text = raw
	}
	for _, table := range tables {
		var there bool
		err := c.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM "+table+" AS one WHERE position($1 IN one::text) > 0 OR "+
			"position($2 IN one::text) > 0)", text, raw).Scan(&there)
		if err != nil {
			t.Fatal(err)
		}
		if there {
			found = append(found, table)
		}
	}
	return found
}

// server is the address of the server; "" for none.
func server() string { return os.Getenv(Env) } //nolint:forbidigo // a setting of tests

// Exec runs a statement on the server.
func Exec(t testing.TB, query string) {
	t.Helper()
	ctx := context.Background() // a cleanup's, too
	config, err := pgx.ParseConfig(server())
	if err != nil {
		t.Fatal(err)
	}
	config.DefaultQueryExecMode = pgx.QueryExecModeSimpleProtocol // nothing that a pooler would lose
	c, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx) //nolint:errcheck // it is over
	if _, err := c.Exec(ctx, query); err != nil {
		t.Fatal(err)
	}
}

// pooled reports whether there is a pooler before the server.
func pooled() bool { return os.Getenv(PoolerEnv) != "" } //nolint:forbidigo // a setting of tests

// Direct skips a test of what a pooler keeps from the server: schemas in an address, and the server's own errors.
func Direct(t testing.TB) {
	t.Helper()
	if pooled() {
		t.Skip("of the server itself, without a pooler")
	}
}

// OfSQLite skips a test of what only a file has: pages, a log beside it, marks in its head.
func OfSQLite(t testing.TB) {
	t.Helper()
	if server() != "" {
		t.Skip("of SQLite's file")
	}
}
