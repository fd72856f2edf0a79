package paragraph

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

func TestReceiptFitsItsButton(t *testing.T) {
	p := article.Passage{Ref: article.Ref{Slug: strings.Repeat("x", article.MaxSlugBytes), N: 999},
		Text: strings.Repeat("word ", 200)}
	var spans []article.Span
	for n := range 40 {
		spans = append(spans, article.Span{Start: 20 * n, End: 20*n + 9})
	}
	if a := Receipt("¶999", p, spans); !a.Fits() || a.Args[commands.TextParam] == "" {
		t.Errorf("a long name: %+v", a)
	}
	p.Ref.Slug = "border"
	a := Receipt("¶999", p, spans)
	if got := ReadSpans(a.Args[commands.BoldParam], p.Text); !a.Fits() || len(got) < 3 ||
		!slices.Equal(got, spans[:len(got)]) {
		t.Errorf("%+v reads as %v", a, got)
	}
}

func FuzzReadSpans(f *testing.F) {
	f.Add("0-5.a-1c", "a text of some words")
	f.Add("5-0.zzzzzzzzzzz-1", "é")
	f.Fuzz(func(t *testing.T, written, text string) {
		end := -1
		for _, s := range ReadSpans(written, text) {
			if s.Start <= end || s.Start >= s.End || s.End > len(text) {
				t.Errorf("span %v of %d bytes behind %d", s, len(text), end)
			}
			end = s.End
		}
	})
}
