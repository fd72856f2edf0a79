package main

import (
	"context"
	"fmt"

	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// fitExtract chooses how much the passage that a sentence stands in counts, and the meaning, by how often the best
// sentence, or the best two, hold the answer.
func (f *fit) fitExtract(ctx context.Context) error {
	e, err := f.engine(ctx, f.data.squad.documents, f.meaning, nil)
	if err != nil {
		return err
	}
	var shares []local.Shares
	for _, passage := range []float64{0.4, 0.8, 1.2, 1.6, 2, 2.4, 2.8, 3.2, 4, 5} {
		shares = append(shares, local.Shares{Passage: passage})
		for meaning := 0.25; f.meaning.Kind == rag.TableKind && meaning <= 2; meaning *= 1.5 {
			shares = append(shares, local.Shares{Passage: passage, Meaning: meaning})
		}
	}
	counts := make([][2][3]int, len(shares)) // by share, half, and how many sentences
	var n [2]int
	for _, q := range f.data.squad.questions {
		if !q.answerable {
			continue
		}
		of := 1
		if q.dev {
			of = 0
		}
		n[of]++
		request, err := e.Prepare(ctx, ask.Query{Text: q.text, Documents: []string{q.slug}})
		if err != nil {
			return err
		}
		for i, share := range shares {
			for k, c := range local.RankBy(request, share) {
				if k == len(counts[i][of]) {
					break
				}
				if q.answeredBy(c.Text) {
					for ; k < len(counts[i][of]); k++ {
						counts[i][of][k]++
					}
					break
				}
			}
		}
	}
	part := func(i, of, k int) float64 { return float64(counts[i][of][k]) / float64(max(n[of], 1)) }
	for i, share := range shares {
		fmt.Fprintf(f.out, "passage share %.1f, meaning %.2f", share.Passage, share.Meaning)
		for of, dev := range []bool{true, false} {
			fmt.Fprintf(f.out, "  %s %.4f %.4f %.4f", half(dev), part(i, of, 0), part(i, of, 1), part(i, of, 2))
		}
		fmt.Fprintln(f.out)
	}
	at := best(len(shares), func(i int) float64 { return part(i, 0, 0) + part(i, 0, 1) })
	fmt.Fprintf(f.out, "chosen: passage share %.1f, meaning %.2f\n", shares[at].Passage, shares[at].Meaning)
	return nil
}
