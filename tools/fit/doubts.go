package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"pilcrow/internal/eval"
)

// doubtsReport is what fit reads of the report of bot eval --json.
type doubtsReport struct {
	Groups []struct {
		Signals *struct {
			Sentences []eval.Doubted `json:"sentences"`
		} `json:"signals"`
	} `json:"groups"`
}

// Bounds of the fit of doubts.
const (
	doubtFolds = 5
	// mostWithheld is the share of true sentences that doubts may keep back on the development half: what was chosen when
	// the threshold was.
	mostWithheld = 0.17
	// doubtStep is what weights are rounded to; more digits than one say more than the records do.
	doubtStep = 0.1
)

// doubtStrengths are how firmly weights are held to their mean, in sentences; one is chosen by the loss on the records
// left out.
var doubtStrengths = []float64{1, 2, 4, 8, 16, 32, 64}

// doubts fits the weights of doubts, by logistic regression, and gives them in parts of the threshold.
func doubts(in io.Reader, seed uint64, out io.Writer) error {
	var report doubtsReport
	if err := json.NewDecoder(in).Decode(&report); err != nil {
		return fmt.Errorf("read the report of bot eval --json: %w", err)
	}
	var sentences []eval.Doubted
	for _, g := range report.Groups {
		if g.Signals != nil {
			sentences = append(sentences, g.Signals.Sentences...)
		}
	}
	if len(sentences) == 0 {
		return errors.New("the report has no sentences: bot eval --judge none --signals --ids odd --json")
	}
	if slices.ContainsFunc(sentences, func(d eval.Doubted) bool { return !d.Odd }) {
		return errors.New("the report has records with even ids, which measure: bot eval --ids odd")
	}
	d := newDoubtData(sentences)
	strength, err := d.strength(rand.New(rand.NewPCG(seed, 0)))
	if err != nil {
		return err
	}
	w, err := d.fit(func(string) bool { return true }, strength)
	if err != nil {
		return err
	}
	scale := d.scale(w)
	fmt.Fprintf(out, "%d sentences, %d signals; strength %g; a threshold of %.2f\n", len(sentences), len(d.names),
		strength, scale)
	for i, name := range d.names {
		fmt.Fprintf(out, "\t%q: {%.1f, %.1f},\n", name, min(1, d.weight(w, i, false)/scale),
			min(1, d.weight(w, i, true)/scale))
	}
	withheld, through := d.rates(w, scale)
	fmt.Fprintf(out, "withheld %.3f of the true, let through %.3f of the false, each sentence by itself\n", withheld,
		through)
	return nil
}

// doubtData are the sentences with the signals that any has.
type doubtData struct {
	sentences []eval.Doubted
	names     []string
}

func newDoubtData(sentences []eval.Doubted) *doubtData {
	d := &doubtData{sentences: sentences}
	for _, s := range sentences {
		for _, name := range s.Doubts {
			if !slices.Contains(d.names, name) {
				d.names = append(d.names, name)
			}
		}
	}
	slices.Sort(d.names)
	return d
}

// features are a number for each signal, and one more for each that speaks up in a sentence that is nearly the
// passage's own.
func (d *doubtData) features(s *eval.Doubted) []float64 {
	x := make([]float64, 2*len(d.names))
	for _, name := range s.Doubts {
		i, _ := slices.BinarySearch(d.names, name)
		x[i] = 1
		if s.Near {
			x[len(d.names)+i] = 1
		}
	}
	return x
}

// fit finds the weights on the records that are in.
func (d *doubtData) fit(in func(id string) bool, strength float64) ([]float64, error) {
	var samples []sample
	for i := range d.sentences {
		if s := &d.sentences[i]; in(s.ID) && !s.Guarded {
			samples = append(samples, sample{x: d.features(s), y: !s.True, weight: 1})
		}
	}
	priors := make([]prior, 2*len(d.names))
	for i, name := range d.names {
		far, near := doubtPriors[name][0]*doubtOdds, doubtPriors[name][1]*doubtOdds
		priors[i], priors[len(d.names)+i] = prior{far, strength}, prior{near - far, strength}
	}
	return logistic(samples, priors)
}

// doubtOdds is what a doubt that keeps a sentence back by itself is taken to add to the log odds that it is false.
const doubtOdds = 2.5

