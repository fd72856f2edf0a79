package rag

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// ErrBadVector is behind every refusal of a vector.
var ErrBadVector = errors.New("not a usable vector")

// ErrTextTooLong says that a text is longer than the embedding model takes: in pieces it may take it.
var ErrTextTooLong = errors.New("the text is too long for the embedding model")

// unitNear is how far from 1 the length of a vector may be that is taken to have length 1. It is chromem's bound, too.
const unitNear = 1e-6

// Unit returns the vector scaled to length 1: the same vector where it has that length, and else a new one. It refuses
// a vector that is empty, holds a value that is not finite, or has no length; the error is ErrBadVector.
func Unit(vector []float32) ([]float32, error) {
	if len(vector) == 0 {
		return nil, fmt.Errorf("%w: it is empty", ErrBadVector)
	}
	sum := 0.0 // squares of any two float32 values fit a float64, so it is finite if they are
	for _, v := range vector {
		x := float64(v)
		sum += x * x
	}
	if math.IsNaN(sum) || math.IsInf(sum, 0) {
		i := slices.IndexFunc(vector, func(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) })
		return nil, fmt.Errorf("%w: value %d is %v", ErrBadVector, i, vector[i])
	}
	norm := math.Sqrt(sum)
	switch {
	case norm == 0:
		return nil, fmt.Errorf("%w: all %d values are zero", ErrBadVector, len(vector))
	case math.Abs(norm-1) < unitNear:
		return vector, nil
	}
	unit := make([]float32, len(vector))
	for i, v := range vector {
		unit[i] = float32(float64(v) / norm)
	}
	return unit, nil
}

// UnitAll returns the vectors scaled to length 1, having checked that there are want of them and that all have one
// dimension. The error is ErrBadVector.
func UnitAll(want int, vectors [][]float32) ([][]float32, error) {
	if len(vectors) != want {
		return nil, fmt.Errorf("%w: %d vectors for %d texts", ErrBadVector, len(vectors), want)
	}
	units := make([][]float32, len(vectors))
	for i, v := range vectors {
		if len(v) != len(vectors[0]) {
			return nil, fmt.Errorf("%w: number %d has %d dimensions, the first has %d",
				ErrBadVector, i, len(v), len(vectors[0]))
		}
		unit, err := Unit(v)
		if err != nil {
			return nil, fmt.Errorf("vector %d: %w", i, err)
		}
		units[i] = unit
	}
	return units, nil
}

// Cosine of two vectors of length 1; -1 where they cannot be compared.
func Cosine(a, b []float32) float64 {
	if len(a) != len(b) {
		return -1
	}
	sum := 0.0
	for i := range a {
		sum += float64(a[i]) * float64(b[i])
	}
	if math.IsNaN(sum) {
		return -1
	}
	return sum
}
