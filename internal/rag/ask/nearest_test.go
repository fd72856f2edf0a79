package ask

import (
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/rag/review"
)

// TestNearest names the paragraphs of the sentences that are shown before those that were found, each once: what a
// reader sees can be opened.
func TestNearest(t *testing.T) {
	d, err := article.Parse("pump.md", []byte("# The pump\n\nOne.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.\n"))
	if err != nil {
		t.Fatal(err)
	}
	documents, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	ed := &corpus.Edition{Corpus: documents}
	sentence := func(n int) review.Sentence { return review.Sentence{Citations: []article.Ref{{Slug: "pump", N: n}}} }
	for _, test := range []struct {
		name        string
		shown       []review.Sentence
		found, want []int
	}{
		{"none shown", nil, []int{3, 1, 2, 5}, []int{3, 1, 2}},
		{"shown, not found", []review.Sentence{sentence(4), sentence(2)}, []int{1, 2, 3}, []int{4, 2, 1}},
		{"two of one paragraph", []review.Sentence{sentence(2), sentence(2)}, []int{2, 1}, []int{2, 1}},
		{"of a paragraph that is not there", []review.Sentence{sentence(9)}, []int{1}, []int{1}},
		{"nothing", nil, nil, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			var found []article.Passage
			for _, n := range test.found {
				found = append(found, d.Passages[n-1])
			}
			var got []int
			for _, p := range toOpen(ed, test.shown, found) {
				got = append(got, p.Ref.N)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
}
