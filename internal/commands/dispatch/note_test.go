package dispatch

import (
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/commands"
	"pilcrow/internal/convert"
)

// The status names the documents whose words may be wrong: by their letters, and by what their conversion said.
func TestStatusTellsWhatIsUnsure(t *testing.T) {
	h := newHouse(t)
	withSource(t, h)
	h.shared["old.md"] = h.shared["handbook/use.md"]
	h.shared["broken.md"] = &fstest.MapFile{Data: []byte("The lam\ufffd was li\ufffd in 1901.")}
	h.admin.Health = func() commands.Health {
		return commands.Health{Unsure: []commands.Unsure{
			{File: "old.md", Note: convert.Note{Kind: convert.Recognized, N: 3}},
			{File: "broken.md", Note: convert.Note{Kind: convert.Untold, N: 2}},
			{File: "gone.pdf", Note: convert.Note{Kind: convert.Recognized, N: 1}},
		}}
	}
	if _, err := h.Engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	r, err := h.Run(t.Context(), "status", people["ada"])
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, b := range r.Blocks {
		all = append(all, b.Text)
	}
	text := strings.Join(all, "\n")
	for _, want := range []string{"broken: Letters that could not be told, and became �: 2.",
		"old.md: Pages that a program recognized from pictures, with perhaps wrong letters: 3."} {
		if strings.Count(text, want) != 1 {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "gone.pdf") || strings.Count(text, "broken") != 1 {
		t.Error(text)
	}
}
