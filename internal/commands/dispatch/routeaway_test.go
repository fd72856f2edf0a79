package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

const workshop = `# House rules of the workshop

The workshop opened in 2019. Members share one washing machine and one printer.

The safety report came out on 4 March 2021. The report covers fire doors and lamps.

The washing machine can wash wool at 30 degrees.

Members may keep two pets. Pets must stay out of the kitchen.

Eco mode uses less power than turbo mode.
`

// TestAskThingsOfTheText asks of things that have the name of a document or a bot, where a document speaks of them and
// where none does.
func TestAskThingsOfTheText(t *testing.T) {
	workshops := newReader(t, map[string]string{"workshop.md": workshop})
	report := newReader(t, map[string]string{"port.md": "---\ntitle: Harbor report\npublished: 2020-03-01\n---\n\n" +
		"The report covers cranes and ships of the harbor in the north.\n"})
	for _, tt := range []struct {
		table     *Table
		ask, want string
		route     string // "" for the text
	}{
		{workshops, "When did the report come out?", "4 March 2021", ""},
		{workshops, "What does the report cover?", "fire doors", ""},
		{workshops, "What can this machine do?", "wash wool", ""},
		{workshops, "What can this robot do?", "I answer questions", "help"},
		{workshops, "Summarise the rule on pets", "Members may keep two pets.", ""},
		{workshops, "summarize the house rules", "Pets", "summary"},
		{report, "When did the report come out?", "1 March 2020", "metadata"},
		{report, "What can this machine do?", "I answer questions", "help"},
	} {
		r := run(t, tt.table, "ask", commands.Input{Args: commands.Args{"question": tt.ask}})
		line, err := r.JSON.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		if routed := strings.Contains(string(line), `"route":"`+tt.route+`"`); !strings.Contains(text(r), tt.want) ||
			tt.route != "" && !routed || tt.route == "" && strings.Contains(string(line), `"route":"`) && !routed {
			t.Errorf("%q: no %q by %q in\n%s\n%s", tt.ask, tt.want, tt.route, text(r), line)
		}
	}
}

// TestAskSharedSentence shows a sentence that serves both sides of a comparison once, and labels nothing.
func TestAskSharedSentence(t *testing.T) {
	table := newReader(t, map[string]string{"workshop.md": workshop})
	for _, ask := range []string{"eco mode vs turbo mode", "Was ist der Unterschied zwischen Eco und Turbo?",
		"compare eco mode with turbo mode", "eco vs turbo mode"} {
		r := run(t, table, "ask", commands.Input{Args: commands.Args{"question": ask}})
		line, err := r.JSON.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		const sentence = "Eco mode uses less power than turbo mode."
		if !strings.Contains(string(line), `"text":"`+sentence+`","sentences":[{"text":"`+sentence+`"`) ||
			!strings.Contains(string(line), `"route":"comparison"`) || strings.ContainsRune(text(r)+string(line), '\uFFFD') {
			t.Errorf("%q: %s", ask, line)
		}
	}
}
