package quote

import (
	"slices"
	"testing"

	"pilcrow/internal/article"
)

// Who has a name of two words and a role or a say is known, or who speaks twice, or is quoted; an institution that is
// named twice. Nobody else.
func TestWhoIsKnown(t *testing.T) {
	for text, want := range map[string][]string{
		"Lena Holt, a baker, came.":                            {"Lena Holt"},
		"Lena Holt came.":                                      nil,
		"Lena Holt said that it rained.":                       {"Lena Holt"},
		"Dahl said that it rained.":                            nil,
		"Dahl said that it rained. Dahl said that it snowed.":  nil,
		"Dahl said that it rained.\nDahl said that it snowed.": {"Dahl"},
		`Dahl said: "It rains again today."`:                   {"Dahl"},
		"The Tarn Council met.":                                nil,
		"The Tarn Council met.\nThe Tarn Council left.":        {"Tarn Council"},
		"The Tarn Council said that it rained.":                {"Tarn Council"},
		"The Tarn-led Council met. Tarn fell.":                 nil,
	} {
		var got []string
		for _, k := range Who(nil, document(text)) {
			got = append(got, k.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestWho(t *testing.T) {
	d := article.Document{Slug: "mill", Passages: []article.Passage{
		{Ref: article.Ref{Slug: "mill", N: 1}, Text: "The harbor office of Lund spoke to reporters. Sweden has a mill, " +
			"and a Swedish paper wrote about it."},
		{Ref: article.Ref{Slug: "mill", N: 2},
			Text: `Ingrid Palm, the keeper of the mill, said: "We grind on Mondays." Rain had fallen on Fourth Street.`},
		{Ref: article.Ref{Slug: "mill", N: 3}, Text: "Palm said that the wheel was older than the house. Spain sold the " +
			"stones, according to Spanish records."},
		{Ref: article.Ref{Slug: "mill", N: 4}, Text: "Spain denied it. Seldom had the two agreed."},
	}}
	found := map[string]Known{}
	for _, k := range Who(nil, d) {
		found[k.Name] = k
	}
	palm := found["Ingrid Palm"]
	if palm.Role != "keeper of the mill" || len(palm.Speaks) != 2 || palm.Speaks[0].N != 2 || palm.Speaks[1].N != 3 {
		t.Errorf("Ingrid Palm: %+v", palm)
	}
	if _, ok := found["Spain"]; !ok {
		t.Error("Spain denied it, and is not known")
	}
	for _, name := range []string{"Seldom", "Rain", "Fourth Street", "Swedish", "Spanish"} {
		if _, ok := found[name]; ok {
			t.Errorf("%s is nobody", name)
		}
	}
}
