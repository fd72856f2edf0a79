package timeline

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
)

type goldTimeline struct {
	ID, Reference, Text string
	Events              []struct {
		Line        int
		Event, Date string
	}
}

// document makes one paragraph of each line.
func document(t *testing.T, slug, published, text string) article.Document {
	t.Helper()
	d := article.Document{Slug: slug, Published: date(t, published)}
	for i, line := range strings.Split(text, "\n") {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: slug, N: i + 1}, Text: line})
	}
	return d
}

func TestGoldTimelines(t *testing.T) {
	const wantOther = 0.61
	var all timelineCount
	for _, g := range gold[goldTimeline](t, "data/timeline_docs.dev.jsonl") {
		all.add(t, g, Events(nil, document(t, g.ID, g.Reference, g.Text)))
	}
	recall := float64(all.otherFound) / float64(all.other)
	t.Logf("other dates: recall %d of %d = %.3f, precision %d of %d",
		all.otherFound, all.other, recall, all.right, all.shown)
	if recall < wantOther {
		t.Errorf("recall %.3f, want at least %.2f", recall, wantOther)
	}
}

// A timelineCount counts the dates that are not the day of publication: of the gold, and of what is shown.
type timelineCount struct{ other, otherFound, shown, right int }

func (c *timelineCount) add(t *testing.T, g goldTimeline, events []Event) {
	starts := map[int][]string{} // of the events of a line
	for _, e := range events {
		start, _ := e.ISO()
		starts[e.Ref.N] = append(starts[e.Ref.N], start)
	}
	wanted := map[string]bool{}
	for _, w := range g.Events {
		if strings.HasPrefix(g.Reference, w.Date) {
			continue
		}
		c.other++
		if slices.ContainsFunc(starts[w.Line], func(s string) bool { return strings.HasPrefix(s, w.Date) }) {
			c.otherFound++
		} else {
			t.Logf("%s line %d: missed %s %s", g.ID, w.Line, w.Date, w.Event)
		}
		wanted[fmt.Sprint(w.Line, w.Date)] = true
	}
	for _, e := range events {
		start, _ := e.ISO()
		if start == g.Reference {
			continue
		}
		c.shown++
		if wanted[fmt.Sprint(e.Ref.N, start)] || wanted[fmt.Sprint(e.Ref.N, start[:4])] {
			c.right++
		} else if testing.Verbose() {
			t.Logf("%s line %d: not in the gold: %s %q %.90s", g.ID, e.Ref.N, e.Date, e.Phrase, e.Text)
		}
	}
}

type goldEvent struct {
	DateStart string `json:"date_start"`
	DateEnd   string `json:"date_end"`
	Precision string
	Paragraph int
	Phrase    string
	Required  bool
}

func TestGoldArticle(t *testing.T) {
	records := gold[goldEvent](t, "data/article/timeline.jsonl")
	events := Events(nil, goldArticle(t))
	wanted := map[string]bool{}
	for _, g := range records {
		key := fmt.Sprint(g.Paragraph, " ", g.DateStart, "/", g.DateEnd, " ", g.Precision)
		wanted[key] = true
		found := false
		for _, e := range events {
			start, end := e.ISO()
			found = found || fmt.Sprint(e.Ref.N, " ", start, "/", end, " ", e.Precision) == key
		}
		if !found {
			t.Errorf("missed %s %q (required: %v)", key, g.Phrase, g.Required)
		}
	}
	for _, e := range events {
		start, end := e.ISO()
		if !wanted[fmt.Sprint(e.Ref.N, " ", start, "/", end, " ", e.Precision)] {
			t.Errorf("given a date: ¶%d %s/%s %s %q %.90s", e.Ref.N, start, end, e.Precision, e.Phrase, e.Text)
		}
	}
}

// goldArticle loads the article as the program does.
func goldArticle(t *testing.T) article.Document {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(os.Getenv("PILCROW_SHARED"), "articles", "dated", "pakistan-taliban.txt"))
	if err != nil {
		t.Fatal(err)
	}
	d, err := article.Parse("pakistan-taliban.txt", raw)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// Without its publication date the same article tells the years that it prints and no others.
func TestGoldArticleUndated(t *testing.T) {
	records := gold[goldEvent](t, "data/article/timeline.jsonl")
	yearless := 0
	d := goldArticle(t)
	d.Published = time.Time{}
	for _, e := range Events(nil, d) {
		if e.Yearless {
			yearless++
			continue
		}
		start, _ := e.ISO()
		known := false
		for _, g := range records {
			known = known || g.Paragraph == e.Ref.N && g.DateStart == start && (g.Precision == "year" || g.Precision == "decade")
		}
		if !known {
			t.Errorf("invented: ¶%d %s %q", e.Ref.N, e.Date, e.Phrase)
		}
	}
	if yearless != 6 {
		t.Errorf("%d dates without a year, want 6", yearless)
	}
}