// doubtPriors are what the signals are taken to weigh before the records speak, far from the passage's wording and near
// it: the weights that were chosen by hand, on the same half. A prior that knows nothing was worse on records left out.
var doubtPriors = map[string][2]float64{
	"amount": {1, 0.3}, "apart": {0.3, 0.3}, "bound": {0.5, 0.5}, "brief": {1, 1}, "cause": {0.5, 0.5},
	"certainty": {1, 1}, "condition": {0.5, 0.5}, "count": {0.1, 0.1}, "cover": {0.5, 1}, "denied": {0.3, 1},
	"derived": {1, 0.3}, "elsewhere": {0.7, 0.3}, "name": {0.7, 0.7}, "negation": {1, 1},
	"opposite": {0.3, 0.3}, "order": {1, 1}, "other name": {1, 1}, "pairing": {0.5, 0.5}, "predicate": {0.7, 0.7},
	"relation": {1, 1}, "rival": {1, 1}, "source": {1, 1}, "speaker": {1, 1}, "unnamed": {0,
		0},
}

// strength chooses how firmly the prior holds, by the loss on each fifth of the records with weights from the others:
// the firmest whose loss is within a standard error of the least (Hastie, Tibshirani and Friedman, The Elements of
// Statistical Learning, section 7.10).
func (d *doubtData) strength(r *rand.Rand) (float64, error) {
	fold := d.folds(r)
	best, least, slack := 0.0, math.Inf(1), 0.0
	for _, strength := range doubtStrengths {
		losses := make([]float64, doubtFolds)
		for k := range doubtFolds {
			w, err := d.fit(func(id string) bool { return fold[id] != k }, strength)
			if err != nil {
				return 0, err
			}
			losses[k] = d.loss(w, func(id string) bool { return fold[id] == k })
		}
		mean, deviation := 0.0, 0.0
		for _, l := range losses {
			mean += l / doubtFolds
		}
		for _, l := range losses {
			deviation += (l - mean) * (l - mean) / (doubtFolds - 1)
		}
		switch {
		case mean < least:
			best, least, slack = strength, mean, math.Sqrt(deviation/doubtFolds)
		case mean <= least+slack:
			best = strength
		}
	}
	return best, nil
}

// folds deals the records out.
func (d *doubtData) folds(r *rand.Rand) map[string]int {
	var ids []string
	for _, s := range d.sentences {
		if !slices.Contains(ids, s.ID) {
			ids = append(ids, s.ID)
		}
	}
	slices.Sort(ids)
	r.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
	fold := map[string]int{}
	for i, id := range ids {
		fold[id] = i % doubtFolds
	}
	return fold
}

// loss is the mean of the negative log likelihood of the sentences that are in.
func (d *doubtData) loss(w []float64, in func(id string) bool) float64 {
	sum, n := 0.0, 0.0
	for i := range d.sentences {
		s := &d.sentences[i]
		if !in(s.ID) || s.Guarded {
			continue
		}
		p := 1 / (1 + math.Exp(-dot(w, append(d.features(s), 1))))
		if s.True {
			p = 1 - p
		}
		sum -= math.Log(p)
		n++
	}
	return sum / max(n, 1)
}

// weight is that of a signal, in a sentence of other words or near the passage's; none is below zero.
func (d *doubtData) weight(w []float64, i int, near bool) float64 {
	sum := w[i]
	if near {
		sum += w[len(d.names)+i]
	}
	return max(sum, 0)
}

// scale finds the least sum of weights to keep a sentence back at that keeps back no more of the true ones than
// mostWithheld.
func (d *doubtData) scale(w []float64) float64 {
	for scale := 0.3; scale < 5; scale += 0.05 {
		if withheld, _ := d.rates(w, scale); withheld <= mostWithheld {
			return scale
		}
	}
	return 5
}

// rates are what becomes of the sentences with weights in parts of the scale, rounded as they are shipped.
func (d *doubtData) rates(w []float64, scale float64) (withheld, through float64) {
	var yes, no, back, passed float64
	for i := range d.sentences {
		s := &d.sentences[i]
		sum := 0.0
		for _, name := range s.Doubts {
			k, _ := slices.BinarySearch(d.names, name)
			sum += min(1, math.Round(d.weight(w, k, s.Near)/scale/doubtStep)*doubtStep)
		}
		kept := s.Guarded || sum >= 1-1e-9
		if s.True {
			yes++
			if kept {
				back++
			}
			continue
		}
		no++
		if !kept {
			passed++
		}
	}
	return back / yes, passed / no
}
