package ragtest

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"
	"sync"
	"testing"

	"pilcrow/internal/rag"
)

// TestEmbedder runs what every rag.Embedder must do.
func TestEmbedder(t *testing.T, open func() rag.Embedder) {
	t.Run("vectors", func(t *testing.T) { testVectorShape(t, open()) })
	t.Run("order", func(t *testing.T) { testOrder(t, open()) })
	t.Run("meaning", func(t *testing.T) { testMeaning(t, open()) })
	t.Run("canceled", func(t *testing.T) { testCanceledEmbedder(t, open()) })
	t.Run("several at once", func(t *testing.T) { testConcurrentEmbedder(t, open()) })
}

// oddTexts is what documents and askers come up with; none of them is empty.
func oddTexts(maxBytes int) []string {
	long := strings.Repeat("The river rose again and the ferry stayed in the harbor. ", 30)
	if maxBytes > 0 {
		long = strings.TrimSpace(long[:min(len(long), maxBytes)])
	}
	return []string{
		"The bridge was closed in May.", "?!", "¶", "a", "42", "…", "\x00", "two\nlines\ttabbed", "bad UTF-8: \xff\xfe",
		"漢字とかな", "پل بسته شد", "👩‍👩‍👧", "the of and", `"quoted" \ <tag> {json}`, long,
	}
}

func embed(t *testing.T, e rag.Embedder, kind rag.Kind, texts ...string) [][]float32 {
	t.Helper()
	vectors, err := e.Embed(t.Context(), kind, texts)
	if err != nil {
		t.Fatalf("Embed(%d texts): %v", len(texts), err)
	}
	if len(vectors) != len(texts) {
		t.Fatalf("Embed returned %d vectors for %d texts", len(vectors), len(texts))
	}
	return vectors
}

func testVectorShape(t *testing.T, e rag.Embedder) {
	if e.Model() == "" || e.Model() != e.Model() { //nolint:staticcheck // called twice on purpose
		t.Errorf("Model() = %q, then %q", e.Model(), e.Model())
	}
	if e.MaxBytes() < 0 {
		t.Errorf("MaxBytes() = %d", e.MaxBytes())
	}
	texts := oddTexts(e.MaxBytes())
	dimension := len(embed(t, e, rag.Question, "one")[0])
	for _, kind := range []rag.Kind{rag.Question, rag.Passage} {
		for i, vector := range embed(t, e, kind, texts...) {
			sum := 0.0
			for _, v := range vector {
				sum += float64(v) * float64(v)
			}
			if len(vector) != dimension || math.Abs(math.Sqrt(sum)-1) > 1e-4 || math.IsNaN(sum) {
				t.Errorf("%q as kind %d: %d dimensions of length %v, want %d of length 1",
					texts[i], kind, len(vector), math.Sqrt(sum), dimension)
			}
		}
		if got := embed(t, e, kind); len(got) != 0 {
			t.Errorf("no texts gave %d vectors", len(got))
		}
	}
}

// sameVector allows for what a server's arithmetic in batches may differ by.
func sameVector(a, b []float32) bool {
	return len(a) == len(b) && cosineOf(a, b) > 1-1e-4
}

func cosineOf(a, b []float32) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	return sum
}

func testOrder(t *testing.T, e rag.Embedder) {
	var texts []string
	for i := range 300 { // more than any batch is likely to be
		texts = append(texts, strings.Repeat("river ", i%7)+"harbor "+strings.Repeat("ferry ", i%11+1)+"bridge")
	}
	asked := slices.Clone(texts)
	all := embed(t, e, rag.Passage, texts...)
	if !slices.Equal(texts, asked) {
		t.Error("Embed changed the texts")
	}
	for _, i := range []int{0, 1, 95, 96, 97, 150, 299} {
		if alone := embed(t, e, rag.Passage, texts[i]); !sameVector(all[i], alone[0]) {
			t.Errorf("text %d has another vector alone than among others", i)
		}
	}
	for i := range 10 {
		if all[i][0] = 9; all[i+1][0] == 9 {
			t.Fatal("two vectors share their memory")
		}
	}
}

func testMeaning(t *testing.T, e rag.Embedder) {
	passages := embed(t, e, rag.Passage,
		"The ferry to the island was canceled because the river was too high.",
		"Potatoes are boiled for twenty minutes and served with butter.",
		"The old bridge was closed in May after cracks were found.")
	for question, want := range map[string]int{
		"Why was the ferry canceled?":       0,
		"How long are potatoes boiled?":     1,
		"When was the old bridge closed?":   2,
		"What was found on the old bridge?": 2,
	} {
		vector := embed(t, e, rag.Question, question)[0]
		best := 0
		for i := range passages {
			if cosineOf(vector, passages[i]) > cosineOf(vector, passages[best]) {
				best = i
			}
		}
		if best != want {
			t.Errorf("%q is nearest to passage %d, want %d", question, best, want)
		}
	}
}

func testCanceledEmbedder(t *testing.T, e rag.Embedder) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if v, err := e.Embed(ctx, rag.Passage, []string{"a"}); !errors.Is(err, context.Canceled) {
		t.Errorf("under a canceled context: %v, %v", v, err)
	}
}

func testConcurrentEmbedder(t *testing.T, e rag.Embedder) {
	texts := []string{"The river rose.", "The ferry stayed."}
	want := embed(t, e, rag.Passage, texts...)
	var wg sync.WaitGroup
	for range 6 {
		wg.Go(func() {
			for range 3 {
				got, err := e.Embed(t.Context(), rag.Passage, texts)
				if err != nil || !slices.EqualFunc(got, want, sameVector) {
					t.Errorf("other vectors, or an error: %v", err)
					return
				}
			}
		})
	}
	wg.Wait()
}
