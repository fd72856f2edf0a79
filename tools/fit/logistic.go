package main

import (
	"errors"
	"math"
)

// A sample is one case of a logistic regression.
type sample struct {
	x      []float64
	y      bool
	weight float64
	offset float64 // what is set by hand adds
}

// A prior is what a weight is taken to be, and how firmly: the strength counts as so many cases.
type prior struct{ mean, strength float64 }

// logistic fits weights and a bias, the last number, by Newton's method. The bias has no prior.
func logistic(samples []sample, priors []prior) ([]float64, error) {
	n := len(samples[0].x) + 1
	w := make([]float64, n)
	for i, p := range priors {
		w[i] = p.mean
	}
	for range 200 {
		gradient := make([]float64, n)
		hessian := make([][]float64, n)
		for i := range hessian {
			hessian[i] = make([]float64, n)
			if i < n-1 {
				hessian[i][i] = priors[i].strength
				gradient[i] = -priors[i].strength * (w[i] - priors[i].mean)
			}
		}
		for _, s := range samples {
			x := append(append(make([]float64, 0, n), s.x...), 1)
			p := 1 / (1 + math.Exp(-s.offset-dot(w, x)))
			y := 0.0
			if s.y {
				y = 1
			}
			for i, a := range x {
				gradient[i] += s.weight * (y - p) * a
				for k, b := range x {
					hessian[i][k] += s.weight * p * (1 - p) * a * b
				}
			}
		}
		step, err := solve(hessian, gradient)
		if err != nil {
			return nil, err
		}
		moved := 0.0
		for _, s := range step {
			moved = max(moved, math.Abs(s))
		}
		for i := range w {
			w[i] += step[i] / max(moved, 1) // a longer one may lead astray
		}
		if moved < 1e-8 {
			return w, nil
		}
	}
	return nil, errors.New("the regression does not settle")
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, x := range a {
		sum += x * b[i]
	}
	return sum
}

// solve solves a x = b by elimination; it writes to both.
func solve(a [][]float64, b []float64) ([]float64, error) {
	n := len(b)
	for i := range n {
		pivot := i
		for k := i + 1; k < n; k++ {
			if math.Abs(a[k][i]) > math.Abs(a[pivot][i]) {
				pivot = k
			}
		}
		if math.Abs(a[pivot][i]) < 1e-12 {
			return nil, errors.New("a feature is the same in all cases")
		}
		a[i], a[pivot], b[i], b[pivot] = a[pivot], a[i], b[pivot], b[i]
		for k := i + 1; k < n; k++ {
			f := a[k][i] / a[i][i]
			for j := i; j < n; j++ {
				a[k][j] -= f * a[i][j]
			}
			b[k] -= f * b[i]
		}
	}
	x := make([]float64, n)
	for i := n - 1; i >= 0; i-- {
		x[i] = (b[i] - dot(a[i][i+1:], x[i+1:])) / a[i][i]
	}
	return x, nil
}
