package rag

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/question"
	"pilcrow/internal/words"
)

// Thresholds of cover, calibrated on questions about the right and about a wrong article: see TestRefusal.
const (
	refuseBelow   = 0.5  // the documents do not say
	hopelessBelow = 0.15 // not even worth asking a model
)

// cover says how much of what a question asks about stands in the best place of the passages: 0 for nothing, 1 for every word. Each stem
// weighs its inverse document frequency, one that no document has the most.
func (l *lexicon) cover(q question.Question, r Request) float64 {
	stems := slices.Compact(slices.Sorted(slices.Values(q.Stems)))
	total := 0.0
	for _, s := range stems {
		total += r.Weights[s]
	}
	if total == 0 {
		return 0
	}
	best := 0.0
	for _, p := range r.Passages {
		has := map[string]bool{}
		for _, span := range article.Sentences(p.Text) {
			for _, s := range words.Stems(span.Of(p.Text)) {
				has[s] = true
			}
		}
		sum := 0.0
		for _, s := range stems {
			if has[s] {
				sum += r.Weights[s]
			}
		}
		best = max(best, sum/total)
	}
	return best
}
