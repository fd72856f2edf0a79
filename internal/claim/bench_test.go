package claim

import (
	"testing"

	"pilcrow/internal/article"
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
	contexts := func(string) *Context { return m.context }
	b.ReportAllocs()
	for b.Loop() {
		for _, s := range sentences {
			CheckAll(s, passages, contexts)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	c := NewContext(harbor)
	b.ReportAllocs()
	for b.Loop() {
		Check("The union rejected the offer of the board and stopped work on March 3, 2021.", harbor.Passages[0], c)
	}
}

// BenchmarkNewContext reads a document of 40 paragraphs.
func BenchmarkNewContext(b *testing.B) {
	d := article.Document{Slug: "long", Title: harbor.Title}
	for range 8 {
		for _, p := range harbor.Passages {
			d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "long", N: len(d.Passages) + 1}, Text: p.Text})
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		NewContext(d)
	}
}
