package store

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"
)

// Whoever gives up hears that, at whatever step of the work the transaction is taken back under it; and nothing of it
// is kept.
func TestGivenUp(t *testing.T) {
	s := open(t, t.TempDir())
	const insert = "INSERT INTO vectors (model, text, vector, sum) VALUES ('m', ?, x'00', 1)"
	for name, work := range map[string]func(ctx context.Context, tx *sql.Tx, end func()) error{
		"commit": func(ctx context.Context, tx *sql.Tx, end func()) error {
			_, err := tx.ExecContext(ctx, insert, []byte("a"))
			end()
			return err
		},
		"a statement that was prepared": func(ctx context.Context, tx *sql.Tx, end func()) error {
			prepared, err := tx.PrepareContext(ctx, insert)
			if err != nil {
				return err
			}
			defer prepared.Close()
			end()
			_, err = prepared.ExecContext(context.WithoutCancel(ctx), []byte("b"))
			return err
		},
		"a statement of a moment later": func(ctx context.Context, tx *sql.Tx, end func()) error {
			end()
			_, err := tx.ExecContext(context.WithoutCancel(ctx), insert, []byte("c"))
			return err
		},
	} {
		ctx, cancel := context.WithCancel(t.Context())
		err := s.transact(ctx, "try", func(tx *sql.Tx) error {
			return work(ctx, tx, func() {
				cancel()
				for { // until database/sql has taken it back
					if _, err := tx.ExecContext(t.Context(), "SELECT 1"); errors.Is(err, sql.ErrTxDone) {
						return
					}
					time.Sleep(time.Millisecond)
				}
			})
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var rows int
	if err := s.read.QueryRow("SELECT count(*) FROM vectors").Scan(&rows); err != nil || rows != 0 {
		t.Error(rows, err)
	}
}
