package words

import (
	"slices"
	"testing"
)

// TestRelated: what is related by sense or by form is so both ways; what is neither is not there.
func TestRelated(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want bool
	}{
		{"eat", "feed", true}, {"die", "life", true}, {"decide", "decision", true}, {"hurt", "injury", true},
		{"delete", "remove", true}, {"eat", "bridge", false}, {"hurt", "decision", false}, {"deed", "feed", false},
	} {
		a, b := Stem(tt.a), Stem(tt.b)
		if got := slices.Contains(Related(a), b) && slices.Contains(Related(b), a); got != (tt.want && a != b) {
			t.Errorf("%s and %s: %t", tt.a, tt.b, got)
		}
	}
	if Related("zzyzx") != nil {
		t.Error("a word that nobody knows has relations")
	}
}
