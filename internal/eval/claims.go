package eval

import (
	"context"
	"errors"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
)

// A claimRecord is a claim and the one passage that it is held against. Every label but "supported" means that the
// passage does not bear out the whole claim.
type claimRecord struct {
	place
	ID      string `json:"id"`
	Source  string `json:"source"`
	Claim   string `json:"claim"`
	Passage string `json:"passage"`
	Label   string `json:"label"`
}

const supported = "supported"

func (c *claimRecord) check() error {
	switch {
	case strings.TrimSpace(c.Claim) == "":
		return errors.New("claim: there is none")
	case strings.TrimSpace(c.Passage) == "":
		return errors.New("passage: there is none")
	case c.Label == "":
		return errors.New(`label: want "supported" or another`)
	}
	return nil
}

func (r *run) claims(ctx context.Context, records []claimRecord, g *Group) error {
	g.Name, g.About = "claims", "claims with a passage of their own"
	results, err := each(ctx, records, func(ctx context.Context, c claimRecord) (claim.Result, error) {
		return c.verdict(), ctx.Err()
	})
	if err != nil {
		return err
	}
	var borne, passed, others, slipped, found, near int
	var kinds tally
	for i, c := range records {
		says, is := results[i].Verdict == claim.Supported, c.Label == supported
		kinds.add(c.Source, says == is)
		borne += one(is)
		passed += one(is && says)
		others += one(!is)
		slipped += one(!is && says)
		found += one(is && results[i].Verdict.Speaks())
		near += one(!is && results[i].Verdict.Speaks())
		if says != is {
			why := results[i].Why.String()
			if says {
				why = "called supported"
			}
			g.Misses = append(g.Misses, Miss{
				File: c.file, Line: c.line, ID: c.ID, What: c.Claim, Wanted: c.Label, Got: results[i].Verdict.String(), Why: why,
			})
		}
	}
	if borne > 0 && others > 0 {
		p, q := float64(passed)/float64(borne), float64(others-slipped)/float64(others)
		g.Measures = append(g.Measures, Measure{"balanced", "balanced accuracy: the mean of right among both kinds",
			(p + q) / 2, -1, len(records), average(p, borne, q, others)})
	}
	g.share("false-support", "claims called supported that are not (less is better)", slipped, others)
	g.share("supported", "supported claims that are called so", passed, borne)
	g.share("close", "supported claims that are called so, reported or close", found, borne)
	g.share("false-close", "other claims that are called supported, reported or close (less is better)", near, others)
	kinds.kinds(g)
	return nil
}

// verdict holds the claim against its passage: the first of its sentences that is not supported decides.
func (c claimRecord) verdict() claim.Result {
	d := document("", c.Passage)
	known := premise.New(d)
	var last claim.Result
	for _, span := range article.Sentences(c.Claim) {
		if last = check.One(span.Of(c.Claim), d.Passages[0], known); last.Verdict != claim.Supported {
			break
		}
	}
	return last
}
