package library

import (
	"context"

	"pilcrow/internal/rag"
)

// vectors are kept apart by server: what another server has embedded is not known here, so that nobody can tell from
// what needs to be embedded, or from how long it takes, which texts other servers have. The vectors of the shared
// documents are everybody's.
type vectors struct {
	shared rag.Vectors
	server string
}

// name is the model's name under which the server's own vectors are kept.
func (v vectors) name(model string) string { return model + " @" + v.server }

// Lookup implements rag.Vectors.
func (v vectors) Lookup(ctx context.Context, model string, texts []string) ([][]float32, error) {
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
func (v vectors) Store(ctx context.Context, model string, texts []string, found [][]float32) error {
	return v.shared.Store(ctx, v.name(model), texts, found)
}
