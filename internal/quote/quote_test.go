package quote

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"

	"pilcrow/internal/article"
)

var update = flag.Bool("update", false, "write what is found as what is wanted")

// document makes a document of the non-empty lines of a text; one that begins with "¦ " is of a block quotation.
func document(text string) article.Document {
	d := article.Document{Slug: "test"}
	for line := range strings.SplitSeq(text, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			p := article.Passage{Ref: article.Ref{Slug: "test", N: len(d.Passages) + 1}, Text: line}
			if words, ok := strings.CutPrefix(line, "¦ "); ok {
				p.Kind, p.Text = article.Quoted, words
			}
			d.Passages = append(d.Passages, p)
		}
	}
	return d
}

// TestCases holds each article of testdata against the quotations written below it: "¶1 Speaker (mention) kind:
// words".
func TestCases(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases: %v", err)
	}
	for _, file := range files {
		archive, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(archive.Files); i += 2 {
			name := filepath.Base(file) + "/" + archive.Files[i].Name
			t.Run(name, func(t *testing.T) {
				var got strings.Builder
				for _, q := range Find(nil, document(string(archive.Files[i].Data))) {
					speaker := q.Speaker
					if speaker == "" {
						speaker = "?"
					}
					fmt.Fprintf(&got, "¶%d %s (%s) %s: %s\n", q.Ref.N, speaker, q.Mention, q.Kind, q.Words)
				}
				if *update {
					archive.Files[i+1].Data = []byte(got.String())
				} else if want := string(archive.Files[i+1].Data); got.String() != want {
					t.Errorf("found\n%swant\n%s", got.String(), want)
				}
			})
		}
		if *update {
			if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestGold finds all quotations of the real article with their speakers, and nothing else.
func TestGold(t *testing.T) {
	shared := os.Getenv("PILCROW_SHARED")
	if shared == "" {
		t.Skip("PILCROW_SHARED is not set")
	}
	corpus, err := article.Load(os.DirFS(filepath.Join(shared, "articles", "dated")))
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(filepath.Join(shared, "data", "article", "quotes.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	found := Find(nil, corpus.Documents()[0])
	right := 0
	lines := bufio.NewScanner(f)
	for n := 0; lines.Scan(); n++ {
		var want struct {
			Quote, Speaker, Kind  string
			Paragraph, Start, End int
		}
		if err := json.Unmarshal(lines.Bytes(), &want); err != nil {
			t.Fatal(err)
		}
		if n >= len(found) {
			t.Errorf("missing: %q", want.Quote)
			continue
		}
		q := found[n]
		text := corpus.Documents()[0].Passages[q.Ref.N-1].Text // the record counts characters
		if q.Words != want.Quote || q.Speaker != want.Speaker || q.Ref.N != want.Paragraph || q.Kind.String() != want.Kind ||
			utf8.RuneCountInString(text[:q.Start]) != want.Start || utf8.RuneCountInString(text[:q.End]) != want.End {
			t.Errorf("found %+v, want %+v", q, want)
			continue
		}
		right++
	}
	if right != 12 || len(found) != 12 {
		t.Errorf("%d of 12 right, %d found", right, len(found))
	}
}

// check fails where quotations are not exact slices in reading order that do not overlap.
func check(t *testing.T, d article.Document, found []Quotation) {
	t.Helper()
	para, end := 0, 0
	for _, q := range found {
		text := d.Passages[q.Ref.N-1].Text
		if q.Ref.N != para {
			if q.Ref.N < para {
				t.Fatalf("¶%d after ¶%d", q.Ref.N, para)
			}
			para, end = q.Ref.N, 0
		}
		if q.Start < end || q.End <= q.Start || q.End > len(text) || text[q.Start:q.End] != q.Words {
			t.Fatalf("not a slice: %+v", q)
		}
		if !utf8.RuneStart(text[q.Start]) || q.End < len(text) && !utf8.RuneStart(text[q.End]) {
			t.Fatalf("cuts a character: %+v", q)
		}
		end = q.End
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{
		"\"A,\" said Jane Smith. \"B.\"\nHe said “c” and ‘d’.", "„So“, sagte er. »Nein«, sagte sie. « Oui », dit-il.",
		"She is 5'10\" and said \"6' tall\".",
		"\"Open\n\"again\nclosed,\" said O'Neill (ABC), a spokesman for the U.N., which 's s' ''x`` 」「",
		"according to\nas \"x\" said\n“”\"\"''", "\xff\"\xfe\" said \xc3",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d := document(strings.ToValidUTF8(text, "?"))
		check(t, d, Find(nil, d))
		for _, s := range Reported(nil, d) {
			if text := d.Passages[s.Ref.N-1].Text; s.Span.Start < 0 || s.Span.End > len(text) || s.Span.Start >= s.Span.End {
				t.Fatalf("not a sentence: %+v", s)
			}
		}
		for _, p := range People(nil, d) {
			if p.Name == "" || len(p.Refs) == 0 {
				t.Fatalf("nobody: %+v", p)
			}
		}
	})
}
