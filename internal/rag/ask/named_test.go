package ask_test

import (
	"slices"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/claim"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
)

// titled makes an engine without a model over files by name.
func titled(t *testing.T, files map[string]string) *ask.Engine {
	t.Helper()
	var documents []article.Document
	for name, text := range files {
		d, err := article.Parse(name, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, d)
	}
	corpus, err := article.NewCorpus(documents...)
	if err != nil {
		t.Fatal(err)
	}
	e, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return corpus, nil },
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return e
}

var harbor = map[string]string{
	"board.md": "---\ntitle: Report of the harbor board\nauthor: Lise Brandt\npublished: 2024-03-14\n---\n\nThe " +
		"harbor handled 1,204 ships in 2022.\n\nThe tug will cost 9 million crowns.",
	"pilots.md": "---\ntitle: Letter of the pilots\npublished: 2021-06-02\n---\n\nThe harbor handled 1,150 ships in " +
		"2022.\n\nThe tug will cost 12 million crowns.",
	"zorblax.md": "# Zorblax 3000\n\nThe pump is filled with oil.\n\n## Warranty\n\nTwo years from the day of " +
		"purchase.\n\n## Success criteria\n\n" +
		"- Forty pumps a year.\n- No leak in two seasons.",
	"vintor.md": "# Vintor 12\n\nThe motor is filled with water.\n\n## Warranty\n\nFive years from the day of " +
		"purchase.\n\n## Success criteria\n\n- A quiet motor.",
}

// What stands in no paragraph finds it all the same: titles, headings, who wrote it and when.
func TestFieldsFind(t *testing.T) {
	e := titled(t, harbor)
	for query, want := range map[string]article.Ref{
		"what's the zorblax warranty":                    {Slug: "zorblax", N: 2},
		"vintor warranty":                                {Slug: "vintor", N: 2},
		"How long is the warranty of the Vintor 12?":     {Slug: "vintor", N: 2},
		"success criteria of the zorblax":                {Slug: "zorblax", N: 3},
		"What does Lise Brandt write about the tug?":     {Slug: "board", N: 2},
		"the tug in the text of June 2021":               {Slug: "pilots", N: 2},
		"the pilots about what the tug costs in crowns?": {Slug: "pilots", N: 2},
	} {
		found, err := e.Find(t.Context(), ask.Query{Text: query, K: 1})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 || found[0].Passage.Ref != want {
			t.Errorf("%q finds %+v, want %v", query, found, want)
		}
	}
}

// What stands below a heading answers a question in the heading's words, and is shown without them.
func TestHeadingsAnswer(t *testing.T) {
	e := titled(t, harbor)
	for query, want := range map[string]string{
		"What are the success criteria of the Zorblax?": "Forty pumps a year. No leak in two seasons.",
		"What is the warranty of the Vintor 12?":        "Five years from the day of purchase.",
	} {
		a, err := e.Ask(t.Context(), ask.Query{Text: query})
		if err != nil || a.Outcome != ask.Answered || a.Text != want {
			t.Errorf("%q: %v %q, %v", query, a.Outcome, a.Text, err)
		}
	}
}

// A document that is named answers alone.
func TestNamedDocument(t *testing.T) {
	e := titled(t, harbor)
	for query, want := range map[string]string{
		"What does the letter of the pilots say about the tug?":       "pilots",
		"What does the report of the harbor board say about the tug?": "board",
		"what will the tug cost according to the pilots' letter":      "pilots",
		"What will the tug cost, according to the lettre of pilots?":  "pilots", // two slips of a longer word
		"how much is the tug in pilots.md":                            "pilots",
		"how much is the tug in Board.MD?":                            "board",
		`Cost of the tug in "Letter of the pilots"?`:                  "pilots",
		"What does the board's report say about the cost of the tug?": "board",
	} {
		found, err := e.Find(t.Context(), ask.Query{Text: query})
		if err != nil {
			t.Fatal(err)
		}
		if len(found) == 0 || slices.ContainsFunc(found, func(f ask.Found) bool { return f.Passage.Ref.Slug != want }) {
			t.Errorf("%q is not asked of %s alone: %+v", query, want, found)
		}
		a, err := e.Ask(t.Context(), ask.Query{Text: query})
		if err != nil || a.Outcome != ask.Answered || a.Cited[0].Ref != (article.Ref{Slug: want, N: 2}) {
			t.Errorf("%q: %v %q, %v", query, a.Outcome, a.Text, err)
		}
	}
	for _, query := range []string{
		"How much will the tug cost?", "What did the pilots do in the harbor?", "Which report is about the tug?",
		"Who is on the board of the harbor?",
	} {
		found, err := e.Find(t.Context(), ask.Query{Text: query})
		if err != nil {
			t.Fatal(err)
		}
		if slugs := slugsOf(found); len(slugs) < 2 {
			t.Errorf("%q is asked of %v alone", query, slugs)
		}
	}
}

func slugsOf(found []ask.Found) (slugs []string) {
	for _, f := range found {
		if !slices.Contains(slugs, f.Passage.Ref.Slug) {
			slugs = append(slugs, f.Passage.Ref.Slug)
		}
	}
	return slugs
}

// What a text says of a document is held against that one.
func TestCheckNamedDocument(t *testing.T) {
	e := titled(t, harbor)
	for text, want := range map[string]claim.Verdict{
		"According to the report of the harbor board, the tug will cost 12 million crowns.": claim.Contradicted,
		"According to the report of the harbor board, the tug will cost 9 million crowns.":  claim.Supported,
		"According to the letter of the pilots, the tug will cost 12 million crowns.":       claim.Supported,
		"The letter of the pilots says that the tug will cost 12 million crowns.":           claim.Supported,
		"The pilots' letter states that the tug will cost 9 million crowns.":                claim.Contradicted,
	} {
		checked, _, err := e.Check(t.Context(), ask.Query{Text: text})
		if err != nil || len(checked) != 1 || checked[0].Verdict != want {
			t.Errorf("%q: %+v, %v", text, checked, err)
		}
	}
}
