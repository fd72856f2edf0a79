package claim_test

import (
	"testing"

	"pilcrow/internal/claim/verdict"
)

// TestNotAClaim tells what asserts nothing from what only begins alike.
func TestNotAClaim(t *testing.T) {
	for sentence, not := range map[string]bool{
		"IMHO the wall is too low.":          true,
		"imo, the wall is too low":           true,
		"Personally I doubt the figures.":    true,
		"Frankly the plan is bad.":           true,
		"If you ask me: the wall is too low": true,
		"Hi there!":                          true,
		"Imhof lives below the quarry.":      false,
		"Imogen lives below the quarry.":     false,
		"Honestlyn is a village.":            false,
		"Inhabitants left the village.":      false,
	} {
		if got := !verdict.NotAClaim(sentence).None(); got != not {
			t.Errorf("%q: no claim: %t, want %t", sentence, got, not)
		}
	}
}
