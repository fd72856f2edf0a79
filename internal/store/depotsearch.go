package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"
	"weak"

	"pilcrow/internal/rag"
)

const (
	// exactWithin is how many vectors are compared one by one: as fast as the index, and nothing is missed: see
	// packaging/README.md.
	exactWithin = 10_000
	// farthest are fetched for the lower bound of the cosines, as the order in half precision is not quite the exact one.
	farthest = 8
	// searchTimeout is how long a search may take before words alone answer.
	searchTimeout = 5 * time.Second
	// How the graph is searched: https://github.com/pgvector/pgvector#query-options. With fewer, what is nearest is
	// missed.
	efSearch      = 400
	efFarthest    = 100  // a bound, of which "about" is enough
	maxEfSearch   = 1000 // what pgvector takes
	maxScanTuples = 100_000
)

// Build implements rag.Depot.
func (h *Depot) Build(ctx context.Context, blocks []*rag.Block) (rag.Searcher, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	_, there := rag.PartByPlace(blocks)
	if there == nil {
		there = make([]*rag.Block, len(blocks))
		for i, b := range blocks {
			there[i] = rag.BlockWithout(b.Paragraphs())
		}
	}
	dimension, err := rag.SameDimension(there)
	if err != nil {
		return nil, fmt.Errorf("build index: %w", err)
	}
	s := &depotSearcher{depot: h, dimension: dimension, blocks: there, at: map[int64]int{}}
	s.starts, s.paragraphs = rag.Starts(there)
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, b := range there {
		if b.Place() != 0 {
			s.at[b.Place()], s.model = i, h.live[weak.Make(b)].model
		}
	}
	return s, nil
}

// depotSearcher is not written to after Build.
type depotSearcher struct {
	depot      *Depot
	model      int
	dimension  int
	blocks     []*rag.Block
	starts     []int
	paragraphs int
	at         map[int64]int // block by its place in the depot
}

// A deposited names paragraphs in the depot.
type depositedParagraphs struct {
	blocks     []int64
	paragraphs []int32
}

func (p *depositedParagraphs) add(block int64, paragraph int32) {
	p.blocks, p.paragraphs = append(p.blocks, block), append(p.paragraphs, paragraph)
}

// Score implements rag.Searcher.
func (s *depotSearcher) Score(ctx context.Context, asked rag.Scoring, scores []float32) (rag.Scored, error) {
	all := rag.NothingScored()
	question, err := rag.ReadyToScore(ctx, asked.Question, s.dimension, len(scores), s.paragraphs)
	if err != nil || s.dimension == 0 {
		return all, err
	}
	var scope []int64
	vectors := 0
	include := func(b *rag.Block) {
		if b.Place() != 0 {
			scope = append(scope, b.Place())
			vectors += b.Len()
		}
	}
	if asked.Blocks == nil {
		for _, b := range s.blocks {
			include(b)
		}
	}
	for _, i := range asked.Blocks {
		include(s.blocks[i])
	}
	if len(scope) == 0 {
		return all, nil
	}
	limited, cancel := context.WithTimeout(ctx, searchTimeout)
	defer cancel()
	rows := 0
	err = within(limited, s.depot.db, &sql.TxOptions{ReadOnly: true}, func(tx *sql.Tx) error {
		needed, err := s.nearest(limited, tx, question, scope, vectors, asked.Nearest)
		if err != nil {
			return err
		}
		if asked.Wanted != nil {
			s.want(&needed, asked.Wanted())
		}
		rows, err = s.compare(limited, tx, question, needed, scores, &all)
		return err
	})
	switch {
	case ctx.Err() != nil:
		return all, fmt.Errorf("search index: %w", ctx.Err())
	case err != nil:
		return all, fmt.Errorf("search index: %w: %w", rag.ErrAway, err)
	}
	all.Some = rows < vectors
	return all, nil
}

// want adds paragraphs by their places among all.
func (s *depotSearcher) want(needed *depositedParagraphs, places []int) {
	for _, p := range places {
		i, _ := slices.BinarySearch(s.starts, p+1)
		if i--; i >= 0 && s.blocks[i].Place() != 0 {
			needed.add(s.blocks[i].Place(), int32(p-s.starts[i]))
		}
	}
}

