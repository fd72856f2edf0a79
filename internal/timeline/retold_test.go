package timeline

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

type retoldCase struct{ retelling, text, want string }

// retoldCases are texts, published on Thursday, 28 April 2022, with the paragraph that a retelling dates and the day.
// Those without a day are near misses.
var retoldCases = []retoldCase{
	{"ranked", "Shares fell by a tenth on Tuesday. It was the biggest loss since 2009.", "1 2022-04-26 It was"},
	{"ranked", "A ferry sank off Arn on 3 May 2021.\nThis was the third accident on the route.", "2 2021-05-03 This was"},
	{"ranked", "Stocks fell this week.\nThe largest drop was that of Lumex.", "2 2022-04-25 The largest"},
	{"ranked", "The river burst its banks on Monday. It was the worst flood in living memory.", "1 2022-04-25 It was"},
	{"ranked", "Lumex opened a plant on Tuesday. It is the largest company of Tarn.", ""},
	{"ranked", "Shares fell by a tenth on Tuesday. It was a loss.", ""},
	{"ranked", "Shares fell by a tenth on Tuesday.\nNobody knew why.\nIt was the biggest loss of all.", ""},
	{"ranked", "A ferry sank on Tuesday. It was the third accident since 4 April 2022.", "1 2022-04-26 It was"},
	{"ranked", "A ferry sank on Tuesday. It was the third accident and happened on 4 April 2022.", ""},
	{"had happened", "Lumex said that it had signed a lease.\nIt signed the lease in Arn on 15 March.",
		"1 2022-03-15 Lumex said"},
	{"had happened", "The mayor had sold two boats, papers show. Falk sold them on Tuesday.", "1 2022-04-26 The mayor"},
	{"had happened", "The guards had arrested four men. They arrested the men on Monday near Orsk.",
		"1 2022-04-25 The guards"},
	{"had happened", "Lumex said that it had signed a lease. It opened the shop in Arn on 15 March.", ""},
	{"had happened", "Lumex said that it had signed a lease. Norlin signed a treaty on 15 March.", ""},
	{"had happened", "Lumex said that it had signed a lease.\nNobody knew.\nIt signed the lease on 15 March.", ""},
	{"said before", "Lumex reported a loss. Lumex admitted on Tuesday that it would grow.",
		"1 2022-04-26 Lumex reported"},
	{"said before", "Ida Holm announced a strike.\nHolm warned on Monday that it could be long.",
		"1 2022-04-25 Ida Holm announced"},
	{"said before",
		"The Ferry Board denied it. Ferry Board added that it was safe. Ferry Board said Monday it would sail.",
		"1 2022-04-25 Ferry Board added"},
	{"said before", "Norlin reported a loss. Lumex admitted on Tuesday that it would grow.", ""},
	{"said before", "Lumex reported a loss on Monday. Lumex admitted on Tuesday that it would grow.", ""},
	{"said before", "Lumex makes fans. Lumex admitted on Tuesday that it had lost money.", ""},
}

// retoldRows are the carried rows of a text.
func retoldRows(t *testing.T, text string, ways []retelling) string {
	var rows []string
	for _, e := range read(nil, document(t, "text", "2022-04-28", text), ways).Events {
		if start, _ := e.ISO(); e.Phrase == "" {
			rows = append(rows, fmt.Sprintf("%d %s %s", e.Ref.N, start, e.Text))
		}
	}
	return strings.Join(rows, "\n")
}

// TestRetold holds each way in which a sentence has its day from a neighbor to its cases, and that they fail where it
// is switched off.
func TestRetold(t *testing.T) {
	for _, c := range retoldCases {
		rows := retoldRows(t, c.text, retellings)
		if c.want == "" && rows != "" || !strings.Contains(rows, c.want) {
			t.Errorf("%s: %q\n is dated %q, want %q", c.retelling, c.text, rows, c.want)
		}
		if c.want == "" {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(retellings), func(r retelling) bool { return r.name == c.retelling })
		if without := retoldRows(t, c.text, others); strings.Contains(without, c.want) {
			t.Errorf("%s: %q is dated without it, too: %q", c.retelling, c.text, without)
		}
	}
	for _, r := range retellings {
		held := slices.ContainsFunc(retoldCases, func(c retoldCase) bool { return c.retelling == r.name })
		if !held || r.example == "" {
			t.Errorf("no case for %q, or no example", r.name)
		}
	}
}
