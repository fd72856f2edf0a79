package library

import (
	"context"

	"pilcrow/internal/rag"
)

// ownDepot keeps a server's own documents apart, as ownVectors does: those of everybody come from the engine that
// shares them.
type ownDepot struct {
	rag.Depot
	server string
}

// Kept implements rag.Depot.
func (d ownDepot) Kept(ctx context.Context, model string, keys []rag.BlockKey) ([]*rag.Block, error) {
	own := make([]rag.BlockKey, len(keys))
	for i, key := range keys {
		own[i] = rag.BlockKey{Server: d.server, Texts: key.Texts}
	}
	return d.Depot.Kept(ctx, model, own)
}

// Keep implements rag.Depot.
func (d ownDepot) Keep(ctx context.Context, model string, key rag.BlockKey, b *rag.Block) (*rag.Block, error) {
	key.Server = d.server
	return d.Depot.Keep(ctx, model, key, b)
}
