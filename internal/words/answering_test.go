package words

import (
	"slices"
	"testing"
)

// TestAnswering knows words of what answers, one way only, and none that is a synonym: it has that already.
func TestAnswering(t *testing.T) {
	for _, tt := range []struct {
		asked, told string
		want        bool
	}{
		{"eats", "prey", true}, {"prey", "eat", false}, {"haunted", "ghosts", true}, {"bags", "luggage", true},
		{"cat", "pets", true}, {"cat", "dog", false}, {"vegetarian", "meat", true}, {"bridge", "prey", false},
	} {
		if got := slices.Contains(Answering(Stem(tt.asked)), Stem(tt.told)); got != tt.want {
			t.Errorf("who asks for %q is answered with %q: %v", tt.asked, tt.told, got)
		}
	}
	for asked, told := range answering {
		for _, s := range told {
			if slices.Contains(Synonyms(asked), s) || s == asked {
				t.Errorf("%s and %s are synonyms", asked, s)
			}
		}
	}
}
