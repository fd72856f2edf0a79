package claim_test

import (
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
)

// BenchmarkAnswer checks five sentences against eight passages: what one answer costs. The bar is 2 ms.
func BenchmarkAnswer(b *testing.B) {
	list := loadMutable(b)
	m := list[len(list)-1]
	sentences := []string{}
	for _, s := range sources(list[len(list)-1:]) {
		if len(sentences) < 5 {
			sentences = append(sentences, s.sentence)
		}
	}
	passages := m.document.Passages[:min(8, len(m.document.Passages))]
	contexts := func(string) *premise.Context { return m.context }
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range sentences {
			check.All(s, passages, contexts)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	c := premise.New(harbor)
	b.ReportAllocs()
	for b.Loop() {
		check.One("The union rejected the offer of the board and stopped work on March 3, 2021.", harbor.Passages[0], c)
	}
}

// BenchmarkNewContext reads a document of 40 paragraphs.
func BenchmarkNewContext(b *testing.B) {
	d := article.Document{Slug: "long", Title: harbor.Title}
	for range 8 {
		for _, p := range harbor.Passages {
			d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "long", N: len(d.Passages) + 1},
				Text: p.Text})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		premise.New(d)
	}
}

// BenchmarkLongParagraph checks a sentence against paragraphs of 16 and 64 KiB whose sentences all share words with it:
// four times the text may take four times the time.
func BenchmarkLongParagraph(b *testing.B) {
	for _, kib := range []int{16, 64} {
		p := article.Passage{Ref: article.Ref{Slug: "long", N: 1}}
		for n := 0; len(p.Text) < kib<<10; n++ {
			p.Text += fmt.Sprintf("The tide turns at %d and the harbor of Vell is closed. ", n)
		}
		p.Text = strings.TrimSpace(p.Text)
		c := premise.New(article.Document{Slug: "long", Passages: []article.Passage{p,
			{Ref: article.Ref{Slug: "long", N: 2}, Text: "The end."}}})
		b.Run(fmt.Sprint(kib), func(b *testing.B) {
			for b.Loop() {
				check.One("The tide turns at 311 and the harbor of Odd is closed.", p, c)
			}
		})
	}
}
