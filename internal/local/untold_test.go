package local

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
)

// What holds a letter that could not be told is not given as a document's own words, though it would answer best.
func TestUntoldLettersAreNotQuoted(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"The harbor fee is 40 crowns a day. It is paid at the office.", "The harbor fee is 40 crowns a day."},
		{"The harbor fee is 4\ufffd crowns a day. The fee is paid at the office of the harbor.",
			"The fee is paid at the office of the harbor."},
		{"The harbor f\ufffde is 40 crowns a day.", ""},
		{"The harbor fee is \ufffd\ufffd crowns.", ""},
	} {
		d, err := article.Parse("fee.md", []byte(c.text+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		weights := map[string]float64{"harbor": 1, "fee": 1}
		draft, err := Extractor{}.Generate(t.Context(), rag.Request{Question: "What is the harbor fee?",
			Passages: d.Passages, Weights: weights})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range draft.Sentences {
			got = append(got, s.Text)
		}
		if all := strings.Join(got, " "); !strings.HasPrefix(all, c.want) || strings.ContainsRune(all, '\ufffd') ||
			draft.NotCovered != (c.want == "") {
			t.Errorf("%q gives %q", c.text, all)
		}
	}
}
