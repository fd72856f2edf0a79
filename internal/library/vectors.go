package library

import (
	"context"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/vectors"
)

// ownVectors are kept apart by server: what another server has embedded is not known here, so that nobody can tell from
// what needs to be embedded, or from how long it takes, which texts other servers have. The vectors of the shared
// documents are everybody's.
type ownVectors struct {
	shared rag.Vectors
	server string
}

// name is the model's name under which the server's own vectors are kept.
func (v ownVectors) name(model string) string { return model + " @" + v.server }

// Lookup implements rag.Vectors.
func (v ownVectors) Lookup(ctx context.Context, model string, texts []string) ([][]float32, error) {
	found, err := v.shared.Lookup(ctx, model, texts)
	if err != nil {
		return nil, err
	}
	var missing []string
	var at []int
	for i, f := range found {
		if f == nil {
			missing, at = append(missing, texts[i]), append(at, i)
		}
	}
	if len(missing) == 0 {
		return found, nil
	}
	own, err := v.shared.Lookup(ctx, v.name(model), missing)
	if err != nil {
		return nil, err
	}
	for k, i := range at {
		found[i] = own[k]
	}
	return found, nil
}

// Store implements rag.Vectors.
func (v ownVectors) Store(ctx context.Context, model string, texts []string, found [][]float32) error {
	return v.shared.Store(ctx, v.name(model), texts, found)
}

// toEmbed counts the texts of the document that have no vector yet, as far as the server can know, and those that have.
func (l *Library) toEmbed(ctx context.Context, s *server, visible *article.Corpus, d article.Document) (missing,
	known int, err error) {
	most := l.config.Engine.Embedder.MaxBytes()
	have := map[string]bool{}
	for p := range visible.Passages() {
		for _, span := range article.Pieces(p.Text, most) {
			have[span.Of(p.Text)] = true
		}
	}
	var texts []string
	for _, p := range d.Passages {
		for _, span := range article.Pieces(p.Text, most) {
			text := span.Of(p.Text)
			if _, seen := have[text]; !seen {
				have[text] = false
				texts = append(texts, text)
			} else {
				known++
			}
		}
	}
	missing = len(texts)
	if l.config.Engine.Vectors == nil || !vectors.Embeds(l.config.Engine.Embedder) {
		return missing, known, nil
	}
	for part := range slices.Chunk(texts, lookedUp) {
		found, err := ownVectors{l.config.Engine.Vectors, s.id}.Lookup(ctx, l.config.Engine.Embedder.Model(), part)
		if err != nil {
			return 0, 0, err
		}
		for _, f := range found {
			if f != nil {
				missing, known = missing-1, known+1
			}
		}
	}
	return missing, known, nil
}
