package rank

import (
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// nearBonus is what a passage that the conversation is at gains, as a share of the best score: enough to decide between
// passages that fit about as well, too little to put one in front that does not fit.
const nearBonus = 0.15

// Steer applies what a conversation says of passages: those near it gain, those left out go. Of both lists the first
// fifty are read. hits is best first and not changed.
func Steer(hits []rag.Hit, near, without []article.Ref) []rag.Hit {
	if len(near)+len(without) == 0 || len(hits) == 0 {
		return hits
	}
	near, without = clipRefs(near), clipRefs(without)
	bonus := nearBonus * hits[0].Score
	out := make([]rag.Hit, 0, len(hits))
	for _, h := range hits {
		switch {
		case slices.Contains(without, h.Ref):
			continue
		case slices.Contains(near, h.Ref):
			h.Score += bonus
		}
		out = append(out, h)
	}
	rag.SortHits(out)
	return out
}

// Recorded are the given passages with their scores, best first; all hits where none are given. One that was not found
// scores nothing.
func Recorded(corpus *article.Corpus, given []article.Ref, hits []rag.Hit) []rag.Hit {
	if given == nil {
		return hits
	}
	var out []rag.Hit
	for _, ref := range given {
		if _, ok := corpus.Passage(ref); !ok {
			continue
		}
		h := rag.Hit{Ref: ref}
		if i := slices.IndexFunc(hits, func(h rag.Hit) bool { return h.Ref == ref }); i >= 0 {
			h = hits[i]
		}
		out = append(out, h)
	}
	rag.SortHits(out)
	return out
}

// nearRefs bounds what a conversation names: an answer cites no more.
const nearRefs = 50

func clipRefs(refs []article.Ref) []article.Ref { return refs[:min(len(refs), nearRefs)] }
