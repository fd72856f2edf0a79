package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"runtime"
	"slices"
	"testing"
	"time"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
	"pilcrow/internal/store/storetest"
)

// openDepot opens the depot of the store that belongs to the folder.
func openDepot(t testing.TB, dir string) *Depot {
	t.Helper()
	address := storetest.URL(t, dir)
	if address == "" {
		t.Skip("there is no PostgreSQL: " + storetest.Env + " names none")
	}
	return openDepotAt(t, dir, address)
}

// openDepotAt opens it at an address.
func openDepotAt(t testing.TB, dir, address string) *Depot {
	t.Helper()
	s, err := Config{URL: address}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	h, err := s.Depot(t.Context(), slog.New(slog.DiscardHandler))
	if errors.Is(err, ErrNoPgvector) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

func TestDepot(t *testing.T) {
	openDepot(t, t.TempDir()) // or it is skipped, here and not in one of its parts
	ragtest.TestDepot(t, func(t *testing.T) rag.Depot { return openDepot(t, t.TempDir()) })
}

func depotKey(i int) rag.BlockKey {
	return rag.BlockKey{Texts: rag.TextsKey{byte(i), byte(i >> 8), byte(i >> 16)}}
}

// keepAll brings blocks into a depot.
func keepAll(t testing.TB, h *Depot, model string, blocks []*rag.Block) []*rag.Block {
	t.Helper()
	kept := make([]*rag.Block, len(blocks))
	for i, b := range blocks {
		var err error
		if kept[i], err = h.Keep(t.Context(), model, depotKey(i), b); err != nil {
			t.Fatal(err)
		}
	}
	return kept
}

// blocksLeft is how many blocks are in the depot, and vectors.
func blocksLeft(t *testing.T, h *Depot) (blocks, vectors int) {
	t.Helper()
	if err := h.db.QueryRowContext(t.Context(), "SELECT (SELECT count(*) FROM depot_blocks), (SELECT count(*) FROM "+
		"depot_vectors)").Scan(&blocks, &vectors); err != nil {
		t.Fatal(err)
	}
	return blocks, vectors
}

// TestDepotDamaged scores nothing by a vector that does not match its checksum.
func TestDepotDamaged(t *testing.T) {
	h := openDepot(t, t.TempDir())
	kept := keepAll(t, h, "m", ragtest.RandomBlocks(t, 1, 10, 8))
	if _, err := h.db.ExecContext(t.Context(), "UPDATE depot_vectors SET exact = "+
		"set_byte(exact, 2, get_byte(exact, 2) # 64) "+
		"WHERE paragraph = 3"); err != nil {
		t.Fatal(err)
	}
	scores := slices.Repeat([]float32{-9}, 10)
	asked := rag.Scoring{Question: []float32{1, 0, 0, 0, 0, 0, 0, 0}, Nearest: 10}
	if _, err := searcher(t, h, kept).Score(t.Context(), asked, scores); err != nil {
		t.Fatal(err)
	}
	for p, c := range scores {
		if (c == -9) != (p == 3) {
			t.Errorf("paragraph %d scores %v", p, c)
		}
	}
	if _, err := h.Take(t.Context(), kept[0]); !errors.Is(err, rag.ErrBadVector) {
		t.Errorf("a damaged vector was fetched: %v", err)
	}
}

// TestDepotAway says of a database that is gone that it is away, and of a canceled question that it was canceled.
func TestDepotAway(t *testing.T) {
	h := openDepot(t, t.TempDir())
	kept := keepAll(t, h, "m", ragtest.RandomBlocks(t, 1, 10, 8))
	s := searcher(t, h, kept)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	asked := rag.Scoring{Question: []float32{1, 0, 0, 0, 0, 0, 0, 0}, Nearest: 3}
	if _, err := s.Score(ctx, asked, make([]float32, 10)); !errors.Is(err, context.Canceled) ||
		errors.Is(err, rag.ErrAway) {
		t.Errorf("canceled: %v", err)
	}
	if _, err := h.db.ExecContext(t.Context(), "ALTER TABLE depot_vectors RENAME TO elsewhere"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Score(t.Context(), asked, make([]float32, 10)); !errors.Is(err, rag.ErrAway) {
		t.Errorf("without the table: %v", err)
	}
}

// TestDepotCutOff has the server go away in the middle of a question, which is told as that, and come back.
func TestDepotCutOff(t *testing.T) {
	dir := t.TempDir()
	address := storetest.URL(t, dir)
	if address == "" {
		t.Skip("there is no PostgreSQL: " + storetest.Env + " names none")
	}
	w, through := storetest.NewWire(t, address)
	h := openDepotAt(t, dir, through)
	blocks := ragtest.RandomBlocks(t, 1, 10, 8)
	s := searcher(t, h, keepAll(t, h, "m", blocks))
	asked := rag.Scoring{Question: []float32{1, 0, 0, 0, 0, 0, 0, 0}, Nearest: 3}
	for range 2 {
		if _, err := s.Score(t.Context(), asked, make([]float32, 10)); err != nil {
			t.Fatal(err)
		}
		cut := asked
		cut.Wanted = func() []int { // the nearest are known by now, and not compared yet
			w.Cut()
			return []int{1, 2}
		}
		if _, err := s.Score(t.Context(), cut, make([]float32, 10)); !errors.Is(err, rag.ErrAway) {
			t.Errorf("in the middle: %v", err)
		}
		if _, err := s.Score(t.Context(), asked, make([]float32, 10)); !errors.Is(err, rag.ErrAway) {
			t.Errorf("after it: %v", err)
		}
		if _, err := h.Keep(t.Context(), "m", depotKey(7), blocks[0]); err == nil {
			t.Error("vectors were kept nowhere")
		}
		w.Mend()
	}
}

// TestDepotNothingZero keeps no vector that pgvector would not find: of length 0, as half precision may round what is
// small.
func TestDepotNothingZero(t *testing.T) {
	h := openDepot(t, t.TempDir())
	const tiny = 1e-30
	vectors := [][]float32{{1, tiny, -tiny, 1e-42}, {tiny, tiny, tiny, tiny}, {1e-42, 0, 0, 0}, {-3, 1e-8, 0, 6e4}}
	b, err := rag.NewBlock(len(vectors), []int32{0, 1, 2, 3}, vectors)
	if err != nil {
		t.Fatal(err)
	}
	kept := keepAll(t, h, "m", []*rag.Block{b})
	var zero, all int
	if err := h.db.QueryRowContext(t.Context(), "SELECT count(*) FILTER (WHERE NOT "+h.schema+".l2_norm(near) > .99), "+
		"count(*) FROM depot_vectors").Scan(&zero, &all); err != nil || zero != 0 || all != len(vectors) {
		t.Errorf("%d of %d vectors have no direction, %v", zero, all, err)
	}
	scores := slices.Repeat([]float32{-9}, len(vectors))
	if _, err := searcher(t, h, kept).Score(t.Context(), rag.Scoring{Question: []float32{1, 0, 0, 0}, Nearest: 4},
		scores); err != nil || slices.Contains(scores, -9) {
		t.Errorf("the scores are %v, %v", scores, err)
	}
	if _, err := rag.NewBlock(1, []int32{0}, [][]float32{{0, 0, 0, 0}}); !errors.Is(err, rag.ErrBadVector) {
		t.Errorf("a vector without a direction: %v", err)
	}
}

// TestDepotTies finds the nearest though half precision does not tell it from others.
func TestDepotTies(t *testing.T) {
	h := openDepot(t, t.TempDir())
	const near, far = 8, 20
	var vectors [][]float32
	for i := range near {
		vectors = append(vectors, []float32{1, 1e-4 * float32(near-i)}) // the last is the nearest
	}
	for i := range far {
		vectors = append(vectors, []float32{-1, float32(i)})
	}
	paragraph := make([]int32, len(vectors))
	for i := range paragraph {
		paragraph[i] = int32(i)
	}
	b, err := rag.NewBlock(len(vectors), paragraph, vectors)
	if err != nil {
		t.Fatal(err)
	}
	scores := slices.Repeat([]float32{-9}, len(vectors))
	if _, err := searcher(t, h, keepAll(t, h, "m", []*rag.Block{b})).Score(t.Context(),
		rag.Scoring{Question: []float32{1, 0}, Nearest: 1}, scores); err != nil || scores[near-1] == -9 {
		t.Errorf("the scores are %v, %v", scores, err)
	}
}

// TestDropServerEmptiesDepot removes what a server has with the server, and nobody else's.
func TestDropServerEmptiesDepot(t *testing.T) {
	dir := t.TempDir()
	h := openDepot(t, dir)
	b := ragtest.RandomBlocks(t, 1, 10, 8)[0]
	for _, server := range []string{"", "7", `8"\`} {
		if _, err := h.Keep(t.Context(), "m", rag.BlockKey{Server: server}, b); err != nil {
			t.Fatal(err)
		}
	}
	if all, err := h.Kept(t.Context(), "m", []rag.BlockKey{{Server: `8"\`}}); err != nil || all[0] == nil {
		t.Errorf("found %v, %v", all, err)
	}
	s, err := Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.DropServer(t.Context(), "7"); err != nil {
		t.Fatal(err)
	}
	left, err := h.Kept(t.Context(), "m", []rag.BlockKey{{Server: "7"}, {}, {Server: `8"\`}})
	if err != nil || left[0] != nil || left[1] == nil || left[2] == nil {
		t.Errorf("left are %v, %v", left, err)
	}
	if _, vectors := blocksLeft(t, h); vectors != 2*b.Len() {
		t.Errorf("%d vectors are there", vectors)
	}
}

// TestDropServerWaitsForNoIndex lets a server go while the index is being made, and its vectors when that is done.
func TestDropServerWaitsForNoIndex(t *testing.T) {
	dir := t.TempDir()
	h := openDepot(t, dir)
	b := ragtest.RandomBlocks(t, 1, 10, 8)[0]
	own, err := h.Keep(t.Context(), "m", rag.BlockKey{Server: "7"}, b)
	if err != nil {
		t.Fatal(err)
	}
	making, err := h.db.BeginTx(t.Context(), &sql.TxOptions{Isolation: levelLight})
	if err == nil {
		_, err = making.Exec("LOCK TABLE depot_vectors IN SHARE MODE") // as CREATE INDEX does
	}
	if err != nil {
		t.Fatal(err)
	}
	s, err := Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	dropped := make(chan error, 1)
	go func() { dropped <- s.DropServer(t.Context(), "7") }()
	select {
	case err := <-dropped:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Minute):
		t.Error("it waits")
	}
	if err := making.Rollback(); err != nil {
		t.Fatal(err)
	}
	tend(t, h) // an edition has it still, and may not bring it back
	if blocks, vectors := blocksLeft(t, h); blocks != 0 || vectors != 0 {
		t.Errorf("%d blocks and %d vectors are there", blocks, vectors)
	}
	runtime.KeepAlive(own)
}
