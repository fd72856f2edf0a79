package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
	"weak"

	"pilcrow/internal/rag"
)

// A Depot keeps vectors in PostgreSQL and searches them there, with the extension pgvector. It is a rag.Depot.
//
// A block is kept whole, in one transaction, before the edition that has it is used, and never changed: an edition is
// the list of its blocks, so each question is answered from one edition, whichever process is asked. A block is written
// as one that nobody uses; Run says of those that editions of this process have that they are used, and removes those
// that nobody has used for a while.
//
// Beside each vector in half precision, which the index searches, stands the vector itself, from which every score is
// computed here: what the index decides is which paragraphs are compared.
type Depot struct {
	db     *sql.DB // of its own: what waits for a search keeps nobody else waiting
	schema string  // of the extension, quoted
	logger *slog.Logger

	exactWithin int           // how many vectors are compared one by one
	every       time.Duration // how often Run looks after them

	mu      sync.Mutex
	live    map[weak.Pointer[rag.Block]]depotPlace
	indexed map[int]bool // models whose index is ready
	status  DepotStatus
	gaveUp  time.Time // when sampling the index took too long
}

// A depotPlace is where a block is, and of which model.
type depotPlace struct {
	block int64
	model int
}

const (
	depotConnections = 4
	// maxDepotDimension is what an index of half-precision vectors takes: https://github.com/pgvector/pgvector#hnsw.
	maxDepotDimension = 4000
	// depotRows go into one statement, of at most 65,535 parameters.
	depotRows = 200
	// depotLockTimeout is how long vectors wait for a table, such as while its index is made. Then they stay in memory.
	depotLockTimeout = 2 * time.Second
)

// Depot opens the depot of a store that is in PostgreSQL. Where the extension is missing the error is ErrNoPgvector.
// Close it before the Store.
func (s *Store) Depot(ctx context.Context, logger *slog.Logger) (*Depot, error) {
	if s.pg == nil {
		return nil, fmt.Errorf("%w: it is a file", ErrNoPgvector)
	}
	h := &Depot{db: s.pg.open(depotConnections+1, newGuard(s.pg.name)), logger: logger, exactWithin: exactWithin,
		every: tendEvery, live: map[weak.Pointer[rag.Block]]depotPlace{}, indexed: map[int]bool{}}
	ctx, cancel := context.WithTimeout(ctx, openTimeout)
	defer cancel()
	err := within(ctx, h.db, nil, func(tx *sql.Tx) (err error) { // as a writer it waits for others that begin
		if h.schema, err = findPgvector(ctx, tx, s.pg.config.Database); err != nil {
			return err
		}
		return h.makeTables(ctx, tx)
	})
	if err == nil {
		err = h.findIndexes(ctx)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("%s: %w", s.pg.name, err), h.db.Close())
	}
	return h, nil
}

// Close gives its connections back.
func (h *Depot) Close() error { return h.db.Close() }

// makeTables makes what is missing. It is no migration: there is nothing in it that cannot be made again, so that it is
// neither copied nor backed up, and a database without the extension has none of it.
func (h *Depot) makeTables(ctx context.Context, tx *sql.Tx) error {
	_, err := tx.ExecContext(ctx, `
CREATE TABLE IF NOT EXISTS depot_models (
	id INT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	name TEXT NOT NULL, dimension INT NOT NULL, UNIQUE (name, dimension));
CREATE TABLE IF NOT EXISTS depot_blocks (
	id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	model INT NOT NULL REFERENCES depot_models, server TEXT NOT NULL, key BYTEA NOT NULL,
	paragraphs INT NOT NULL, vectors INT NOT NULL,
	layout BYTEA, -- the paragraph of each vector; NULL where each paragraph has one
	unused TIMESTAMPTZ DEFAULT now(), -- since when nobody uses it; NULL: somebody does
	seen TIMESTAMPTZ NOT NULL DEFAULT now(), -- in use, about
	UNIQUE (model, server, key));
CREATE TABLE IF NOT EXISTS depot_vectors (
	block BIGINT NOT NULL REFERENCES depot_blocks ON DELETE CASCADE,
	paragraph INT NOT NULL, piece INT NOT NULL, model INT NOT NULL,
	near `+h.schema+`.halfvec NOT NULL, exact BYTEA NOT NULL, sum BIGINT NOT NULL,
	PRIMARY KEY (block, paragraph, piece))`)
	return err
}

// change runs a change of the depot alone: it waits for no writer of the store, and is on the disk when it returns.
func (h *Depot) change(ctx context.Context, change func(tx *sql.Tx) error) error {
	return changeDepot(ctx, h.db, change)
}

func changeDepot(ctx context.Context, db *sql.DB, change func(tx *sql.Tx) error) error {
	return within(ctx, db, &sql.TxOptions{Isolation: levelLight}, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("SET LOCAL synchronous_commit = on; SET LOCAL lock_timeout = %d",
			depotLockTimeout.Milliseconds())); err != nil {
			return err
		}
		return change(tx)
	})
}

// droppedSince stands where a block may not be used any more, whoever has it.
const droppedSince = "'-infinity'"

// dropFromDepot notes that a server's own vectors are to leave, if there ever was a depot. They are not deleted here:
// that would wait for an index that is being made, and all writers with it.
func (s *Store) dropFromDepot(ctx context.Context, tx *sql.Tx, server string) (noted bool, err error) {
	if s.pg == nil || server == "" {
		return false, nil
	}
	if there, err := hasTable(ctx, tx, "depot_blocks"); err != nil || !there {
		return false, err
	}
	_, err = tx.ExecContext(ctx, "UPDATE depot_blocks SET unused = "+droppedSince+" WHERE server = ?", server)
	return true, err
}

// emptyDepot deletes what was dropped. Where that has to wait, the depot's own tending does it.
func (s *Store) emptyDepot(ctx context.Context) {
	_ = changeDepot(ctx, s.write, func(tx *sql.Tx) error { // see above
		_, err := tx.ExecContext(ctx, "DELETE FROM depot_blocks WHERE unused = "+droppedSince)
		return err
	})
}
