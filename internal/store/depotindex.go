package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

const (
	// How the graph is made: more than pgvector's own 16 and 64, with which .944 of the ten nearest were found at most.
	graphLinks = 24
	graphBuild = 200
	buildTime  = 6 * time.Hour
	buildBytes = 1 << 30 // maintenance_work_mem at most: a graph that does not fit is made several times as slowly
)

// ready reports whether a model's vectors have an index.
func (h *Depot) ready(model int) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.indexed[model]
}

func indexName(model int) string { return fmt.Sprintf("depot_nearest_%d", model) }

// findIndexes finds out which models have an index.
func (h *Depot) findIndexes(ctx context.Context) error {
	rows, err := h.db.QueryContext(ctx, "SELECT m.id FROM depot_models m JOIN pg_catalog.pg_indexes i ON i.schemaname = "+
		"current_schema() AND i.indexname = 'depot_nearest_' || m.id")
	if err != nil {
		return err
	}
	defer rows.Close()
	found := map[int]bool{}
	for rows.Next() {
		var model int
		if err := rows.Scan(&model); err != nil {
			return err
		}
		found[model] = true
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.indexed = found
	return rows.Err()
}

// index makes the index of a model where there is none and one by one is too slow. Meanwhile they are compared one by
// one, and what is new stays in memory.
func (h *Depot) index(ctx context.Context, model int) error {
	if err := h.findIndexes(ctx); err != nil || h.ready(model) {
		return err
	}
	var vectors int64
	var dimension int
	if err := h.db.QueryRowContext(ctx, "SELECT (SELECT coalesce(sum(vectors), 0) FROM depot_blocks WHERE model = ?1), "+
		"dimension FROM depot_models WHERE id = ?1", model).Scan(&vectors, &dimension); err != nil {
		return err
	}
	if vectors <= int64(h.exactWithin) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, buildTime)
	defer cancel()
	began := time.Now()
	h.logger.InfoContext(ctx, "the index of vectors is being made", "vectors", vectors)
	err := h.makeIndex(ctx, model, dimension, vectors, "")
	if err != nil && ctx.Err() == nil { // several workers need shared memory, which a container may have too little of
		err = h.makeIndex(ctx, model, dimension, vectors, "SET LOCAL max_parallel_maintenance_workers = 0; ")
	}
	if err != nil {
		return fmt.Errorf("make the index of %d vectors: %w", vectors, err)
	}
	if err := h.findIndexes(ctx); err == nil && h.ready(model) {
		h.logger.InfoContext(ctx, "the index of vectors is made", "vectors", vectors, "took",
			time.Since(began).Round(time.Second))
	}
	_, err = h.db.ExecContext(ctx, "ANALYZE depot_vectors") // the planner knows nothing of it otherwise
	return err
}

// makeIndex makes the index of a model, unless another process is at it.
func (h *Depot) makeIndex(ctx context.Context, model, dimension int, vectors int64, settings string) error {
	bytes := min(max(vectors*int64(2*dimension+40*graphLinks+400), 64<<20), buildBytes)
	return within(ctx, h.db, &sql.TxOptions{Isolation: levelLight}, func(tx *sql.Tx) error {
		var mine bool
		if err := tx.QueryRowContext(ctx, fmt.Sprintf("SELECT pg_try_advisory_xact_lock(%d, hashtext(current_schema() || "+
			"'%s'))", pgLockClass, indexName(model))).Scan(&mine); err != nil || !mine {
			return err
		}
		_, err := tx.ExecContext(
			ctx,
			fmt.Sprintf("SET LOCAL statement_timeout = 0; SET LOCAL maintenance_work_mem = '%dkB'; "+
				"%sCREATE INDEX IF NOT EXISTS %s ON depot_vectors USING hnsw ((%s) %s.halfvec_ip_ops) WITH (m = %d, "+
				"ef_construction = %d) WHERE model = %d", bytes>>10, settings, indexName(model), h.indexedExpression(dimension),
				h.schema, graphLinks, graphBuild, model),
		)
		return err
	})
}
