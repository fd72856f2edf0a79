package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Bounds of one statement and of one transaction of a copy; ours, but that PostgreSQL takes 65,535 parameters and
// SQLite 32,766.
const (
	maxStatementValues = 1_000
	maxStatementBytes  = 4 << 20
	maxTransferRows    = 10_000
	maxTransferBytes   = 16 << 20
)

// A transfer copies all that one store has into another.
type transfer struct {
	from, to *Store
	// whole has all of it be one transaction: until that is committed, what was there before stays. Without it the copy is
	// many, one that was cut off goes on where it was, and until its end nobody opens the other store.
	whole bool
	rows  int                     // of a transaction; 0 for maxTransferRows
	step  func(done string) error // nil, or called after each step that a crash would leave; its error ends the copy
	tell  func(done, total int)   // nil, or called after each transaction with the rows that are there
}

// ErrCutOff says that a copy ended before its end, and that the next one goes on where it was.
var ErrCutOff = errors.New("cut off")

// did tells that a step is done.
func (t *transfer) did(what string) error {
	if t.step == nil {
		return nil
	}
	return t.step(what)
}

// run copies everything, reads all again, and compares it before it counts.
func (t *transfer) run(ctx context.Context) ([]Copied, error) {
	reading, err := t.from.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true}) // one state for all tables
	if err != nil {
		return nil, fmt.Errorf("read what is to be copied: %w", err)
	}
	defer reading.Rollback() //nolint:errcheck // it only read
	if t.whole {
		return t.atOnce(ctx, reading)
	}
	return t.inParts(ctx, reading)
}

// atOnce is run in one transaction.
func (t *transfer) atOnce(ctx context.Context, reading *sql.Tx) (all []Copied, err error) {
	rows := t.reader(reading, nil)
	defer rows.Close()
	err = t.to.transact(ctx, "copy", func(tx *sql.Tx) error {
		if err := clearAll(ctx, tx); err != nil {
			return err
		}
		if _, err := rows.write(ctx, tx, math.MaxInt, math.MaxInt); err != nil {
			return err
		}
		if all, err = rows.compare(ctx, tx); err != nil {
			return err
		}
		return t.to.settle(ctx, tx)
	})
	return all, err
}

// inParts is run in transactions of bounded size.
func (t *transfer) inParts(ctx context.Context, reading *sql.Tx) (all []Copied, err error) {
	begun := false
	defer func() {
		if err != nil && begun {
			err = fmt.Errorf("%w: %w", ErrCutOff, err)
		}
	}()
	found, err := t.found(ctx, reading)
	if err != nil {
		return nil, err
	}
	total, err := countRows(ctx, reading)
	if err != nil {
		return nil, err
	}
	rows := t.reader(reading, found)
	defer rows.Close()
	most := t.rows
	if most == 0 {
		most = maxTransferRows
	}
	begun = found != nil
	for more := true; more; {
		err := t.to.transact(ctx, "copy", func(tx *sql.Tx) (err error) {
			if !begun { // together with the first rows, which say whose store it is
				if err := errors.Join(clearAll(ctx, tx), t.to.announce(ctx, tx, t.from)); err != nil {
					return err
				}
			}
			more, err = rows.write(ctx, tx, most, maxTransferBytes)
			return err
		})
		if err != nil {
			return nil, err
		}
		begun = true
		if t.tell != nil {
			t.tell(rows.done(), total)
		}
		if more {
			if err := t.did("part"); err != nil {
				return nil, err
			}
		}
	}
	if err := t.did("rows"); err != nil {
		return nil, err
	}
	arrived, err := t.to.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	all, err = rows.compare(ctx, arrived)
	if err = errors.Join(err, arrived.Rollback()); err != nil {
		return nil, err
	}
	return all, t.to.transact(ctx, "copy", func(tx *sql.Tx) error { return t.to.settle(ctx, tx) })
}

// found says what a copy that was cut off has brought, table by table; nil where one begins anew, because there was
// none or the source has changed since. The rows are in the order of the tables and of their keys, so what is there is
// a beginning of the source.
func (t *transfer) found(ctx context.Context, reading *sql.Tx) ([]tableSum, error) {
	there, err := t.to.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return nil, err
	}
	defer there.Rollback() //nolint:errcheck // it only read
	sums := make([]tableSum, len(copied))
	for i, table := range copied {
		if sums[i], err = sumTable(ctx, there, "SELECT * FROM "+table.name, true); err != nil {
			return nil, fmt.Errorf("%s: %w", table.name, err)
		}
		sent, err := sumTable(ctx, reading, "SELECT * FROM "+table.name+" ORDER BY "+table.key+" LIMIT ?", t.to.pg != nil,
			sums[i].rows)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", table.name, err)
		}
		if sent != sums[i] {
			return nil, nil
		}
	}
	return sums, nil
}

// reader reads what found does not have; nil is nothing.
func (t *transfer) reader(tx *sql.Tx, found []tableSum) *rowReader {
	r := &rowReader{tx: tx, clean: t.to.pg != nil, sums: slices.Clone(found), found: make([]int, len(copied))}
	if found == nil {
		r.sums = make([]tableSum, len(copied))
	}
	for i, sum := range r.sums {
		r.found[i] = sum.rows
	}
	return r
}

