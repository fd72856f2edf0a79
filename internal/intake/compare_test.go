package intake

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
)

func documentOf(paragraphs ...string) article.Document {
	d := article.Document{Slug: "d"}
	for i, text := range paragraphs {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "d", N: i + 1}, Text: text})
	}
	return d
}

func TestCompare(t *testing.T) {
	a, b, c := "The mill was built in 1742.", "The ferry carries forty people.", "Nobody lives on the island in winter."
	for name, q := range map[string]struct {
		before, after []string
		want          Changes
	}{
		"same":        {[]string{a, b}, []string{a, b}, Changes{}},
		"empty":       {nil, nil, Changes{}},
		"all new":     {nil, []string{a, b}, Changes{Added: 2}},
		"all gone":    {[]string{a, b}, nil, Changes{Removed: 2}},
		"in between":  {[]string{a, c}, []string{a, b, c}, Changes{Added: 1}},
		"one word":    {[]string{a, b, c}, []string{a, "The ferry carries fifty people.", c}, Changes{Changed: 1}},
		"another":     {[]string{a, b, c}, []string{a, "Something else stands here.", c}, Changes{Added: 1, Removed: 1}},
		"moved":       {[]string{a, b, c}, []string{c, a, b}, Changes{Added: 1, Removed: 1}},
		"doubled":     {[]string{a, b}, []string{a, a, b}, Changes{Added: 1}},
		"more by one": {[]string{a, c}, []string{"The mill was built in 1743.", b, c}, Changes{Added: 1, Changed: 1}},
	} {
		if got := Compare(documentOf(q.before...), documentOf(q.after...)); got != q.want {
			t.Errorf("%s: %+v, want %+v", name, got, q.want)
		}
	}
}

// What is counted accounts for every paragraph, whatever was done to a document, also beyond the bound of the
// alignment.
func TestCompareAccounts(t *testing.T) {
	for range 300 {
		var before, after []string
		for i := range rand.IntN(30) {
			before = append(before, fmt.Sprintf("Paragraph %d says something of its own number %d.", i, rand.IntN(5)))
		}
		after = slices.Clone(before)
		for range rand.IntN(10) {
			at := rand.IntN(len(after) + 1)
			switch {
			case rand.IntN(2) == 0:
				after = slices.Insert(after, at, fmt.Sprintf("New words %d.", rand.IntN(9)))
			case at < len(after):
				after = slices.Delete(after, at, at+1)
			}
		}
		c := Compare(documentOf(before...), documentOf(after...))
		if len(before)-c.Removed+c.Added != len(after) || c.Added < 0 || c.Removed < 0 || c.Changed < 0 {
			t.Fatalf("%+v of %d and %d paragraphs", c, len(before), len(after))
		}
	}
	many, other := make([]string, 3000), make([]string, 3000)
	for i := range many {
		many[i], other[i] = fmt.Sprint("a", i), fmt.Sprint("b", i)
	}
	other[7] = many[7]
	if c := Compare(documentOf(many...), documentOf(other...)); c != (Changes{Added: 2999, Removed: 2999}) {
		t.Errorf("%+v", c)
	}
}

func FuzzPrintable(f *testing.F) {
	for _, name := range []string{"a.txt", "", "\u202egnp.exe", strings.Repeat("x", 300), "\xff\x00", "<@1> `x`"} {
		f.Add(name)
	}
	f.Fuzz(func(t *testing.T, name string) {
		got := Printable(name)
		if got == "" || len([]rune(got)) > maxShownName ||
			strings.ContainsFunc(got, func(r rune) bool { return r < ' ' || hidden(r) }) {
			t.Errorf("%q became %q", name, got)
		}
	})
}

// FuzzOrigin reads what may stand in the folder of originals.
func FuzzOrigin(f *testing.F) {
	f.Add([]byte(`{"from": "https://example.org/a", "written": "00", "fetched": "2026-01-02T03:04:05Z", "gone_since": ` +
		`null}`))
	f.Add([]byte(`{"from": 1}`))
	f.Add([]byte("{"))
	f.Fuzz(func(t *testing.T, data []byte) {
		in := open(t, nil)
		writeFolder(t, in.Dir, Originals+"/x.json", string(data))
		writeFolder(t, in.Dir, "x.txt", "Text.")
		in.Fetcher = nil // nothing is asked
		if visit, err := in.Refresh(t.Context(), "x"); visit == Rewritten {
			t.Errorf("rewritten: %v", err)
		}
		in.Origins()
	})
}
