package main

import (
	"context"
	"fmt"
	"slices"

	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// hits counts how early a paragraph that answers is found.
type hits struct {
	n          int
	within     [3]int
	reciprocal float64
}

var depths = [3]int{1, 3, 5}

const deepest = 10

func (h *hits) add(found []ask.Found, q question) {
	h.n++
	at := slices.IndexFunc(found, func(f ask.Found) bool {
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
	return fmt.Sprintf("%.3f %.3f %.3f  mrr %.4f", float64(h.within[0])/n, float64(h.within[1])/n, float64(h.within[2])/n,
		h.reciprocal/n)
}

func (h hits) first() float64 { return float64(h.within[0]) / float64(max(h.n, 1)) }

func (h hits) mrr() float64 { return h.reciprocal / float64(max(h.n, 1)) }

// A ranking is one way to ask: which documents, and of them all or the question's own.
type ranking struct {
	name string
	pool pool
	own  bool
}

// fitWeight chooses the share of the cosine, and how much it grows where words know nothing, by the mean reciprocal
// rank of the development half: the mean over the ways to ask, none of which may lose against words alone.
func (f *fit) fitWeight(ctx context.Context) error {
	rankings := []ranking{
		{"SQuAD, its article", f.data.squad, true}, {"SQuAD, all articles", f.data.squad, false},
		{"ClapNQ, one pool", f.data.clapnq, false},
		{"paraphrases, its document", f.data.paraphraseDev, true}, {"paraphrases, all", f.data.paraphraseDev, false},
	}
	const measured = 2 // of the rankings, from the end, whose gate is another set
	gates := append(slices.Clone(rankings[:len(rankings)-measured]),
		ranking{"paraphrases, its document", f.data.paraphrase, true}, ranking{"paraphrases, all", f.data.paraphrase, false})
	candidates := []rag.Meaning{{}}
	for _, w := range []float64{0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7} {
		for _, y := range []float64{0, 0.5, 1, 1.5, 2} {
			candidates = append(candidates, rag.Meaning{Weight: w, Yield: y})
		}
	}
	bases := map[string]*ask.Engine{}
	found := make([][]hits, len(candidates))
	values := make([]float64, len(candidates))
	for i, m := range candidates {
		fmt.Fprintf(f.out, "weight %.2f yield %.2f", m.Weight, m.Yield)
		for _, r := range rankings {
			h, err := f.rank(ctx, r, m, true, bases)
			if err != nil {
				return err
			}
			found[i] = append(found[i], h)
			values[i] += h.mrr() / float64(len(rankings))
			fmt.Fprintf(f.out, " | %.3f %.4f", h.first(), h.mrr())
		}
		fmt.Fprintf(f.out, " | %.4f\n", values[i])
	}
	at := best(len(values), func(i int) float64 {
		for k := range rankings { // what helps questions of other words must not cost those of the same
			if found[i][k].mrr() < found[0][k].mrr() {
				return 0
			}
		}
		return values[i]
	})
	fmt.Fprintf(f.out, "chosen: weight %.2f, yield %.2f\n", candidates[at].Weight, candidates[at].Yield)
	for k, r := range rankings {
		before, err := f.rank(ctx, gates[k], candidates[0], false, bases)
		if err != nil {
			return err
		}
		after, err := f.rank(ctx, gates[k], candidates[at], false, bases)
		if err != nil {
			return err
		}
		fmt.Fprintf(f.out, "%-26s dev  (%d): words alone %v; chosen %v\n", r.name, found[0][k].n, found[0][k], found[at][k])
		fmt.Fprintf(f.out, "%-26s gate (%d): words alone %v; chosen %v\n", r.name, before.n, before, after)
	}
	return nil
}

// rank asks the questions of one half.
func (f *fit) rank(ctx context.Context, r ranking, m rag.Meaning, dev bool, bases map[string]*ask.Engine) (hits,
	error) {
	var h hits
	if m.Kind = f.meaning.Kind; m.Kind == rag.WordKind {
		m.Kind = rag.TableKind
	}
	m.Heads = f.meaning.Heads
	e, err := f.engine(ctx, r.pool.documents, m, bases[r.pool.name])
	if err != nil {
		return h, err
	}
	if bases[r.pool.name] == nil {
		bases[r.pool.name] = e
	}
	for _, q := range r.pool.questions {
		if !q.answerable || q.dev != dev {
			continue
		}
		query := ask.Query{Text: q.text, K: deepest}
		if r.own {
			query.Documents = []string{q.slug}
		}
		found, err := e.Find(ctx, query)
		if err != nil {
			return h, err
		}
		h.add(found, q)
	}
	return h, nil
}
