package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// copied are the tables that a copy takes over, those first to which others refer. Erasures are of a file's log.
var copied = []string{
	"secrets", "installation", "edited", "blobs", "states", "documents", "changes", "settings", "seals", "votes", "gaps",
	"gap_numbers",
	"reports", "wishes", "usage", "holds", "asked", "departures", "open_questions", "clock", "shard_starts", "vectors",
}

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
	Rows  int
}

// maxCopiedValues bounds the parameters of one statement: PostgreSQL takes 65,535, SQLite 32,766.
const (
	maxCopiedValues = 1_000
	maxCopiedBytes  = 4 << 20
)

// copyStore brings all that one store has into another in one transaction: after a crash, nothing of it is there. Then
// all is read again and compared, before it is committed.
func copyStore(ctx context.Context, from, to *Store) (all []Copied, err error) {
	reading, err := from.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state for all tables
	if err != nil {
		return nil, fmt.Errorf("read what is to be copied: %w", err)
	}
	defer reading.Rollback() //nolint:errcheck // it only read
	err = to.transact(ctx, "copy", func(tx *sql.Tx) error {
		for _, table := range slices.Backward(copied) {
			if _, err := tx.ExecContext(ctx, "DELETE FROM "+table); err != nil {
				return err
			}
		}
		for _, table := range copied {
			sent, err := copyTable(ctx, reading, tx, table, to.pg != nil)
			if err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
			arrived, err := sumTable(ctx, tx, table, false, nil)
			if err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
			if sent != arrived {
				return fmt.Errorf("%w: %s: %d rows of %d, or others than were sent", ErrNotSame, table, arrived.rows, sent.rows)
			}
			all = append(all, Copied{table, sent.rows})
		}
		if to.pg == nil {
			return nil
		}
		for _, table := range counted {
			if _, err := tx.ExecContext(ctx, fmt.Sprintf("SELECT setval(pg_get_serial_sequence('%[1]s', 'id'), "+
				"(SELECT coalesce(max(id), 0) + 1 FROM %[1]s), false)", table)); err != nil {
				return err
			}
		}
		_, err := tx.ExecContext(ctx, "UPDATE pilcrow_schema SET moved = NULL")
		return err
	})
	if err != nil {
		return nil, err
	}
	return all, nil
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
			sums[i], err = sumTable(ctx, tx, table, true, nil)
			if err = errors.Join(err, tx.Rollback()); err != nil {
				return false, fmt.Errorf("%s: %w", table, err)
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

// sumTable reads a table, and gives each row to use, unless that is nil. Where clean is set, texts are those that
// PostgreSQL takes.
func sumTable(ctx context.Context, tx *sql.Tx, table string, clean bool,
	use func(columns []string, row []any) error) (t tableSum, err error) {
	rows, err := tx.QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return t, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return t, err
	}
	for rows.Next() {
		row, to := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			to[i] = &row[i]
		}
		if err := rows.Scan(to...); err != nil {
			return t, err
		}
		for i, v := range row {
			row[i] = canonical(v, columns[i], clean)
		}
		t.add(columns, row)
		if use == nil {
			continue
		}
		if err := use(columns, row); err != nil {
			return t, err
		}
	}
	return t, rows.Err()
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

// copyTable writes the rows of a table, some at once.
func copyTable(ctx context.Context, from, to *sql.Tx, table string, clean bool) (tableSum, error) {
	var names []string
	var values []any
	size := 0
	write := func() error {
		if len(values) == 0 {
			return nil
		}
		row := "(?" + strings.Repeat(", ?", len(names)-1) + ")"
		query := fmt.Sprintf("INSERT INTO %s (%s) VALUES %s%s", table, strings.Join(names, ", "), row,
			strings.Repeat(", "+row, len(values)/len(names)-1))
		_, err := to.ExecContext(ctx, query, values...)
		values, size = nil, 0
		return err
	}
	t, err := sumTable(ctx, from, table, clean, func(columns []string, row []any) error {
		names, values = columns, append(values, row...)
		for _, v := range row {
			if b, ok := v.([]byte); ok {
				size += len(b)
			}
		}
		if len(values) < maxCopiedValues && size < maxCopiedBytes {
			return nil
		}
		return write()
	})
	if err != nil {
		return t, err
	}
	return t, write()
}
