package main

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/evidence"
)

// A weighed question: what kind of case it is, and what was found.
type weighed struct {
	kind     string // right: it is answered; foreign: its document is not there; gap: its document does not answer it
	size     int    // documents that are asked
	dev      bool
	passage  bool // its document has one paragraph: of ClapNQ
	evidence evidence.Features
}

const (
	right   = "right"
	foreign = "foreign"
	gap     = "gap"
)

// sizes are how many documents are loaded.
var sizes = []int{1, 4, 16, 64}

// How firmly a weight is held to what it was: as if so many cases said so. What is rare in the data stays what it was
// said to be unless the data speak of it.
const (
	wordsStrength = 3
	rareStrength  = 20
	newStrength   = 1
)

// The places among Evidence.Values of what is rare: a speaker who says nothing, an office or an attribute that is not
// told.
var rare = []int{14, 15, 16}

// before are the weights of words that were fitted first, with small documents and questions on their topic, too, of
// which there are few here.
var before = [...]float64{1.97, 1.15, 0.99, -0.78, 0.92, 0.67, -0.32, -0.20, -0.04, 0.27, -1.84, -0.47, -0.65, -0.40,
	-4, -3, -2.5, -0.95, -1.67}

// wordsUpTo is the place behind the last of the values that were fitted with the words.
const wordsUpTo = len(before)

// among are the places of what is fitted for several documents alone.
var among = []int{24, 25}

// meant are the places of what only a meaning knows.
var meant = []int{19, 22, 23}

// fitEvidence fits the weights on the development half. Documents that are not loaded are not there at all: another
// document's words would count in the weights of a question's.
func (f *fit) fitEvidence(ctx context.Context) error {
	var all []weighed
	if err := f.weighSquad(ctx, &all); err != nil {
		return err
	}
	if err := f.weighPassages(ctx, &all); err != nil {
		return err
	}
	for _, alone := range []bool{true, false} {
		if err := f.fitAsked(all, alone); err != nil {
			return err
		}
	}
	return nil
}

// fitAsked fits the weights for questions to one document or to several. Those for one are fitted on all: what is told
// from questions that are nearest to something among many documents holds for one, where such are rare. The bias is
// that of its own questions.
func (f *fit) fitAsked(every []weighed, alone bool) error {
	all := slices.DeleteFunc(slices.Clone(every), func(w weighed) bool { return (w.size == sizes[0]) != alone })
	learned := all
	if alone {
		learned = every
	}
	var fitted []int
	for i := range evidence.Count {
		known := !slices.Contains(meant, i) || f.meaning.Kind == rag.TableKind ||
			i == meant[0] && f.meaning.Kind == rag.SentenceKind
		if known && (!alone || !slices.Contains(among, i)) {
			fitted = append(fitted, i)
		}
	}
	shipped := func(e evidence.Features) float64 { p := e.Probability(); return math.Log(p / (1 - p)) }
	pick := func(e evidence.Features) []float64 {
		values := e.Values()
		x := make([]float64, len(fitted))
		for k, i := range fitted {
			x[k] = values[i]
		}
		return x
	}
	var samples []sample
	for _, w := range learned {
		if w.dev {
			s := sample{x: pick(w.evidence), y: w.kind == right, weight: 1}
			switch {
			case w.kind == gap && w.passage: // somebody asked it; the others count once for each number of documents
				s.weight = float64(len(sizes))
			case w.kind == gap: // made up to look like the text
				s.weight = f.gapWeight
			}
			samples = append(samples, s)
		}
	}
	priors := make([]prior, len(fitted))
	for k, i := range fitted {
		switch {
		case slices.Contains(rare, i):
			priors[k] = prior{before[i], rareStrength}
		case i < wordsUpTo:
			priors[k] = prior{before[i], wordsStrength}
		default:
			priors[k] = prior{0, newStrength}
		}
	}
	weights, err := logistic(samples, priors)
	if err != nil {
		return err
	}
	last := len(weights) - 1
	score := func(e evidence.Features) float64 { return dot(weights[:last], pick(e)) + weights[last] }
	// The bias is not the regression's: the same threshold has to hold whatever is loaded.
	shift, n := 0.0, 0
	for _, size := range sizes {
		if yes := scores(all, true, false, right, size, score); len(yes) > 0 {
			shift += quantile(yes, f.falseRefusals)
			n++
		}
	}
	weights[last] -= shift / float64(n)
	var values [evidence.Count]float64
	for k, i := range fitted {
		values[i] = weights[k]
	}
	fmt.Fprintf(f.out, "alone %v: weights %.2f\nbias %.2f\n", alone, values, weights[last])
	for _, dev := range []bool{true, false} {
		report(f, "shipped", all, dev, shipped)
		report(f, "fitted ", all, dev, score)
	}
	return nil
}

// A loading is a number of documents with that of a question among them, and as many without.
type loading struct{ with, without []article.Document }

