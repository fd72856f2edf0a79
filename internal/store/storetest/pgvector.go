package storetest

import (
	"context"
	"net/url"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Nobody is a user, and a database, of somebody who may not install extensions.
const Nobody = "pilcrow_nobody"

// WithoutPgvector is the address of a database that has no pgvector and gets none: that of Nobody, or where the
// server has none at all, one like those of URL. Another test that wants it waits.
func WithoutPgvector(t testing.TB) string {
	t.Helper()
	ctx := context.Background() // a cleanup's, too
	c, err := pgx.Connect(ctx, server())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close(ctx) }) // it holds a lock; see below
	var there bool
	if err := c.QueryRow(ctx, "SELECT EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'vector')").
		Scan(&there); err != nil {
		t.Fatal(err)
	}
	if !there {
		return URL(t, t.TempDir())
	}
	if pooled() {
		t.Skip("a pooler knows no other user")
	}
	// One package's tests run beside another's.
	if _, err := c.Exec(ctx, "SELECT pg_advisory_lock(hashtext('"+Nobody+"'))"); err != nil {
		t.Fatal(err)
	}
	remove := func() {
		Exec(t, "DROP DATABASE IF EXISTS "+Nobody+" WITH (FORCE)")
		Exec(t, "DROP ROLE IF EXISTS "+Nobody)
	}
	remove() // of a test that was killed
	Exec(t, "CREATE ROLE "+Nobody+" LOGIN PASSWORD 'pa55-of-nobody'")
	Exec(t, "CREATE DATABASE "+Nobody+" OWNER "+Nobody+" TEMPLATE template0 ENCODING 'UTF8'")
	t.Cleanup(remove)
	at, err := url.Parse(server())
	if err != nil {
		t.Fatal(err)
	}
	at.User, at.Path = url.UserPassword(Nobody, "pa55-of-nobody"), "/"+Nobody
	return at.String()
}
