package local

import (
	"cmp"
	"maps"
	"slices"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
)

// choose takes the best sentence, those that are nearly as good or bring in what the question also asks about, and the
// sentence before one that points back, and puts them in reading order.
func choose(ranked []Candidate, q question.Question, r rag.Request) []Candidate {
	weights, passages := r.Weights, r.Passages
	best := ranked[0]
	var chosen []Candidate
	covered := map[string]bool{}
	most := maxSentences
	if q.Several || q.Kind == question.Reason {
		most = maxExtracted
	}
	if q.Kind == question.YesOrNo && r.Attached == "" {
		most = 1 // the one that decides, and what it leans on or goes on with
		if best.leans || best.turns || turned(best, ranked) != nil || continuing(best, ranked, weights) != nil {
			most = maxSentences
		}
	}
	if r.Weak {
		most = max(most, maxSentences)
	}
	add := func(c Candidate) {
		if len(chosen) < most && !has(chosen, c) {
			chosen = append(chosen, c)
			maps.Copy(covered, c.shared)
			if c.Passage < len(r.Fields) {
				for _, s := range r.Fields[c.Passage].Document {
					covered[s] = true
				}
			}
		}
	}
	if !best.holds && q.How == "" {
		if c := stating(ranked, q); c != nil { // "He was born in Tolm" does not say when
			best = *c
		}
	}
	if !best.holds && q.How != "" {
		if c := measuring(ranked, r.Weights); c != nil { // "Membership ends in May" does not say what it costs
			best = *c
		}
	}
	add(best)
	if (best.leans || best.turns && q.Kind == question.YesOrNo) && best.before != nil {
		add(*best.before)
	}
	if next := turned(best, ranked); next != nil && q.Kind == question.YesOrNo {
		add(*next)
	}
	if next := holder(best, ranked, q); next != nil {
		add(*next)
	}
	if next := continuing(best, ranked, weights); next != nil && len(chosen) == 1 {
		add(*next)
	}
	total := 0.0
	for _, w := range weights {
		total += w
	}
	for _, c := range ranked[1:] {
		if q.Several && c.adds && follows(c, chosen, passages) && len(c.shared) > 0 {
			add(c)
		}
	}
	atLeast, least, goingOn := secondAtLeast, gainScore, reasonAtLeast
	switch {
	case fitted(r):
		atLeast, least, goingOn = asLikely, gainAsLikely, reasonAsLikely
	case best.holds:
		atLeast = besideHeld
	}
	if q.Several {
		least = min(least, gainScoreSeveral)
	}
	for len(chosen) < most {
		next, top := -1, 0.0
		for i, c := range ranked[1:] {
			gain := 0.0
			for s := range c.shared {
				if !covered[s] {
					gain += weights[s]
				}
			}
			near, brings := beside(c, best, total, r), gain/max(total, 1e-9)
			enough := atLeast
			switch {
			case q.Kind != question.Reason:
			case goesOn(c, chosen):
				enough = min(enough, goingOn)
			case len(chosen) >= maxSentences && !q.Several:
				continue
			}
			if len(c.shared) == 0 && !fitted(r) || near < enough && (brings < gainAtLeast || near < least) || has(chosen, c) ||
				strays(c, chosen) {
				continue
			}
			if value := near + gainWorth*brings; value > top {
				next, top = i+1, value
			}
		}
		if next < 0 {
			break
		}
		add(ranked[next])
	}
	if r.Weak && len(chosen) == 1 && len(ranked) > 1 && ranked[1].Score > 0 {
		for _, c := range ranked[:2] { // the best one may be another than the first
			add(c)
		}
	}
	slices.SortFunc(chosen, func(a, b Candidate) int {
		return cmp.Or(cmp.Compare(a.Passage, b.Passage), cmp.Compare(a.Index, b.Index))
	})
	return chosen
}

// turned is the sentence behind the best one, if it turns against it: it decides what is asked; nil for none.
func turned(best Candidate, ranked []Candidate) *Candidate {
	i := slices.IndexFunc(ranked, func(c Candidate) bool {
		return c.Passage == best.Passage && c.Index == best.Index+1 && c.turns
	})
	if i < 0 {
		return nil
	}
	return &ranked[i]
}

// holder is the sentence behind the best one, where that tells of what is asked about and only the next one when it
// was, how many, who or where: "The quarrel grew after an accident. On 17 August …". It is nil where the best one has
// it.
func holder(best Candidate, ranked []Candidate, q question.Question) *Candidate {
	switch q.Kind {
	case question.Time, question.Number, question.Person, question.Place:
	default:
		return nil
	}
	if best.holds {
		return nil
	}
	i := slices.IndexFunc(ranked, func(c Candidate) bool {
		return c.Passage == best.Passage && c.Index == best.Index+1 && c.holds
	})
	if i < 0 {
		return nil
	}
	return &ranked[i]
}

// continuing is the sentence behind the best one, where that lacks something of the question and the kind of thing that
// is asked for, and the next one goes on about it: "The eagle disappeared in the 1950s. It was brought back in 1994".
// It is nil where there is no such.
func continuing(best Candidate, ranked []Candidate, weights map[string]float64) *Candidate {
	if best.holds {
		return nil
	}
	lacks, total := 0.0, 0.0
	for _, s := range slices.Sorted(maps.Keys(weights)) { // one order, so that the sums are the same bits each time
		total += weights[s]
		if !best.shared[s] && !best.near[s] {
			lacks += weights[s]
		}
	}
	if lacks < continuesFrom*total {
		return nil
	}
	i := slices.IndexFunc(ranked, func(c Candidate) bool {
		return c.Passage == best.Passage && c.Index == best.Index+1 && c.leans
	})
	if i < 0 {
		return nil
	}
	return &ranked[i]
}
