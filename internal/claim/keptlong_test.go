package claim_test

import (
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/entail"
	"pilcrow/internal/claim/match"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/wording"
)

// longText is of our own: paragraphs of which long statements share nearly all words.
var longText = passages("orrin",
	"The water minister, Ida Lang, said that the reservoir had stood thirty centimeters below the crest of the old Orrin "+
		"dam, and that the northern wall might otherwise have failed within two hours.",
	"The board of the ferry line lost a third of its passengers on the crossing from Torv to Hamn. The engineer Pal Sund "+
		"put this down to the new morning timetable and to the fare, which went up by 15 percent in March.",
	"The heron of Mount Tessel is a tall wading bird of the southern marshes.",
	"Sund said that 400 bolts from the two older ships had come back from the laboratory in Brask, still in good order. "+
		"Ida Lang met the mayor of Torv there.")

// TestLongChecks has for each check of long statements one that it refuses and no other check does, and beside it one
// that stays supported.
func TestLongChecks(t *testing.T) {
	c := premise.New(article.Document{Slug: "orrin", Title: "Orrin", Passages: longText})
	for _, s := range []struct{ check, refused, kept string }{
		{
			"another mood",
			"The water minister, Ida Lang, said that the reservoir had stood thirty centimeters below the crest " +
				"of the dam and " +
				"that the wall would otherwise have failed.",
			"The water minister, Ida Lang, said that the reservoir had stood thirty centimeters below the crest " +
				"of the dam and " +
				"that the wall could otherwise have failed.",
		},
		{
			"another stance",
			"The board of the ferry line, which lost a third of its passengers on the crossing from Torv to " +
				"Hamn, blames the " +
				"new morning timetable and the fare.",
			"The board of the ferry line, on whose crossing from Torv to Hamn a third of its passengers were " +
				"lost, has a new " +
				"morning timetable and a higher fare.",
		},
		{
			"another complement",
			"The heron of Mount Tessel is a tall wading bird of the southern marshes and the ancestor of the " +
				"bird of the marshes.",
			"The heron of Mount Tessel is a tall bird, wading in the southern marshes, and a bird of the " +
				"marshes of Mount Tessel.",
		},
		{
			"subject apart",
			"The 400 bolts from the two older ships had come back from the laboratory in Brask, and Lang took " +
				"the 400 bolts, " +
				"still in good order.",
			"The 400 bolts from the two older ships had come back from the laboratory in Brask, and Sund took " +
				"the 400 bolts, " +
				"still in good order.",
		},
		{
			"another source",
			"Lang said that the 400 bolts from the two older ships had come back in good order, from the " +
				"laboratory there in " +
				"Brask.",
			"Sund said that the 400 bolts from the two older ships had come back in good order, from the " +
				"laboratory there in " +
				"Brask.",
		},
		{
			"another count",
			"Sund said that the two bolts from the older ships had come back from the laboratory in Brask, all still in " +
				"good order.",
			"Sund said that 400 bolts from the older ships had come back from the laboratory in Brask, all still in good " +
				"order.",
		},
		{
			"another word",
			"Sund said that 400 bolts from the older ships had come back from the foundry in Brask, all still in good " +
				"order.",
			"Sund said that 400 bolts from the older ships had come back from the laboratory in Brask, all of them still in " +
				"good order.",
		},
	} {
		t.Run(s.check, func(t *testing.T) {
			for _, p := range longText {
				if r := check.One(s.refused, p, c); r.Verdict == claim.Supported {
					t.Errorf("¶%d supports %q by %s", p.Ref.N, s.refused, r.Rule)
				}
			}
			if by := longRefusals(c, s.refused); len(by) != 1 || by[0] != s.check {
				t.Errorf("refused by %q: %q", by, s.refused)
			}
			if by := longRefusals(c, s.kept); len(by) > 0 {
				t.Errorf("refused by %q, though it holds: %q", by, s.kept)
			}
		})
	}
}

// longRefusals are the checks that refuse a statement in the paragraph that has most of it.
func longRefusals(c *premise.Context, sentence string) []string {
	s, refused := check.Sentence(c, sentence)
	if refused != nil {
		return []string{refused.Rule}
	}
	var best *match.Pair
	for _, p := range c.Passages {
		if m := s.Match(c.Passage(p), c); best == nil || m.Score > best.Score {
			best = m
		}
	}
	var by []string
	if !wording.Long(best) {
		by = append(by, "not long")
	}
	for _, check := range wording.LongChecks {
		for _, sc := range s.Clauses(0) {
			if !entail.Framing(best, &sc) && check.Match(best, &sc) {
				by = append(by, check.Name)
				break
			}
		}
	}
	return by
}
