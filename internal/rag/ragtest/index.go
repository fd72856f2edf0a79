package ragtest

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// near is how far a score may be from the exact cosine: float32 sums over some hundred values.
const near = 1e-5

// TestIndex runs what every rag.Index must do.
func TestIndex(t *testing.T, open func() rag.Index) {
	t.Run("ranking", func(t *testing.T) { testRanking(t, open()) })
	t.Run("ties", func(t *testing.T) { testTies(t, open()) })
	t.Run("pieces", func(t *testing.T) { testPieces(t, open()) })
	t.Run("vectors refused", func(t *testing.T) { testRefusedVectors(t, open()) })
	t.Run("vectors untouched", func(t *testing.T) { testUntouched(t, open()) })
	t.Run("canceled", func(t *testing.T) { testCanceledIndex(t, open()) })
	t.Run("brute force", func(t *testing.T) { testBruteForce(t, open()) })
	t.Run("several at once", func(t *testing.T) { testConcurrentSearch(t, open()) })
}

func ref(slug string, n int) article.Ref { return article.Ref{Slug: slug, N: n} }

func build(t *testing.T, index rag.Index, entries []rag.Entry) rag.Searcher {
	t.Helper()
	s, err := index.Build(t.Context(), entries)
	if err != nil {
		t.Fatalf("Build: %v", err)
	}
	return s
}

func search(t *testing.T, s rag.Searcher, vector []float32, slugs []string, k int) []rag.Hit {
	t.Helper()
	hits, err := s.Search(t.Context(), vector, slugs, k)
	if err != nil {
		t.Fatalf("Search(%v, %q, %d): %v", vector, slugs, k, err)
	}
	return hits
}

func sameHits(a, b []rag.Hit) bool {
	return slices.EqualFunc(a, b, func(a, b rag.Hit) bool { return a.Ref == b.Ref && math.Abs(a.Score-b.Score) < near })
}

func testRanking(t *testing.T, index rag.Index) {
	// Lengths differ on purpose: only the direction counts.
	s := build(t, index, []rag.Entry{
		{Ref: ref("bridge", 1), Vector: []float32{1, 0, 0}},
		{Ref: ref("bridge", 2), Vector: []float32{0, 0.5, 0}},
		{Ref: ref("ferry", 1), Vector: []float32{3, 4, 0}},
		{Ref: ref("ferry", 2), Vector: []float32{-2, 0, 0}},
	})
	b1, b2 := rag.Hit{Ref: ref("bridge", 1), Score: 1}, rag.Hit{Ref: ref("bridge", 2), Score: 0}
	f1, f2 := rag.Hit{Ref: ref("ferry", 1), Score: 0.6}, rag.Hit{Ref: ref("ferry", 2), Score: -1}
	for _, test := range []struct {
		name  string
		slugs []string
		k     int
		want  []rag.Hit
	}{
		{"all", nil, 4, []rag.Hit{b1, f1, b2, f2}},
		{"the best two", nil, 2, []rag.Hit{b1, f1}},
		{"k larger than the index", nil, 1000, []rag.Hit{b1, f1, b2, f2}},
		{"k as large as it gets", nil, math.MaxInt, []rag.Hit{b1, f1, b2, f2}},
		{"no k", nil, 0, nil},
		{"negative k", nil, -1, nil},
		{"one document", []string{"ferry"}, 4, []rag.Hit{f1, f2}},
		{"best of one document", []string{"ferry"}, 1, []rag.Hit{f1}},
		{"both documents", []string{"ferry", "bridge"}, 3, []rag.Hit{b1, f1, b2}},
		{"one named twice", []string{"ferry", "ferry"}, 4, []rag.Hit{f1, f2}},
		{"unknown document", []string{"tunnel"}, 4, nil},
		{"unknown beside known", []string{"tunnel", "bridge"}, 4, []rag.Hit{b1, b2}},
		{"none of the documents", []string{}, 4, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			question := []float32{5, 0, 0}
			got := search(t, s, question, test.slugs, test.k)
			if !sameHits(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
			if !slices.Equal(question, []float32{5, 0, 0}) {
				t.Errorf("the question's vector was changed to %v", question)
			}
		})
	}

	t.Run("empty index", func(t *testing.T) {
		if got := search(t, build(t, index, nil), []float32{1, 0, 0}, nil, 3); len(got) != 0 {
			t.Errorf("got %v from an empty index", got)
		}
	})
	t.Run("a later index does not touch an earlier one", func(t *testing.T) {
		build(t, index, []rag.Entry{{Ref: ref("bridge", 1), Vector: []float32{0, 1}}})
		if got := search(t, s, []float32{1, 0, 0}, nil, 1); !sameHits(got, []rag.Hit{b1}) {
			t.Errorf("got %v, want %v", got, b1)
		}
	})
}

