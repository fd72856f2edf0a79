package ragtest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pilcrow/internal/rag"
)

// Memory is a rag.Vectors that forgets everything with the process. The zero value is ready to use.
type Memory struct {
	mu      sync.Mutex
	vectors map[[2]string][]float32 // by model and text
}

// Lookup returns copies of what was stored.
func (m *Memory) Lookup(ctx context.Context, model string, texts []string) ([][]float32, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found := make([][]float32, len(texts))
	for i, text := range texts {
		found[i] = slices.Clone(m.vectors[[2]string{model, text}])
	}
	return found, ctx.Err()
}

// Store keeps copies.
func (m *Memory) Store(ctx context.Context, model string, texts []string, vectors [][]float32) error {
	if _, err := rag.UnitAll(len(texts), vectors); err != nil {
		return fmt.Errorf("store vectors: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.vectors == nil {
		m.vectors = map[[2]string][]float32{}
	}
	for i, text := range texts {
		m.vectors[[2]string{model, text}] = slices.Clone(vectors[i])
	}
	return nil
}

// TestVectors runs what every rag.Vectors must do. What survives a crash is for the implementation's own tests.
func TestVectors(t *testing.T, open func(t *testing.T) rag.Vectors) {
	t.Run("kept exactly", func(t *testing.T) { testKept(t, open(t)) })
	t.Run("by model and text", func(t *testing.T) { testKeys(t, open(t)) })
	t.Run("many", func(t *testing.T) { testMany(t, open(t)) })
	t.Run("vectors refused", func(t *testing.T) { testRefusedStore(t, open(t)) })
	t.Run("copies", func(t *testing.T) { testStoredCopies(t, open(t)) })
	t.Run("canceled", func(t *testing.T) { testCanceledVectors(t, open(t)) })
	t.Run("several at once", func(t *testing.T) { testConcurrentVectors(t, open(t)) })
}

func put(t *testing.T, v rag.Vectors, model string, texts []string, vectors [][]float32) {
	t.Helper()
	if err := v.Store(t.Context(), model, texts, vectors); err != nil {
		t.Fatalf("Store(%q, %d texts): %v", model, len(texts), err)
	}
}

func lookup(t *testing.T, v rag.Vectors, model string, texts ...string) [][]float32 {
	t.Helper()
	found, err := v.Lookup(t.Context(), model, texts)
	if err != nil {
		t.Fatalf("Lookup(%q, %d texts): %v", model, len(texts), err)
	}
	if len(found) != len(texts) {
		t.Fatalf("Lookup(%q, %d texts) returned %d vectors", model, len(texts), len(found))
	}
	return found
}

func testKept(t *testing.T, v rag.Vectors) {
	texts := []string{"", "a", "ä", "a\x00b", "two\nlines", "not UTF-8: \xff"}
	var vectors [][]float32
	for i := range texts {
		vectors = append(vectors, []float32{
			float32(i) + 1, -1.0 / 3, math.SmallestNonzeroFloat32, math.MaxFloat32, float32(math.Copysign(0, -1)),
		})
	}
	put(t, v, "m", texts, vectors)
	for i, got := range lookup(t, v, "m", texts...) {
		if !slices.EqualFunc(got, vectors[i], func(a, b float32) bool {
			return math.Float32bits(a) == math.Float32bits(b)
		}) {
			t.Errorf("%q: stored %v, found %v", texts[i], vectors[i], got)
		}
	}
}

func testKeys(t *testing.T, v rag.Vectors) {
	one, two, three := []float32{1, 0}, []float32{0, 1}, []float32{1, 1, 1}
	put(t, v, "m", []string{"a", "b"}, [][]float32{one, two})
	put(t, v, "n", []string{"a"}, [][]float32{three})
	put(t, v, "m", nil, nil)
	for _, test := range []struct {
		model string
		texts []string
		want  [][]float32
	}{
		{"m", []string{"b", "a"}, [][]float32{two, one}},
		{"m", []string{"a", "A", "a ", "b", ""}, [][]float32{one, nil, nil, two, nil}},
		{"m", []string{"a", "a"}, [][]float32{one, one}},
		{"n", []string{"a", "b"}, [][]float32{three, nil}},
		{"M", []string{"a"}, [][]float32{nil}},
		{"m", nil, nil},
	} {
		got := lookup(t, v, test.model, test.texts...)
		if !slices.EqualFunc(got, test.want, slices.Equal) {
			t.Errorf("%s %q: got %v, want %v", test.model, test.texts, got, test.want)
		}
	}
	put(t, v, "m", []string{"a"}, [][]float32{three})
	if got := lookup(t, v, "m", "a", "b"); !slices.Equal(got[0], three) || !slices.Equal(got[1], two) {
		t.Errorf("after storing a again: %v", got)
	}
	put(t, v, "m", []string{"c", "c"}, [][]float32{one, two})
	if got := lookup(t, v, "m", "c"); !slices.Equal(got[0], two) {
		t.Errorf("a text stored twice in one call: %v, want the last, %v", got[0], two)
	}
}

func testMany(t *testing.T, v rag.Vectors) {
	const count = 3000 // more than any batch is likely to be
	r := rand.New(rand.NewPCG(11, 0))
	texts, vectors := make([]string, count), make([][]float32, count)
	for i := range texts {
		texts[i], vectors[i] = fmt.Sprintf("text %d", i), RandomVector(r, 4)
	}
	put(t, v, "m", texts, vectors)
	asked := slices.Clone(texts)
	r.Shuffle(count, func(i, j int) {
		asked[i], asked[j] = asked[j], asked[i]
		vectors[i], vectors[j] = vectors[j], vectors[i]
	})
	asked[count/2], vectors[count/2] = "never stored", nil
	for i, got := range lookup(t, v, "m", asked...) {
		if !slices.Equal(got, vectors[i]) {
			t.Fatalf("%q: got %v, want %v", asked[i], got, vectors[i])
		}
	}
}

func testRefusedStore(t *testing.T, v rag.Vectors) {
	good, bad := []float32{1, 0}, []float32{float32(math.NaN()), 0}
	for name, vectors := range map[string][][]float32{
		"too few": {good}, "too many": {good, good, good}, "nil": {good, nil}, "not a number": {good, bad},
		"no length": {good, {0, 0}}, "mixed dimensions": {good, {1}},
	} {
		if err := v.Store(t.Context(), "m", []string{"a", "b"}, vectors); !errors.Is(err, rag.ErrBadVector) {
			t.Errorf("%s: %v, want ErrBadVector", name, err)
		}
		if got := lookup(t, v, "m", "a", "b"); got[0] != nil || got[1] != nil {
			t.Errorf("%s: refused, and yet kept: %v", name, got)
		}
	}
}

func testStoredCopies(t *testing.T, v rag.Vectors) {
	vector := []float32{1, 2}
	put(t, v, "m", []string{"a"}, [][]float32{vector})
	vector[0] = 9
	lookup(t, v, "m", "a")[0][1] = 9
	if got := lookup(t, v, "m", "a")[0]; !slices.Equal(got, []float32{1, 2}) {
		t.Errorf("changing a vector outside changed the stored one to %v", got)
	}
}

func testCanceledVectors(t *testing.T, v rag.Vectors) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := v.Store(ctx, "m", []string{"a"}, [][]float32{{1}}); !errors.Is(err, context.Canceled) {
		t.Errorf("Store under a canceled context: %v", err)
	}
	if _, err := v.Lookup(ctx, "m", []string{"a"}); !errors.Is(err, context.Canceled) {
		t.Errorf("Lookup under a canceled context: %v", err)
	}
	if got := lookup(t, v, "m", "a"); got[0] != nil {
		t.Errorf("stored under a canceled context: %v", got)
	}
}

func testConcurrentVectors(t *testing.T, v rag.Vectors) {
	var wg sync.WaitGroup
	for worker := range 6 {
		wg.Go(func() {
			for i := range 10 {
				shared, own := fmt.Sprintf("shared %d", i), fmt.Sprintf("%d of %d", i, worker)
				want := []float32{float32(i) + 1, 2}
				if err := v.Store(t.Context(), "m", []string{shared, own}, [][]float32{want, want}); err != nil {
					t.Error(err)
					return
				}
				got, err := v.Lookup(t.Context(), "m", []string{own, shared})
				if err != nil || !slices.Equal(got[0], want) || !slices.Equal(got[1], want) {
					t.Errorf("got %v, %v; want %v twice", got, err, want)
					return
				}
			}
		})
	}
	wg.Wait()
}
