package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"pilcrow/internal/local"
	parsed "pilcrow/internal/question"
	"pilcrow/internal/rag/ask"
)

// A choice is the sentences of a request, of which some hold the answer.
type choice struct {
	x      [][local.FeatureCount]float64
	right  []bool
	weight float64
	set    string
	reason bool // it is asked why
}

// What a casual question counts beside one of SQuAD, where questions are in the words of their text, and how firmly
// weights are held to what they are without one another.
const (
	casualWeight = 4
	rankStrength = 3
	rankSteps    = 150
)

// fitRank fits the weights of local.Features by a conditional logistic regression (McFadden, Conditional Logit Analysis
// of Qualitative Choice Behavior, 1974): of all sentences of a request one is the answer. It learns from SQuAD's
// development half and our own casual questions, and reports each set of those also by what all the others say.
func (f *fit) fitRank(ctx context.Context) error {
	var all []choice
	e, err := f.engine(ctx, f.data.squad.documents, f.meaning, nil)
	if err != nil {
		return err
	}
	for _, q := range f.data.squad.questions {
		if !q.answerable {
			continue
		}
		c := choice{weight: 1, set: half(q.dev)}
		if err := c.rank(ctx, e, q.text, q.slug, func(n int, text string) bool {
			return slices.Contains(q.paragraphs, n) && q.answeredBy(text)
		}); err != nil {
			return err
		}
		all = append(all, c)
	}
	sets, err := loadCasual()
	if err != nil {
		return err
	}
	for _, s := range sets {
		if e, err = f.engine(ctx, s.documents, f.meaning, nil); err != nil {
			return err
		}
		for _, q := range s.questions {
			if q.Absent {
				continue
			}
			c := choice{weight: casualWeight, set: s.name}
			if err := c.rank(ctx, e, q.Casual, q.Document, func(_ int, text string) bool {
				return q.answeredBy(text)
			}); err != nil {
				return err
			}
			all = append(all, c)
		}
	}
	learned := func(c choice) bool { return c.set != half(false) }
	weights := conditional(slices.Collect(filtered(all, learned)))
	fmt.Fprintf(f.out, "weights %.2f\n", weights)
	for _, reason := range []bool{false, true} {
		of := slices.Collect(filtered(all, func(c choice) bool { return learned(c) && c.reason == reason }))
		f.reportSecond(of, reason, weights)
	}
	alone := [local.FeatureCount]float64{1}
	f.reportRank("SQuAD, the other half", all, half(false), alone, weights)
	for _, s := range sets {
		others := conditional(slices.Collect(filtered(all, func(c choice) bool { return learned(c) && c.set != s.name })))
		f.reportRank(s.name+" by the others", all, s.name, alone, others)
	}
	return nil
}

// rank has the engine find what answers; right tells of a sentence of the n-th paragraph whether it does.
func (c *choice) rank(ctx context.Context, e *ask.Engine, text, slug string,
	right func(n int, text string) bool) error {
	r, err := e.Prepare(ctx, ask.Query{Text: text, Documents: []string{slug}})
	if err != nil {
		return err
	}
	c.reason = parsed.Parse(text).Kind == parsed.Reason
	for _, s := range local.Rank(r) {
		c.x = append(c.x, s.Features.Values())
		c.right = append(c.right, right(r.Passages[s.Passage].Ref.N, s.Text))
	}
	return nil
}

// odds are how likely each sentence is the one, by the weights; they add up to 1.
func (c choice) odds(w [local.FeatureCount]float64) []float64 {
	p, most, sum := make([]float64, len(c.x)), math.Inf(-1), 0.0
	for i, x := range c.x {
		p[i] = dot(w[:], x[:])
		most = max(most, p[i])
	}
	for i := range p {
		p[i] = math.Exp(p[i] - most)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// conditional fits the weights by gradient steps with a rate of their own each (Kingma and Ba, Adam, 2015).
func conditional(choices []choice) [local.FeatureCount]float64 {
	const rate, decay1, decay2, tiny = 0.05, 0.9, 0.99, 1e-8
	w := [local.FeatureCount]float64{rankStrength}
	first := w
	var mean, square [local.FeatureCount]float64
	total := 0.0
	for _, c := range choices {
		total += c.weight
	}
	for step := 1.0; step <= rankSteps; step++ {
		var gradient [local.FeatureCount]float64
		for k := range w {
			gradient[k] = rankStrength * (w[k] - first[k])
		}
		for _, c := range choices {
			p, among := c.odds(w), 0.0
			for i, right := range c.right {
				if right {
					among += p[i]
				}
			}
			if among == 0 {
				continue
			}
			for i, x := range c.x {
				d := p[i]
				if c.right[i] {
					d -= p[i] / among
				}
				for k, v := range x {
					gradient[k] += c.weight * d * v
				}
			}
		}
		for k, g := range gradient {
			g /= total
			mean[k] = decay1*mean[k] + (1-decay1)*g
			square[k] = decay2*square[k] + (1-decay2)*g*g
			w[k] -= rate * mean[k] / (1 - math.Pow(decay1, step)) / (math.Sqrt(square[k]/(1-math.Pow(decay2, step))) + tiny)
		}
	}
	return w
}

// reportRank says how often the best sentence, or one of the best two or three, has the answer.
func (f *fit) reportRank(name string, all []choice, set string, before, after [local.FeatureCount]float64) {
	var hits [2][3]int
	n := 0
	for _, c := range all {
		if c.set != set {
			continue
		}
		n++
		for k, w := range [][local.FeatureCount]float64{before, after} {
			p := c.odds(w)
			order := make([]int, len(p))
			for i := range order {
				order[i] = i
			}
			slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[b], p[a]) })
			for depth, i := range order[:min(3, len(order))] {
				if c.right[i] {
					for ; depth < 3; depth++ {
						hits[k][depth]++
					}
					break
				}
			}
		}
	}
	fmt.Fprintf(f.out, "%s: of %d, by words %d, fitted %d\n", name, n, hits[0], hits[1])
}

// reportSecond says, for odds from which on the second best sentence is shown beside the best, how often that is and
// how often it has the answer that the best one lacks: what local's thresholds of odds are chosen by.
func (f *fit) reportSecond(choices []choice, reason bool, w [local.FeatureCount]float64) {
	for _, from := range []float64{0.05, 0.1, 0.15, 0.2, 0.3, 0.5} {
		shown, brings := 0, 0
		for _, c := range choices {
			p := c.odds(w)
			first, second := -1, -1
			for i := range p {
				switch {
				case first < 0 || p[i] > p[first]:
					first, second = i, first
				case second < 0 || p[i] > p[second]:
					second = i
				}
			}
			if second >= 0 && p[second] >= from*p[first] {
				shown++
				if c.right[second] && !c.right[first] {
					brings++
				}
			}
		}
		fmt.Fprintf(f.out, "second sentence, asked why %v, odds from %.2f: of %d shown %d, has what the first lacks %d\n",
			reason, from, len(choices), shown, brings)
	}
}

func filtered(all []choice, keep func(choice) bool) func(yield func(choice) bool) {
	return func(yield func(choice) bool) {
		for _, c := range all {
			if keep(c) && !yield(c) {
				return
			}
		}
	}
}
