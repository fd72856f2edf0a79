package main

import (
	"context"
	"fmt"
	"math"

	"pilcrow/internal/rag/ask"
)

// strangers is how many other documents of its set each casual question is put to.
const strangers = 3

// fitTopic fits the weight of evidence.Features.Topic with all others as shipped: SQuAD's and ClapNQ's texts have no
// headings. It learns from our own casual questions, each put to its document and to others, which count as much
// together, and leaves the bias: what has no heading is judged as before.
func (f *fit) fitTopic(ctx context.Context) error {
	sets, err := loadCasual()
	if err != nil {
		return err
	}
	type seen struct {
		topic, offset, weight float64
		y                     bool
	}
	var all []seen
	for _, s := range sets {
		e, err := f.engine(ctx, s.documents, f.meaning, nil)
		if err != nil {
			return err
		}
		at := map[string]int{}
		for i, d := range s.documents {
			at[d.Slug] = i
		}
		for _, q := range s.questions {
			for k := range strangers + 1 {
				if k > 0 && q.Absent {
					break
				}
				d := s.documents[(at[q.Document]+k)%len(s.documents)]
				_, found, err := e.Assess(ctx, ask.Query{Text: q.Casual, Documents: []string{d.Slug}})
				if err != nil {
					return err
				}
				w := 1.0
				if k > 0 {
					w = 1.0 / strangers
				}
				all = append(all, seen{found.Topic, found.Logit(), w, k == 0 && !q.Absent})
			}
		}
	}
	weight := 0.0
	for range 60 { // Newton's method, with a prior of 0 as strong as one question
		gradient, curve := -newStrength*weight, float64(newStrength)
		for _, s := range all {
			p := 1 / (1 + math.Exp(-s.offset-weight*s.topic))
			y := 0.0
			if s.y {
				y = 1
			}
			gradient += s.weight * (y - p) * s.topic
			curve += s.weight * p * (1 - p) * s.topic * s.topic
		}
		weight += gradient / curve
	}
	fmt.Fprintf(f.out, "topic %.2f\n", weight)
	return nil
}
