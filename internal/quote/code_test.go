package quote

import (
	"testing"

	"pilcrow/internal/article"
)

// A string in code is no quotation; the same words in prose are.
func TestCodeSaysNothing(t *testing.T) {
	said := "\"It was the frost that killed them,\" said Cara Lunt."
	for text, want := range map[string]int{said: 1, "```\n" + said + "\n```": 0} {
		d, err := article.Parse("d.md", []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if got := len(Read(nil, d).Quotations); got != want {
			t.Errorf("%q: %d quotations, want %d", text, got, want)
		}
	}
}
