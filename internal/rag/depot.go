package rag

import (
	"context"
	"crypto/sha256"
	"errors"
)

// A BlockKey names a block.
type BlockKey struct {
	Server string // whose own document it is, and nobody else's; "": everybody's
	Texts  TextsKey
}

// A TextsKey names what a block is made of: the texts of a document.
type TextsKey [sha256.Size]byte

// ErrAway says that a Depot cannot be reached.
var ErrAway = errors.New("the vectors cannot be reached")

// A Depot keeps the vectors of documents outside of the process, for what is too large for its memory, and searches
// them there. It must be safe for use by several goroutines.
type Depot interface {
	// Build makes a Searcher over blocks that are in the depot, as an Index does; others are passed over. What cannot be
	// reached when somebody asks is ErrAway.
	Index
	// Kept returns the blocks that are kept of a model, one for each key, nil where there is none.
	Kept(ctx context.Context, model string, keys []BlockKey) ([]*Block, error)
	// Keep keeps a block that has its vectors here, whole or not at all, and returns one that has them there. What is kept
	// of the model under the key already is not written again.
	Keep(ctx context.Context, model string, key BlockKey, b *Block) (*Block, error)
	// Take returns a block of the depot with its vectors.
	Take(ctx context.Context, b *Block) (*Block, error)
	// Leave says that blocks were those of an edition that is not used any more. Those that no other edition has, of any
	// process, leave the depot, not before questions of now are answered.
	Leave(ctx context.Context, blocks []*Block) error
}
