package store

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"hash"
)

// A querier is what can be asked in a transaction and without one.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// chosen lists what the admins of servers chose, server by server in a fixed order: a row for each setting and each
// document.
const chosen = `SELECT server, 'setting', name, value, FALSE, NULL, NULL FROM settings
	WHERE ?1 = '' OR server = ?1
	UNION ALL SELECT d.server, 'document', d.slug, s.path, s.hidden, s.text, s.original
		FROM documents d LEFT JOIN states s ON s.id = d.state WHERE ?1 = '' OR d.server = ?1
	ORDER BY 1, 2, 3`

// checksums are those of what each server's admins chose, as it stands: of one server, or with "" of all.
func checksums(ctx context.Context, db querier, server string) (map[string][]byte, error) {
	rows, err := db.QueryContext(ctx, chosen, server)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	sums := map[string]hash.Hash{}
	for rows.Next() {
		var of, kind, name string
		var value sql.NullString
		var hidden sql.NullBool
		var text, original []byte
		if err := rows.Scan(&of, &kind, &name, &value, &hidden, &text, &original); err != nil {
			return nil, err
		}
		if sums[of] == nil {
			sums[of] = sha256.New()
		}
		fmt.Fprintf(sums[of], "%s %q %q %d %x %x\n", kind, name, value.String, bit(hidden.Bool), text, original)
	}
	all := make(map[string][]byte, len(sums))
	for of, sum := range sums {
		all[of] = sum.Sum(nil)
	}
	return all, rows.Err()
}

// bit is how the checksum has always had what is true or false.
func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// nothing is the checksum of a server whose admins chose nothing.
var nothing = sha256.New().Sum(nil)

// reseal writes the checksum of what a server's admins have chosen now.
func reseal(ctx context.Context, tx *sql.Tx, server string) error {
	sums, err := checksums(ctx, tx, server)
	if err != nil {
		return err
	}
	sum := sums[server]
	if sum == nil {
		sum = nothing
	}
	_, err = tx.ExecContext(ctx,
		"INSERT INTO seals (server, sum) VALUES (?, ?) ON CONFLICT (server) DO UPDATE SET sum = excluded.sum",
		server, sum)
	return err
}

// unbroken is ErrDamaged where what a server's admins chose is not what the checksum is of: a new checksum would make
// it so.
func unbroken(ctx context.Context, tx *sql.Tx, server string) error {
	sums, err := checksums(ctx, tx, server)
	if err != nil {
		return err
	}
	var want []byte
	err = tx.QueryRowContext(ctx, "SELECT sum FROM seals WHERE server = ?", server).Scan(&want)
	switch {
	case errors.Is(err, sql.ErrNoRows) && sums[server] == nil:
		return nil
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return err
	case cmp.Or(string(sums[server]), string(nothing)) != string(want):
		return fmt.Errorf("%w: what the admins of the server chose does not match its checksum", ErrDamaged)
	}
	return nil
}

// sealAll writes the checksums of all servers: once, when they come to be.
func sealAll(ctx context.Context, tx *sql.Tx) error {
	sums, err := checksums(ctx, tx, "")
	if err != nil {
		return err
	}
	for server, sum := range sums {
		if _, err := tx.ExecContext(ctx, "INSERT INTO seals (server, sum) VALUES (?, ?)", server, sum); err != nil {
			return err
		}
	}
	return nil
}

// Broken returns the servers of which what their admins chose is not what they chose: a document that they hid would be
// seen, a channel that they tied would not be. Nothing may be shown there. An error means that nobody knows of any
// server.
func (s *Store) Broken(ctx context.Context) (servers map[string]bool, err error) {
	return broken(ctx, s.read)
}

func broken(ctx context.Context, db *sql.DB) (servers map[string]bool, err error) {
	tx, err := db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state of the file for both
	if err != nil {
		return nil, fmt.Errorf("check what admins chose: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it only read
	return brokenOf(ctx, tx, "")
}

// brokenOf is broken of one state of the database, for one server; "" for all.
func brokenOf(ctx context.Context, tx querier, server string) (servers map[string]bool, err error) {
	sums, err := checksums(ctx, tx, server)
	if err != nil {
		return nil, fmt.Errorf("check what admins chose: %w", err)
	}
	rows, err := tx.QueryContext(ctx, "SELECT server, sum FROM seals WHERE ?1 = '' OR server = ?1", server)
	if err != nil {
		return nil, fmt.Errorf("check what admins chose: %w", err)
	}
	defer rows.Close()
	servers = map[string]bool{}
	for server := range sums {
		servers[server] = true
	}
	for rows.Next() {
		var server string
		var want []byte
		if err := rows.Scan(&server, &want); err != nil {
			return nil, fmt.Errorf("check what admins chose: %w", err)
		}
		sum := sums[server]
		if sum == nil {
			sum = nothing
		}
		if bytes.Equal(sum, want) {
			delete(servers, server)
		} else {
			servers[server] = true
		}
	}
	return servers, rows.Err()
}
