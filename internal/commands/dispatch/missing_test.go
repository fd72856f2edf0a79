package dispatch

import (
	"maps"
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

// Where a document of the server does not fit into memory, each command that speaks of all documents says that one is
// left out, and none that speaks of one named document does. In a server where all fit nobody reads of it.
func TestDocumentsLeftOut(t *testing.T) {
	w := newTown(t)
	long := "# The mill\n\n" + strings.Repeat("The mill at Brekke was repaired in 1950 by Ole Vik.\n\n", 2000)
	w.put(home, "mill.md", long)
	w.memory = 2 << 20
	w.restart()
	calls := []struct {
		command string
		args    commands.Args
	}{
		{"ask", commands.Args{"question": "Who repaired the mill at Brekke?"}},
		{"quote", nil},
		{"quote", commands.Args{"speaker": "Ole Vik"}},
		{"timeline", nil},
		{"timeline", commands.Args{"about": "the mill"}},
		{"who", nil},
		{"who", commands.Args{"name": "Ole Vik"}},
		{"who", commands.Args{"name": "Henrik Dahl"}},
		{"check", commands.Args{"text": "The mill at Brekke was repaired in 1950 by Ole Vik."}},
	}
	const said = "1 document of this server cannot be answered from just now"
	for _, c := range calls {
		w.want(w.run(as(ann, home), c.command, c.args), said)
		for _, other := range []commands.Input{as(ann, away2), {Person: ann, From: commands.Chat}} {
			if got := text(w.run(other, c.command, c.args)); strings.Contains(got, "cannot be answered from") {
				t.Errorf("%s %v in %q: %s", c.command, c.args, other.Server, got)
			}
		}
		args := commands.Args{"document": "lighthouse"}
		maps.Copy(args, c.args)
		if got := text(w.run(as(ann, home), c.command, args)); strings.Contains(got, "cannot be answered from") {
			t.Errorf("%s %v: %s", c.command, args, got)
		}
	}
	w.want(w.run(as(ann, home), "check", commands.Args{"text": "The lighthouse at Skarvik was lit for the first time in " +
		"1871."}),
		"Supported")
	if got := text(w.run(as(ann, home), "check", commands.Args{"text": "The lighthouse at Skarvik was lit for the first " +
		"time in " +
		"1871."})); strings.Contains(got, said) {
		t.Errorf("what is supported needs no other document: %s", got)
	}
}
