package rag

import (
	"context"
	"fmt"
)

// A Block holds the vectors of one document, all of one dimension and of length 1, row by row, or says where in a Depot
// they are. It is immutable: the editions before and after a change share the blocks of what did not change, and so do
// the engines of several servers.
type Block struct {
	paragraphs int
	rows       []int32 // paragraph of each row, counted from 0 and never falling; nil: row i is paragraph i's
	dimension  int
	count      int       // of the vectors
	values     []float32 // nil: in the depot
	place      int64     // in the depot; 0: here
}

// NewBlock copies the vectors of a document of so many paragraphs, scaled to length 1. paragraph gives the one that
// each vector is of, in order: a long paragraph has several. It refuses vectors that differ in dimension, hold a value
// that is not finite, or have no length; the error is ErrBadVector.
func NewBlock(paragraphs int, paragraph []int32, vectors [][]float32) (*Block, error) {
	b := &Block{paragraphs: paragraphs, count: len(vectors)}
	if len(vectors) == 0 {
		return b, nil
	}
	b.dimension = len(vectors[0])
	b.values = make([]float32, 0, len(vectors)*b.dimension)
	for i, v := range vectors {
		if len(v) != b.dimension {
			return nil, fmt.Errorf("%w: %d dimensions where the first of the document has %d", ErrBadVector, len(v), b.dimension)
		}
		unit, err := Unit(v)
		if err != nil {
			return nil, fmt.Errorf("paragraph %d: %w", paragraph[i]+1, err)
		}
		b.values = append(b.values, unit...)
	}
	b.rows = rowsOf(paragraphs, paragraph)
	return b, nil
}

// rowsOf is what is kept of the paragraphs of rows: nothing, where each paragraph has one.
func rowsOf(paragraphs int, paragraph []int32) []int32 {
	plain := len(paragraph) == paragraphs
	for i, p := range paragraph {
		plain = plain && int(p) == i
	}
	if plain {
		return nil
	}
	return append([]int32(nil), paragraph...)
}

// DepositedBlock is a block whose vectors are at a place, not 0, of a Depot. paragraph is as for NewBlock.
func DepositedBlock(place int64, paragraphs, dimension int, paragraph []int32) *Block {
	return &Block{paragraphs: paragraphs, rows: rowsOf(paragraphs, paragraph), dimension: dimension, count: len(paragraph),
		place: place}
}

// BlockWithout is the block of a document of so many paragraphs that has no vectors.
func BlockWithout(paragraphs int) *Block { return &Block{paragraphs: paragraphs} }

// Paragraphs is how many the document has. A nil block has none.
func (b *Block) Paragraphs() int {
	if b == nil {
		return 0
	}
	return b.paragraphs
}

// Len is how many vectors there are. A nil block has none.
func (b *Block) Len() int {
	if b == nil {
		return 0
	}
	return b.count
}

// Place is where the vectors are in a Depot; 0 where they are here, or there are none.
func (b *Block) Place() int64 {
	if b == nil {
		return 0
	}
	return b.place
}

// Dimension is that of every vector; 0 if there are none.
func (b *Block) Dimension() int { return b.dimension }

// Row returns a vector of a block that has them here. It must not be written to.
func (b *Block) Row(i int) []float32 {
	return b.values[i*b.dimension : (i+1)*b.dimension : (i+1)*b.dimension]
}

// Values are all rows, one after the other; none of what is in a depot. They must not be written to.
func (b *Block) Values() []float32 { return b.values }

// Paragraph is the one, counted from 0, that a row is of.
func (b *Block) Paragraph(row int) int {
	if b.rows == nil {
		return row
	}
	return int(b.rows[row])
}

// PartByPlace returns the blocks whose vectors are here and those whose vectors are in a depot, each with blocks
// without vectors in the place of the others. Where none is in a depot, deposited is nil.
func PartByPlace(blocks []*Block) (here, deposited []*Block) {
	for i, b := range blocks {
		if b.Place() == 0 {
			continue
		}
		if deposited == nil {
			here, deposited = append(here, blocks...), make([]*Block, len(blocks))
			for k, other := range blocks {
				deposited[k] = BlockWithout(other.Paragraphs())
			}
		}
		here[i], deposited[i] = deposited[i], b
	}
	if deposited == nil {
		return blocks, nil
	}
	return here, deposited
}

// SameDimension returns the one dimension of the vectors of all blocks, 0 if there are none; the error is ErrBadVector.
func SameDimension(blocks []*Block) (int, error) {
	dimension := 0
	for i, b := range blocks {
		switch {
		case b.Len() == 0:
		case dimension == 0:
			dimension = b.dimension
		case dimension != b.dimension:
			return 0, fmt.Errorf("%w: %d dimensions in document %d, %d before it", ErrBadVector, b.dimension, i+1, dimension)
		}
	}
	return dimension, nil
}

// Starts returns the place of the first paragraph of each block among those of all, and how many there are.
func Starts(blocks []*Block) (starts []int, total int) {
	starts = make([]int, len(blocks))
	for i, b := range blocks {
		starts[i] = total
		total += b.Paragraphs()
	}
	return starts, total
}

// ReadyToScore checks what a Searcher is given and returns the question scaled to length 1. With dimension 0 there is
// nothing to score.
func ReadyToScore(ctx context.Context, question []float32, dimension, places, paragraphs int) ([]float32, error) {
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("search index: %w", ctx.Err())
	case places != paragraphs:
		return nil, fmt.Errorf("search index: places for %d scores of %d paragraphs", places, paragraphs)
	case dimension == 0:
		return nil, nil
	case len(question) != dimension:
		return nil, fmt.Errorf("search index: %w: %d dimensions where the index has %d", ErrBadVector, len(question),
			dimension)
	}
	unit, err := Unit(question)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	return unit, nil
}
