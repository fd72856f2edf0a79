package timeline

import (
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
)

// labeled tells TestLabeled to list what went wrong in the documents that may be looked at.
var labeled = flag.Bool("labeled", false, "list what TestLabeled gets wrong in documents with odd numbers")

// A labeledEvent is one that a person found in a document: its days, and words of its sentence.
type labeledEvent struct {
	n          int // of the paragraph
	start, end string
	words      string
}

func readLabeled(t testing.TB, file string) (d article.Document, want []labeledEvent) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	d.Slug = filepath.Base(file)
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "# "):
			title, day, _ := strings.Cut(line[2:], " | ")
			d.Title = title
			if day != "" {
				if d.Published, err = time.Parse(time.DateOnly, day); err != nil {
					t.Fatal(file, err)
				}
			}
		case strings.HasPrefix(line, "= "):
			days, said, ok := strings.Cut(line[2:], " | ")
			start, end, between := strings.Cut(days, "..")
			if !between {
				end = start
			}
			if !ok || !strings.Contains(d.Passages[len(d.Passages)-1].Text, said) {
				t.Fatalf("%s: no such words: %s", file, line)
			}
			want = append(want, labeledEvent{len(d.Passages), start, end, said})
		case line != "":
			n := len(d.Passages) + 1
			d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: d.Slug, N: n}, Text: line})
		}
	}
	return d, want
}

// is reports whether an event has the days of a label.
func (w labeledEvent) is(e Event) bool {
	return e.Ref.N == w.n && strings.Contains(e.Text, w.words) &&
		strings.HasPrefix(isoDay(e.Start), w.start) && strings.HasPrefix(isoDay(e.End), w.end)
}

// A labelTally counts the rows of a document that are right, and its events that are found.
type labelTally struct{ shown, right, there, found int }

// count holds what is read of a document against its labels. tell is called with what is wrong.
func (n *labelTally) count(d article.Document, want []labeledEvent, tell func(string, ...any)) {
	have := make([]bool, len(want))
	for _, e := range Events(nil, d) {
		hit := false
		for i, w := range want {
			if w.is(e) {
				hit, have[i] = true, true
			}
		}
		n.shown++
		if hit {
			n.right++
		} else {
			tell("%s ¶%d: %s %q by %s: %s", d.Slug, e.Ref.N, e.Date, e.Phrase, e.Rule, e.Text)
		}
	}
	for i, w := range want {
		n.there++
		if have[i] {
			n.found++
		} else {
			tell("%s ¶%d: not found: %s..%s %s", d.Slug, w.n, w.start, w.end, w.words)
		}
	}
}

// TestLabeled holds what is read of documents that people labeled wholly to its bounds: of the rows that are shown and
// of the events that are there, in the halves.
func TestLabeled(t *testing.T) {
	files, err := filepath.Glob("testdata/labeled/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no documents", err)
	}
	var halves [2]labelTally
	for _, file := range files {
		number, err := strconv.Atoi(filepath.Base(file)[:2])
		if err != nil {
			t.Fatal(err)
		}
		half := (number + 1) % 2
		d, want := readLabeled(t, file)
		halves[half].count(d, want, func(format string, args ...any) {
			if *labeled && half == 0 {
				t.Logf(format, args...)
			}
		})
	}
	for half, n := range halves {
		t.Logf("%s documents: %d of %d rows are right, %d of %d events found", []string{"odd", "even"}[half],
			n.right, n.shown, n.found, n.there)
		// Measured: odd 79 of 83 and 79 of 80, even 74 of 85 and 74 of 86.
		if 100*n.right < 85*n.shown || 100*n.found < 85*n.there {
			t.Error("too few rows are right, or too few events found")
		}
	}
}