func testTies(t *testing.T, index rag.Index) {
	var entries []rag.Entry
	for n := 60; n >= 1; n-- {
		for _, slug := range []string{"c", "a", "b"} {
			entries = append(entries, rag.Entry{Ref: ref(slug, n), Vector: []float32{1, 2, 3}})
		}
	}
	entries = append(entries, rag.Entry{Ref: ref("z", 1), Vector: []float32{3, 2, 1}})
	s := build(t, index, entries)
	for range 5 { // an order that depends on a map shows within a few rounds
		for _, k := range []int{1, 7, 61, 180, 181} {
			got := search(t, s, []float32{3, 2, 1}, nil, k)
			if len(got) != k || got[0].Ref != ref("z", 1) {
				t.Fatalf("k = %d: %d hits, the first %v", k, len(got), got[0])
			}
			for i, hit := range got[1:] {
				if want := ref(string(rune('a'+i/60)), i%60+1); hit.Ref != want {
					t.Fatalf("k = %d: hit %d is %v, want %v", k, i+1, hit.Ref, want)
				}
			}
		}
		got := search(t, s, []float32{3, 2, 1}, []string{"b", "a"}, 61)
		if got[0].Ref != ref("a", 1) || got[60].Ref != ref("b", 1) {
			t.Fatalf("two documents: from %v to %v", got[0].Ref, got[60].Ref)
		}
	}
}

func testPieces(t *testing.T, index rag.Index) {
	var entries []rag.Entry
	for i := range 50 { // one paragraph in fifty pieces, all of them nearer than any other paragraph
		entries = append(entries, rag.Entry{Ref: ref("long", 1), Vector: []float32{10, float32(i), 0}})
	}
	entries = append(entries,
		rag.Entry{Ref: ref("short", 1), Vector: []float32{1, 100, 0}},
		rag.Entry{Ref: ref("short", 2), Vector: []float32{0, 0, 1}})
	s := build(t, index, entries)
	for k := 1; k <= 4; k++ {
		got := search(t, s, []float32{1, 0, 0}, nil, k)
		want := []article.Ref{ref("long", 1), ref("short", 1), ref("short", 2)}[:min(k, 3)]
		if !slices.EqualFunc(got, want, func(h rag.Hit, r article.Ref) bool { return h.Ref == r }) {
			t.Errorf("k = %d: got %v, want %v", k, got, want)
		}
		if math.Abs(got[0].Score-1) > near {
			t.Errorf("k = %d: the paragraph in pieces scores %v, its best piece 1", k, got[0].Score)
		}
	}
}

func testRefusedVectors(t *testing.T, index rag.Index) {
	nan, inf := float32(math.NaN()), float32(math.Inf(1))
	good := rag.Entry{Ref: ref("good", 1), Vector: []float32{1, 0}}
	s := build(t, index, []rag.Entry{good})
	for _, test := range []struct {
		name   string
		vector []float32
	}{
		{"none", nil},
		{"empty", []float32{}},
		{"fewer dimensions", []float32{1}},
		{"more dimensions", []float32{1, 0, 0}},
		{"no length", []float32{0, 0}},
		{"not a number", []float32{1, nan}},
		{"infinite", []float32{inf, 1}},
	} {
		t.Run(test.name, func(t *testing.T) {
			bad := rag.Entry{Ref: ref("bad", 1), Vector: test.vector}
			if _, err := index.Build(t.Context(), []rag.Entry{good, bad}); !errors.Is(err, rag.ErrBadVector) {
				t.Errorf("Build with %v: %v, want ErrBadVector", test.vector, err)
			}
			if got, err := s.Search(t.Context(), test.vector, nil, 1); !errors.Is(err, rag.ErrBadVector) {
				t.Errorf("Search(%v) = %v, %v; want ErrBadVector", test.vector, got, err)
			}
		})
	}
	for _, vector := range [][]float32{nil, {0, 0}, {nan, 1}} {
		if _, err := index.Build(t.Context(), []rag.Entry{{Ref: ref("bad", 1), Vector: vector}}); err == nil {
			t.Errorf("Build took %v as its only entry", vector)
		}
	}
}

