package ask

import (
	"context"
	"fmt"
	"maps"
	"math"
	"time"

	"pilcrow/internal/rag"
)

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

// measureTimeout bounds the measuring: what it finds out is worth less than the documents in time.
const measureTimeout = 10 * time.Second

// meaningOf returns what the vectors of an edition are worth: what an earlier edition found out with the same model,
// or, if the embedder may be asked, what is measured now.
func (e *Engine) meaningOf(ctx context.Context, ed *Edition, earlier []*Edition, ask bool) rag.Meaning {
	m := e.config.Meaning
	for _, old := range earlier {
		if u := old.meaning.Unrelated; old.model == ed.model && old.meaning.Kind == m.Kind && u != 0 && u != rag.Unmeasured &&
			m.Unrelated == 0 {
			m.Unrelated = u
		}
	}
	if m.Kind == rag.WordKind || m.Unrelated != 0 {
		return m
	}
	if m.Unrelated = rag.Unmeasured; !ask || ed.vectorless() {
		return m
	}
	ctx, cancel := context.WithTimeout(ctx, measureTimeout)
	defer cancel()
	var err error
	if m.Unrelated, err = e.background(ctx); err != nil {
		e.config.Logger.Warn("what unrelated texts score could not be measured: how near passages are by meaning does not "+
			"say whether they answer", "error", err)
		m.Unrelated = rag.Unmeasured
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
				return 0, fmt.Errorf("%w: %d and %d dimensions", rag.ErrBadVector, len(vectors[a]), len(vectors[b]))
			}
			sum += rag.Cosine(vectors[a], vectors[b])
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
	return ed.meaning.Kind != rag.WordKind && ed.meaning.Unrelated == rag.Unmeasured && !ed.vectorless()
}
