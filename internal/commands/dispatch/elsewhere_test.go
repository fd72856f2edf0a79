package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

const boathouse = `# The boathouse

## When is the boathouse open?

From nine to five, and on Sundays from noon.

## What does a rowing boat cost?

Eight an hour. Life jackets are free.

## Why did the crane close?

Its chain broke in March. It opens again at the end of June.

## How do I get a mooring?

Write to the harbor master. A mooring for a year is 300.
`

// TestSectionElsewhere does not answer below a title that lacks what the question is about, where another title has it;
// what stands below the title counts as if it were in it.
func TestSectionElsewhere(t *testing.T) {
	table := newReader(t, map[string]string{"boathouse.md": boathouse})
	for _, tt := range []struct{ ask, want, not string }{
		{"when does the crane open again", "", "From nine to five"},
		{"what does a mooring cost?", "", "Eight an hour"},
		{"when is the mooring open?", "", "From nine to five"},
		{"when is it open on sundays?", "From nine to five", ""},
		{"when is the boathouse open", "From nine to five", ""},
		{"what does a boat cost an hour?", "Eight an hour", ""},
	} {
		got := text(run(t, table, "ask", commands.Input{Args: commands.Args{"question": tt.ask}}))
		if !strings.Contains(got, tt.want) || tt.not != "" && strings.Contains(got, tt.not) {
			t.Errorf("%q: want %q and not %q in\n%s", tt.ask, tt.want, tt.not, got)
		}
	}
}
