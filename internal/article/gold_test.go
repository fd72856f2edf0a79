package article

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// shared opens the folder of gold data, or skips the test without it.
func shared(t *testing.T) *os.Root {
	t.Helper()
	dir := os.Getenv("PILCROW_SHARED")
	if dir == "" {
		t.Skip("PILCROW_SHARED is not set")
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	return root
}

// records decodes a file of one JSON object per line.
func records[T any](t *testing.T, root *os.Root, file string) []T {
	t.Helper()
	data, err := root.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var all []T
	for line := range bytes.Lines(data) {
		var r T
		if err := json.Unmarshal(line, &r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// parseShared parses a file of the gold data.
func parseShared(t *testing.T, root *os.Root, file string) Document {
	t.Helper()
	data, err := root.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d, err := Parse(filepath.ToSlash(file), data)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestGoldArticle(t *testing.T) {
	root := shared(t)
	gold := records[struct {
		Paragraph int
		Kind      string
		Text      string
		Promo     string
	}](t, root, "data/article/paragraphs.jsonl")
	for _, file := range []string{"articles/raw/pakistan-taliban.txt", "articles/dated/pakistan-taliban.txt"} {
		d := parseShared(t, root, file)
		heading, promos := "", 0
		for _, g := range gold {
			if g.Promo != "" {
				promos++
			}
			if g.Kind == "heading" {
				heading = g.Text
				continue
			}
			if g.Paragraph > len(d.Passages) {
				t.Fatalf("%s: no paragraph %d", file, g.Paragraph)
			}
			p := d.Passages[g.Paragraph-1]
			if p.Text != g.Text || p.Heading != heading || p.Ref != (Ref{d.Slug, g.Paragraph}) {
				t.Errorf("%s: %v under %q:\n got %s\nwant %s", file, p.Ref, p.Heading, p.Text, g.Text)
			}
		}
		if last := gold[len(gold)-1].Paragraph; len(d.Passages) != last || d.Promos != promos {
			t.Errorf("%s: %d paragraphs and %d promos, want %d and %d", file, len(d.Passages), d.Promos, last, promos)
		}
	}
	d := parseShared(t, root, "articles/dated/pakistan-taliban.txt")
	if got := d.Published.Format("2006-01-02"); got != "2022-04-28" || d.Title == "" || d.Slug != "pakistan-taliban" {
		t.Errorf("front matter: published %s, title %q, slug %q", got, d.Title, d.Slug)
	}
}

// Every answer of the questions must stand in the paragraph of the gold number, and hardly any may be cut by a
// sentence's end.
func TestGoldQuestions(t *testing.T) {
	root := shared(t)
	documents := map[string]Document{}
	answers, cutUp := 0, 0
	for _, q := range records[struct {
		Document   string
		Answerable bool
		Gold       []int    `json:"gold_paragraphs"`
		Answers    []string `json:"gold_answer_strings"`
	}](t, root, "data/squad/questions.jsonl") {
		d, ok := documents[q.Document]
		if !ok {
			d = parseShared(t, root, "data/squad/docs/"+q.Document+".txt")
			documents[q.Document] = d
			if d.Slug != q.Document || d.Promos != 0 {
				t.Errorf("%s: slug %q, %d promos", q.Document, d.Slug, d.Promos)
			}
		}
		if !q.Answerable {
			continue
		}
		var text strings.Builder
		for _, n := range q.Gold {
			if n > len(d.Passages) {
				t.Fatalf("%s has no paragraph %d", q.Document, n)
			}
			text.WriteString(d.Passages[n-1].Text)
		}
		for _, a := range q.Answers {
			answers++
			if !strings.Contains(text.String(), a) {
				t.Errorf("%s ¶%v has no %q", q.Document, q.Gold, a)
				continue
			}
			whole := false
			for _, s := range Sentences(text.String()) {
				whole = whole || strings.Contains(s.Of(text.String()), a)
			}
			if !whole {
				cutUp++
				t.Logf("%s ¶%v: cut %q", q.Document, q.Gold, a)
			}
		}
	}
	t.Logf("%d answers, %d cut by the end of a sentence", answers, cutUp)
	const maxCut = 11 // what the best library did
	if cutUp > maxCut {
		t.Errorf("%d answers are cut by the end of a sentence, at most %d", cutUp, maxCut)
	}
}
