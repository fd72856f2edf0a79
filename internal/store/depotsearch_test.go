package store

import (
	"database/sql"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

// groups makes blocks of forty vectors that lie about so many centers (0: anywhere), as texts do about what they are
// about: of a direction that is drawn evenly nothing is near.
func groups(t testing.TB, count, dimension, centers int) (blocks []*rag.Block, question func() []float32) {
	t.Helper()
	r := rand.New(rand.NewPCG(31, 0))
	middle := make([][]float32, centers)
	for i := range middle {
		middle[i] = ragtest.RandomVector(r, dimension)
	}
	question = func() []float32 {
		v := ragtest.RandomVector(r, dimension)
		if centers == 0 {
			return v
		}
		for _, c := range [][]float32{middle[r.IntN(centers)], middle[r.IntN(centers)]} {
			for i, x := range c {
				v[i] += x
			}
		}
		return v
	}
	for first := 0; first < count; first += 40 {
		n := min(40, count-first)
		paragraph, vectors := make([]int32, n), make([][]float32, n)
		for i := range n {
			paragraph[i], vectors[i] = int32(i), question()
		}
		b, err := rag.NewBlock(n, paragraph, vectors)
		if err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	return blocks, question
}

func searcher(t testing.TB, index rag.Index, blocks []*rag.Block) rag.Searcher {
	t.Helper()
	s, err := index.Build(t.Context(), blocks)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ten are the ten best of scores, which are NaN where there is none.
func ten(scores []float32) []int {
	var order []int
	for p, c := range scores {
		if c > -2 {
			order = append(order, p)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		if scores[a] > scores[b] {
			return -1
		}
		return 1
	})
	return order[:min(10, len(order))]
}

// recall asks both searchers, and says which share of the ten nearest of the exact one the other has; what it has
// must be scored the same.
func recall(t testing.TB, exact, other rag.Searcher, question func() []float32, questions int, blocks []int,
	paragraphs int) float64 {
	t.Helper()
	found, all := 0, 0
	for range questions {
		asked := rag.Scoring{Question: question(), Blocks: blocks, Nearest: 100}
		want, got := slices.Repeat([]float32{-9}, paragraphs), slices.Repeat([]float32{-9}, paragraphs)
		bounds, err := exact.Score(t.Context(), asked, want)
		if err != nil {
			t.Fatal(err)
		}
		about, err := other.Score(t.Context(), asked, got)
		if err != nil {
			t.Fatal(err)
		}
		for p, c := range got {
			if c > -2 && (c-want[p] > 1e-5 || want[p]-c > 1e-5) {
				t.Fatalf("paragraph %d scores %v, want %v", p, c, want[p])
			}
		}
		if _, measured := t.(*testing.B); !measured && about.Least-bounds.Least > 0.05 || bounds.Least > about.Least+1e-5 {
			t.Errorf("the least cosine is %v, want %v", about.Least, bounds.Least)
		}
		nearest := ten(got)
		for _, p := range ten(want) {
			if all++; slices.Contains(nearest, p) {
				found++
			}
		}
	}
	return float64(found) / float64(all)
}

// TestDepotIndexed searches through the index: all, and so few among many that without going on where the filter leaves
// nothing there would be no hit.
func TestDepotIndexed(t *testing.T) {
	h := openDepot(t, t.TempDir())
	h.exactWithin = 30
	const count = 4000
	blocks, question := groups(t, count, 32, 60)
	kept := keepAll(t, h, "m", blocks)
	if h.ready(1) {
		t.Error("there is an index before it was made")
	}
	if err := h.Tend(t.Context()); err != nil {
		t.Fatal(err)
	}
	s := h.Status()
	if s.Vectors != count || !s.Indexed || s.Samples != recallSamples || s.Recall < 0.9 || s.Lost != 0 {
		t.Errorf("the status is %+v", s)
	}
	exact, there := searcher(t, flatindex.New(), blocks), searcher(t, h, kept)
	if got := recall(t, exact, there, question, 40, nil, count); got < 0.97 {
		t.Errorf("of all, the index finds %.3f of the ten nearest", got)
	}
	if got := recall(t, exact, there, question, 20, []int{17}, count); got < 0.97 {
		t.Errorf("of a hundredth, it finds %.3f", got)
	}
	// More than pgvector lets a scan keep in view are found by going on.
	many := rag.Scoring{Question: question(), Nearest: 2000}
	scores := slices.Repeat([]float32{-9}, count)
	if said, err := there.Score(t.Context(), many, scores); err != nil || !said.Some {
		t.Errorf("of 2,000 nearest: %+v, %v", said, err)
	}
	if n := count - len(slices.DeleteFunc(slices.Clone(scores), func(c float32) bool { return c > -2 })); n < 2000 {
		t.Errorf("of 2,000 nearest %d are scored", n)
	}
	var plan string
	err := within(t.Context(), h.db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error {
		if _, err := tx.Exec("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off"); err != nil {
			return err
		}
		rows, err := tx.Query(
			"EXPLAIN SELECT block FROM depot_vectors WHERE model = 1 AND block = ANY(CAST(?2 AS bigint[])) "+
				"ORDER BY "+h.distance(32, "?1")+" LIMIT 10",
			vectorText(question()),
			"{1,2,3}",
		)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var line string
			if err := rows.Scan(&line); err != nil {
				return err
			}
			plan += line + "\n"
		}
		return rows.Err()
	})
	if err != nil || !strings.Contains(plan, indexName(1)) {
		t.Errorf("the index is not used: %v\n%s", err, plan)
	}
	// What comes later is in the index, too.
	more, _ := groups(t, 40, 32, 60)
	one, err := h.Keep(t.Context(), "m", depotKey(1<<20), more[0])
	if err != nil {
		t.Fatal(err)
	}
	kept, blocks = append(kept, one), append(blocks, more[0])
	exact, there = searcher(t, flatindex.New(), blocks), searcher(t, h, kept)
	if got := recall(t, exact, there, question, 20, nil, count+40); got < 0.97 {
		t.Errorf("with a document more, it finds %.3f", got)
	}
}
