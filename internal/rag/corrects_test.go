package rag

import (
	"testing"

	"pilcrow/internal/claim"
	"pilcrow/internal/question"
)

// TestSaysOtherwise tells a sentence that says otherwise from one that answers: with the same figures, with a "not" that
// belongs to something else, up to a time or for lack of something.
func TestSaysOtherwise(t *testing.T) {
	for _, tt := range []struct {
		check, question, said string
		want                  bool
	}{
		{claim.CheckNumber, "Which mill ground 60 tons a day?", "The mill at Tarn ground 40 tons a day.", true},
		{claim.CheckDate, "Who sold the mill in early 1931?", "Holm sold the mill during the first half of 1931.", false},
		{claim.CheckDate, "Who sold the mill in early 1931?", "Holm sold the mill in early 1913.", true},
		{claim.CheckNumber, "What did the mill with 3 wheels grind?", "Of 12 mills the one with 3 wheels ground oats.", false},
		{claim.CheckPolarity, "Which towns had joined the league?", "Unlike the northern towns, Tarn never joined.", false},
		{claim.CheckPolarity, "When was the lock complete?", "The lock was not completed until 1769.", false},
		{claim.CheckPolarity, "When did the lock open?", "The lock never opened.", true},
		{claim.CheckPolarity, "What cools the mill in the absence of wind?", "Where wind is not used, water cools it.", false},
		{claim.CheckPolarity, "What, rather than steam, drives it?", "It is wind, not steam, that drives it.", false},
		{claim.CheckPolarity, "What drives the mill besides steam?", "The mill is not driven by steam alone.", false},
		{claim.CheckPolarity, "What did the town need for the lock?", "The town could not have the lock without a loan.", false},
		{claim.CheckPolarity, "Who repaired the weir?", "The weir was never repaired.", true},
		{claim.CheckPolarity, "Who was allowed to repair the weir?", "The guild was not allowed to repair the weir.", true},
	} {
		if got := corrects(question.Parse(tt.question), tt.check, tt.said); got != tt.want {
			t.Errorf("%q by %q: %t", tt.question, tt.said, got)
		}
	}
}
