package ask

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"

	"pilcrow/internal/question"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/inverted"
)

const (
	// candidates is how many passages are ranked by their best sentence, too; the others are not shown.
	candidates = 200
)

// find ranks the passages of the named documents (nil: of all) by words and by meaning, best first, at most candidates.
func (e *Engine) find(ctx context.Context, edition *Edition, q question.Question, slugs []string,
	m rag.Meaning) ([]rag.Hit, error) {
	scope := edition.scope(slugs)
	cosines, err := e.cosines(ctx, edition, q.Text, scope, m)
	if err != nil {
		return nil, err
	}
	f := newFused(edition.words, q, scope, cosines, m)
	return edition.demote(q, f.rank(), slugs), nil
}

// scope returns the places of the named documents; nil means all.
func (ed *Edition) scope(slugs []string) []int {
	if slugs == nil {
		return nil
	}
	scope := make([]int, 0, len(slugs))
	for _, slug := range slugs {
		if i, ok := ed.Corpus.Place(slug); ok {
			scope = append(scope, i)
		}
	}
	slices.Sort(scope)
	return slices.Compact(scope)
}

// cosines compares the question with the passages in scope, by number: NaN where there is nothing to compare. It is nil
// where there is no meaning to go by.
func (e *Engine) cosines(ctx context.Context, edition *Edition, text string, scope []int,
	m rag.Meaning) ([]float32, error) {
	if m.Weight == 0 || edition.vectorless() {
		return nil, nil
	}
	vectors, err := e.config.Embedder.Embed(ctx, rag.Question, []string{text})
	if err != nil {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// Words alone still find most of it; an embedding server that is away must not silence the bot.
		level := slog.LevelWarn
		switch {
		case errors.Is(err, rag.ErrBudget): // said once a day by who counts
			level = slog.LevelDebug
		case errors.Is(err, ErrModelChanged): // said by who saw it
			level = slog.LevelDebug
			e.config.Backlog.add(e, nil)
		}
		e.config.Logger.Log(ctx, level, "question not embedded, finding by words alone", "error", err)
		return nil, nil
	}
	if len(vectors) != 1 || edition.model != e.config.Embedder.Model() {
		return nil, nil
	}
	cosines := make([]float32, edition.words.Passages())
	for i := range cosines {
		cosines[i] = float32(math.NaN())
	}
	err = edition.searcher.Score(ctx, vectors[0], scope, cosines)
	if errors.Is(err, rag.ErrBadVector) {
		e.config.Logger.WarnContext(ctx, "the question's vector cannot be compared, finding by words alone", "error", err)
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("search by meaning: %w", err)
	}
	return cosines, nil
}

// A fused ranking joins words and meaning by share, a convex combination (Bruch, Gai and Ingber, An Analysis of Fusion
// Functions for Hybrid Retrieval, 2023) with two scales: the words' score is divided by the weight of the whole
// question, so that words step back where the documents have few of the question's, and the cosine by the range that it
// has from unrelated texts, or the passage that is least near, to the nearest passage in scope.
type fused struct {
	index   *inverted.Index
	scope   []int // documents
	asked   *inverted.Asked
	words   []float64 // by number
	cosines []float32 // by number; nil: words alone
	total   float64   // weight of the whole question
	weight  float64   // of the cosines
	least   float64   // cosine in scope
	extent  float64   // of the cosines in scope

	unrelated float64 // cosine
}

func newFused(l *inverted.Index, q question.Question, scope []int, cosines []float32, m rag.Meaning) *fused {
	f := &fused{index: l, scope: scope, asked: l.Ask(q), words: l.Scores(q), cosines: cosines}
	for _, w := range f.asked.Weights {
		f.total += w
	}
	if cosines == nil {
		return f
	}
	f.unrelated = m.Unrelated
	least, most, known := math.Inf(1), math.Inf(-1), 0.0
	for first, last := range f.ranges() {
		for n := first; n < last; n++ {
			if c := float64(cosines[n]); !math.IsNaN(c) {
				least, most = min(least, c), max(most, c)
			}
			known = max(known, f.words[n])
		}
	}
	if m.Unrelated != rag.Unmeasured {
		least = min(least, m.Unrelated) // of two passages that are equally near, the lower one is not far
	}
	if most > least {
		f.weight, f.least, f.extent = m.Weight, least, most-least
		if f.total > 0 {
			known /= f.total
		}
		f.weight = min(1, f.weight+m.Yield*(1-min(known, 1)))
	}
	return f
}

// ranges yields the numbers of the passages in scope, each document's from the first to behind the last.
func (f *fused) ranges() func(yield func(first, last int) bool) {
	return func(yield func(first, last int) bool) {
		if f.scope == nil {
			yield(0, f.index.Passages())
			return
		}
		for _, i := range f.scope {
			if !yield(f.index.Numbers(i)) {
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
	share := (float64(f.cosines[n]) - f.least) / f.extent
	if math.IsNaN(share) {
		share = min(words, 1)
	}
	return (1-f.weight)*words + f.weight*share
}

// leastNear is how near, between unrelated texts (0) and the same one (1), a passage must be that shares no word with
// the question. Of the paraphrased questions of internal/static .10 loses six in a hundred at 5, .15 sixteen, .25
// thirty-five; below .15 a model was given paragraphs of nothing that was asked, and its draft about them passed.
const leastNear = 0.15

// near is how near a passage is by meaning; -1 where that is not known.
func (f *fused) near(n int) float64 {
	c := float64(f.cosines[n])
	if math.IsNaN(c) || f.unrelated >= rag.Unmeasured {
		return -1
	}
	return (c - f.unrelated) / (1 - f.unrelated)
}

// rank returns the best passages, those first that would be so with their best sentence.
func (f *fused) rank() []rag.Hit {
	best := newTop(candidates)
	for first, last := range f.ranges() {
		for n := first; n < last; n++ {
			if w := f.words[n]; w > 0 || f.weight > 0 && f.near(n) >= leastNear {
				best.add(n, f.score(n, w))
			}
		}
	}
	l := f.index
	hits := make([]rag.Hit, len(best.kept))
	for i, k := range best.kept {
		words := f.words[k.number] + inverted.SentenceWeight*f.asked.Best(k.number)
		hits[i] = rag.Hit{Ref: l.Ref(k.number), Score: f.score(k.number, words), Cosine: math.NaN()}
		if f.cosines != nil {
			hits[i].Cosine = float64(f.cosines[k.number])
		}
	}
	rag.SortHits(hits)
	return hits
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