// testUntouched builds two indexes of the same vectors, as two editions do, and holds the index to leaving them as they are.
func testUntouched(t *testing.T, index rag.Index) {
	vectors := [][]float32{{1, 0}, {3, 4}, {0, 1}}
	var entries []rag.Entry
	for i, v := range vectors {
		entries = append(entries, rag.Entry{Ref: ref("a", i+1), Vector: slices.Clone(v)})
	}
	first := build(t, index, entries)
	second := build(t, index, entries[1:])
	if got := search(t, first, []float32{1, 0}, nil, 1); got[0].Ref != ref("a", 1) {
		t.Errorf("another index of the same vectors changed what the first finds: %v", got)
	}
	if got := search(t, second, []float32{1, 0}, nil, 1); got[0].Ref != ref("a", 2) {
		t.Errorf("the second index found %v", got)
	}
	for i, e := range entries {
		if !slices.Equal(e.Vector, vectors[i]) {
			t.Errorf("the index changed vector %d to %v", i, e.Vector)
		}
	}
}

func testCanceledIndex(t *testing.T, index rag.Index) {
	entries := []rag.Entry{{Ref: ref("a", 1), Vector: []float32{1, 0}}}
	s := build(t, index, entries)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := index.Build(ctx, entries); !errors.Is(err, context.Canceled) {
		t.Errorf("Build under a canceled context: %v", err)
	}
	if hits, err := s.Search(ctx, []float32{1, 0}, nil, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Search under a canceled context = %v, %v", hits, err)
	}
}

// RandomEntries makes entries of count paragraphs in documents of forty, every tenth paragraph in two pieces. The
// same seed makes the same entries.
func RandomEntries(seed uint64, count, dimension int) []rag.Entry {
	r := rand.New(rand.NewPCG(seed, 0))
	var entries []rag.Entry
	for i := range count {
		at := ref("document-"+string(rune('a'+i/40/26%26))+string(rune('a'+i/40%26)), i%40+1)
		for range 1 + (i+1)%10/9 {
			entries = append(entries, rag.Entry{Ref: at, Vector: RandomVector(r, dimension)})
		}
	}
	return entries
}

// RandomVector draws a direction evenly. Its length is not 1.
func RandomVector(r *rand.Rand, dimension int) []float32 {
	v := make([]float32, dimension)
	for i := range v {
		v[i] = float32(r.NormFloat64())
	}
	return v
}

func testBruteForce(t *testing.T, index rag.Index) {
	entries := RandomEntries(1, 400, 24)
	s, reference := build(t, index, entries), build(t, Flat{}, entries)
	r := rand.New(rand.NewPCG(2, 0))
	for range 100 {
		question, k := RandomVector(r, 24), 1+r.IntN(30)
		var slugs []string
		if r.IntN(2) == 0 {
			slugs = []string{"document-a" + string(rune('a'+r.IntN(10))), "document-a" + string(rune('a'+r.IntN(10)))}
		}
		got, want := search(t, s, question, slugs, k), search(t, reference, question, slugs, k)
		if !sameHits(got, want) {
			t.Fatalf("Search(%q, %d)\n got %v\nwant %v", slugs, k, got, want)
		}
	}
}

func testConcurrentSearch(t *testing.T, index rag.Index) {
	s := build(t, index, RandomEntries(3, 120, 8))
	question := []float32{1, 2, 3, 4, 5, 6, 7, 8}
	want := search(t, s, question, nil, 10)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 20 {
				got, err := s.Search(t.Context(), question, nil, 10)
				if err != nil || !slices.Equal(got, want) {
					t.Errorf("got %v, %v; want %v", got, err, want)
					return
				}
			}
		})
	}
	wg.Wait()
}
