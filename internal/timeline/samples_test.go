package timeline

import (
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/texttest"
)

var update = flag.Bool("update", false, "write testdata/samples.txt and cases.txt anew")

func TestSamples(t *testing.T) {
	texttest.Run(t, "testdata/samples.txt", *update, sampled)
	texttest.Run(t, "testdata/cases.txt", *update, sampled)
}

// sampled prints the dates of a text, and its events where they say more: one paragraph a line, published on
// Thursday, April 28, 2022, or on no known day where the first line is "undated". A line that begins with "§ " is a
// heading, one with "‖ " is code.
func sampled(text string) (out []string) {
	d := article.Document{Slug: "f", Published: civil(2022, 4, 28)}
	text, undated := strings.CutPrefix(text, "undated\n")
	if undated {
		d.Published = time.Time{}
	}
	shown := map[string]bool{}
	heading := ""
	for i, line := range strings.Split(text, "\n") {
		p := article.Passage{Ref: article.Ref{Slug: "f", N: i + 1}, Heading: heading, Text: line}
		switch mark, rest, _ := strings.Cut(line, " "); mark {
		case "§":
			heading = rest
			continue
		case "‖":
			p.Kind, p.Text = article.Code, rest
		}
		d.Passages = append(d.Passages, p)
		for _, m := range Tag(p.Text, Context{Reference: d.Published}) {
			out = append(out, fmt.Sprintf("%s: %s by %s", m.Phrase, strings.TrimSpace(printed(m.Date)+" "+m.Kind.String()),
				m.Rule))
			shown[m.Phrase+printed(m.Date)] = true
		}
	}
	for _, e := range Events(nil, d) {
		if !shown[e.Phrase+printed(e.Date)] {
			out = append(out, fmt.Sprintf("¶%d %s: %s", e.Ref.N, e.Phrase, printed(e.Date)))
		}
	}
	return out
}

// printed is all of a date.
func printed(d Date) string {
	if d.IsZero() {
		return ""
	}
	start, end := d.ISO()
	words := []string{start, end, d.Precision.String(), d.Inferred, string(d.Mod)}
	if d.DayFirst {
		words = append(words, "day first")
	}
	return strings.Join(strings.Fields(strings.Join(words, " ")), " ")
}
