package claim_test

import (
	"testing"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
)

// TestParticiples holds what several participles behind one noun say, each of it, against what they do not.
func TestParticiples(t *testing.T) {
	list := passages("film",
		"Tern Bay is a drama directed by Will Gluck, written by Bert Royal and set in a port.",
		"The school is a brick building designed by Ida Lang, built by the Mohn brothers, and owned by the canton.",
		"The bridge was opened by the king, closed by the council in May and sold by the canton.",
	)
	for _, s := range []struct {
		at        int
		sentence  string
		supported bool
	}{
		{0, "Tern Bay was directed by Will Gluck.", true},
		{0, "Tern Bay was written by Bert Royal.", true},
		{0, "Tern Bay was written by Will Gluck.", false},
		{0, "Will Gluck was written by Bert Royal.", false},
		{0, "Tern Bay was directed by Bert Royal.", false},
		{1, "The school was designed by Ida Lang.", true},
		{1, "The school was built by the Mohn brothers.", true},
		{1, "The school was built by Ida Lang.", false},
		{1, "The school was owned by the Mohn brothers.", false},
		{2, "The bridge was sold by the king.", false},
		{2, "The king was closed by the council in May.", false},
	} {
		r := check.One(s.sentence, list[s.at], nil)
		if got := r.Verdict == claim.Supported; got != s.supported {
			t.Errorf("%v by %q: %s", r.Verdict, r.Rule, s.sentence)
		}
	}
}
