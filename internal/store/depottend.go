package store

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"sync"
	"time"
)

const (
	tendEvery = time.Minute
	// unusedFor is how long a block stays that nobody says to use: longer than a question, a load and a process that
	// starts take together.
	unusedFor = 10 * time.Minute
	// unseenFor is how long the blocks of an edition stay that no process has loaded, and of a process that ended before
	// it could say that a document has gone.
	unseenFor = 30 * 24 * time.Hour
	seenEvery = time.Hour
)

// DepotStatus is how the vectors in the database are searched.
type DepotStatus struct {
	Vectors int  // that are used by this process
	Indexed bool // by an index; else one by one
	// Recall is which share of the ten nearest the index finds of the vectors that were looked for, Samples.
	Recall  float64
	Samples int
	Lost    int // documents whose vectors are not there any more: they are found by their words
}

// Status is as Run last saw it.
func (h *Depot) Status() DepotStatus {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.status
}

// Run says every minute which vectors are used, and removes those that nobody uses. Beside it, since that takes long,
// it makes the index when there are so many that it is needed, and samples it. It ends with ctx.
func (h *Depot) Run(ctx context.Context) {
	var running sync.WaitGroup
	running.Go(func() { h.everyMinute(ctx, h.note) })
	h.everyMinute(ctx, h.serve)
	running.Wait()
}

func (h *Depot) everyMinute(ctx context.Context, do func(context.Context) error) {
	tick := time.NewTicker(h.every)
	defer tick.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			h.logger.WarnContext(ctx, "the vectors in the database could not be looked after", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// Tend does once what Run does.
func (h *Depot) Tend(ctx context.Context) error {
	if err := h.note(ctx); err != nil {
		return err
	}
	return h.serve(ctx)
}

// note says which vectors are used, and removes those that nobody uses.
func (h *Depot) note(ctx context.Context) error {
	used := h.used()
	s, err := h.useAll(ctx, used)
	if err == nil && s.Lost > 0 { // what nobody has any more is not missed
		runtime.GC()
		used = h.used()
		s, err = h.useAll(ctx, used)
	}
	if err != nil {
		return err
	}
	if s.Lost > h.Status().Lost {
		h.logger.WarnContext(ctx, "vectors of documents in use are not in the database any more: they are found by their "+
			"words; start the bot again", "documents", s.Lost)
	}
	h.mu.Lock()
	h.status.Vectors, h.status.Lost = s.Vectors, s.Lost
	h.mu.Unlock()
	return h.remove(ctx)
}

// serve makes the index of each model in use that has so many vectors that it is needed, and samples it once.
func (h *Depot) serve(ctx context.Context) error {
	used := h.used()
	for _, model := range slices.Sorted(maps.Keys(used)) {
		if err := h.index(ctx, model); err != nil {
			return err
		}
	}
	h.mu.Lock()
	h.status.Indexed = false
	for model := range used {
		h.status.Indexed = h.status.Indexed || h.indexed[model]
	}
	sampled := h.status.Samples > 0 || time.Since(h.gaveUp) < sampleAgain
	h.mu.Unlock()
	for model := range used {
		if h.ready(model) && !sampled {
			if err := h.sampleRecall(ctx, model, used[model]); err != nil {
				return err
			}
		}
	}
	return nil
}

// used are the blocks that somebody in this process has, by model, each once.
func (h *Depot) used() map[int][]int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	used := map[int][]int64{}
	for block, place := range h.live {
		if block.Value() != nil {
			used[place.model] = append(used[place.model], place.block)
		}
	}
	for model, blocks := range used {
		slices.Sort(blocks)
		used[model] = slices.Compact(blocks)
	}
	return used
}

// useAll notes that blocks are used, and says how many vectors they have, and how many are not there.
func (h *Depot) useAll(ctx context.Context, used map[int][]int64) (s DepotStatus, err error) {
	for _, model := range slices.Sorted(maps.Keys(used)) {
		vectors, there, err := h.use(ctx, used[model])
		if err != nil {
			return s, err
		}
		s.Vectors += vectors
		s.Lost += len(used[model]) - there
	}
	return s, nil
}

// use notes that blocks are used, and says how many are there, and their vectors.
func (h *Depot) use(ctx context.Context, blocks []int64) (vectors, there int, err error) {
	err = h.change(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf("UPDATE depot_blocks SET unused = NULL, seen = now() WHERE id = "+
			"ANY(CAST(? AS bigint[])) AND unused IS DISTINCT FROM %s AND (unused IS NOT NULL OR seen < now() - "+
			"interval '%d seconds')", droppedSince, int(seenEvery.Seconds())), pgArray(blocks)); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, "SELECT count(*), coalesce(sum(vectors), 0) FROM depot_blocks WHERE id = "+
			"ANY(CAST(? AS bigint[]))", pgArray(blocks)).Scan(&there, &vectors)
	})
	return vectors, there, err
}

// remove takes away what nobody uses.
func (h *Depot) remove(ctx context.Context) error {
	return h.change(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, fmt.Sprintf("DELETE FROM depot_blocks WHERE unused < now() - interval '%d seconds' OR "+
			"seen < now() - interval '%d seconds'", int(unusedFor.Seconds()), int(unseenFor.Seconds())))
		return err
	})
}
