package question

import (
	"slices"
	"testing"

	"pilcrow/internal/words"
)

// TestSpokenVerbs reads a verb of two words as the plain one, with a few words between the two, and leaves what only
// looks like one.
func TestSpokenVerbs(t *testing.T) {
	for _, tt := range []struct {
		question, plain string
		want            bool
	}{
		{"how long did it take to put it out", "extinguish", true},
		{"who put the last fire out", "extinguish", true},
		{"how do i turn off the failure mails", "disable", true},
		{"can the light be turned off", "disable", true},
		{"when will i hear back", "answer", true},
		{"can she sleep over", "overnight", true},
		{"how much is it to get in", "enter", true},
		{"do i get my money back if i leave", "return", true},
		{"who kicked them out", "expel", true},
		{"did he put it in the fire that went out", "extinguish", false}, // "in" leads to something of its own
		{"who put the box on top and went out", "extinguish", false},
		{"who gets quoted in this", "enter", false}, // a preposition
		{"do i get my money back in may", "return", false},
		{"did they get him in before dark", "enter", true},
		{"who put the fire and all that stood near it out", "extinguish", false}, // too far
		{"where do i turn left", "disable", false},
		{"who put it there", "extinguish", false},
	} {
		if got := slices.Contains(Parse(tt.question).Stems, words.Stem(tt.plain)); got != tt.want {
			t.Errorf("%q asks with %q: %v, want %v", tt.question, tt.plain, got, tt.want)
		}
	}
}
