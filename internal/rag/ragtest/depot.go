package ragtest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pilcrow/internal/rag"
)

// A Depot keeps blocks in memory: what leaves is gone at once. Make it with NewDepot.
type Depot struct {
	index rag.Index // searches what is kept, all of it

	mu     sync.Mutex
	kept   []*rag.Block // by place, from 1; nil: it left
	places map[depotKey]int64
	away   bool // all calls fail
}

type depotKey struct {
	model string
	key   rag.BlockKey
}

// NewDepot makes one that is searched with an index.
func NewDepot(index rag.Index) *Depot { return &Depot{index: index, places: map[depotKey]int64{}} }

// Len is how many blocks are on it.
func (s *Depot) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.places)
}

// SetAway lets it be reached, or not.
func (s *Depot) SetAway(away bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.away = away
}

func (s *Depot) reach(ctx context.Context) error {
	if s.away {
		return fmt.Errorf("%w: the depot is locked", rag.ErrAway)
	}
	return ctx.Err()
}

// Build implements rag.Depot.
func (s *Depot) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if _, err := rag.SameDimension(blocks); err != nil {
		return nil, err
	}
	here := make([]*rag.Block, len(blocks))
	for i, b := range blocks {
		here[i] = rag.BlockWithout(b.Paragraphs())
		if b.Place() == 0 {
			continue
		}
		var err error
		if here[i], err = s.Take(ctx, b); err != nil {
			return nil, err
		}
	}
	built, err := Some{s.index}.Build(ctx, here)
	return deposited{s, built}, err
}

type deposited struct {
	depot *Depot
	rag.Searcher
}

// Score implements rag.Searcher.
func (s deposited) Score(ctx context.Context, asked rag.Scoring, scores []float32) (rag.Scored, error) {
	s.depot.mu.Lock()
	err := s.depot.reach(ctx)
	s.depot.mu.Unlock()
	if err != nil {
		return rag.Scored{}, err
	}
	return s.Searcher.Score(ctx, asked, scores)
}

// Kept implements rag.Depot.
func (s *Depot) Kept(ctx context.Context, model string, keys []rag.BlockKey) ([]*rag.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.reach(ctx); err != nil {
		return nil, err
	}
	blocks := make([]*rag.Block, len(keys))
	for i, key := range keys {
		if place := s.places[depotKey{model, key}]; place != 0 {
			blocks[i] = s.at(place)
		}
	}
	return blocks, nil
}

// at is the block at a place.
func (s *Depot) at(place int64) *rag.Block {
	b := s.kept[place-1]
	paragraph := make([]int32, b.Len())
	for row := range paragraph {
		paragraph[row] = int32(b.Paragraph(row))
	}
	return rag.DepositedBlock(place, b.Paragraphs(), b.Dimension(), paragraph)
}

// Keep implements rag.Depot.
func (s *Depot) Keep(ctx context.Context, model string, key rag.BlockKey, b *rag.Block) (*rag.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.reach(ctx); err != nil {
		return nil, err
	}
	k := depotKey{model, key}
	if s.places[k] == 0 {
		s.kept = append(s.kept, b)
		s.places[k] = int64(len(s.kept))
	}
	return s.at(s.places[k]), nil
}

// Take implements rag.Depot.
func (s *Depot) Take(ctx context.Context, b *rag.Block) (*rag.Block, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.reach(ctx); err != nil {
		return nil, err
	}
	if kept := s.kept[b.Place()-1]; kept != nil {
		return kept, nil
	}
	return nil, errors.New("it is gone")
}

// Leave implements rag.Depot.
func (s *Depot) Leave(ctx context.Context, blocks []*rag.Block) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.reach(ctx); err != nil {
		return err
	}
	for _, b := range blocks {
		s.kept[b.Place()-1] = nil
		for k, place := range s.places {
			if place == b.Place() {
				delete(s.places, k)
			}
		}
	}
	return nil
}

// depositing is a depot as an index of blocks that are here: it keeps them first.
type depositing struct {
	rag.Depot
	keys *keys
}

type keys struct {
	mu   sync.Mutex
	next int
}

func (k *keys) key() (key rag.BlockKey) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.next++
	copy(key.Texts[:], fmt.Sprint(k.next))
	return key
}

// Build implements rag.Index.
func (s depositing) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	there := make([]*rag.Block, len(blocks))
	for i, b := range blocks {
		if b.Len() == 0 {
			there[i] = b
			continue
		}
		var err error
		if there[i], err = s.Keep(ctx, "m", s.keys.key(), b); err != nil {
			return nil, err
		}
	}
	return s.Depot.Build(ctx, there)
}

// TestDepot runs what every rag.Depot must do. When what is left goes is for the implementation's own tests.
func TestDepot(t *testing.T, open func(t *testing.T) rag.Depot) {
	TestIndex(t, func() rag.Index { return depositing{open(t), &keys{}} })
	t.Run("kept", func(t *testing.T) { testDeposited(t, open(t)) })
	t.Run("again", func(t *testing.T) { testKeepAgain(t, open(t)) })
	t.Run("of a server", func(t *testing.T) { testDepositedServers(t, open(t)) })
	t.Run("blocks of several models", func(t *testing.T) { testDepositedModels(t, open(t)) })
	t.Run("several keep the same", func(t *testing.T) { testKeepTogether(t, open(t)) })
}

// SameRows reports whether blocks have the same vectors, to the bit, of the same paragraphs.
func SameRows(a, b *rag.Block) bool {
	if a.Len() != b.Len() || a.Paragraphs() != b.Paragraphs() || a.Dimension() != b.Dimension() {
		return false
	}
	for row := range a.Len() {
		if a.Paragraph(row) != b.Paragraph(row) || !slices.Equal(a.Row(row), b.Row(row)) {
			return false
		}
	}
	return true
}

