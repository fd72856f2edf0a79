package claim_test

import (
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
)

// TestParts holds which part of a period a passage's date must lie in, with the days on both sides of each border.
func TestParts(t *testing.T) {
	for _, c := range []struct {
		passage, claim string
		want           bool
	}{
		{"on March 12, 2021", "in mid-March 2021", true},
		{"on March 11, 2021", "in mid-March 2021", false},
		{"on March 21, 2021", "in mid-March 2021", true},
		{"on March 22, 2021", "in mid-March 2021", false},
		{"on March 11, 2021", "in early March 2021", true},
		{"on March 12, 2021", "at the beginning of March 2021", false},
		{"on March 3, 2021", "at the beginning of March 2021", true},
		{"on March 22, 2021", "at the end of March 2021", true},
		{"on March 5, 2021", "at the end of March 2021", false},
		{"in 1991", "in the late 1990s", false},
		{"in 1998", "in the late 1990s", true},
		{"in mid-March 2021", "in mid-March 2021", true},
		{"in mid-March 2021", "in the middle of March 2021", true},
		{"in early March 2021", "in early 2021", true},
		{"in early November 2021", "in early 2021", false},
		{"in mid-March 2021", "in mid-2021", false},
		{"in March 2021", "in mid-March 2021", false},
		{"in mid-March 2021", "in March 2021", true},
	} {
		document := article.Document{Slug: "text",
			Passages: passages("text", "The union stopped work at the mill "+c.passage+".")}
		context := premise.New(document)
		f := check.All("The union stopped work at the mill "+c.claim+".", document.Passages,
			func(string) *premise.Context { return context })
		if got := f.Verdict == claim.Supported; got != c.want {
			t.Errorf("%q from %q: %v (%s), want supported %t", c.claim, c.passage, f.Verdict, f.Rule, c.want)
		}
	}
}
