package evidence

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
		{claim.CheckNumber, "Who was one miller of the 15th century?", "Millers such as Olav (c. 1455) were few.", false},
		{claim.CheckNumber, "What were the two kinds of mill?", "In three waves of building the kind changed.", true},
		{claim.CheckNumber, "What were the two wheels of the mill?", "In three waves of building the mill changed.", false},
		{claim.CheckNumber, "Which two guilds ran the weir?", "The weir was run for four years.", false},
		{claim.CheckNumber, "Which two guilds ran the weir?", "Three guilds ran the weir.", true},
		{claim.CheckPolarity, "How long did it take to repair the weir?", "The weir was not repaired for nearly ten years.",
			false},
		{claim.CheckPolarity, "When was the lock improved?", "The lock was not improved for many decades.", false},
		{claim.CheckPolarity, "When did the guild accept the loan?", "It spoke of war if the guild refused to accept it.", false},
		{claim.CheckPolarity, "Who repairs the weir?", "If the guild does not repair it, the town does.", false},
		{claim.CheckPolarity, "What keeps the wheel from turning?", "The wheel does not turn because of the brake.", false},
		{claim.CheckPolarity, "What saved the mill from burning?", "The mill did not burn, as it rained.", false},
		{claim.CheckPolarity, "What implies that the lock leaks?", "It is believed that the lock does not leak.", false},
		{claim.CheckPolarity, "Why does the lock leak?", "The lock does not leak.", true},
	} {
		if got := corrects(question.Parse(tt.question), tt.check, tt.said); got != tt.want {
			t.Errorf("%q by %q: %t", tt.question, tt.said, got)
		}
	}
}
