package claim_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/claim/syntax"
	"pilcrow/internal/words"
)

// neighbors reads a whole document, and returns the pairs of keys that stand side by side: what together must say of
// each.
func neighbors(c *premise.Context) map[[2]string]bool {
	beside := map[[2]string]bool{}
	for _, p := range c.Passages {
		r := c.ReadPassage(p, words.Tokenize(p.Text))
		note := func(key string) {
			for _, i := range r.Index[key] {
				if i > 0 {
					beside[[2]string{key, r.Units[i-1].Key}] = true
				}
				if i+1 < len(r.Units) {
					beside[[2]string{key, r.Units[i+1].Key}] = true
				}
			}
		}
		for k := range r.Units {
			if u := &r.Units[k]; u.Kind == syntax.Name {
				note(u.Key)
				if u.Entity > 0 {
					for part := range c.Entities[u.Entity-1].Parts {
						note(part)
					}
				}
			}
		}
	}
	return beside
}

// TestTogether compares what is looked up with a reading of the whole document.
func TestTogether(t *testing.T) {
	corpus, err := article.Load(docs.FS)
	if err != nil {
		t.Fatal(err)
	}
	documents := slices.Clone(corpus.Documents())
	if dir := os.Getenv("PILCROW_SHARED"); dir != "" {
		more, err := article.Load(os.DirFS(filepath.Join(dir, "data", "squad", "docs")))
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, more.Documents()[:4]...)
	}
	made, err := article.Parse("made.txt", []byte("The Royal Crew (RC) met British sailors in 1901. Ada Bell of the RC "+
		"spoke.\n\n"+
		"The Old Guild, also known as the Harbor Guild, left. In London the Harbor Guild fought Ada.\n\nUK sailors killed "+
		"30 whales near Bell Rock. Bell called for help and gave up."))
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range append(documents, made) {
		c := premise.New(d)
		want := neighbors(c)
		pairs := slices.SortedFunc(maps.Keys(want), func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
		if len(pairs) < 20 {
			t.Fatalf("%s: %d pairs", d.Slug, len(pairs))
		}
		for i, pair := range pairs {
			other := [2]string{pair[0], pairs[(i*7+3)%len(pairs)][1]}
			back := [2]string{pair[1], pair[0]}
			for _, p := range [][2]string{pair, other, back} {
				if got := c.Together(p[0], p[1]); got != want[p] {
					t.Errorf("%s: together(%q) = %v, want %v", d.Slug, p, got, want[p])
				}
			}
		}
	}
}

// TestTogetherReadsFew counts the passages that are looked at for a pair: those that print both words.
func TestTogetherReadsFew(t *testing.T) {
	made, err := article.Parse("made.txt", []byte("Ada Bell spoke of boats.\n\nThe Bell stood.\n\nAda left.\n\nIn town "+
		"Carl met Ada and Bell.\n\nNobody spoke."))
	if err != nil {
		t.Fatal(err)
	}
	c := premise.New(made)
	if got := c.Printing("ada", "bell"); !slices.Equal(got, []int32{0, 3}) {
		t.Errorf("passages %v", got)
	}
}
