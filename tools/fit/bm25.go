package main

import (
	"cmp"
	"math"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/words"
)

// The usual parameters of BM25, those of SQLite's FTS5.
const (
	referenceK1 = 1.2
	referenceB  = 0.75
)

// A reference is the plain BM25 that a ranking is held against: stems, without function words, the title of the
// document before each passage.
type reference struct {
	passages []article.Passage
	counts   []map[string]int
	lengths  []int
	in       map[string]int // passages
	mean     float64
}

func newReference(documents []article.Document) *reference {
	r := &reference{in: map[string]int{}}
	for _, d := range documents {
		for _, p := range d.Passages {
			stems := words.Stems(p.Title + "\n" + p.Text)
			counts := map[string]int{}
			for _, s := range stems {
				if counts[s]++; counts[s] == 1 {
					r.in[s]++
				}
			}
			r.passages, r.counts, r.lengths = append(r.passages, p), append(r.counts, counts), append(r.lengths, len(stems))
			r.mean += float64(len(stems))
		}
	}
	r.mean /= float64(max(len(r.passages), 1))
	return r
}

// find returns the best passages, of one document if it is named.
func (r *reference) find(text, slug string, k int) []ask.Found {
	stems := slices.Compact(slices.Sorted(slices.Values(words.Stems(text))))
	var found []ask.Found
	for i, p := range r.passages {
		if slug != "" && p.Ref.Slug != slug {
			continue
		}
		score := 0.0
		for _, s := range stems {
			n := float64(r.counts[i][s])
			idf := math.Log(1 + (float64(len(r.passages)-r.in[s])+0.5)/(float64(r.in[s])+0.5))
			score += idf * n * (referenceK1 + 1) / (n + referenceK1*(1-referenceB+referenceB*float64(r.lengths[i])/r.mean))
		}
		if score > 0 {
			found = append(found, ask.Found{Passage: p, Score: score})
		}
	}
	slices.SortFunc(found, func(a, b ask.Found) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), a.Passage.Ref.Compare(b.Passage.Ref))
	})
	return found[:min(k, len(found))]
}
