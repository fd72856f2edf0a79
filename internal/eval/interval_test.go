package eval

import (
	"math"
	"testing"
)

func near(a, b float64) bool { return math.Abs(a-b) < 0.0005 }

// The wanted values are those of Newcombe, Two-Sided Confidence Intervals for the Single Proportion, Statistics in
// Medicine 17 (1998), table I, method 3.
func TestWilson(t *testing.T) {
	for _, test := range []struct {
		count, of int
		low, high float64
	}{
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0, 0.1611},
		{1, 29, 0.0061, 0.1718},
		{29, 29, 0.8830, 1},
	} {
		got := wilson(float64(test.count)/float64(test.of), test.of)
		if !near(got.Low, test.low) || !near(got.High, test.high) {
			t.Errorf("%d of %d: got %.4f to %.4f, want %.4f to %.4f", test.count, test.of, got.Low, got.High, test.low,
				test.high)
		}
	}
	if got := wilson(0, 0); got != (Interval{0, 1}) {
		t.Errorf("nothing measured: got %v", got)
	}
}

func TestAverage(t *testing.T) {
	got, one := average(0.9, 50, 0.5, 40), wilson(0.7, 90)
	if got.Low >= 0.7 || got.High <= 0.7 || got.Low < one.Low-0.1 || got.High > one.High+0.1 {
		t.Errorf("the mean of 0.9 and 0.5: got %v, beside %v", got, one)
	}
	if got := average(1, 30, 1, 30); got.High != 1 || got.Low > 0.95 || got.Low < 0.88 {
		t.Errorf("both perfect: got %v", got)
	}
}

func TestArea(t *testing.T) {
	for _, test := range []struct {
		value float64
		m, n  int
	}{{0.5, 20, 20}, {0.8, 10, 60}, {1, 12, 24}, {0, 5, 5}, {0.99, 2000, 3000}} {
		got := area(test.value, test.m, test.n)
		if got.Low < 0 || got.High > 1 || got.Low > test.value || got.High < test.value || got.High == got.Low {
			t.Errorf("%v of %d and %d: got %v", test.value, test.m, test.n, got)
		}
		mirrored := area(1-test.value, test.m, test.n)
		if !near(mirrored.Low, 1-got.High) || !near(mirrored.High, 1-got.Low) {
			t.Errorf("%v of %d and %d: got %v, and %v mirrored", test.value, test.m, test.n, got, mirrored)
		}
		more := area(test.value, 4*test.m, 4*test.n)
		if more.High-more.Low >= got.High-got.Low {
			t.Errorf("%v: %d and %d records say no more than a quarter of them", test.value, 4*test.m, 4*test.n)
		}
	}
}

func TestAUC(t *testing.T) {
	for _, test := range []struct {
		name                 string
		positives, negatives []float64
		want                 float64
	}{
		{"apart", []float64{3, 4}, []float64{1, 2}, 1},
		{"reversed", []float64{1}, []float64{2, 3}, 0},
		{"all the same", []float64{5, 5}, []float64{5, 5, 5}, 0.5},
		{"mixed", []float64{1, 3}, []float64{2}, 0.5},
		{"a tie", []float64{2, 3}, []float64{2, 1}, 0.875},
	} {
		if got := auc(test.positives, test.negatives); !near(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
