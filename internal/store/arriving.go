package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// While a copy into PostgreSQL is under way, a table there says of which store; and the store counts as one that was
// moved away, so that no program opens it, not even one that does not know the table.

// arrivingTable is there as long as that lasts.
const arrivingTable = "pilcrow_arriving"

// ErrArriving says that a copy into the database has not ended.
var ErrArriving = errors.New("what is being brought here has not all arrived")

// announce notes that a copy of another store begins.
func (s *Store) announce(ctx context.Context, tx *sql.Tx, from *Store) error {
	if s.pg == nil { // the folder's name says it
		return nil
	}
	id, _ := from.Identity()
	for _, query := range []string{
		"CREATE TABLE IF NOT EXISTS " + arrivingTable + " (source TEXT NOT NULL)", "DELETE FROM " + arrivingTable,
		"UPDATE pilcrow_schema SET moved = CAST(extract(epoch FROM now()) AS BIGINT)",
	} {
		if _, err := tx.ExecContext(ctx, query); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, "INSERT INTO "+arrivingTable+" (source) VALUES (?)", id)
	return err
}

// settle notes that a copy has ended: what comes next gets numbers that nobody has, and the store can be opened.
func (s *Store) settle(ctx context.Context, tx *sql.Tx) error {
	if s.pg == nil {
		return nil
	}
	for _, table := range counted {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("SELECT setval(pg_get_serial_sequence('%[1]s', 'id'), "+
			"(SELECT coalesce(max(id), 0) + 1 FROM %[1]s), false)", table)); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, "DROP TABLE IF EXISTS "+arrivingTable); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "UPDATE pilcrow_schema SET moved = NULL")
	return err
}

// arrivingFrom is the id of the store that is being copied into this one; "" for none.
func arrivingFrom(ctx context.Context, db rowQuerier) (source string, err error) {
	there, err := hasTable(ctx, db, arrivingTable)
	if err != nil || !there {
		return "", err
	}
	err = db.QueryRowContext(ctx, "SELECT source FROM "+arrivingTable).Scan(&source)
	return source, err
}

// taken tells whether the database of PostgreSQL has what people gave, of no matter whom, that was not moved away.
func (s *Store) taken(ctx context.Context) (yes bool, err error) {
	query := "SELECT moved IS NULL AND (EXISTS (SELECT 1 FROM " + strings.Join(theirs, ") OR EXISTS (SELECT 1 FROM ") +
		")) FROM pilcrow_schema"
	err = s.read.QueryRowContext(ctx, query).Scan(&yes)
	return yes, err
}
