package local

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag/ask"
)

// TestDisagreement shows both sides where two documents contradict each other, and says that they differ.
func TestDisagreement(t *testing.T) {
	folder := fstest.MapFS{
		"timetable.txt": {Data: []byte("The ferry to Oster carries 40 passengers. It sails twice a day.\n\nTickets are " +
			"sold at the pier of Vell.\n")},
		"report.txt": {Data: []byte("According to the harbor office, winters are hard.\n\nThe ferry to Oster carries " +
			"60 passengers, and it was painted red in spring.\n")},
	}
	e, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return article.Load(folder) },
		Embedder: NewEmbedder(), Index: chromemindex.New(), Extractor: NewExtractor(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	a, err := e.Ask(t.Context(), ask.Query{Text: "How many passengers does the ferry to Oster carry?"})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(a.Text, "40") || !strings.Contains(a.Text, "60") || len(a.Cited) != 2 ||
		!strings.Contains(fmt.Sprint(a.Notes), "differ") {
		t.Errorf("%q from %d paragraphs, note %q", a.Text, len(a.Cited), a.Notes)
	}
	a, err = e.Ask(t.Context(), ask.Query{Text: "Where are the tickets sold?"})
	if err != nil || len(a.Notes) > 0 {
		t.Errorf("no dispute there: %q, %v", a.Notes, err)
	}
}
