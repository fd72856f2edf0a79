package quote

import (
	"testing"

	"pilcrow/internal/article"
)

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
