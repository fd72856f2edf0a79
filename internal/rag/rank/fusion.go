// Package rank orders the passages that are found for a question: it fuses the scores of words and of meaning, and
// takes the role of documents and the conversation into account. It is pure; equal scores are ordered by reference.
package rank

import (
	"cmp"
	"math"
	"slices"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/inverted"
)

// Candidates is how many passages are ranked by their best sentence, too; the others are not shown.
const Candidates = 200

// What is ranked where an index does not compare all: what words find best, and the nearest. Of 747 paragraphs 100 and
// 10 find the same as all, also with the vectors alone: see TestMeasureSome in internal/static.
const (
	WordsWanted   = 400
	NearestWanted = 100
)

// A Ranking joins words and meaning by share, a convex combination (Bruch, Gai and Ingber, An Analysis of Fusion
// Functions for Hybrid Retrieval, 2023) with two scales: the words' score is divided by the weight of the whole
// question, so that words step back where the documents have few of the question's, and the cosine by the range that it
// has from unrelated texts, or the passage that is least near, to the nearest passage in scope.
type Ranking struct {
	index  *inverted.Index
	scope  []int // documents
	asked  *inverted.Asked
	words  []float64 // by number
	total  float64   // weight of the whole question
	wanted []int     // see Wanted
}

// Near is how near passages are to a question by meaning.
type Near struct {
	Cosines []float32 // by number; NaN where there is none
	rag.Scored
}

// fused is a ranking with what the vectors say.
type fused struct {
	*Ranking
	near   *Near   // nil: words alone
	weight float64 // of the cosines
	least  float64 // cosine in scope
	extent float64 // of the cosines in scope

	unrelated float64 // cosine
}

// ByWords ranks the passages of the documents at the places in scope (nil: of all) by the words that they share with a
// question.
func ByWords(index *inverted.Index, q question.Question, scope []int) *Ranking {
	r := &Ranking{index: index, scope: scope, asked: index.Ask(q), words: index.Scores(q)}
	for _, w := range r.asked.Weights {
		r.total += w
	}
	return r
}

// Wanted are the passages that words find best, by number, at most WordsWanted, rising.
func (r *Ranking) Wanted() []int {
	best := newTop(WordsWanted)
	for first, last := range r.ranges() {
		for n := first; n < last; n++ {
			if w := r.words[n]; w > 0 {
				best.add(n, w)
			}
		}
	}
	r.wanted = make([]int, len(best.kept))
	for i, k := range best.kept {
		r.wanted[i] = k.number
	}
	slices.Sort(r.wanted)
	return r.wanted
}

// Fuse ranks by words and by how near passages are by meaning; nil ranks by words alone. The best come first, at most
// Candidates, those first that would be so with their best sentence. What shares no word with the question and is not
// near is no hit, nor is what is not compared by meaning, as it is not near and others have more of the words.
func (r *Ranking) Fuse(near *Near, m rag.Meaning) []rag.Hit { return r.with(near, m).hits() }

// Nearest is the passage in scope with the largest cosine, by number, or the first where none is known; ok is false
// where nothing is in scope.
func Nearest(index *inverted.Index, scope []int, near *Near) (number int, ok bool) {
	r := &Ranking{index: index, scope: scope}
	best, number := math.Inf(-1), -1
	for first, last := range r.ranges() {
		for n := first; n < last; n++ {
			c := math.Inf(-1)
			if near != nil && !math.IsNaN(float64(near.Cosines[n])) {
				c = float64(near.Cosines[n])
			}
			if number < 0 || c > best {
				best, number = c, n
			}
		}
	}
	return number, number >= 0
}

func (r *Ranking) with(near *Near, m rag.Meaning) *fused {
	f := &fused{Ranking: r, near: near}
	if near == nil {
		return f
	}
	f.unrelated = m.Unrelated
	least, most, known := near.Least, near.Most, 0.0
	for first, last := range r.ranges() {
		for n := first; n < last; n++ {
			known = max(known, r.words[n])
		}
	}
	if m.Unrelated != rag.Unmeasured {
		least = min(least, m.Unrelated) // of two passages that are equally near, the lower one is not far
	}
	if most > least {
		f.weight, f.least, f.extent = m.Weight, least, most-least
		if r.total > 0 {
			known /= r.total
		}
		f.weight = min(1, f.weight+m.Yield*(1-min(known, 1)))
	}
	return f
}

