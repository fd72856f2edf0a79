package claim_test

import (
	"fmt"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/claim/check"
	"pilcrow/internal/claim/premise"
	"pilcrow/internal/quote"
	"pilcrow/internal/timeline"
)

// bookOf is a document of that many paragraphs, made of those of our texts with claims.
func bookOf(t testing.TB, paragraphs int) article.Document {
	d := article.Document{Slug: "book", Title: "The book"}
	texts := readPairs(t)
	for n := range paragraphs {
		list := texts[n%len(texts)].document.Passages
		text := list[n/len(texts)%len(list)].Text
		d.Passages = append(d.Passages, article.Passage{Ref: article.Ref{Slug: "book", N: n + 1},
			Text: fmt.Sprintf("%s It is page %d of it.", text, n)})
	}
	return d
}

// BenchmarkBook reads all of a long document: who says what, what happened when, and each clause.
func BenchmarkBook(b *testing.B) {
	d := bookOf(b, 1000)
	b.Run("quotes", func(b *testing.B) {
		for b.Loop() {
			quote.Read(nil, d)
		}
	})
	b.Run("events", func(b *testing.B) {
		for b.Loop() {
			timeline.Events(nil, d)
		}
	})
	said := quote.Read(nil, d)
	b.Run("context", func(b *testing.B) {
		for b.Loop() {
			premise.Of(d, said, premise.NewReadings())
		}
	})
	b.Run("check", func(b *testing.B) {
		c := premise.Of(d, said, premise.NewReadings())
		for b.Loop() {
			c.Readings.Drop()
			for _, p := range d.Passages {
				check.One("The mill at Torv was closed by the board in May.", p, c)
			}
		}
	})
}
