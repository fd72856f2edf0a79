// Package chromemindex is a rag.Index in the memory of the process, over chromem-go.
//
// What chromem leaves open is closed here: vectors are checked before one of them enters, equal scores have an order,
// k may be larger than the index, and a canceled search is an error. Nothing but vectors is stored in it, neither
// text nor metadata, and its own persistence is not used.
package chromemindex

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	chromem "github.com/philippgille/chromem-go"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// spare is how many results are asked for beyond k, so that a few pieces of one paragraph and a tie at the cut are
// settled by one query.
const spare = 8

// checkEvery is how many vectors are added between two looks at the context.
const checkEvery = 256

// Index builds searchers. The zero value is ready to use, by several goroutines.
type Index struct{}

// New returns an Index.
func New() Index { return Index{} }

// errNoText answers chromem if it ever wants to embed a text itself. Without a function of ours it would send the
// text to OpenAI, with the key that it finds in the environment.
var errNoText = errors.New("chromemindex: the index embeds nothing")

func refuseToEmbed(context.Context, string) ([]float32, error) { return nil, errNoText }

// Build makes a Searcher from the entries' vectors, or from copies scaled to length 1 where they are not. Two entries
// under one Ref are two pieces of one paragraph.
func (Index) Build(ctx context.Context, entries []rag.Entry) (rag.Searcher, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	s := &searcher{refs: make([]article.Ref, len(entries)), documents: map[string]*chromem.Collection{}}
	if len(entries) > 0 {
		s.dimension = len(entries[0].Vector)
	}
	db := chromem.NewDB()
	all, err := db.CreateCollection("all", nil, refuseToEmbed)
	if err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	s.all = all
	for i, e := range entries {
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("build index: %w", ctx.Err())
		}
		vector, err := s.check(e.Vector)
		if err != nil {
			return nil, fmt.Errorf("build index: %s: %w", e.Ref, err)
		}
		document := s.documents[e.Ref.Slug]
		if document == nil {
			document, err = db.CreateCollection("document "+e.Ref.Slug, nil, refuseToEmbed)
			if err != nil {
				return nil, fmt.Errorf("build index: %w", err)
			}
			s.documents[e.Ref.Slug] = document
		}
		s.refs[i] = e.Ref
		entry := chromem.Document{ID: strconv.Itoa(i), Embedding: vector} // both collections share the vector
		if err := errors.Join(s.all.AddDocument(ctx, entry), document.AddDocument(ctx, entry)); err != nil {
			return nil, fmt.Errorf("build index: %s: %w", e.Ref, err)
		}
	}
	return s, nil
}

// searcher holds every vector in two collections: one for a search through everything, and one per document, which
// is many times faster when the question names the document than a filter over all. It is not written to after Build.
type searcher struct {
	dimension int
	refs      []article.Ref // by the number that is an entry's ID
	all       *chromem.Collection
	documents map[string]*chromem.Collection
}

// Search looks for the nearest paragraphs. A question's vector of another dimension, or without a direction, is
// refused with rag.ErrBadVector; documents that the index does not have are passed over.
func (s *searcher) Search(ctx context.Context, vector []float32, slugs []string, k int) ([]rag.Hit, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	if k <= 0 || len(s.refs) == 0 {
		return nil, nil
	}
	vector, err := s.check(vector)
	if err != nil {
		return nil, fmt.Errorf("search index: %w", err)
	}
	if slugs == nil {
		return s.nearest(ctx, s.all, vector, k)
	}
	var hits []rag.Hit
	for _, slug := range slices.Compact(slices.Sorted(slices.Values(slugs))) {
		if document := s.documents[slug]; document != nil {
			found, err := s.nearest(ctx, document, vector, k)
			if err != nil {
				return nil, err
			}
			hits = append(hits, found...)
		}
	}
	rank(hits)
	return hits[:min(k, len(hits))], nil
}

// nearest asks chromem for growing numbers of results, until the k-th paragraph is certain: chromem returns equal
// scores in any order, so a result is only sure when a worse one was returned behind it.
func (s *searcher) nearest(
	ctx context.Context, c *chromem.Collection, vector []float32, k int,
) ([]rag.Hit, error) {
	count := c.Count()
	for n := min(count, spare+min(k, count)); ; n = min(count, 2*n) {
		results, err := c.QueryEmbedding(ctx, vector, n, nil, nil)
		if err != nil {
			return nil, fmt.Errorf("search index: %w", err)
		}
		if err := ctx.Err(); err != nil { // chromem stops early then, without an error
			return nil, fmt.Errorf("search index: %w", err)
		}
		hits, err := s.paragraphs(results)
		if err != nil {
			return nil, err
		}
		worst := float64(results[len(results)-1].Similarity)
		if n == count || len(hits) >= k && hits[k-1].Score > worst {
			return hits[:min(k, len(hits))], nil
		}
	}
}

// paragraphs turns results into ranked hits, each paragraph once with its best piece.
func (s *searcher) paragraphs(results []chromem.Result) ([]rag.Hit, error) {
	hits := make([]rag.Hit, 0, len(results))
	for _, r := range results {
		i, err := strconv.Atoi(r.ID)
		if err != nil {
			return nil, fmt.Errorf("search index: %w", err)
		}
		hits = append(hits, rag.Hit{Ref: s.refs[i], Score: float64(r.Similarity)})
	}
	rank(hits)
	seen := make(map[article.Ref]bool, len(hits))
	return slices.DeleteFunc(hits, func(h rag.Hit) bool {
		again := seen[h.Ref]
		seen[h.Ref] = true
		return again
	}), nil
}

func (s *searcher) check(vector []float32) ([]float32, error) {
	if len(vector) != s.dimension {
		return nil, fmt.Errorf("%w: %d dimensions where the index has %d", rag.ErrBadVector, len(vector), s.dimension)
	}
	return rag.Unit(vector)
}

func rank(hits []rag.Hit) {
	slices.SortFunc(hits, func(a, b rag.Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), a.Ref.Compare(b.Ref))
	})
}
