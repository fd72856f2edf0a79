package claim_test

import (
	"testing"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/claim/premise"
)

// TestValueGuards has for each guard of values a sentence that it forbids, and one beside it that it leaves alone.
func TestValueGuards(t *testing.T) {
	given := passages("gates",
		"The minister said that the gates of the dam had been opened at 6 p.m. on Saturday, May 6, because "+
			"the water stood high.",
		"The storm began on Friday, May 5, in the mountains behind the dam, and brought 31 bridges down.",
		"Young herons breed at the age of four or five, and the chick leaves the nest after ten weeks.",
		"Pier 7 had 24 sailings a day before the strike of the crews in May, and Pier 9 had 16.",
	)
	g := exam.NewGiven(given, func(string) *premise.Context { return nil })
	for _, s := range []struct {
		name, text string
		cite       int
		guard      string
	}{
		{"a day from elsewhere in the place of another",
			"The gates of the dam had been opened at 6 p.m. on Friday, May 5, because the water stood high.", 0,
			claim.CheckDate},
		{"the same day",
			"The gates of the dam had been opened at 6 p.m. on Saturday, May 6, because the water stood high.", 0, ""},
		{"a number from elsewhere in the place of another",
			"The gates of the dam had been opened at 31 p.m. on Saturday, because the water stood high.", 0, claim.CheckNumber},
		{"a day from elsewhere, among other words", "On Friday, May 5, a storm rose there.", 0, ""},
		{"another unit of the same number", "The chicks leave the nest after ten days.", 2, claim.CheckNumber},
		{"its own unit", "The chicks leave the nest after ten weeks.", 2, ""},
		{"a unit that is not said", "Herons breed earlier, at five years.", 2, ""},
		{"a number that names a pier is no rival",
			"Pier 7 and Pier 9 together had 40 sailings a day before the strike.", 3, ""},
		{"reckoned of what was given once",
			"Pier 7 had 24 sailings a day and 48 together before the strike.", 3, claim.CheckNumber},
	} {
		t.Run(s.name, func(t *testing.T) {
			if e := g.Examine(exam.Written{Text: s.text, Cites: []int{s.cite}}); e.Guard.Signal != s.guard {
				t.Errorf("guard %q, want %q: %v; %v", e.Guard.Signal, s.guard, e.Guard.Why, e.Doubts)
			}
		})
	}
}
