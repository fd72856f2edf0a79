package local

import (
	"fmt"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
)

// BenchmarkAskLong asks what eight paragraphs, of 16 and of 64 KiB, all speak of: four times the text may take four
// times the time.
func BenchmarkAskLong(b *testing.B) {
	for _, kib := range []int{16, 64} {
		var text strings.Builder
		for n := range 8 {
			from := text.Len()
			for i := n; text.Len()-from < kib<<10-100; i++ {
				fmt.Fprintf(&text, "The tide at pier %d turns at %d and the harbor of Vell is closed. ", n, i)
			}
			text.WriteString("\n\n")
		}
		d, err := article.Parse("long.txt", []byte(text.String()))
		if err != nil {
			b.Fatal(err)
		}
		corpus, err := article.NewCorpus(d)
		if err != nil {
			b.Fatal(err)
		}
		e, _ := loaded(b, func() *article.Corpus { return corpus })
		b.Run(fmt.Sprint(kib, "KiB"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := e.Ask(b.Context(), ask.Query{Text: "When does the tide turn, and is the harbor closed?"}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
