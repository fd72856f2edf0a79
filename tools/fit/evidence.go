package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// A weighed question: what kind of case it is, and what was found.
type weighed struct {
	kind     string // right: it is answered; foreign: its document is not there; gap: its document does not answer it
	size     int    // documents that are loaded
	dev      bool
	passage  bool // of ClapNQ
	evidence rag.Evidence
}

const (
	right   = "right"
	foreign = "foreign"
	gap     = "gap"
)

// sizes are how many documents are loaded. There are sixteen, and a foreign question needs one more.
var sizes = []int{1, 4, 15}

// The weight of a case in the regression. Gaps are a matter of what the passage says, of which the features see little: they must not
// cost what they do see.
const gapWeight = 0.35

// falseRefusals is the share of the answered questions that may be refused. Other articles are harder than those of the development half: there it
// is up to twice as many.
const falseRefusals = 0.04

// wordsStrength is how firmly the weights of words alone are held to. They were fitted with small documents and questions on their topic, too, of
// which there are few here.
const wordsStrength = 100

// handSet are the places among Evidence.Values whose weights are not fitted.
var handSet = []int{14, 15, 16}

// nearAt is the place of Evidence.Near, which words alone do not have.
const nearAt = 19

// fitEvidence fits the weights on the development half. Documents that are not loaded are not there at all: another document's words would
// count in the weights of a question's.
func (f *fit) fitEvidence(ctx context.Context) error {
	var all []weighed
	if err := f.weighSquad(ctx, &all); err != nil {
		return err
	}
	if err := f.weighPassages(ctx, &all); err != nil {
		return err
	}
	var fitted []int
	for i := range rag.EvidenceValues {
		if slices.Contains(handSet, i) || i == nearAt && f.meaning.Kind == rag.WordKind {
			continue
		}
		fitted = append(fitted, i)
	}
	hand, shipped := rag.HandSet().Values(), func(e rag.Evidence) float64 { p := e.Probability(); return math.Log(p / (1 - p)) }
	offset := func(e rag.Evidence) float64 {
		values, sum := e.Values(), 0.0
		for _, i := range handSet {
			sum += hand[i] * values[i]
		}
		return sum
	}
	pick := func(e rag.Evidence) []float64 {
		values := e.Values()
		x := make([]float64, len(fitted))
		for k, i := range fitted {
			x[k] = values[i]
		}
		return x
	}
	var samples []sample
	for _, w := range all {
		if w.dev {
			s := sample{x: pick(w.evidence), y: w.kind == right, weight: 1, offset: offset(w.evidence)}
			if w.kind == gap {
				s.weight = gapWeight
			}
			samples = append(samples, s)
		}
	}
	words := rag.WordWeights()
	priors := make([]prior, len(fitted))
	for k, i := range fitted {
		priors[k] = prior{words[i], wordsStrength}
		if i == nearAt {
			priors[k] = prior{0, 0.1}
		}
	}
	weights, err := logistic(samples, priors)
	if err != nil {
		return err
	}
	last := len(weights) - 1
	score := func(e rag.Evidence) float64 { return offset(e) + dot(weights[:last], pick(e)) + weights[last] }
	// The bias is not the regression's: the same threshold has to hold whatever is loaded.
	shift := 0.0
	for _, size := range sizes {
		shift += quantile(scores(all, true, right, size, score), falseRefusals) / float64(len(sizes))
	}
	weights[last] -= shift
	var values [rag.EvidenceValues]float64
	for k, i := range fitted {
		values[i] = weights[k]
	}
	for _, i := range handSet {
		values[i] = hand[i]
	}
	fmt.Fprintf(f.out, "weights %.2f\nbias %.2f\n", values, weights[last])
	for _, dev := range []bool{true, false} {
		report(f, "shipped", all, dev, shipped)
		report(f, "fitted ", all, dev, score)
	}
	return nil
}

