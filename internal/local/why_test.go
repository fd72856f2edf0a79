package local

import (
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag"
)

// TestWhyGoesOn asks why: the reason stands two sentences behind what happened, in words of its own, and is shown with
// it. Asked what happened, it is not.
func TestWhyGoesOn(t *testing.T) {
	d, err := article.Parse("harbor.txt", []byte("The ferry runs to the island twice a day, and on Sundays once.\n\n"+
		"The fishermen were also enraged by a wall that the city is building along the old harbor line. "+
		"The city and its traders consider the line, known as Bell's Line, to be the edge of the harbor. "+
		"The guild has never accepted the line that was drawn in 1893.\n\n"+
		"The market opens at six in the morning, and most of the fish is sold by eight."))
	if err != nil {
		t.Fatal(err)
	}
	c, err := article.NewCorpus(d)
	if err != nil {
		t.Fatal(err)
	}
	e, err := rag.New(rag.Config{Embedder: NewEmbedder(), Index: chromemindex.New(), Extractor: NewExtractor()})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Replace(t.Context(), c, nil, nil); err != nil {
		t.Fatal(err)
	}
	for question, want := range map[string]int{
		"why are the fishermen so mad abt the wall at the harbor line": 3,
		"who was enraged by the wall along the harbor line":            2,
	} {
		a, err := e.Ask(t.Context(), rag.Query{Text: question})
		if err != nil || len(a.Sentences) != want {
			t.Errorf("%q: %d sentences, want %d: %q, %v", question, len(a.Sentences), want, a.Text, err)
		}
	}
}