// countRows is how many rows a copy has.
func countRows(ctx context.Context, tx *sql.Tx) (total int, err error) {
	counts := make([]string, len(copied))
	for i, table := range copied {
		counts[i] = "(SELECT count(*) FROM " + table.name + ")"
	}
	err = tx.QueryRowContext(ctx, "SELECT "+strings.Join(counts, " + ")).Scan(&total)
	return total, err
}

// A rowReader reads rows, table after table.
type rowReader struct {
	tx      *sql.Tx
	clean   bool // see sumTable
	table   int  // in copied
	rows    *sql.Rows
	columns []string
	sums    []tableSum // of what was read, and found
	found   []int      // rows that are not read
}

// next returns the next row and its table; io.EOF at the end.
func (r *rowReader) next(ctx context.Context) (table int, row []any, err error) {
	for ; r.table < len(copied); r.table++ {
		of := copied[r.table]
		if r.rows == nil {
			//nolint:rowserrcheck // it is looked at when the table ends
			r.rows, err = r.tx.QueryContext(ctx, "SELECT * FROM "+of.name+" ORDER BY "+of.key+" LIMIT ? OFFSET ?",
				int64(math.MaxInt64), r.found[r.table])
			if err == nil {
				r.columns, err = r.rows.Columns()
			}
			if err != nil {
				return 0, nil, fmt.Errorf("%s: %w", of.name, err)
			}
		}
		if r.rows.Next() {
			if row, err = scanRow(r.rows, r.columns, r.clean); err != nil {
				return 0, nil, fmt.Errorf("%s: %w", of.name, err)
			}
			r.sums[r.table].add(r.columns, row)
			return r.table, row, nil
		}
		if err := errors.Join(r.rows.Err(), r.rows.Close()); err != nil {
			return 0, nil, fmt.Errorf("%s: %w", of.name, err)
		}
		r.rows = nil
	}
	return 0, nil, io.EOF
}

// done is how many rows were read, or found.
func (r *rowReader) done() (rows int) {
	for _, sum := range r.sums {
		rows += sum.rows
	}
	return rows
}

// Close ends what is being read.
func (r *rowReader) Close() {
	if r.rows != nil {
		_ = r.rows.Close() // it only read
	}
}

// write writes rows until so many, or so many bytes, are reached; more is false when there are none left.
func (r *rowReader) write(ctx context.Context, tx *sql.Tx, mostRows, mostBytes int) (more bool, err error) {
	var s statement
	for rows, size := 0, 0; rows < mostRows && size < mostBytes; rows++ {
		table, row, err := r.next(ctx)
		if err == io.EOF { //nolint:errorlint // next returns it as it is
			return false, s.run(ctx, tx)
		}
		if err != nil {
			return false, err
		}
		if table != s.table || len(s.values) >= maxStatementValues || s.size >= maxStatementBytes {
			if err := s.run(ctx, tx); err != nil {
				return false, err
			}
		}
		size += s.add(table, r.columns, row)
	}
	return true, s.run(ctx, tx)
}

// compare reads everything where it arrived.
func (r *rowReader) compare(ctx context.Context, tx *sql.Tx) (all []Copied, err error) {
	for i, table := range copied {
		arrived, err := sumTable(ctx, tx, "SELECT * FROM "+table.name, false)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", table.name, err)
		}
		sent := r.sums[i]
		if sent != arrived {
			return nil, fmt.Errorf("%w: %s: %d rows of %d, or others than were sent", ErrNotSame, table.name, arrived.rows,
				sent.rows)
		}
		all = append(all, Copied{table.name, sent.rows, r.found[i], sent.sum})
	}
	return all, nil
}

// A statement inserts rows of one table.
type statement struct {
	table   int // in copied
	columns []string
	values  []any
	size    int // bytes
}

// add puts a row into the statement, and returns about how many bytes that is.
func (s *statement) add(table int, columns []string, row []any) (size int) {
	s.table, s.columns, s.values = table, columns, append(s.values, row...)
	for _, v := range row {
		switch v := v.(type) {
		case []byte:
			size += len(v)
		case string:
			size += len(v)
		}
	}
	s.size += size
	return size
}

// run inserts the rows, and begins anew.
func (s *statement) run(ctx context.Context, tx *sql.Tx) error {
	if len(s.values) == 0 {
		return nil
	}
	name, row := copied[s.table].name, "(?"+strings.Repeat(", ?", len(s.columns)-1)+")"
	_, err := tx.ExecContext(ctx, fmt.Sprintf("INSERT INTO %s (%s) VALUES %s%s", name, strings.Join(s.columns, ", "), row,
		strings.Repeat(", "+row, len(s.values)/len(s.columns)-1)), s.values...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	*s = statement{}
	return nil
}

// clearAll takes everything out of the tables.
func clearAll(ctx context.Context, tx *sql.Tx) error {
	for _, table := range slices.Backward(copied) {
		if _, err := tx.ExecContext(ctx, "DELETE FROM "+table.name); err != nil {
			return err
		}
	}
	return nil
}
