package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

const (
	// recallSamples vectors are looked for in the index and one by one, with the ten nearest of each.
	recallSamples = 20
	recallAt      = 10
	recallTimeout = 5 * time.Minute
	sampleAgain   = 24 * time.Hour // after a try that took longer: each reads all vectors
)

// sampleRecall looks for the nearest of some vectors of blocks of a model with the index, and one by one.
func (h *Depot) sampleRecall(ctx context.Context, model int, blocks []int64) error {
	ctx, cancel := context.WithTimeout(ctx, recallTimeout)
	defer cancel()
	defer func() {
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			h.mu.Lock()
			h.gaveUp = time.Now()
			h.mu.Unlock()
		}
	}()
	var dimension int
	if err := h.db.QueryRowContext(ctx, "SELECT dimension FROM depot_models WHERE id = ?", model).
		Scan(&dimension); err != nil {
		return err
	}
	found, all, samples := 0, 0, 0
	for range recallSamples {
		var question string
		block := blocks[rand.IntN(len(blocks))] //nolint:gosec // a sample
		err := h.db.QueryRowContext(ctx, "SELECT near FROM depot_vectors WHERE block = ? ORDER BY random() LIMIT 1",
			block).Scan(&question)
		if errors.Is(err, sql.ErrNoRows) { // it is gone
			continue
		}
		if err != nil {
			return err
		}
		want, err := h.tenNearest(ctx, model, dimension, question, false)
		if err != nil {
			return err
		}
		got, err := h.tenNearest(ctx, model, dimension, question, true)
		if err != nil {
			return err
		}
		samples++
		for _, v := range want {
			if all++; slices.Contains(got, v) {
				found++
			}
		}
	}
	if all == 0 {
		return nil
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.status.Recall, h.status.Samples = float64(found)/float64(all), samples
	return nil
}

// tenNearest are the vectors that are nearest to another one, without the nearest of all, which is that one.
func (h *Depot) tenNearest(ctx context.Context, model, dimension int, question string, indexed bool) (near []string,
	err error) {
	err = within(ctx, h.db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error {
		settings := []string{"SET LOCAL enable_indexscan = off", "SET LOCAL enable_bitmapscan = off"}
		if indexed {
			settings = []string{fmt.Sprintf("SET LOCAL hnsw.ef_search = %d", efSearch), "SET LOCAL enable_seqscan = off",
				"SET LOCAL enable_sort = off"}
		}
		if _, err := tx.ExecContext(ctx, strings.Join(settings, "; ")); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, fmt.Sprintf("SELECT block || '/' || paragraph || '/' || piece FROM depot_vectors "+
			"WHERE model = %d ORDER BY %s LIMIT %d", model, h.distance(dimension, "?"), recallAt+1), question)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var one string
			if err := rows.Scan(&one); err != nil {
				return err
			}
			near = append(near, one)
		}
		return rows.Err()
	})
	return near[min(1, len(near)):], err
}
