package rank

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/inverted"
)

// harbors is an index of so many paragraphs that all share a word with a question, those named twice, and it.
func harbors(t *testing.T, count int, twice ...int) (*inverted.Index, question.Question) {
	t.Helper()
	paragraphs := make([]string, count)
	for i := range paragraphs {
		paragraphs[i] = fmt.Sprintf("Harbor %d.", i)
		if slices.Contains(twice, i) {
			paragraphs[i] = fmt.Sprintf("Harbor harbor %d.", i)
		}
	}
	d, err := article.Parse("harbors.txt", []byte(strings.Join(paragraphs, "\n\n")))
	if err != nil {
		t.Fatal(err)
	}
	c, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	index, err := inverted.New(c, premise.NewReadings(), nil, nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	return index, question.Parse("harbor")
}

// TestSomeCompared ranks where an index compared a part: what is neither near nor wanted for its words is no hit, and
// what was wanted and has no vector stands as its words do.
func TestSomeCompared(t *testing.T) {
	const count, near, bare = WordsWanted + 40, WordsWanted + 20, 7
	index, q := harbors(t, count, 3, bare)
	r := ByWords(index, q, nil)
	wanted := r.Wanted()
	if len(wanted) != WordsWanted || !slices.IsSorted(wanted) || !slices.Contains(wanted, 3) ||
		!slices.Contains(wanted, bare) || slices.Contains(wanted, near) {
		t.Fatalf("%d wanted: %v", len(wanted), wanted)
	}
	cosines := slices.Repeat([]float32{float32(math.NaN())}, count)
	for _, n := range wanted {
		if n != bare {
			cosines[n] = 0.2
		}
	}
	cosines[near] = 0.9
	m := rag.Meaning{Weight: 0.5, Unrelated: 0.1}
	hits := func(some bool) map[int]float64 {
		scores := map[int]float64{}
		f := r.with(&Near{cosines, rag.Scored{Least: -0.1, Most: 0.9, Some: some}}, m)
		for n := range count {
			if f.compared(n) {
				scores[n] = f.score(n, f.words[n])
			}
		}
		for _, h := range f.hits() {
			if _, ok := scores[h.Ref.N-1]; !ok {
				t.Errorf("paragraph %d was not compared, and is a hit", h.Ref.N)
			}
		}
		return scores
	}
	got := hits(true)
	if len(got) != WordsWanted+1 || got[near] <= got[3] ||
		math.Abs(got[bare]-r.words[bare]/r.total) > 1e-9 {
		t.Errorf("%d were compared: near %v, wanted %v, without a vector %v", len(got), got[near], got[3], got[bare])
	}
	if all := hits(false); len(all) != count { // there, what has no vector is not in question
		t.Errorf("%d of %d are left where all was compared", len(all), count)
	}
	if f := r.with(&Near{cosines, rag.Scored{Least: 1, Most: 0, Some: true}}, m); !f.compared(count - 1) {
		t.Error("words alone rank, and leave out what was not compared")
	}
}

// TestBounds takes what is farthest from whoever compared, though it is not among those that are scored.
func TestBounds(t *testing.T) {
	index, q := harbors(t, 3)
	f := ByWords(index, q, nil).with(&Near{[]float32{0.5, 0.6, 0.7}, rag.Scored{Least: -0.3, Most: 0.7, Some: true}},
		rag.Meaning{Weight: 0.5, Unrelated: 0.1})
	if math.Abs(f.least+0.3) > 1e-6 || math.Abs(f.extent-1) > 1e-6 {
		t.Errorf("from %v by %v", f.least, f.extent)
	}
}
