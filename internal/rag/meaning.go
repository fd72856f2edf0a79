package rag

import (
	"context"
	"fmt"
	"maps"
	"math"
	"time"
)

// Meaning says what the vectors of an embedder are worth. The zero value leaves them out.
type Meaning struct {
	Kind MeaningKind
	// Weight is the share of the cosine in a passage's score, 0 to 1: see fused.score.
	Weight float64
	// Yield is how much more the cosine counts where words know nothing of the question: the share grows by it, times what
	// the best passage lacks of the question's weight.
	Yield float64
	// Unrelated is the cosine that texts have which have nothing to do with one another. Models differ widely in it. 0
	// means that the engine finds out with a few sentences of its own.
	Unrelated float64
	// Heads says that what is embedded of a passage begins with the title of its document and its heading.
	Heads bool
}

// EvidenceValues is how many numbers an Evidence has.
const EvidenceValues = 26

// Values returns the numbers, in the order of the fields.
func (e Evidence) Values() [EvidenceValues]float64 {
	return [EvidenceValues]float64{e.Window, e.Held, e.Passage, e.Names, e.Missing, e.Density, e.Negated, e.Lacks, e.Of,
		e.Granted, e.Denied, e.Renamed,
		e.Undated, e.Few, e.Silent, e.Office, e.Untold, e.Unknown, e.Absent, e.Near, e.Gathered, e.Ahead, e.Said, e.Like,
		e.Titled, e.Found}
}

// nearness says how near the nearest passage is by meaning, and by which kind; WordKind and 0 where nothing is known.
func (r Request) nearness() (MeaningKind, float64) {
	best := math.Inf(-1)
	for _, c := range r.Cosines {
		if !math.IsNaN(c) {
			best = max(best, c)
		}
	}
	if math.IsInf(best, -1) || r.Meaning.Kind == WordKind || r.Meaning.Unrelated >= unmeasured {
		return WordKind, 0
	}
	return r.Meaning.Kind, max(0, (best-r.Meaning.Unrelated)/(1-r.Meaning.Unrelated))
}

// unrelated are sentences that have nothing to do with one another.
var unrelated = []string{
	"The bakery on the corner sells rye bread on Tuesdays.",
	"How many moons does the planet Jupiter have?",
	"Her violin was restored by a craftsman in Cremona.",
	"When does the last ferry leave the island?",
	"Interest rates were raised by a quarter of a point.",
	"Who painted the ceiling of the chapel?",
	"Replace the filter of the pump every six months.",
	"What do hedgehogs eat in winter?",
	"The goalkeeper saved two penalties in the final.",
	"Why was the treaty never ratified by the senate?",
	"A function that is called twice with the same argument returns the same value.",
	"Where can I renew my passport?",
}

// unmeasured stands for the cosine of unrelated texts where it could not be found out: cosines then say nothing of
// whether passages answer.
const unmeasured = 1

// measureTimeout bounds the measuring: what it finds out is worth less than the documents in time.
const measureTimeout = 10 * time.Second

// meaningOf returns what the vectors of an edition are worth: what an earlier edition found out with the same model,
// or, if the embedder may be asked, what is measured now.
func (e *Engine) meaningOf(ctx context.Context, ed *Edition, earlier []*Edition, ask bool) Meaning {
	m := e.config.Meaning
	for _, old := range earlier {
		if u := old.meaning.Unrelated; old.model == ed.model && old.meaning.Kind == m.Kind && u != 0 && u != unmeasured &&
			m.Unrelated == 0 {
			m.Unrelated = u
		}
	}
	if m.Kind == WordKind || m.Unrelated != 0 {
		return m
	}
	if m.Unrelated = unmeasured; !ask || ed.vectorless() {
		return m
	}
	ctx, cancel := context.WithTimeout(ctx, measureTimeout)
	defer cancel()
	var err error
	if m.Unrelated, err = e.background(ctx); err != nil {
		e.config.Logger.Warn("what unrelated texts score could not be measured: how near passages are by meaning does not "+
			"say whether they answer", "error", err)
		m.Unrelated = unmeasured
	}
	return m
}

// background measures the cosine of unrelated texts.
func (e *Engine) background(ctx context.Context) (float64, error) {
	vectors := make(map[string][]float32, len(unrelated))
	missing, err := e.stored(ctx, unrelated, vectors, 0)
	for err == nil && len(missing) > 0 {
		var got map[string][]float32
		got, missing, err = e.embedNew(ctx, missing)
		maps.Copy(vectors, got)
	}
	if err != nil {
		return 0, err
	}
	sum, n := 0.0, 0
	for i, a := range unrelated {
		for _, b := range unrelated[:i] {
			if len(vectors[a]) != len(vectors[b]) {
				return 0, fmt.Errorf("%w: %d and %d dimensions", ErrBadVector, len(vectors[a]), len(vectors[b]))
			}
			sum += cosine(vectors[a], vectors[b])
			n++
		}
	}
	if mean := sum / float64(n); mean != 0 {
		return min(mean, 0.99), nil
	}
	return math.SmallestNonzeroFloat64, nil
}

// unmeasured reports whether what unrelated texts score is still to be found out.
func (ed *Edition) unmeasured() bool {
	return ed.meaning.Kind != WordKind && ed.meaning.Unrelated == unmeasured && !ed.vectorless()
}
