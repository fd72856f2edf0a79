package words

import (
	"slices"
	"testing"
)

// FuzzReader holds a Reader to Tokenize, on a text that it meets for the first time and again.
func FuzzReader(f *testing.F) {
	for _, s := range []string{"", "The U.S. fence, the U.S.", "US us Us", "don't Don’t DON'T", "1,204.5 x", "漢字 และ",
		"Ａé\u0301", "\xff a\xffb"} {
		f.Add(s, "and the U.S. again")
	}
	f.Fuzz(func(t *testing.T, a, b string) {
		var r Reader
		for _, text := range []string{a, b, a + b, a} {
			if got, want := r.Tokenize(text), Tokenize(text); !slices.Equal(got, want) {
				t.Fatalf("%q: %+v, want %+v", text, got, want)
			}
		}
	})
}
