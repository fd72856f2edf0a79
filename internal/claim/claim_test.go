package claim_test

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
)

// harbor is a document of our own for the tests of this package.
var harbor = article.Document{Slug: "harbor", Title: "The strike in Port Verrin", Passages: passages("harbor",
	"The Verrin Dockers' Union (VDU) stopped work on March 3, 2021, after the Harbor Board cut wages by 12 percent. "+
		"About 4,300 workers joined the strike.",
	"Mayor Ilse Tarrant said the board had acted lawfully. “No city can spend money that it does not have,” she told "+
		"reporters.",
	"Union leader Pavel Orsk rejected the offer of the mediator on March 9. He said most members were unlikely to "+
		"return before Easter.",
	"The board denied that it had hired guards. At least 18 ships were diverted to Kessum, a 90-kilometer detour, "+
		"according to the shipping agency Norlin.",
	"In April, Tarrant praised Orsk for ending the strike. The two sides signed a three-year contract.",
	"Looking back, Ilse Tarrant called the strike “a farce” in which everybody had lost.",
)}

func passages(slug string, texts ...string) []article.Passage {
	var list []article.Passage
	for i, text := range texts {
		list = append(list, article.Passage{Ref: article.Ref{Slug: slug, N: i + 1}, Text: text})
	}
	return list
}

func TestCheck(t *testing.T) {
	c := premise.New(harbor)
	for _, test := range []struct {
		n        int
		sentence string
		want     claim.Verdict
		check    string // of a failure
		why      string // a part of the reason, or of the rewritten sentence
	}{
		{1, "About 4,300 workers joined the strike.", claim.Supported, "", ""},
		{1, "The VDU stopped work on 3 March 2021.", claim.Supported, "", ""},
		{1, "The board cut wages by 12%.", claim.Supported, "", ""},
		{1, "About 3,400 workers joined the strike.", claim.Contradicted, claim.CheckNumber, "“4,300”, not “3,400”"},
		{1, "The VDU stopped work on March 4, 2021.", claim.Contradicted, claim.CheckDate, "March 3, 2021"},
		{1, "About 4,300 workers did not join the strike.", claim.Contradicted, claim.CheckPolarity, ""},
		{1, "About 4,300 workers joined the strikе.", claim.NotFound, claim.CheckScript, "alphabets"},
		{2, "The board had acted lawfully.", claim.Reported, claim.CheckAttribution,
			"According to Mayor Ilse Tarrant, the board"},
		{2, "Mayor Ilse Tarrant said the board had acted lawfully.", claim.Supported, "", ""},
		{2, "Pavel Orsk said the board had acted lawfully.", claim.Contradicted, claim.CheckSpeaker, "Ilse Tarrant"},
		{2, "“No city can spend money that it does not have,” Ilse Tarrant said.", claim.Supported, "", ""},
		{2, "“No city should spend money that it does not have,” Ilse Tarrant said.", claim.NotFound, claim.CheckQuotation,
			"no"},
		{3, "Orsk rejected the offer of the mediator.", claim.Supported, "", ""},
		{3, "Orsk accepted the offer of the mediator.", claim.Contradicted, claim.CheckPolarity, "rejected"},
		{3, "He said most members were likely to return before Easter.", claim.Contradicted, claim.CheckPolarity, ""},
		{3, "He said all members were unlikely to return before Easter.", claim.NotFound, claim.CheckStrength, "all"},
		{4, "The board had hired guards.", claim.Contradicted, claim.CheckPolarity, ""},
		{4, "According to Norlin, at least 18 ships were diverted to Kessum.", claim.Supported, "", ""},
		{4, "According to Norlin, 18 miles of ships were diverted to Kessum.", claim.Contradicted, claim.CheckNumber, ""},
		{4, "18 ships were diverted to Kessum.", claim.Contradicted, claim.CheckStrength, "least 18”, not “18”"},
		{4, "Ships were sunk on the way to Kessum.", claim.NotFound, claim.CheckCover, "sunk"},
		{6, "The strike was a farce.", claim.Reported, claim.CheckAttribution,
			"According to Ilse Tarrant, the strike was a farce."},
		{6, "Orsk called the strike a farce.", claim.Contradicted, "", "Tarrant"},
		{5, "Orsk praised Tarrant for ending the strike.", claim.Contradicted, "", ""},
		{5, "The two sides signed a three-year contract.", claim.Supported, "", ""},
		{5, "The two sides signed a three-month contract.", claim.Contradicted, claim.CheckNumber, "three-year"},
		{5, "Did they sign a contract?", claim.NotAClaim, "", "question"},
		{5, "I think the contract was too long.", claim.NotAClaim, "", "opinion"},
	} {
		r := check.One(test.sentence, harbor.Passages[test.n-1], c)
		if r.Verdict != test.want || test.check != "" && r.Check != test.check ||
			!strings.Contains(r.Why.String()+r.Rewritten, test.why) {
			t.Errorf("¶%d %q\n got %v %s %q %q\nwant %v %s %q", test.n, test.sentence, r.Verdict, r.Check, r.Why, r.Rewritten,
				test.want, test.check, test.why)
		}
	}
}
