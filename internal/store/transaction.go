package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// A beginner begins transactions: a database, or one connection to it.
type beginner interface {
	BeginTx(ctx context.Context, o *sql.TxOptions) (*sql.Tx, error)
}

// within runs one change that is there as a whole or not at all.
func within(ctx context.Context, db beginner, o *sql.TxOptions, change func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, o)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // after Commit it has nothing to do
	if err = change(tx); err == nil {
		err = tx.Commit()
	}
	return gaveUp(ctx, err)
}

// gaveUp says that ctx ended where that is why err came. database/sql takes a transaction back on its own when its
// context ends, and tells whoever works in it at that moment that a statement is closed, or the transaction over.
func gaveUp(ctx context.Context, err error) error {
	if err == nil || ctx.Err() == nil || errors.Is(err, ctx.Err()) {
		return err
	}
	return fmt.Errorf("%w: %w", ctx.Err(), err)
}
