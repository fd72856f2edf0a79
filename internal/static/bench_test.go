package static

import (
	"strings"
	"testing"

	"pilcrow/internal/words"
)

// What is read is measured beside cutting the same text into words, which every other part of the program does, too.
func benchmark(b *testing.B, text string) {
	table := New().table
	b.Run("vector", func(b *testing.B) {
		for b.Loop() {
			table.vector(text, nil)
		}
	})
	b.Run("words alone", func(b *testing.B) {
		for b.Loop() {
			words.Tokenize(text)
		}
	})
}

func BenchmarkQuestion(b *testing.B) {
	benchmark(b, "What did the engineers find when they checked the old bridge over the river last spring?")
}

// BenchmarkParagraph reads 150 words.
func BenchmarkParagraph(b *testing.B) {
	benchmark(b, strings.Repeat("The ferry to the island was canceled on Monday because the river, swollen by eleven "+
		"days of rain, had "+
		"risen above the mark at which captains must not leave the harbor. ", 5))
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		New()
	}
}
