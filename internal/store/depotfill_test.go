package store

import (
	"bufio"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
	"pilcrow/internal/store/storetest"
)

const (
	fillDir    = "PILCROW_STORE_TEST_FILL" // a process with this set fills the depot of the folder until it is killed
	fillRounds = 6
	fillRows   = depotRows + 50 // more than one statement of each block
)

// fillBlock is what a document has that is brought into a depot.
func fillBlock(n int) (*rag.Block, error) {
	r := rand.New(rand.NewPCG(uint64(n), 7))
	paragraph, vectors := make([]int32, fillRows), make([][]float32, fillRows)
	for i := range vectors {
		paragraph[i], vectors[i] = int32(i/2), ragtest.RandomVector(r, 8)
	}
	return rag.NewBlock(fillRows/2, paragraph, vectors)
}

// fillForever brings block after block into the depot, and prints the number of each that is there.
func fillForever(dir, first string) error {
	n, err := strconv.Atoi(first)
	if err != nil {
		return err
	}
	ctx := context.Background()
	s, err := Config{URL: os.Getenv(childURL)}.Open(dir)
	if err != nil {
		return err
	}
	h, err := s.Depot(ctx, slog.New(slog.DiscardHandler))
	if err != nil {
		return err
	}
	for ; ; n++ {
		b, err := fillBlock(n)
		if err != nil {
			return err
		}
		if _, err := h.Keep(ctx, "m", depotKey(n), b); err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// A process that fills the depot is killed again and again: what it was told is there is there, to the bit, each
// block as a whole or not at all, and the next process goes on.
func TestKilledWhileFilling(t *testing.T) {
	dir := t.TempDir()
	h := openDepot(t, dir)
	next := 0
	for range fillRounds {
		child := exec.CommandContext(t.Context(), os.Args[0])
		child.Env = append(os.Environ(), fillDir+"="+t.TempDir(), childFirst+"="+strconv.Itoa(next),
			childURL+"="+storetest.URL(t, dir))
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err == nil {
			err = child.Start()
		}
		if err != nil {
			t.Fatal(err)
		}
		killAt := next + 1 + rand.IntN(12)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			n, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatalf("the child wrote %q", lines.Text())
			}
			if next = n + 1; next == killAt {
				kill(t, child)
			}
		}
		if err := child.Wait(); err == nil {
			t.Fatal("the child ended by itself")
		}
		wholeBlocks(t, h, next)
	}
	if next < fillRounds {
		t.Errorf("%d blocks in %d rounds", next, fillRounds)
	}
}

// wholeBlocks checks that those blocks are there as they were made, and nothing in parts.
func wholeBlocks(t *testing.T, h *Depot, count int) {
	t.Helper()
	var parts int
	if err := h.db.QueryRowContext(t.Context(), "SELECT count(*) FROM depot_blocks b WHERE vectors <> "+
		"(SELECT count(*) FROM depot_vectors v WHERE v.block = b.id)").Scan(&parts); err != nil ||
		parts != 0 {
		t.Fatalf("%d blocks are there in part, %v", parts, err)
	}
	keys := make([]rag.BlockKey, count)
	for n := range keys {
		keys[n] = depotKey(n)
	}
	kept, err := h.Kept(t.Context(), "m", keys)
	if err != nil {
		t.Fatal(err)
	}
	for n, b := range kept {
		want, err := fillBlock(n)
		if err != nil {
			t.Fatal(err)
		}
		if b == nil {
			t.Fatalf("block %d is not there", n)
		}
		if got, err := h.Take(t.Context(), b); err != nil || !ragtest.SameRows(got, want) {
			t.Fatalf("block %d is another, %v", n, err)
		}
	}
}

// Processes that load the same documents at once keep each once, whichever comes first.
func TestSeveralFill(t *testing.T) {
	const processes, count = 3, 20
	dir := t.TempDir()
	openDepot(t, dir) // or it is skipped
	depots := make([]*Depot, processes)
	var work sync.WaitGroup
	for i := range depots {
		work.Go(func() {
			s, err := Config{URL: storetest.URL(t, dir)}.Open(t.TempDir())
			if err != nil {
				t.Error(err)
				return
			}
			t.Cleanup(func() { _ = s.Close() })
			h, err := s.Depot(t.Context(), slog.New(slog.DiscardHandler))
			if err != nil {
				t.Error(err)
				return
			}
			t.Cleanup(func() { _ = h.Close() })
			depots[i] = h
		})
	}
	work.Wait()
	places := make([][count]int64, processes)
	for i, h := range depots {
		if h == nil {
			t.Fatal("a depot is not open")
		}
		work.Go(func() {
			for k := range count {
				n := (k + i*count/processes) % count // each begins elsewhere
				b, err := fillBlock(n)
				if err != nil {
					t.Error(err)
					return
				}
				kept, err := h.Keep(t.Context(), "m", depotKey(n), b)
				if err != nil {
					t.Error(err)
					return
				}
				places[i][n] = kept.Place()
			}
		})
	}
	work.Wait()
	for i := range places {
		if places[i] != places[0] {
			t.Errorf("kept at %v, and at %v", places[0], places[i])
		}
	}
	if blocks, vectors := blocksLeft(t, depots[0]); blocks != count || vectors != count*fillRows {
		t.Errorf("%d blocks with %d vectors are there", blocks, vectors)
	}
	wholeBlocks(t, depots[0], count)
}

// What a model's name stands for may change, and its dimension with it: what was kept last counts, and each is
// searched.
func TestDepotChangedDimension(t *testing.T) {
	dir := t.TempDir()
	openDepot(t, dir) // or it is skipped
	address := storetest.URL(t, dir) + "&enable_indexscan=off&enable_bitmapscan=off"
	h := openDepotAt(t, t.TempDir(), address) // it reads rows in the order in which they were written
	key := depotKey(1)
	var all []*rag.Block
	for _, dimension := range []int{6, 9} {
		b := ragtest.RandomBlocks(t, 3, 40, dimension)[0]
		if _, err := h.Keep(t.Context(), "m", key, b); err != nil {
			t.Fatal(err)
		}
		kept, err := h.Kept(t.Context(), "m", []rag.BlockKey{key, key})
		if err != nil || kept[0] == nil || kept[1] == nil || kept[0].Dimension() != dimension ||
			kept[0].Place() != kept[1].Place() {
			t.Fatalf("of %d dimensions there are %v, %v", dimension, kept, err)
		}
		all = append(all, kept[0])
		if got, err := h.Take(t.Context(), kept[0]); err != nil || !ragtest.SameRows(got, b) {
			t.Errorf("of %d dimensions: %v", dimension, err)
		}
	}
	// Whichever was written last.
	tend(t, h)
	if err := h.Leave(t.Context(), all[:1]); err != nil {
		t.Fatal(err)
	}
	if kept, err := h.Kept(t.Context(), "m", []rag.BlockKey{key}); err != nil || kept[0] == nil ||
		kept[0].Dimension() != 9 {
		t.Errorf("when the first is touched again, there are %v, %v", kept, err)
	}
}
