package main

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/store"
)

type migrateFlags struct {
	To string `required:"" placeholder:"WHERE" help:"postgres: the database that PILCROW_DATABASE_URL names; an address, postgres://…; or file: from that database back into a file in the folder of data."`
}

// What --to may name beside an address.
const (
	toPostgres = "postgres"
	toFile     = "file"
)

// migrate brings what is kept from the file in the folder of data into PostgreSQL, or back.
func (a *app) migrate(ctx context.Context) int {
	began := time.Now()
	to, address := a.flags.Migrate.To, a.config.database.reveal()
	switch {
	case strings.Contains(to, "://"):
		address = to
	case to != toPostgres && to != toFile:
		return a.fail(exitFailure, fmt.Sprintf("--to: want postgres, file, or an address such as "+
			"postgres://pilcrow:PASSWORD@localhost/pilcrow, got %q", to))
	case address == "":
		return a.fail(exitConfig, envDatabase+" is not set: it names the database of PostgreSQL")
	}
	if err := store.CheckAddress(address); err != nil {
		return a.fail(exitFailure, "--to: "+err.Error())
	}
	where := store.Config{URL: address}.Where(a.config.data)
	all, err := store.Migrate(ctx, a.config.data, address, to == toFile, a.progress("rows"))
	switch {
	case errors.Is(err, fs.ErrNotExist) && to != toFile:
		return a.fail(exitFailure, fmt.Sprintf("there is no database in %s that could be brought over", a.config.data))
	case errors.Is(err, store.ErrServed):
		return a.fail(exitFailure, err.Error()+": stop it first; one that was killed is forgotten within 12 seconds")
	case errors.Is(err, store.ErrCutOff):
		return a.fail(exitFailure, plainError(err)+": the store is where it was; the same command goes on from here")
	case err != nil:
		return a.fail(exitFailure, plainError(err))
	}
	return a.show(migrateReply(all, where, a.config.data, to == toFile, time.Since(began)))
}

func migrateReply(all []store.Copied, where, folder string, back bool, took time.Duration) commands.Reply {
	j := migrateJSON{Tables: map[string]int{}, Sums: map[string]string{}, TookMS: took.Milliseconds()}
	var parts []string
	for _, t := range all {
		j.Tables[t.Table], j.Rows = t.Rows, j.Rows+t.Rows
		j.Found += t.Found
		j.Sums[t.Table] = hex.EncodeToString(t.Sum[:])
		if t.Rows > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", t.Table, t.Rows))
		}
	}
	from, to := "the file in "+folder, where
	next := "Set " + envDatabase + " for the bot. The file is kept beside its place, as pilcrow.db.moved- and the time."
	if back {
		from, to = where, "a file in "+folder
		next = "Take " + envDatabase +
			" out of the bot's settings. What the database has is kept, and refused when it is opened."
	}
	text := fmt.Sprintf("Moved %d rows from %s to %s; all were read again and compared.", j.Rows, from, to)
	if j.Found > 0 {
		text += fmt.Sprintf(" %d of them were there already, of a move that was cut off.", j.Found)
	}
	if all == nil {
		text = fmt.Sprintf("All of it had been moved to %s already, and is the same there.", to)
	}
	var r commands.Reply
	for _, text := range []string{text, strings.Join(parts, ", "), next} {
		if text != "" {
			r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Para, Text: text})
		}
	}
	r.JSON = commands.Machine(j)
	return r
}

type migrateJSON struct {
	Rows   int               `json:"rows"`
	Found  int               `json:"rows_of_before"` // that a move that was cut off had brought
	Tables map[string]int    `json:"tables"`
	Sums   map[string]string `json:"checksums"` // of the rows of each table, in no order
	TookMS int64             `json:"took_ms"`
}
