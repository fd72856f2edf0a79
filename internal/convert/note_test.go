package convert

import (
	"strings"
	"testing"
)

// noteTexts are notes as a terminal shows them.
func noteTexts(notes []Note) []string {
	texts := make([]string, len(notes))
	for i, n := range notes {
		texts[i] = n.String()
	}
	return texts
}

// Each kind has a sentence of its own, and a child gives no others.
func TestNotes(t *testing.T) {
	seen := map[string]NoteKind{}
	for k := NoteKind(1); k < noteKinds; k++ {
		text := Note{Kind: k, N: 2, Words: 3}.String()
		if other, twice := seen[text]; twice || strings.Contains(text, "not known here") {
			t.Errorf("%d and %d: %q", k, other, text)
		}
		seen[text] = k
	}
	got := known([]Note{{Kind: 0}, {Kind: noteKinds}, {Kind: StruckWords, N: -1}, {Kind: StruckWords, N: 1}})
	if len(got) != 1 || got[0].String() != "left out: 1 struck word" {
		t.Errorf("%+v", got)
	}
}
