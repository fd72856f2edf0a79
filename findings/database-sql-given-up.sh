#!/usr/bin/env bash
# database/sql: who gives up inside of a transaction is told so, or that the transaction is over, or that a statement is closed
#
# Versions: Go 1.26's database/sql with modernc.org/sqlite v1.61.1; the driver has no part in it.
# Expected: a transaction that was begun with a context which ends meanwhile reports the context's error, at whatever call one notices.
# Seen: a goroutine of the package takes the transaction back as soon as the context ends. A commit that comes before it reports "context
#   canceled"; one that comes after it reports sql.ErrTxDone, which wraps no context's error; a statement that was prepared in the
#   transaction reports "sql: statement is closed", which is no error that can be named at all. Which one comes is a matter of microseconds.
# For whom it matters: whoever tells "the caller gave up" from "the database failed" by errors.Is(err, context.Canceled): in a log, a health
#   check, a test that cancels a writer. It has to be asked of the context.
#
# It exits with another status than 0 if what is seen is something else.
set -euo pipefail
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"
cat >go.mod <<'M'
module finding

go 1.25
M
cat >main.go <<'G'
package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"time"

	_ "modernc.org/sqlite"
)

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// end cancels, and waits until the package has taken the transaction back.
func end(tx *sql.Tx, cancel func()) {
	cancel()
	for {
		if _, err := tx.Exec("SELECT 1"); errors.Is(err, sql.ErrTxDone) {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func main() {
	db, err := sql.Open("sqlite", "file:x.db")
	must(err)
	_, err = db.Exec("CREATE TABLE t (n INTEGER)")
	must(err)
	seen := map[string]error{}
	for name, use := range map[string]func(ctx context.Context, tx *sql.Tx, cancel func()) error{
		"commit, at once": func(ctx context.Context, tx *sql.Tx, cancel func()) error {
			cancel()
			return tx.Commit()
		},
		"commit, a moment later": func(ctx context.Context, tx *sql.Tx, cancel func()) error {
			end(tx, cancel)
			return tx.Commit()
		},
		"prepared statement, a moment later": func(ctx context.Context, tx *sql.Tx, cancel func()) error {
			s, err := tx.PrepareContext(ctx, "INSERT INTO t VALUES (1)")
			must(err)
			end(tx, cancel)
			_, err = s.ExecContext(ctx)
			return err
		},
	} {
		ctx, cancel := context.WithCancel(context.Background())
		tx, err := db.BeginTx(ctx, nil)
		must(err)
		seen[name] = use(ctx, tx, cancel)
		fmt.Printf("%-36s %v (the context's: %v)\n", name+":", seen[name], errors.Is(seen[name], context.Canceled))
	}
	later, statement := seen["commit, a moment later"], seen["prepared statement, a moment later"]
	if later != sql.ErrTxDone || errors.Is(later, context.Canceled) || statement == nil ||
		errors.Is(statement, context.Canceled) || errors.Is(statement, sql.ErrTxDone) {
		fmt.Println("this is not what was seen")
		os.Exit(1)
	}
}
G
GOFLAGS=-mod=mod go get modernc.org/sqlite@v1.61.1 2>/dev/null
go run .
