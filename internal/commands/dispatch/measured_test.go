package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

// TestAskMeasured asks how long something is of texts that say it by a number and its unit.
func TestAskMeasured(t *testing.T) {
	for _, tt := range []struct{ text, ask, want string }{
		{"# The shore\n\nThe villagers were angered by a fence that the county is putting up along their 120-mile " +
			"shore.\n\n" +
			"The shore belongs to two parishes. Nobody there likes the fence.\n", "how long is the shore", "120-mile"},
		{"# The tunnel\n\nMen and mules dug the nine-kilometer tunnel in secret.\n\nThe tunnel was opened by a bishop.\n",
			"how long is the tunnel", "nine-kilometer"},
		{"# The anchor\n\nDivers raised the anchor, a lump of 400 kilograms.\n\nThe anchor stands before the church.\n",
			"how heavy is the anchor", "400 kilograms"},
	} {
		table := newReader(t, map[string]string{"text.md": tt.text})
		if got := text(run(t, table, "ask", commands.Input{Args: commands.Args{"question": tt.ask}})); !strings.Contains(got,
			tt.want) ||
			strings.Contains(got, "does not say") {
			t.Errorf("%q: no %q in\n%s", tt.ask, tt.want, got)
		}
	}
}
