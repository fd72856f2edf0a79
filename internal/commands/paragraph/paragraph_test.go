package paragraph

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
)

func TestParagraphReply(t *testing.T) {
	d := article.Document{Slug: "sea", Title: "About sea"}
	for i, text := range []string{"One.", strings.Repeat("long ", 100), "Three."} {
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "sea", N: i + 1}, Title: d.Title, Text: text})
	}
	r := paragraphsReply(d, 3, 3)
	want := `{"document":"sea","title":"About sea","heading":"","paragraph":3,"text":"Three.","before":{"paragraph":2,` +
		`"text":"` +
		strings.Repeat("long ", 100) + `"}}`
	if got, err := r.JSON.MarshalJSON(); err != nil || string(got) != want {
		t.Errorf("JSON %v:\n%s\nwant:\n%s", err, got, want)
	}
	if n := len([]rune(r.Blocks[1].Text)); n > maxNeighborRunes {
		t.Errorf("a neighbor shows %d characters", n)
	}
	if len(r.Actions) != 1 || r.Actions[0].Label != "← ¶2" {
		t.Errorf("actions at the end: %+v", r.Actions)
	}
	if r = paragraphsReply(d, 1, 1); len(r.Actions) != 1 || r.Actions[0].Label != "¶2 →" {
		t.Errorf("actions at the start: %+v", r.Actions)
	}
}