// ranges yields the numbers of the passages in scope, each document's from the first to behind the last.
func (r *Ranking) ranges() func(yield func(first, last int) bool) {
	return func(yield func(first, last int) bool) {
		if r.scope == nil {
			yield(0, r.index.Passages())
			return
		}
		for _, i := range r.scope {
			if !yield(r.index.Numbers(i)) {
				return
			}
		}
	}
}

// score is the fused score of a passage whose words score so much. A passage without a vector stands as its words do.
func (f *fused) score(n int, words float64) float64 {
	if f.total > 0 {
		words /= f.total
	}
	if f.weight == 0 {
		return words
	}
	share := (float64(f.near.Cosines[n]) - f.least) / f.extent
	if math.IsNaN(share) {
		share = min(words, 1)
	}
	return (1-f.weight)*words + f.weight*share
}

// leastNear is how near, between unrelated texts (0) and the same one (1), a passage must be that shares no word with
// the question. Of the paraphrased questions of internal/static .10 loses six in a hundred at 5, .15 sixteen, .25
// thirty-five; below .15 a model was given paragraphs of nothing that was asked, and its draft about them passed.
const leastNear = 0.15

// nearness is how near a passage is by meaning; -1 where that is not known.
func (f *fused) nearness(n int) float64 {
	c := float64(f.near.Cosines[n])
	if math.IsNaN(c) || f.unrelated >= rag.Unmeasured {
		return -1
	}
	return (c - f.unrelated) / (1 - f.unrelated)
}

// compared reports whether a passage was compared with the question, or would have been if it had a vector.
func (f *fused) compared(n int) bool {
	if f.weight == 0 || !f.near.Some || !math.IsNaN(float64(f.near.Cosines[n])) {
		return true
	}
	_, wanted := slices.BinarySearch(f.wanted, n)
	return wanted
}

// hits returns the best passages, those first that would be so with their best sentence.
func (f *fused) hits() []rag.Hit {
	best := newTop(Candidates)
	for first, last := range f.ranges() {
		for n := first; n < last; n++ {
			if w := f.words[n]; (w > 0 || f.weight > 0 && f.nearness(n) >= leastNear) && f.compared(n) {
				best.add(n, f.score(n, w))
			}
		}
	}
	l := f.index
	ranked := make([]rag.Hit, len(best.kept))
	for i, k := range best.kept {
		words := f.words[k.number] + inverted.SentenceWeight*f.asked.Best(k.number)
		ranked[i] = rag.Hit{Ref: l.Ref(k.number), Score: f.score(k.number, words), Cosine: math.NaN()}
		if f.near != nil {
			ranked[i].Cosine = float64(f.near.Cosines[k.number])
		}
	}
	rag.SortHits(ranked)
	return ranked
}

// A top keeps the best of many scores, in no order: of equal ones those with the smallest numbers.
type top struct {
	most int
	kept []scored // a heap, the worst first
}

type scored struct {
	number int
	score  float64
}

func newTop(most int) *top { return &top{most: most} }

func (s scored) worse(o scored) bool {
	return cmp.Or(cmp.Compare(s.score, o.score), cmp.Compare(o.number, s.number)) < 0
}

func (t *top) add(number int, score float64) {
	s := scored{number, score}
	if len(t.kept) < t.most {
		t.kept = append(t.kept, s)
		for i := len(t.kept) - 1; i > 0 && t.kept[i].worse(t.kept[(i-1)/2]); i = (i - 1) / 2 {
			t.kept[i], t.kept[(i-1)/2] = t.kept[(i-1)/2], t.kept[i]
		}
		return
	}
	if t.most == 0 || !t.kept[0].worse(s) {
		return
	}
	t.kept[0] = s
	for i := 0; ; {
		worst := i
		for _, c := range []int{2*i + 1, 2*i + 2} {
			if c < len(t.kept) && t.kept[c].worse(t.kept[worst]) {
				worst = c
			}
		}
		if worst == i {
			return
		}
		t.kept[i], t.kept[worst] = t.kept[worst], t.kept[i]
		i = worst
	}
}
