package store

import (
	"context"
	"database/sql"
	"runtime"
	"testing"
	"time"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

func pass(t *testing.T, h *Depot, time string) {
	t.Helper()
	if _, err := h.db.ExecContext(t.Context(), "UPDATE depot_blocks SET unused = unused - interval '"+time+
		"', seen = seen - interval '"+time+"'"); err != nil {
		t.Fatal(err)
	}
}

func tend(t *testing.T, h *Depot) {
	t.Helper()
	if err := h.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// TestDepotRemoves has what is left go after a while, unless another process uses it, and what nobody has seen for
// long.
func TestDepotRemoves(t *testing.T) {
	dir := t.TempDir()
	one, two := openDepot(t, dir), openDepot(t, dir)
	blocks := ragtest.RandomBlocks(t, 1, 120, 8)
	kept := keepAll(t, one, "m", blocks)
	expect := func(when string, want int) {
		t.Helper()
		if got, _ := blocksLeft(t, one); got != want {
			t.Errorf("%s %d blocks are there, want %d", when, got, want)
		}
	}
	tend(t, one)
	pass(t, one, "11 minutes")
	tend(t, two)
	expect("while they are used", 3)
	// The second process has the first two, too; the first leaves all.
	others, err := two.Kept(t.Context(), "m", []rag.BlockKey{depotKey(0), depotKey(1)})
	if err != nil || others[0] == nil || others[1] == nil {
		t.Fatal(others, err)
	}
	if err := one.Leave(t.Context(), kept); err != nil {
		t.Fatal(err)
	}
	forget(t, one, &kept)
	tend(t, two)
	pass(t, one, "9 minutes")
	tend(t, one)
	expect("before their time", 3)
	pass(t, one, "2 minutes")
	tend(t, one)
	expect("when one is used by nobody", 2)
	if _, vectors := blocksLeft(t, one); vectors != others[0].Len()+others[1].Len() {
		t.Errorf("%d vectors are there of %d", vectors, others[0].Len()+others[1].Len())
	}
	// A process that ends says nothing; one that starts again finds all.
	forget(t, two, &others)
	pass(t, one, "20 days")
	tend(t, one)
	expect("after a long rest", 2)
	others, err = two.Kept(t.Context(), "m", []rag.BlockKey{depotKey(0), depotKey(1)})
	if err != nil || others[0] == nil {
		t.Fatal(others, err)
	}
	forget(t, two, &others)
	pass(t, one, "40 days")
	tend(t, one)
	expect("after forty days", 0)
	runtime.KeepAlive(blocks)
}

// forget has the process lose its blocks.
func forget(t *testing.T, h *Depot, blocks *[]*rag.Block) {
	t.Helper()
	*blocks = nil
	for began := time.Now(); ; runtime.GC() {
		h.mu.Lock()
		n := len(h.live)
		h.mu.Unlock()
		if n == 0 {
			return
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("%d blocks are in use", n)
		}
	}
}

// TestDepotNotesBesideIndex says which vectors are used while the index is made, which takes hours: another process
// would remove them.
func TestDepotNotesBesideIndex(t *testing.T) {
	h := openDepot(t, t.TempDir())
	h.exactWithin, h.every = 0, 10*time.Millisecond
	kept := keepAll(t, h, "m", ragtest.RandomBlocks(t, 1, 80, 8))
	writing, err := h.db.BeginTx(t.Context(), &sql.TxOptions{Isolation: levelLight})
	if err == nil {
		_, err = writing.Exec("LOCK TABLE depot_vectors IN ROW EXCLUSIVE MODE") // CREATE INDEX waits for it
	}
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { h.Run(ctx); close(ended) }()
	eventually(t, "the index is being made", func() bool {
		return count(t, h, "SELECT count(*) FROM pg_locks WHERE NOT "+
			"granted AND relation = CAST('depot_vectors' AS regclass)") > 0
	})
	if _, err := h.db.ExecContext(t.Context(), "UPDATE depot_blocks SET unused = now()"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "they are used", func() bool {
		return count(t, h, "SELECT count(*) FROM depot_blocks WHERE unused IS NOT NULL") == 0
	})
	if err := writing.Rollback(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the index is made", func() bool { return h.Status().Indexed })
	cancel()
	<-ended
	runtime.KeepAlive(kept)
}

func eventually(t *testing.T, what string, is func() bool) {
	t.Helper()
	for began := time.Now(); !is(); time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > time.Minute {
			t.Fatal("not yet: " + what)
		}
	}
}

func count(t *testing.T, h *Depot, query string) (n int) {
	t.Helper()
	if err := h.db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// TestDepotTells says of documents whose vectors are gone that they are.
func TestDepotTells(t *testing.T) {
	h := openDepot(t, t.TempDir())
	kept := keepAll(t, h, "m", ragtest.RandomBlocks(t, 1, 80, 8))
	if _, err := h.db.ExecContext(t.Context(), "DELETE FROM depot_blocks WHERE id = ?", kept[0].Place()); err != nil {
		t.Fatal(err)
	}
	tend(t, h)
	if s := h.Status(); s.Lost != 1 || s.Vectors != kept[1].Len() {
		t.Errorf("the status is %+v", s)
	}
	if _, err := h.Take(t.Context(), kept[0]); err == nil {
		t.Error("what is gone was fetched")
	}
	runtime.KeepAlive(kept)
}

// TestDepotMissesNothingUnused says nothing of vectors that are gone of an edition that is gone, too.
func TestDepotMissesNothingUnused(t *testing.T) {
	h := openDepot(t, t.TempDir())
	kept := keepAll(t, h, "m", ragtest.RandomBlocks(t, 1, 80, 8))
	if _, err := h.db.ExecContext(t.Context(), "DELETE FROM depot_blocks WHERE id = ?", kept[0].Place()); err != nil {
		t.Fatal(err)
	}
	left := kept[1]
	kept[0] = nil
	tend(t, h)
	if s := h.Status(); s.Lost != 0 || s.Vectors != left.Len() {
		t.Errorf("the status is %+v", s)
	}
	runtime.KeepAlive(left)
}
