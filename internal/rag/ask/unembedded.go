package ask

import (
	"context"

	"pilcrow/internal/rag"
)

// Unembedded stands where no model embeds. An edition has no vectors then, and nothing is looked up or kept: with
// WordsAlone nothing would look at them.
type Unembedded struct{}

// Model implements Embedder.
func (Unembedded) Model() string { return "none" }

// MaxBytes implements Embedder.
func (Unembedded) MaxBytes() int { return 0 }

// Embed implements Embedder; an engine does not call it.
func (Unembedded) Embed(ctx context.Context, _ rag.Kind, texts []string) ([][]float32, error) {
	vectors := make([][]float32, len(texts))
	for i := range vectors {
		vectors[i] = []float32{1}
	}
	return vectors, ctx.Err()
}

// Embeds reports whether an embedder makes vectors.
func Embeds(e rag.Embedder) bool {
	_, none := e.(Unembedded)
	return !none
}

// unembedded leaves the edition without vectors, and counts the texts that are new to it as those that would be
// embedded.
func (ed *Edition) unembedded(earlier []*Edition, r *Report) {
	known := map[string]bool{}
	var changed []int
	for i, d := range ed.Corpus.Documents() {
		ed.blocks[i], ed.rows[i] = rag.BlockWithout(len(d.Passages)), rows{}
		if old, _ := earlierOf(ed, d, earlier); old == nil {
			changed = append(changed, i)
		} else {
			r.Reused += len(d.Passages)
		}
	}
	if len(changed) > 0 {
		for _, old := range earlier {
			for p := range old.Corpus.Passages() {
				known[p.Text] = true
			}
		}
	}
	for _, i := range changed {
		for _, p := range ed.Corpus.Documents()[i].Passages {
			if known[p.Text] {
				r.Reused++
			} else {
				known[p.Text] = true
				r.Embedded++
			}
		}
	}
}