// loadings are those of the document at a place of its pool. Beyond the pool there are news.
func loadings(pool, news []article.Document, at, size int) loading {
	turned := slices.Concat(pool[at:], pool[:at])
	with := slices.Concat(turned, news)
	without := slices.Concat(turned[1:], news)
	return loading{with[:min(size, len(with))], without[:min(size, len(without))]}
}

// weighSquad weighs the questions about articles: with theirs loaded, and without.
func (f *fit) weighSquad(ctx context.Context, all *[]weighed) error {
	return f.weighPool(ctx, f.data.squad, f.data.news, false, all)
}

// weighPassages weighs the questions that have one passage each.
func (f *fit) weighPassages(ctx context.Context, all *[]weighed) error {
	return f.weighPool(ctx, f.data.clapnq, nil, true, all)
}

func (f *fit) weighPool(ctx context.Context, p pool, news []article.Document, passage bool, all *[]weighed) error {
	base, err := f.engine(ctx, slices.Concat(p.documents, news), f.meaning, nil)
	if err != nil {
		return err
	}
	if !passage { // a passage is asked where it is all that there is
		if err := f.weighNamed(ctx, base, p, all); err != nil {
			return err
		}
	}
	of := map[string][]question{}
	for _, q := range p.questions {
		if f.reports(q) {
			of[q.slug] = append(of[q.slug], q)
		}
	}
	for _, size := range sizes {
		for at, d := range p.documents {
			l := loadings(p.documents, news, at, size)
			there, err := f.engine(ctx, l.with, f.meaning, base)
			if err != nil {
				return err
			}
			elsewhere, err := f.engine(ctx, l.without, f.meaning, base)
			if err != nil {
				return err
			}
			for _, q := range of[d.Slug] {
				w := weighed{kind: gap, size: size, dev: q.dev, passage: passage}
				if q.answerable {
					w.kind = right
					other := weighed{kind: foreign, size: size, dev: q.dev, passage: passage}
					if _, other.evidence, err = elsewhere.Assess(ctx, ask.Query{Text: q.text}); err != nil {
						return err
					}
					*all = append(*all, other)
				} else if size > sizes[0] {
					continue // a gap is a matter of its document
				}
				if _, w.evidence, err = there.Assess(ctx, ask.Query{Text: q.text}); err != nil {
					return err
				}
				*all = append(*all, w)
			}
		}
	}
	return nil
}

// reports tells whether a question is fitted on, or of the part of the others that is asked for.
func (f *fit) reports(q question) bool {
	return q.dev || f.gate == gateAll || q.blind == (f.gate == gateBlind)
}

// weighNamed weighs questions that name their document, or another one, where all of them are loaded.
func (f *fit) weighNamed(ctx context.Context, base *ask.Engine, p pool, all *[]weighed) error {
	at := func(slug string) int {
		return slices.IndexFunc(p.documents, func(d article.Document) bool { return d.Slug == slug })
	}
	for i, q := range p.questions {
		if !f.reports(q) {
			continue
		}
		w := weighed{kind: gap, size: sizes[0], dev: q.dev}
		var err error
		if q.answerable {
			w.kind = right
			other := weighed{kind: foreign, size: sizes[0], dev: q.dev}
			named := p.documents[(at(q.slug)+1+i%(len(p.documents)-1))%len(p.documents)].Slug
			_, other.evidence, err = base.Assess(ctx, ask.Query{Text: q.text, Documents: []string{named}})
			if err != nil {
				return err
			}
			*all = append(*all, other)
		}
		if _, w.evidence, err = base.Assess(ctx, ask.Query{Text: q.text, Documents: []string{q.slug}}); err != nil {
			return err
		}
		*all = append(*all, w)
	}
	return nil
}

// scores are those of the questions of one kind and size, about passages or about articles.
func scores(all []weighed, dev, passage bool, kind string, size int, score func(evidence.Features) float64) []float64 {
	var out []float64
	for _, w := range all {
		if w.dev == dev && w.kind == kind && w.passage == passage && w.size == size {
			out = append(out, score(w.evidence))
		}
	}
	return out
}

func report(f *fit, name string, all []weighed, dev bool, score func(evidence.Features) float64) {
	for _, passage := range []bool{false, true} {
		what := "articles"
		if passage {
			what = "passages"
		}
		for _, size := range sizes {
			if len(scores(all, dev, passage, right, size, score)) == 0 {
				continue
			}
			yes, no := scores(all, dev, passage, right, size, score), scores(all, dev, passage, foreign, size, score)
			fmt.Fprintf(f.out, "%s %s %2d %s: foreign auc %.4f, refused at 5 %% %.3f; at the threshold refused %.3f of %d "+
				"foreign, %.3f of %d right",
				half(dev), name, size, what, auc(yes, no), below(no, quantile(yes, 0.05)), below(no, 0), len(no), below(yes, 0),
				len(yes))
			if gaps := scores(all, dev, passage, gap, size, score); len(gaps) > 0 {
				fmt.Fprintf(f.out, "; gaps auc %.3f, refused %.3f of %d", auc(yes, gaps), below(gaps, 0), len(gaps))
			}
			fmt.Fprintln(f.out)
		}
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
