package claim_test

import (
	"strings"
	"testing"

	"pilcrow/internal/claim"
	"pilcrow/internal/claim/attribution"
	"pilcrow/internal/claim/exam"
	"pilcrow/internal/claim/premise"
)

func TestCutQuotations(t *testing.T) {
	in := passages("inn",
		"“We  never closed the inn,” said Maud Pell. “Not in winter, not in war.” She called the tax ‘a very slow theft’ "+
			"and left.",
		"The sign reads \"Beds & Bread\". It’s the keeper's own work.")
	for _, test := range []struct {
		name, in, want, why string
	}{
		{"none", "Maud Pell kept the inn.", "Maud Pell kept the inn.", ""},
		{"straight marks and spaces", `"We never closed the inn," she said.`, `"We  never closed the inn," she said.`, ""},
		{"a fragment", "She said they “never closed” it.", "She said they “never closed” it.", ""},
		{"other apostrophe", `The note says "It's the keeper’s own work."`, `The note says "It’s the keeper's own work."`,
			""},
		{"other capitals", "“Beds & bread” is on the sign.", "“Beds & Bread” is on the sign.", ""},
		{"marks around marks", "She spoke of “the \"Beds & Bread\" sign”.", "", "the \"Beds & Bread\" sign"},
		{"French marks", "Pell : « We never closed the inn ».", "Pell : « We  never closed the inn ».", ""},
		{"single marks", "She spoke of 'a very slow theft'.", "She spoke of 'a very slow theft'.", ""},
		{"two passages, two quotations", "“Not in winter” and “Beds & Bread”.", "“Not in winter” and “Beds & Bread”.", ""},
		{"an ellipsis", "“Not in winter … not in war”, she said.", "", ""},
		{"an ellipsis over two quotations", "“We never closed … not in war.”", "", "no paragraph"},
		{"stitched", "“We never closed the inn, not in war.”", "", "no paragraph"},
		{"one word changed", "“We seldom closed the inn.”", "", "no paragraph"},
		{"half a word", "“closed the in” she said.", "", "no paragraph"},
		{"one of two invented", "“Not in winter” and “never in my life”.", "", "never in my life"},
		{"not closed", "She said: “We never closed for anyone", "", "no paragraph"},
		{"inches", `A board of 6" by 8" hangs there.`, `A board of 6" by 8" hangs there.`, ""},
		{"empty marks", "She said “”.", "She said “”.", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			got, why := attribution.CutQuotations(test.in, in)
			if test.name == "an ellipsis" {
				if want := "“Not in winter” … “not in war”, she said."; got != want {
					t.Errorf("got %q (%q), want %q", got, why, want)
				}
				return
			}
			if got != test.want || (why.None()) != (test.why == "") || !strings.Contains(why.String(), test.why) {
				t.Errorf("got %q, %q\nwant %q, %q", got, why, test.want, test.why)
			}
		})
	}
}

// Words that may be others than those of the file are cut from no passage, unless another one has them for sure.
func TestUnsureWordsAreNotCut(t *testing.T) {
	in := passages("inn", "“We never closed the inn,” said Maud Pell.", "“We never closed the inn,” said Maud Pell.")
	in[0].Unsure = true
	const sentence = "“We never closed the inn,” she said."
	if got, why := attribution.CutQuotations(sentence, in); got != sentence {
		t.Errorf("%q, %v", got, why)
	}
	got, why := attribution.CutQuotations(sentence, in[:1])
	if got != "" || !strings.Contains(why.String(), "letters, or their order, are not sure") {
		t.Errorf("%q, %v", got, why)
	}
	g := exam.NewGiven(in[:1], func(string) *premise.Context { return nil })
	for _, text := range []string{in[0].Text, "Maud Pell said “We never closed the inn”."} {
		if e := g.Examine(exam.Written{Text: text, Cites: []int{0}}); e.Guard.Signal != claim.CheckQuotation || e.Verbatim {
			t.Errorf("%q: %+v", text, e)
		}
	}
	if e := g.Examine(exam.Written{Text: "Maud Pell never closed the inn.", Cites: []int{0}}); !e.Guard.None() {
		t.Errorf("without marks: %+v", e.Guard)
	}
}
