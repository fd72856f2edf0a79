package dispatch

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/reading"
)

// TestWhoOrder lists people before bodies before places, three paragraphs of each with the number of the others, and
// calls a document the same wherever it is cited.
func TestWhoOrder(t *testing.T) {
	var mill strings.Builder
	mill.WriteString("# The mill\n\nNorway closed the strait. The Defense Ministry said: \"Ships are at risk today.\"\n\n")
	mill.WriteString("\"We grind on Mondays,\" said Ingrid Palm, the keeper.\n\n")
	for i := range 9 {
		fmt.Fprintf(&mill, "Palm came %d times, and Norway sent %d letters.\n\n", i+2, i+3)
	}
	table := newTable(t, fstest.MapFS{
		"mill.md": {Data: []byte(mill.String())},
		"pier.md": {Data: []byte("# The pier\n\nEva Holt said it was late.\n\n\"It is cold,\" said Ola Moe.\n")},
	})
	r := run(t, table, "who", commands.Input{From: commands.Chat})
	order := map[string]int{}
	mark := r.Marks()
	for i, b := range r.Blocks {
		name, _, _ := strings.Cut(b.Text, " – ")
		order[name] = i + 1
		if b.Kind == commands.Item && len(b.Cites) > reading.MaxWhoRefs {
			t.Errorf("%s cites %d paragraphs", b.Text, len(b.Cites))
		}
		if name == "Ingrid Palm" && b.More < 7 {
			t.Errorf("%s: %d more", b.Text, b.More)
		}
		for _, ref := range b.Cites {
			if got := mark(ref); !strings.HasPrefix(got, "The ") {
				t.Errorf("cited as %q", got)
			}
		}
	}
	last := order["Norway"]
	if order["Ingrid Palm"] == 0 || last < order["Ola Moe"] || last < order["Norway's Defense Ministry"] {
		t.Errorf("in the order %v", order)
	}
}
