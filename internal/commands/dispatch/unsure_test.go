package dispatch

import (
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/commands"
)

// unsureLog is a document of whose second half nobody knows for sure which letters it has.
const unsureLog = `# The log of the keeper

"The lamp is out," said Ada Moe, the keeper. The oil came in May.

"The pier is gone," said Ola Vik, the pilot.<!-- unsure -->

The tender took nine barrels to the rock.<!-- unsure -->

| Boat | Word |
| --- | --- |
| Havhesten | "We saw no light," said Per Dahl.<!-- unsure --> |
`

// What is not sure is found and shown, with a note, and never between quotation marks.
func TestUnsureWordsAreNeverQuoted(t *testing.T) {
	table := newTable(t, fstest.MapFS{"log.md": {Data: []byte(unsureLog)}})
	const note = "may be wrong"
	for _, c := range []struct {
		command, about string
		want           []string
		never          []string
	}{
		{"quote", "", []string{"The lamp is out"}, []string{"The pier is gone", "We saw no light"}},
		{"quote", "the pier", nil, []string{"The pier is gone"}},
		{"ask", "What did Ola Vik say?", nil, []string{"The pier is gone"}},
		{"ask", "What did Per Dahl see?", nil, []string{"We saw no light"}},
		{"ask", `Did Ola Vik say "The pier is gone"?`, nil, []string{`"The pier is gone," said`, "“The pier is gone”"}},
		{"ask", "How many barrels did the tender take to the rock?", []string{"nine barrels", note}, nil},
		{"ask", "Who is the keeper?", nil, []string{note}},
		{"summary", "", nil, []string{"The pier is gone", "We saw no light"}},
		{"check", `"The pier is gone," said Ola Vik.`, []string{"letters, or their order, are not sure"}, []string{"✓"}},
		{"check", `"The lamp is out," said Ada Moe.`, []string{"✓"}, []string{note}},
		{"paragraph", "2", []string{"The pier is gone", note}, nil},
		{"paragraph", "1", nil, []string{note}},
		{"find", "barrels on the rock", []string{"nine barrels"}, nil},
	} {
		args := commands.Args{}
		switch c.command {
		case "quote":
			args["about"] = c.about
		case "paragraph":
			args["number"] = c.about
		case "summary":
		case "check":
			args["text"] = c.about
		default:
			args["question"] = c.about
		}
		r, err := table.Run(t.Context(), c.command, commands.Input{Args: args})
		if err != nil {
			t.Errorf("%s %q: %v", c.command, c.about, err)
			continue
		}
		var all []string
		for _, b := range r.Blocks {
			all = append(all, b.Text)
		}
		text := strings.Join(all, "\n")
		for _, want := range c.want {
			if !strings.Contains(text, want) {
				t.Errorf("%s %q: no %q in\n%s", c.command, c.about, want, text)
			}
		}
		for _, never := range c.never {
			if strings.Contains(text, never) {
				t.Errorf("%s %q: %q in\n%s", c.command, c.about, never, text)
			}
		}
	}
}
