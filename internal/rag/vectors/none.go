package vectors

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
