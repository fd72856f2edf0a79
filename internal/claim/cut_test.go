package claim_test

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/claim/premise"
)

// TestFiguresBehindQuotations: a quotation that is cut from the stored text may be shorter than it was written. Figures
// behind it are read where they were written, and none slips through.
func TestFiguresBehindQuotations(t *testing.T) {
	passages := []article.Passage{
		{Ref: article.Ref{Slug: "quay", N: 1}, Text: "“It was old,” the engineer Ole Brekke said. Repairs cost 4 million " +
			"crowns."},
		{Ref: article.Ref{Slug: "quay", N: 2}, Text: "The yard paid 3 million crowns."},
	}
	c := premise.New(article.Document{Slug: "quay", Passages: passages})
	g := exam.NewGiven(passages, func(string) *premise.Context { return c })
	for _, space := range []string{" ", "       ", "\u00a0\u00a0\u00a0\u00a0"} {
		said := "“It" + strings.Repeat(space, 4) + "was" + space + "old”, said Ole Brekke; repairs cost "
		e := g.Examine(exam.Written{Text: said + "9 million.", Cites: []int{0}})
		if e.Guard.Signal != claim.CheckNumber || !strings.Contains(e.Guard.Why.String(), "9 million") {
			t.Errorf("%q: guard %q: %s", space, e.Guard.Signal, e.Guard.Why)
		}
		if e := g.Examine(exam.Written{Text: said + "4 million.", Cites: []int{0}}); !e.Guard.None() {
			t.Errorf("%q: guard %q: %s", space, e.Guard.Signal, e.Guard.Why)
		}
	}
}
