package rag

import (
	"context"
	"fmt"
)

// A Block holds the vectors of one document, all of one dimension and of length 1, row by row. It is immutable: the
// editions before and after a change share the blocks of what did not change, and so do the engines of several servers.
type Block struct {
	paragraphs int
	rows       []int32 // paragraph of each row, counted from 0 and never falling; nil: row i is paragraph i's
	dimension  int
	values     []float32
}

// NewBlock copies the vectors of a document of so many paragraphs, scaled to length 1. paragraph gives the one that
// each vector is of, in order: a long paragraph has several. It refuses vectors that differ in dimension, hold a value
// that is not finite, or have no length; the error is ErrBadVector.
func NewBlock(paragraphs int, paragraph []int32, vectors [][]float32) (*Block, error) {
	b := &Block{paragraphs: paragraphs}
	if len(vectors) == 0 {
		return b, nil
	}
	b.dimension = len(vectors[0])
	b.values = make([]float32, 0, len(vectors)*b.dimension)
	plain := len(paragraph) == paragraphs
	for i, v := range vectors {
		if len(v) != b.dimension {
			return nil, fmt.Errorf("%w: %d dimensions where the first of the document has %d", ErrBadVector, len(v), b.dimension)
		}
		unit, err := Unit(v)
		if err != nil {
			return nil, fmt.Errorf("paragraph %d: %w", paragraph[i]+1, err)
		}
		b.values = append(b.values, unit...)
		plain = plain && int(paragraph[i]) == i
	}
	if !plain {
		b.rows = append([]int32(nil), paragraph...)
	}
	return b, nil
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
	if b == nil || b.dimension == 0 {
		return 0
	}
	return len(b.values) / b.dimension
}

// Dimension is that of every vector; 0 if there are none.
func (b *Block) Dimension() int { return b.dimension }

// Row returns a vector, which must not be written to.
func (b *Block) Row(i int) []float32 {
	return b.values[i*b.dimension : (i+1)*b.dimension : (i+1)*b.dimension]
}

// Values are all rows, one after the other. They must not be written to.
func (b *Block) Values() []float32 { return b.values }

// Paragraph is the one, counted from 0, that a row is of.
func (b *Block) Paragraph(row int) int {
	if b.rows == nil {
		return row
	}
	return int(b.rows[row])
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
