package vectors

import (
	"context"
	"fmt"
	"maps"
	"math"

	"pilcrow/internal/rag"
)

// Unrelated are sentences that have nothing to do with one another.
var Unrelated = []string{
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

// Background measures the cosine of unrelated texts.
func (m *Maker) Background(ctx context.Context) (float64, error) {
	vectors := make(map[string][]float32, len(Unrelated))
	missing, err := m.Stored(ctx, Unrelated, vectors, 0)
	for err == nil && len(missing) > 0 {
		var got map[string][]float32
		got, missing, err = m.EmbedNew(ctx, missing)
		maps.Copy(vectors, got)
	}
	if err != nil {
		return 0, err
	}
	sum, n := 0.0, 0
	for i, a := range Unrelated {
		for _, b := range Unrelated[:i] {
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
