package eval

import (
	"cmp"
	"math"
	"slices"
)

// z is the quantile of the normal distribution for a two-sided interval of 95 %.
const z = 1.959963984540054

// An Interval is where the true value lies with a probability of 95 %, as far as the sample tells.
type Interval struct{ Low, High float64 }

// wilson is Wilson's score interval of a proportion p among n: Brown, Cai and DasGupta, Interval Estimation for a
// Binomial Proportion, Statistical Science 16 (2001). It also bounds the mean of n values between 0 and 1, which vary
// no more than a proportion of the same mean does (Bhatia and Davis, 2000), and is then wider than needed.
func wilson(p float64, n int) Interval {
	if n == 0 {
		return Interval{0, 1}
	}
	size := float64(n)
	middle := (p + z*z/(2*size)) / (1 + z*z/size)
	half := z / (1 + z*z/size) * math.Sqrt(p*(1-p)/size+z*z/(4*size*size))
	return Interval{max(0, middle-half), min(1, middle+half)}
}

// average is the interval of the mean of two independent proportions, by square-and-add: Newcombe, Interval Estimation
// for the Difference Between Independent Proportions, Statistics in Medicine 17 (1998), method 10.
func average(p float64, n int, q float64, m int) Interval {
	a, b := wilson(p, n), wilson(q, m)
	value := (p + q) / 2
	return Interval{
		max(0, value-math.Hypot(p-a.Low, q-b.Low)/2),
		min(1, value+math.Hypot(a.High-p, b.High-q)/2),
	}
}

// areaSteps halve the interval in which an area's bound is looked for: 50 are beyond the precision of a float64.
const areaSteps = 50

// area is the interval of an area under the curve from m positives and n negatives: Newcombe, Confidence Intervals for
// an Effect Size Measure Based on the Mann-Whitney Statistic, Part 2, Statistics in Medicine 25 (2006), method 5.
func area(value float64, m, n int) Interval {
	if m == 0 || n == 0 {
		return Interval{0, 1}
	}
	far := func(t float64) bool { // the true area t would make the measured one a surprise
		extra := float64(m+n)/2 - 1
		variance := t * (1 - t) * (1 + extra*((1-t)/(2-t)+t/(1+t))) / float64(m) / float64(n)
		return math.Abs(value-t) > z*math.Sqrt(variance)
	}
	bound := func(out float64) float64 {
		in := value
		if !far(out) {
			return out
		}
		for range areaSteps {
			if middle := (in + out) / 2; far(middle) {
				out = middle
			} else {
				in = middle
			}
		}
		return in
	}
	return Interval{bound(0), bound(1)}
}

// auc is the probability that a positive scores above a negative, ties counting half: the area under the curve.
func auc(positives, negatives []float64) float64 {
	type scored struct {
		score    float64
		positive bool
	}
	all := make([]scored, 0, len(positives)+len(negatives))
	for _, s := range positives {
		all = append(all, scored{s, true})
	}
	for _, s := range negatives {
		all = append(all, scored{s, false})
	}
	slices.SortFunc(all, func(a, b scored) int { return cmp.Compare(a.score, b.score) })
	above, below := 0.0, 0.0 // below counts the negatives of smaller scores
	for i := 0; i < len(all); {
		up, down := 0.0, 0.0
		j := i
		for ; j < len(all) && all[j].score == all[i].score; j++ {
			if all[j].positive {
				up++
			} else {
				down++
			}
		}
		above += up * (below + down/2)
		below += down
		i = j
	}
	return above / float64(len(positives)) / float64(len(negatives))
}
