package prompt

import (
	"fmt"
	"slices"
	"testing"
)

func TestParseDraft(t *testing.T) {
	tests := []struct {
		in   string
		want []string // text and numbers
	}{
		{"One [1]. Two [2, 3].", []string{"One. [1]", "Two. [2 3]"}},
		{"One [1][2]. Two.", []string{"One. [1 2]", "Two. []"}},
		{"One. [1]\nTwo. [2]", []string{"One. [1]", "Two. [2]"}},
		{"- One [¶1]\n- Two (¶2; ¶3)", []string{"One [1]", "Two [2 3]"}},
		{"In [brackets] and [2021] years [4].", []string{"In [brackets] and [2021] years. [4]"}},
		{"**One** [^2].", []string{"One. [2]"}},
		{"", nil},
		{"[1]", nil},
	}
	for _, tt := range tests {
		var got []string
		for _, s := range ParseDraft(tt.in) {
			got = append(got, fmt.Sprintf("%s %v", s.Text, s.Cites))
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("parseDraft(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
