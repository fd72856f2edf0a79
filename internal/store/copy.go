package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// A copiedTable is one that a copy takes over, in the order of its key.
type copiedTable struct{ name, key string }

// copied are those tables, those first to which others refer. Erasures are of a file's log.
var copied = []copiedTable{
	{"secrets", "name"}, {"installation", "one"}, {"edited", "server"}, {"blobs", "sum"}, {"states", "id"},
	{"documents", "server, slug"}, {"changes", "id"}, {"settings", "server, name"}, {"seals", "server"}, {"votes", "id"},
	{"gaps", "id"}, {"gap_numbers", "server"}, {"reports", "gap, person"}, {"wishes", "gap, person"}, {"usage", "day"},
	{"holds", "id"}, {"asked", "server"}, {"departures", "server"}, {"open_questions", "id"}, {"clock", "one"},
	{"shard_starts", "shard, count"}, {"vectors", "id"},
}

// theirs are the tables with what people gave: where these are empty, nothing is lost.
var theirs = []string{"states", "documents", "changes", "settings", "votes", "gaps", "wishes"}

// counted are those whose rows have numbers that are given out.
var counted = []string{"states", "changes", "votes", "gaps", "holds", "open_questions", "vectors"}

// Errors of Migrate and of copies that a caller can tell apart.
var (
	ErrNotEmpty = errors.New("there is something already where it is to go")
	ErrNotSame  = errors.New("what arrived is not what was sent")
)

// A Copied is what was taken over of a table.
type Copied struct {
	Table string
	Rows  int // that it has now
	Found int // of these, those that a copy which was cut off had brought before
	Sum   Sum // of all rows
}

// same tells whether two stores have the same, so that a copy of one is the other.
func same(ctx context.Context, from, to *Store) (bool, error) {
	for _, table := range copied {
		var sums [2]tableSum
		for i, s := range []*Store{from, to} {
			tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
			if err != nil {
				return false, err
			}
			sums[i], err = sumTable(ctx, tx, "SELECT * FROM "+table.name, true)
			if err = errors.Join(err, tx.Rollback()); err != nil {
				return false, fmt.Errorf("%s: %w", table.name, err)
			}
		}
		if sums[0] != sums[1] {
			return false, nil
		}
	}
	return true, nil
}

// A tableSum says what is in a table, in whatever order it is read: the checksums of the rows are joined bit by bit, of
// which no two are the same.
type tableSum struct {
	rows int
	sum  Sum
}

func (t *tableSum) add(columns []string, values []any) {
	h := sha256.New()
	for i, v := range values {
		fmt.Fprintf(h, "%q:", columns[i])
		switch v := v.(type) {
		case bool:
			fmt.Fprintf(h, "%d", bit(v))
		case string:
			fmt.Fprintf(h, "%q", v)
		case []byte:
			fmt.Fprintf(h, "%x", v)
		default: // nothing, or a whole number
			fmt.Fprint(h, v)
		}
		fmt.Fprintln(h)
	}
	for i, b := range h.Sum(nil) {
		t.sum[i] ^= b
	}
	t.rows++
}

// sumTable reads rows of a table. Where clean is set, texts are those that PostgreSQL takes.
func sumTable(ctx context.Context, tx *sql.Tx, query string, clean bool, args ...any) (t tableSum, err error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return t, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return t, err
	}
	for rows.Next() {
		row, err := scanRow(rows, columns, clean)
		if err != nil {
			return t, err
		}
		t.add(columns, row)
	}
	return t, rows.Err()
}

// scanRow is the row at which rows are, as both engines have it.
func scanRow(rows *sql.Rows, columns []string, clean bool) ([]any, error) {
	row, to := make([]any, len(columns)), make([]any, len(columns))
	for i := range row {
		to[i] = &row[i]
	}
	if err := rows.Scan(to...); err != nil {
		return nil, err
	}
	for i, v := range row {
		row[i] = canonical(v, columns[i], clean)
	}
	return row, nil
}

// switches are the columns that are true or false; SQLite has them as numbers.
var switches = []string{"hidden", "kept", "up", "undoable"}

// canonical is a value as both engines have it.
func canonical(v any, column string, clean bool) any {
	switch value := v.(type) {
	case []byte:
		if value == nil { // an empty one
			return []byte{}
		}
	case string:
		if clean {
			return cleanText(value)
		}
	case int64:
		if slices.Contains(switches, column) {
			return value != 0
		}
	}
	return v
}
