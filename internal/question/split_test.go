package question

import (
	"slices"
	"testing"
)

// TestSplitAnd parts two questions that "and" joins, also where the second wants yes or no; what it joins otherwise
// stays together.
func TestSplitAnd(t *testing.T) {
	for text, want := range map[string][]string{
		"how big is it and how deep":                      {"how big is it?", "how deep"},
		"can i park there and is it far from the station": {"can i park there?", "is it far from the station"},
		"who wrote the song and did she sing it":          {"who wrote the song?", "did she sing it"},
		"is the pool heated and can my kids come along":   {"is the pool heated?", "can my kids come along"},
		"can i bring bread and can openers":               {"can i bring bread and can openers"},
		"what did she buy and sell":                       {"what did she buy and sell"},
		"the keeper came and was he late":                 {"the keeper came and was he late"},
	} {
		if got, _ := Split(text); !slices.Equal(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
