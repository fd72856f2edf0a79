package claim_test

import (
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
)

func TestCheckAll(t *testing.T) {
	other := article.Document{Slug: "gazette", Title: "Wages in Port Verrin", Passages: passages("gazette",
		"The Harbor Board cut wages by 9 percent in March 2021, the gazette found.")}
	all := slices.Concat(harbor.Passages, other.Passages)
	known := map[string]*premise.Context{"harbor": premise.New(harbor), "gazette": premise.New(other)}
	contexts := func(slug string) *premise.Context { return known[slug] }
	for _, test := range []struct {
		name, sentence string
		passages       []article.Passage
		want           claim.Verdict
		refs           []string
		against        string
	}{
		{"one passage", "The two sides signed a three-year contract.", all, claim.Supported, []string{"harbor ¶5"}, ""},
		{"the best of several", "Orsk rejected the offer of the mediator on March 9.", all, claim.Supported,
			[]string{"harbor ¶3"},
			""},
		{"two passages together", "About 4,300 workers joined the strike, and at least 18 ships were diverted to Kessum.",
			harbor.Passages[:4],
			claim.Reported, []string{"harbor ¶1", "harbor ¶4"}, ""},
		{"contradicted", "Orsk accepted the offer of the mediator on March 9.", all, claim.Contradicted,
			[]string{"harbor ¶3"}, ""},
		{"the documents differ", "The Harbor Board cut wages by 12 percent.", all, claim.Supported, []string{"harbor ¶1"},
			"gazette ¶1"},
		{"not there", "Penguins breed on the northern shore.", all, claim.NotFound, nil, ""},
		{"no passage", "The two sides signed a contract.", nil, claim.NotFound, nil, ""},
		{"a question", "Who signed it?", all, claim.NotAClaim, nil, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			f := check.All(test.sentence, test.passages, contexts)
			var refs []string
			for _, r := range f.Refs {
				refs = append(refs, r.String())
			}
			slices.Sort(refs)
			if f.Verdict != test.want || !slices.Equal(refs, test.refs) {
				t.Errorf("got %v %v %q, want %v %v", f.Verdict, refs, f.Why, test.want, test.refs)
			}
			against := ""
			for _, o := range f.Against {
				against = o.Ref.String()
			}
			if against != test.against {
				t.Errorf("against it: %q, want %q (%+v)", against, test.against, f)
			}
		})
	}
}
