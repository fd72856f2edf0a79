package rag

import (
	"errors"
	"math"
	"testing"
)

func TestUnit(t *testing.T) {
	nan, inf := float32(math.NaN()), float32(math.Inf(-1))
	for _, test := range []struct {
		name string
		in   []float32
		ok   bool
	}{
		{"plain", []float32{3, 4}, true},
		{"one value", []float32{-7}, true},
		{"largest values", []float32{math.MaxFloat32, math.MaxFloat32}, true},
		{"smallest values", []float32{math.SmallestNonzeroFloat32, 0}, true},
		{"empty", nil, false},
		{"zero", []float32{0, 0, 0}, false},
		{"not a number", []float32{1, nan}, false},
		{"infinite", []float32{1, inf}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := Unit(test.in)
			if !test.ok {
				if !errors.Is(err, ErrBadVector) {
					t.Fatalf("Unit(%v) = %v, %v; want ErrBadVector", test.in, got, err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			sum := 0.0
			for _, v := range got {
				sum += float64(v) * float64(v)
			}
			if math.Abs(sum-1) > 1e-6 {
				t.Errorf("Unit(%v) = %v, of length %v", test.in, got, math.Sqrt(sum))
			}
		})
	}
}

func TestUnitAll(t *testing.T) {
	for _, test := range []struct {
		name string
		want int
		in   [][]float32
		ok   bool
	}{
		{"none", 0, nil, true},
		{"two", 2, [][]float32{{1, 1}, {0, 2}}, true},
		{"too few", 3, [][]float32{{1, 1}, {0, 2}}, false},
		{"too many", 1, [][]float32{{1, 1}, {0, 2}}, false},
		{"mixed dimensions", 2, [][]float32{{1, 1}, {2}}, false},
		{"one without length", 2, [][]float32{{1, 1}, {0, 0}}, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, err := UnitAll(test.want, test.in)
			if test.ok && (err != nil || len(got) != test.want) || !test.ok && !errors.Is(err, ErrBadVector) {
				t.Errorf("UnitAll(%d, %v) = %v, %v", test.want, test.in, got, err)
			}
		})
	}
}
