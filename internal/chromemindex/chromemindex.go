// Package chromemindex is a rag.Index in the memory of the process, over chromem-go: a collection for each document.
//
// What chromem leaves open is closed here: vectors were checked before one of them enters, and a canceled search is an
// error. Nothing but vectors is stored in it, neither text nor metadata, and its own persistence is not used.
package chromemindex

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strconv"
	"sync"
	"weak"

	chromem "github.com/philippgille/chromem-go"

	"pilcrow/internal/rag"
)

// checkEvery is how many vectors are added between two looks at the context.
const checkEvery = 256

// An Index builds searchers. It is safe for use by several goroutines. The collection of a document is made when it is
// first searched, shared by all searchers over the same block, and dropped with it.
type Index struct{ kept *kept }

// New returns an Index.
func New() Index { return Index{&kept{collections: map[weak.Pointer[rag.Block]]*collection{}}} }

// kept has a collection for each block that is alive and was searched.
type kept struct {
	mu          sync.Mutex
	collections map[weak.Pointer[rag.Block]]*collection
}

type collection struct {
	mu     sync.Mutex
	filled *chromem.Collection // nil until it is first searched
}

// of returns the collection of a block, which may still be empty.
func (k *kept) of(b *rag.Block) *collection {
	key := weak.Make(b)
	k.mu.Lock()
	defer k.mu.Unlock()
	c := k.collections[key]
	if c == nil {
		c = &collection{}
		k.collections[key] = c
		runtime.AddCleanup(b, k.drop, key)
	}
	return c
}

func (k *kept) drop(key weak.Pointer[rag.Block]) {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.collections, key)
}

// errNoText answers chromem if it ever wants to embed a text itself. Without a function of ours it would send the
// text to OpenAI, with the key that it finds in the environment.
var errNoText = errors.New("chromemindex: the index embeds nothing")

func refuseToEmbed(context.Context, string) ([]float32, error) { return nil, errNoText }

// fill returns the block's vectors as a collection.
func (c *collection) fill(ctx context.Context, b *rag.Block) (*chromem.Collection, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.filled != nil {
		return c.filled, nil
	}
	filled, err := chromem.NewDB().CreateCollection("document", nil, refuseToEmbed)
	if err != nil {
		return nil, err
	}
	for row := range b.Len() {
		if row%checkEvery == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// The vector is the block's own memory, which does not keep the block itself.
		if err := filled.AddDocument(ctx, chromem.Document{ID: strconv.Itoa(row), Embedding: b.Row(row)}); err != nil {
			return nil, err
		}
	}
	c.filled = filled
	return filled, nil
}

// Build makes a Searcher.
func (x Index) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	dimension, err := rag.SameDimension(blocks)
	if err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	s := &searcher{kept: x.kept, dimension: dimension, blocks: blocks}
	s.starts, s.paragraphs = rag.Starts(blocks)
	return s, nil
}

// searcher is not written to after Build.
type searcher struct {
	kept       *kept
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
	for k := range count {
		i := k
		if blocks != nil {
			i = blocks[k]
		}
		if err := s.score(ctx, question, i, scores); err != nil {
			return all, err
		}
		all.Add(s.blocks[i], scores[s.starts[i]:s.starts[i]+s.blocks[i].Paragraphs()])
	}
	return all, nil
}

func (s *searcher) score(ctx context.Context, question []float32, i int, scores []float32) error {
	b := s.blocks[i]
	if b.Len() == 0 {
		return nil
	}
	c, err := s.kept.of(b).fill(ctx, b)
	if err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	results, err := c.QueryEmbedding(ctx, question, b.Len(), nil, nil)
	if err != nil {
		return fmt.Errorf("search index: %w", err)
	}
	if err := ctx.Err(); err != nil { // chromem stops early then, without an error
		return fmt.Errorf("search index: %w", err)
	}
	seen := make([]bool, b.Paragraphs())
	for _, r := range results {
		row, err := strconv.Atoi(r.ID)
		if err != nil {
			return fmt.Errorf("search index: %w", err)
		}
		p := b.Paragraph(row)
		if at := s.starts[i] + p; !seen[p] { // results come best first
			seen[p], scores[at] = true, r.Similarity
		}
	}
	return nil
}
