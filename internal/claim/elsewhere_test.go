package claim_test

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
)

// TestInAnother: what the best passage lacks and another one has is not said to be missing.
func TestInAnother(t *testing.T) {
	d := article.Document{Slug: "storms", Passages: passages("storms",
		"Storm Ada hit Kirrin on Tuesday with gusts of 162 kilometers an hour, the strongest in years.",
		"The storm of 2017 cost Kirrin two piers, 31 boats and its mayor, Nils Falk.",
		"Ferries stayed in port.")}
	c := premise.New(d)
	for text, want := range map[string]string{
		"Ada was the strongest storm in Kirrin since 2017.":      "“2017” stands in another paragraph",
		"Ada was the strongest storm in Kirrin since 1987.":      "the date “1987” is not in the paragraph",
		"Storm Ada hit Kirrin on Tuesday with 77 strong gusts.":  "“77” is not in the paragraph",
		"Storm Ada hit Kirrin on Tuesday, and so did Lars Vemm.": "is not in the paragraph",
	} {
		f := check.All(text, d.Passages, func(string) *premise.Context { return c })
		if f.Verdict != claim.NotFound || !strings.Contains(f.Why.String(), want) {
			t.Errorf("%s: %v by %q: %s, want %s", text, f.Verdict, f.Rule, f.Why, want)
		}
	}
}
