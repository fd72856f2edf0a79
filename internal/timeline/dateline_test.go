package timeline

import (
	"testing"

	"pilcrow/internal/article"
)

// The title of minutes says on which day what they tell of was.
func TestRecordOfADay(t *testing.T) {
	for _, c := range []struct{ title, want string }{
		{"Minutes of the parish council of Nether Wick, 14 January 2026", "2026-01-13"},
		{"Protokoll der Sitzung vom 14. Januar 2026", "2026-01-13"},
		{"MINUTES, 14 January 2026", "2026-01-13"},
		{"Minutes of 14 January and 3 May 2026", ""},
		{"Minutes of January 2026", ""},
		{"Minutes", ""},
		{"The fire of 14 January 2026", ""},
	} {
		text := "The bridge was closed yesterday."
		if c.title[:2] == "Pr" {
			text = "Die Brücke ist seit gestern zu, sagte der Rat, und das ist nicht gut."
		}
		d := article.Document{Slug: "m", Title: c.title,
			Passages: []article.Passage{{Ref: article.Ref{Slug: "m", N: 1}, Text: text}}}
		got := ""
		for _, e := range Events(nil, d) {
			got, _ = e.ISO()
		}
		if got != c.want {
			t.Errorf("%s: yesterday is %q, want %q", c.title, got, c.want)
		}
	}
}
