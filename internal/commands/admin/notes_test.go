package admin

import (
	"strings"
	"testing"

	"pilcrow/internal/convert"
	"pilcrow/internal/lang"
)

// Each kind of note has a sentence of its own.
func TestNoteSentences(t *testing.T) {
	seen := map[string]convert.NoteKind{}
	for k := convert.Untold; k <= convert.ReviewComments; k++ {
		text := noteSentence(lang.Printer{}, convert.Note{Kind: k, N: 2, Words: 3})
		if other, twice := seen[text]; twice || !strings.HasSuffix(text, ".") {
			t.Errorf("%d and %d: %q", k, other, text)
		}
		seen[text] = k
	}
}