func testDeposited(t *testing.T, s rag.Depot) {
	key := textsKey
	blocks := RandomBlocks(t, 11, 90, 12)
	for i, b := range blocks {
		kept, err := s.Keep(t.Context(), "m", key(i), b)
		if err != nil {
			t.Fatal(err)
		}
		if kept.Place() == 0 || kept.Len() != b.Len() || kept.Paragraphs() != b.Paragraphs() || kept.Dimension() != 12 ||
			len(kept.Values()) != 0 {
			t.Fatalf("kept %d as %d rows of %d paragraphs at %d, %d values here", b.Len(), kept.Len(), kept.Paragraphs(),
				kept.Place(), len(kept.Values()))
		}
	}
	// In another order, with one that nobody kept, and of another model.
	found, err := s.Kept(t.Context(), "m", []rag.BlockKey{key(2), key(7), key(0)})
	if err != nil || len(found) != 3 || found[0] == nil || found[1] != nil || found[2] == nil {
		t.Fatalf("found %v, %v", found, err)
	}
	if other, err := s.Kept(t.Context(), "n", []rag.BlockKey{key(0)}); err != nil || other[0] != nil {
		t.Errorf("under another model %v, %v", other, err)
	}
	for k, i := range []int{2, 0} {
		taken, err := s.Take(t.Context(), found[2*k])
		if err != nil || !SameRows(taken, blocks[i]) {
			t.Errorf("taken %v, %v, and not what was kept", taken, err)
		}
	}
	if err := s.Leave(t.Context(), nil); err != nil {
		t.Error(err)
	}
}

// testKeepAgain keeps what is there once, and nothing where the context is over.
func testKeepAgain(t *testing.T, s rag.Depot) {
	key, blocks := textsKey, RandomBlocks(t, 11, 90, 12)
	first, err := s.Keep(t.Context(), "m", key(0), blocks[0])
	if err != nil {
		t.Fatal(err)
	}
	again, err := s.Keep(t.Context(), "m", key(0), blocks[0])
	if err != nil || again.Place() != first.Place() {
		t.Errorf("kept twice, at %d and %d, %v", first.Place(), again.Place(), err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Keep(ctx, "m", key(9), blocks[1]); !errors.Is(err, context.Canceled) {
		t.Errorf("Keep under a canceled context: %v", err)
	}
	if left, err := s.Kept(t.Context(), "m", []rag.BlockKey{key(9)}); err != nil || left[0] != nil {
		t.Errorf("kept under a canceled context: %v, %v", left, err)
	}
}

func textsKey(i int) (k rag.BlockKey) {
	copy(k.Texts[:], bytes.Repeat([]byte{byte(i + 1)}, len(k.Texts)))
	return k
}

// testDepositedServers keeps what a server has of its own apart.
func testDepositedServers(t *testing.T, s rag.Depot) {
	block := RandomBlocks(t, 11, 90, 12)[0]
	everybodys, err := s.Keep(t.Context(), "m", textsKey(0), block)
	if err != nil {
		t.Fatal(err)
	}
	apart := textsKey(0)
	apart.Server = "7"
	if other, err := s.Kept(t.Context(), "m", []rag.BlockKey{apart}); err != nil || other[0] != nil {
		t.Errorf("of a server that has no such document %v, %v", other, err)
	}
	if own, err := s.Keep(t.Context(), "m", apart, block); err != nil || own.Place() == everybodys.Place() {
		t.Errorf("a server's own is kept at %d as everybody's, %v", own.Place(), err)
	}
	if own, err := s.Kept(t.Context(), "m", []rag.BlockKey{apart, textsKey(0)}); err != nil || own[0] == nil ||
		own[1] == nil ||
		own[0].Place() == own[1].Place() {
		t.Errorf("found %v, %v", own, err)
	}
}

// testDepositedModels keeps one text's vectors of two models of different dimensions, and searches each.
func testDepositedModels(t *testing.T, s rag.Depot) {
	r := rand.New(rand.NewPCG(21, 0))
	for _, dimension := range []int{6, 9} {
		b := RandomBlocks(t, 12, 40, dimension)[0]
		kept, err := s.Keep(t.Context(), fmt.Sprint("model ", dimension), rag.BlockKey{Texts: rag.TextsKey{1}}, b)
		if err != nil {
			t.Fatal(err)
		}
		built := build(t, s, kept)
		question := RandomVector(r, dimension)
		if got, want := scored(t, built, question, 40, nil), bruteForce(question, []*rag.Block{b}, nil); !same(got, want) {
			t.Errorf("of %d dimensions\n got %v\nwant %v", dimension, got, want)
		}
	}
}

// testKeepTogether has several keep one block at once, as processes do that load the same documents.
func testKeepTogether(t *testing.T, s rag.Depot) {
	b := RandomBlocks(t, 13, 40, 6)[0]
	var wg sync.WaitGroup
	places := make([]int64, 6)
	for i := range places {
		wg.Go(func() {
			kept, err := s.Keep(t.Context(), "m", rag.BlockKey{Texts: rag.TextsKey{5}}, b)
			if err != nil {
				t.Error(err)
				return
			}
			places[i] = kept.Place()
			if taken, err := s.Take(t.Context(), kept); err != nil || !SameRows(taken, b) {
				t.Errorf("taken %v, %v", taken, err)
			}
		})
	}
	wg.Wait()
	if slices.Max(places) != slices.Min(places) {
		t.Errorf("kept at %v", places)
	}
}
