package question

import (
	"slices"
	"testing"
)

// TestQuantitiesAreNoNames has the numbers of an asker's own case be no names, which what answers would have to say.
func TestQuantitiesAreNoNames(t *testing.T) {
	for _, tt := range []struct {
		question string
		want     []string
	}{
		{"how many cups can it make in 8 min", nil},
		{"can i pay with a 20 euro note", nil},
		{"can my 12 year old ride", nil},
		{"is 3 weeks too long", nil},
		{"what happened in 1911", []string{"1911"}},
		{"what was the budget in 1911 dollars", []string{"1911"}},
		{"what is platform 8", []string{"8"}},
		{"what does error 20 mean", []string{"20"}},
		{"who won with 12 points", []string{"12"}},
	} {
		if got := Parse(tt.question).Names; !slices.Equal(got, tt.want) {
			t.Errorf("%q: %q, want %q", tt.question, got, tt.want)
		}
	}
}
