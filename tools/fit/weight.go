package main

import (
	"context"
	"fmt"
	"slices"

	"pilcrow/internal/rag"
)

// hits counts how early a paragraph that answers is found.
type hits struct {
	n          int
	within     [3]int
	reciprocal float64
}

var depths = [3]int{1, 3, 5}

const deepest = 10

func (h *hits) add(found []rag.Found, q question) {
	h.n++
	at := slices.IndexFunc(found, func(f rag.Found) bool {
		return f.Passage.Ref.Slug == q.slug && slices.Contains(q.paragraphs, f.Passage.Ref.N)
	})
	if at < 0 {
		return
	}
	h.reciprocal += 1 / float64(at+1)
	for i, depth := range depths {
		if at < depth {
			h.within[i]++
		}
	}
}

func (h hits) String() string {
	n := float64(max(h.n, 1))
	return fmt.Sprintf("%.3f %.3f %.3f  mrr %.4f", float64(h.within[0])/n, float64(h.within[1])/n, float64(h.within[2])/n, h.reciprocal/n)
}

func (h hits) mrr() float64 { return h.reciprocal / float64(max(h.n, 1)) }

// A ranking is one way to ask: which documents, and of them all or the question's own.
type ranking struct {
	name string
	pool pool
	own  bool
}

// fitWeight chooses the share of the cosine by the mean reciprocal rank, the mean over three ways to ask.
func (f *fit) fitWeight(ctx context.Context) error {
	rankings := []ranking{{"SQuAD, its article", f.data.squad, true}, {"SQuAD, all articles", f.data.squad, false}, {"ClapNQ, one pool", f.data.clapnq, false}}
	var weights []float64
	for w := 0; w <= 90; w += 5 {
		weights = append(weights, float64(w)/100)
	}
	results := make([][][2]hits, len(weights)) // by weight, ranking, half
	bases := map[string]*rag.Engine{}
	for i, w := range weights {
		results[i] = make([][2]hits, len(rankings))
		for k, r := range rankings {
			e, err := f.engine(ctx, r.pool.documents, rag.Meaning{Weight: w}, bases[r.pool.name])
			if err != nil {
				return err
			}
			if bases[r.pool.name] == nil {
				bases[r.pool.name] = e
			}
			for _, q := range r.pool.questions {
				if !q.answerable {
					continue
				}
				query := rag.Query{Text: q.text, K: deepest}
				if r.own {
					query.Documents = []string{q.slug}
				}
				found, err := e.Find(ctx, query)
				if err != nil {
					return err
				}
				of := 1
				if q.dev {
					of = 0
				}
				results[i][k][of].add(found, q)
			}
		}
		fmt.Fprintf(f.out, "weight %.2f", w)
		for k := range rankings {
			fmt.Fprintf(f.out, "  | %v", results[i][k][0])
		}
		fmt.Fprintln(f.out)
	}
	at := best(weights, func(i int) float64 {
		sum := 0.0
		for k := range rankings {
			sum += results[i][k][0].mrr()
		}
		return sum
	})
	fmt.Fprintf(f.out, "chosen: weight %.2f\n", weights[at])
	for k, r := range rankings {
		for of, dev := range []bool{true, false} {
			fmt.Fprintf(f.out, "%-20s %s (%d): words alone %v; chosen %v\n", r.name, half(dev), results[at][k][of].n, results[0][k][of], results[at][k][of])
		}
	}
	return nil
}
