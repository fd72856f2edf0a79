package timeline

import (
	"flag"
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/texttest"
)

var update = flag.Bool("update", false, "write testdata/samples.txt anew")

func TestSamples(t *testing.T) { texttest.Run(t, "testdata/samples.txt", *update, sampled) }

// sampled prints the dates of a text, and its events where they say more: one paragraph a line, published on
// Thursday, April 28, 2022.
func sampled(text string) (out []string) {
	d := article.Document{Slug: "f", Published: civil(2022, 4, 28)}
	shown := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "f", N: i + 1}, Text: line})
		for _, m := range Tag(line, Context{Reference: d.Published}) {
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