// weighSquad weighs the questions about articles: with theirs loaded, and without.
func (f *fit) weighSquad(ctx context.Context, all *[]weighed) error {
	documents := f.data.squad.documents
	base, err := f.engine(ctx, documents, f.meaning, nil)
	if err != nil {
		return err
	}
	for _, size := range sizes {
		for at, d := range documents {
			var with, without []article.Document
			for k := range size {
				with = append(with, documents[(at+5*k)%len(documents)]) // 5 and 16 have no factor in common
				without = append(without, documents[(at+1+k)%len(documents)])
			}
			there, err := f.engine(ctx, with, f.meaning, base)
			if err != nil {
				return err
			}
			elsewhere, err := f.engine(ctx, without, f.meaning, base)
			if err != nil {
				return err
			}
			for _, q := range f.data.squad.questions {
				if q.slug != d.Slug {
					continue
				}
				w := weighed{kind: gap, size: size, dev: q.dev}
				if q.answerable {
					w.kind = right
					other := weighed{kind: foreign, size: size, dev: q.dev}
					if _, other.evidence, err = elsewhere.Assess(ctx, rag.Query{Text: q.text}); err != nil {
						return err
					}
					*all = append(*all, other)
				}
				if _, w.evidence, err = there.Assess(ctx, rag.Query{Text: q.text}); err != nil {
					return err
				}
				*all = append(*all, w)
			}
		}
	}
	return nil
}

// weighPassages weighs the questions that have one passage each.
func (f *fit) weighPassages(ctx context.Context, all *[]weighed) error {
	for i, d := range f.data.clapnq.documents {
		e, err := f.engine(ctx, []article.Document{d}, f.meaning, nil)
		if err != nil {
			return err
		}
		q := f.data.clapnq.questions[i]
		w := weighed{kind: gap, size: 1, dev: q.dev, passage: true}
		if q.answerable {
			w.kind = right
		}
		if _, w.evidence, err = e.Assess(ctx, rag.Query{Text: q.text}); err != nil {
			return err
		}
		*all = append(*all, w)
	}
	return nil
}

// scores are those of the questions about articles of one kind and size; size 0 is the passages'.
func scores(all []weighed, dev bool, kind string, size int, score func(rag.Evidence) float64) []float64 {
	var out []float64
	for _, w := range all {
		if w.dev == dev && w.kind == kind && (w.passage && size == 0 || !w.passage && w.size == size) {
			out = append(out, score(w.evidence))
		}
	}
	return out
}

func report(f *fit, name string, all []weighed, dev bool, score func(rag.Evidence) float64) {
	for _, size := range append(sizes, 0) {
		yes := scores(all, dev, right, size, score)
		no, gaps := scores(all, dev, foreign, size, score), scores(all, dev, gap, size, score)
		if size == 0 {
			fmt.Fprintf(f.out, "%s %s passages: gaps auc %.3f; refused %.3f of %d gaps, %.3f of %d that are answered\n",
				half(dev), name, auc(yes, gaps), below(gaps, 0), len(gaps), below(yes, 0), len(yes))
			continue
		}
		at := quantile(yes, 0.05)
		fmt.Fprintf(f.out, "%s %s %2d documents: foreign auc %.4f, refused at 5 %% %.3f; gaps auc %.3f; at the threshold refused %.3f of %d foreign, %.3f of %d right\n",
			half(dev), name, size, auc(yes, no), below(no, at), auc(yes, gaps), below(no, 0), len(no), below(yes, 0), len(yes))
	}
}

func quantile(values []float64, share float64) float64 {
	if len(values) == 0 {
		return math.NaN()
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[int(share*float64(len(sorted)-1))]
}

func below(values []float64, threshold float64) float64 {
	n := 0
	for _, v := range values {
		if v < threshold {
			n++
		}
	}
	return float64(n) / float64(max(len(values), 1))
}

// auc is the share of pairs in which the yes has the higher score.
func auc(yes, no []float64) float64 {
	sorted := slices.Sorted(slices.Values(no))
	sum := 0.0
	for _, y := range yes {
		low, _ := slices.BinarySearch(sorted, y)
		high, _ := slices.BinarySearchFunc(sorted, y, func(v, y float64) int {
			if cmp.Compare(v, y) <= 0 {
				return -1
			}
			return 1
		})
		sum += (float64(low) + float64(high)) / 2
	}
	return sum / float64(max(len(yes)*len(no), 1))
}
