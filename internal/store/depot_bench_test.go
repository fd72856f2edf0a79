package store

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
)

// BenchmarkDepot measures what packaging/README.md says of 100,000 vectors of 256 values: how long the index takes,
// which share of the ten nearest it finds, and how long a search takes, of all and of parts. Beside it stands the index
// in memory.
//
// Sentences are vectors of texts that people wrote, as the table in the program makes them; groups lie about what they
// are about. Evenly drawn directions, of which nothing is near, are the hardest that there is.
func BenchmarkDepot(b *testing.B) {
	const count, dimension = 100_000, 256
	b.Run("sentences", func(b *testing.B) {
		blocks, question := comments(b, count)
		benchmarkDepot(b, blocks, question, count)
	})
	for _, way := range []struct {
		name    string
		centers int
	}{{"groups", 2000}, {"even", 0}} {
		b.Run(way.name, func(b *testing.B) {
			blocks, question := groups(b, count, dimension, way.centers)
			benchmarkDepot(b, blocks, question, count)
		})
	}
}

func benchmarkDepot(b *testing.B, blocks []*rag.Block, question func() []float32, count int) {
	const questions = 200
	const foundByWords = 400 // rank.WordsWanted
	h := openDepot(b, b.TempDir())
	began := time.Now()
	kept := keepAll(b, h, "m", blocks)
	b.Logf("kept in %s", time.Since(began).Round(time.Second))
	exact, there := searcher(b, flatindex.New(), blocks), searcher(b, h, kept)
	asked := make([][]float32, questions)
	for i := range asked {
		asked[i] = question()
	}
	within := func(share float64) (places []int) {
		if share == 1 {
			return nil
		}
		for i := range int(math.Round(float64(len(blocks)) * share)) {
			places = append(places, i*len(blocks)/int(math.Round(float64(len(blocks))*share)))
		}
		return places
	}
	r := rand.New(rand.NewPCG(32, 0))
	// byWords are paragraphs of some blocks as words find them: anywhere.
	byWords := func(places []int) (wanted []int) {
		for range foundByWords {
			block := r.IntN(len(blocks))
			if places != nil {
				block = places[r.IntN(len(places))]
			}
			wanted = append(wanted, 40*block+r.IntN(40))
		}
		slices.Sort(wanted)
		return slices.Compact(wanted)
	}
	measure := func(name string, s rag.Searcher, share float64, asked [][]float32) {
		scores := make([]float32, count)
		var took []time.Duration
		places := within(share)
		for _, q := range asked {
			wanted := byWords(places)
			began := time.Now()
			if _, err := s.Score(b.Context(), rag.Scoring{Question: q, Blocks: places, Nearest: 100,
				Wanted: func() []int { return wanted }}, scores); err != nil {
				b.Fatal(err)
			}
			took = append(took, time.Since(began))
		}
		slices.Sort(took)
		next := 0
		again := func() []float32 { next++; return asked[next-1] }
		b.Logf("%-22s of %5.1f %%: p50 %6.1f ms, p99 %6.1f ms, recall@10 %.3f", name, 100*share,
			float64(took[len(took)/2].Microseconds())/1000, float64(took[len(took)*99/100].Microseconds())/1000,
			recall(b, exact, s, again, len(asked), places, count))
	}
	for _, share := range []float64{1, 0.2, 0.005} {
		measure("in memory", exact, share, asked)
	}
	for _, share := range []float64{1, 0.4, 0.2, 0.1, 0.05, 0.005} {
		measure("one by one, there", there, share, asked[:30])
	}
	began = time.Now()
	if err := h.Tend(b.Context()); err != nil {
		b.Fatal(err)
	}
	b.Logf("tended, with the index, in %s: %+v", time.Since(began).Round(time.Second), h.Status())
	for _, share := range []float64{1, 0.4, 0.2, 0.1, 0.05, 0.005} {
		measure("indexed", there, share, asked)
	}
	h.exactWithin = 0
	for _, share := range []float64{0.1, 0.05, 0.005} {
		measure("through the index", there, share, asked)
	}
	var size string
	if err := h.db.QueryRowContext(b.Context(), fmt.Sprintf("SELECT "+
		"pg_size_pretty(pg_total_relation_size('depot_vectors')) || "+
		"', the index ' || pg_size_pretty(pg_relation_size('%s'))", indexName(1))).Scan(&size); err != nil {
		b.Fatal(err)
	}
	b.Log(size)
}
