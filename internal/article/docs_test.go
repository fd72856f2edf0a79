package article

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"pilcrow/docs"
)

func TestDocs(t *testing.T) {
	c, err := Load(docs.FS)
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Documents()) != 1 {
		t.Fatalf("%d documents, want 1", len(c.Documents()))
	}
	d := c.Documents()[0]
	headings := map[string]bool{}
	quotations := 0
	for _, p := range d.Passages {
		headings[p.Heading] = true
		quotations += len(quotation.FindAllString(p.Text, -1))
		if !closed(p.Text) {
			t.Errorf("%v does not end: %q", p.Ref, p.Text)
		}
		for _, q := range quotation.FindAllString(p.Text, -1) {
			if n := len(strings.Fields(q)); n > 12 {
				t.Errorf("%v: a quotation of %d words, at most 12", p.Ref, n)
			}
		}
	}
	delete(headings, "")
	if n := len(d.Passages); n < 15 || n > 25 {
		t.Errorf("%d paragraphs, want 15 to 25", n)
	}
	if len(headings) < 2 || quotations < 5 || quotations > 7 {
		t.Errorf("%d headings and %d quotations, want at least 2 and 5 to 7", len(headings), quotations)
	}
	if d.Title == "" || d.Author == "" || d.Source == "" || d.Published.Format("2006-01-02") != "2022-04-28" {
		t.Errorf("front matter: %+v", d)
	}
}

var quotation = regexp.MustCompile(`"[^"]*"`)

// The built-in document tells the facts of an article in words of our own: outside quotations it shares no six words in
// a row with it.
func TestDocsOwnWords(t *testing.T) {
	const run = 6 // words
	article := parseShared(t, shared(t), "articles/dated/pakistan-taliban.txt")
	theirs := map[string]bool{}
	for _, p := range article.Passages {
		w := plainWords(p.Text)
		for i := 0; i+run <= len(w); i++ {
			theirs[strings.Join(w[i:i+run], " ")] = true
		}
	}
	c, err := Load(docs.FS)
	if err != nil {
		t.Fatal(err)
	}
	for p := range c.Passages() {
		for _, part := range quotation.Split(p.Text, -1) {
			w := plainWords(part)
			for i := 0; i+run <= len(w); i++ {
				if s := strings.Join(w[i:i+run], " "); theirs[s] {
					t.Errorf("%v: %q is the article's", p.Ref, s)
				}
			}
		}
		for _, q := range quotation.FindAllString(p.Text, -1) {
			words := strings.Join(plainWords(q), " ")
			found := false
			for _, theirs := range article.Passages {
				found = found || strings.Contains(strings.Join(plainWords(theirs.Text), " "), words)
			}
			if !found {
				t.Errorf("%v: nobody said %s", p.Ref, q)
			}
		}
	}
}

func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) &&
			!unicode.IsDigit(r)
	})
}
