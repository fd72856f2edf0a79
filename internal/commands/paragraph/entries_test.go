package paragraph

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

func TestPageStarts(t *testing.T) {
	long := Entry{Blocks: []commands.Block{{Text: strings.Repeat("x", 600)}}}
	short := Entry{Blocks: []commands.Block{{Text: "x"}}, Passage: article.Passage{}}
	huge := Entry{Blocks: []commands.Block{{Text: strings.Repeat("x", 5000)}}}
	for _, c := range []struct {
		entries []Entry
		want    []int
	}{
		{nil, []int{0}},
		{[]Entry{short}, []int{0}},
		{[]Entry{short, short, short, short, short}, []int{0}},
		{[]Entry{short, short, short, short, short, short}, []int{0, 5}},
		{[]Entry{long, long, long, short}, []int{0, 2}},
		{[]Entry{huge, short}, []int{0, 1}},
		{[]Entry{short, huge, short}, []int{0, 1, 2}},
	} {
		if got := PageStarts(c.entries, 5); !slices.Equal(got, c.want) {
			t.Errorf("%d entries: %v, want %v", len(c.entries), got, c.want)
		}
	}
}