// nearest finds the nearest paragraphs of blocks, and the farthest.
func (s *depotSearcher) nearest(ctx context.Context, tx *sql.Tx, question []float32, scope []int64, vectors,
	most int) (needed depositedParagraphs, err error) {
	most += most/4 + farthest // some are nearer in half precision than they are
	if vectors > s.depot.exactWithin && s.depot.ready(s.model) {
		if err = s.throughIndex(ctx, tx, &needed, question, scope, most, efSearch); err == nil {
			err = s.throughIndex(ctx, tx, &needed, opposite(question), scope, farthest, efFarthest)
		}
		return needed, err
	}
	err = needed.query(ctx, tx, `WITH compared AS MATERIALIZED (SELECT block, paragraph, min(`+s.distance("?1")+`) AS far
		FROM depot_vectors WHERE block = ANY(CAST(?2 AS bigint[])) GROUP BY block, paragraph)
		(SELECT block, paragraph FROM compared ORDER BY far LIMIT ?3) UNION
		(SELECT block, paragraph FROM compared ORDER BY far DESC LIMIT ?4)`,
		vectorText(question), pgArray(scope), most, farthest)
	return needed, err
}

// throughIndex finds the nearest that the index finds, about in their order, looking at so many at least.
func (s *depotSearcher) throughIndex(ctx context.Context, tx *sql.Tx, needed *depositedParagraphs, question []float32,
	scope []int64, most, ef int) error {
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("SET LOCAL hnsw.ef_search = %d; SET LOCAL hnsw.iterative_scan = "+
		"relaxed_order; SET LOCAL hnsw.max_scan_tuples = %d; SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off",
		min(max(ef, most), maxEfSearch), maxScanTuples)); err != nil {
		return err
	}
	return needed.query(ctx, tx, fmt.Sprintf("SELECT block, paragraph FROM depot_vectors WHERE model = %d AND block = "+
		"ANY(CAST(?2 AS bigint[])) ORDER BY %s LIMIT ?3", s.model, s.distance("?1")), vectorText(question), pgArray(scope),
		most)
}

// query adds the paragraphs that a query gives.
func (p *depositedParagraphs) query(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var block int64
		var paragraph int32
		if err := rows.Scan(&block, &paragraph); err != nil {
			return err
		}
		p.add(block, paragraph)
	}
	return rows.Err()
}

// distance is the SQL of how far a vector is from that of a parameter: less than another's where the cosine is larger.
func (s *depotSearcher) distance(parameter string) string {
	return s.depot.distance(s.dimension, parameter)
}

func (h *Depot) distance(dimension int, parameter string) string {
	return fmt.Sprintf("%s OPERATOR(%s.<#>) CAST(CAST(%s AS text) AS %s.halfvec(%d))", h.indexedExpression(dimension),
		h.schema, parameter, h.schema, dimension)
}

// indexedExpression is what the index of a model's vectors is over.
func (h *Depot) indexedExpression(dimension int) string {
	return fmt.Sprintf("CAST(near AS %s.halfvec(%d))", h.schema, dimension)
}

// opposite is the vector that is nearest to what is farthest.
func opposite(v []float32) []float32 {
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = -x
	}
	return out
}

// compare writes the scores of paragraphs, from their vectors as they were made, and says how many vectors these are.
func (s *depotSearcher) compare(ctx context.Context, tx *sql.Tx, question []float32, needed depositedParagraphs,
	scores []float32, all *rag.Scored) (vectors int, err error) {
	rows, err := tx.QueryContext(ctx, `SELECT v.block, v.paragraph, v.exact, v.sum FROM (SELECT DISTINCT block, paragraph
		FROM unnest(CAST(? AS bigint[]), CAST(? AS int[])) AS n (block, paragraph)) AS w
		JOIN depot_vectors v ON v.block = w.block AND v.paragraph = w.paragraph`,
		pgArray(needed.blocks), pgArray(needed.paragraphs))
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	seen := map[int]float32{}
	for rows.Next() {
		var block int64
		var paragraph, sum int64
		var blob sql.RawBytes
		if err := rows.Scan(&block, &paragraph, &blob, &sum); err != nil {
			return 0, err
		}
		vectors++
		vector := decode(blob, uint32(sum))
		i, known := s.at[block]
		if !known || int(paragraph) >= s.blocks[i].Paragraphs() || len(vector) != s.dimension {
			continue
		}
		c := float32(rag.Cosine(question, vector))
		if before, ok := seen[s.starts[i]+int(paragraph)]; !ok || c > before {
			seen[s.starts[i]+int(paragraph)] = c
		}
	}
	for place, c := range seen {
		scores[place] = c
		all.Least, all.Most = min(all.Least, float64(c)), max(all.Most, float64(c))
	}
	return vectors, rows.Err()
}
