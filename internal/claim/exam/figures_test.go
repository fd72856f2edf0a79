package exam

import (
	"slices"
	"testing"
)

func TestNumberReadings(t *testing.T) {
	for number, want := range map[string][]string{
		"2021": {"2021"}, "1.200": {"1200", "1.2"}, "1,200": {"1200", "1.2"}, "4,2": {"4.2"}, "4.20": {"4.2"},
		"1.200,5": {"1200.5"},
		"1,200.5": {"1200.5"}, "1.200.000": {"1200000"}, "12,50": {"12.5"},
	} {
		if got := numberReadings(number); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", number, got, want)
		}
	}
}
