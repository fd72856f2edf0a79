package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

// TestAskNamesNearest names a paragraph though the question has nothing in common with any.
func TestAskNamesNearest(t *testing.T) {
	docs := map[string]string{"mill.md": "# The mill\n\nThe mill was sold to Dahl in 1931.\n\nIts wheel was of oak.\n"}
	for _, ask := range []string{"why do whales sing", "warum singen Wale", "xyzzy plugh"} {
		got := text(run(t, newReader(t, docs), "ask", commands.Input{Args: commands.Args{"question": ask}}))
		if !strings.Contains(got, "does not say") || !strings.Contains(got, "¶") {
			t.Errorf("%q: no paragraph in %s", ask, got)
		}
	}
}
