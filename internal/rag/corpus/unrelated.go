package corpus

import (
	"context"
	"time"

	"pilcrow/internal/rag"
)

// measureTimeout bounds the measuring: what it finds out is worth less than the documents in time.
const measureTimeout = 10 * time.Second

// meaningOf returns what the vectors of an edition are worth: what an earlier edition found out with the same model,
// or, if the embedder may be asked, what is measured now.
func (b *Builder) meaningOf(ctx context.Context, ed *Edition, earlier []*Edition, ask bool) rag.Meaning {
	m := b.Meaning
	for _, old := range earlier {
		if u := old.Meaning.Unrelated; old.Model == ed.Model && old.Meaning.Kind == m.Kind && u != 0 && u != rag.Unmeasured &&
			m.Unrelated == 0 {
			m.Unrelated = u
		}
	}
	if m.Kind == rag.WordKind || m.Unrelated != 0 {
		return m
	}
	if m.Unrelated = rag.Unmeasured; !ask || ed.Vectorless() {
		return m
	}
	ctx, cancel := context.WithTimeout(ctx, measureTimeout)
	defer cancel()
	var err error
	if m.Unrelated, err = b.Maker.Background(ctx); err != nil {
		b.Logger.Warn("what unrelated texts score could not be measured: how near passages are by meaning does not "+
			"say whether they answer", "error", err)
		m.Unrelated = rag.Unmeasured
	}
	return m
}

// Unmeasured reports whether what unrelated texts score is still to be found out.
func (ed *Edition) Unmeasured() bool {
	return ed.Meaning.Kind != rag.WordKind && ed.Meaning.Unrelated == rag.Unmeasured && !ed.Vectorless()
}
