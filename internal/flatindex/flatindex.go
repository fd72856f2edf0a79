// Package flatindex is a rag.Index that compares a question with every vector, one block after the other, with the
// processor's vector instructions where it has them. It keeps nothing beside the blocks.
package flatindex

import (
	"context"
	"fmt"

	"github.com/viterin/vek/vek32"

	"pilcrow/internal/rag"
)

// checkEvery is how many vectors are compared between two looks at the context.
const checkEvery = 4096

// An Index builds searchers. The zero value is ready to use, by several goroutines.
type Index struct{}

// New returns an Index.
func New() Index { return Index{} }

// Build makes a Searcher.
func (Index) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	dimension, err := rag.SameDimension(blocks)
	if err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	s := &searcher{dimension: dimension, blocks: blocks}
	s.starts, s.paragraphs = rag.Starts(blocks)
	return s, nil
}

// searcher is not written to after Build.
type searcher struct {
	dimension  int
	blocks     []*rag.Block
	starts     []int
	paragraphs int
}

// Score implements rag.Searcher.
func (s *searcher) Score(ctx context.Context, asked rag.Scoring, scores []float32) (rag.Scored, error) {
	all := rag.NothingScored()
	question, err := rag.ReadyToScore(ctx, asked.Question, s.dimension, len(scores), s.paragraphs)
	if err != nil || s.dimension == 0 {
		return all, err
	}
	blocks := asked.Blocks
	count := len(blocks)
	if blocks == nil {
		count = len(s.blocks)
	}
	since := 0
	for k := range count {
		i := k
		if blocks != nil {
			i = blocks[k]
		}
		b := s.blocks[i]
		if since += b.Len(); since >= checkEvery {
			if since = 0; ctx.Err() != nil {
				return all, fmt.Errorf("search index: %w", ctx.Err())
			}
		}
		of := scores[s.starts[i] : s.starts[i]+b.Paragraphs()]
		score(question, b, of)
		all.Add(b, of)
	}
	return all, nil
}

// score writes the scores of one block, whose rows of one paragraph stand together.
func score(question []float32, b *rag.Block, scores []float32) {
	last := -1
	for row := range b.Len() {
		cosine := vek32.Dot(question, b.Row(row))
		if p := b.Paragraph(row); p != last || cosine > scores[p] {
			last, scores[p] = p, cosine
		}
	}
}
