package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
)

// TestAskOfTitled asks for a document as a whole, by words of its title.
func TestAskOfTitled(t *testing.T) {
	table := newReader(t, map[string]string{
		"pilots.md": harborNews,
		"tram.md": "---\ntitle: Night tram to be tested in Veldhaven\nauthor: Ida Ros\npublished: 2026-03-12\n---\n\n" +
			"The council of Veldhaven decided to run a night tram from 1 June.\n\n" +
			"“People should not have to walk home,” said Mayor Joris Lemm.\n",
		"tram-guide.md": "---\ntitle: Riding trams, a guide\nauthor: Per Sand\n---\n\nHold on to the rail.\n\n" +
			"Each article that is lost is kept for a year. The manual brake is red.\n",
		"dredging.md": "---\ntitle: UN report on dredging is late\nauthor: Lis Falk\n---\n\n" +
			"The UN report on dredging was published in May 2021 by Ole Brandt.\n",
	})
	for _, tt := range []struct{ ask, want, route string }{
		{"who wrote the night tram article?", "is by Ida Ros.", "metadata"},
		{"who is the author of the Veldhaven story", "is by Ida Ros.", "metadata"},
		{"when was the article about the night tram published?", "12 March 2026", "metadata"},
		{"who wrote the article on the pilots of Havn?", "is by Jon Rask.", "metadata"},
		{"who wrote the tram guide", "is by Per Sand.", "metadata"},
		{"how long is the riding guide", "minute", "metadata"},
		{"what is the tram guide about?", "Riding trams, a guide", "summary"},
		{"summarize the Veldhaven article", "The council of Veldhaven decided", "summary"},
		{"who is mentioned in the night tram article", "Joris Lemm", "people"},
		{"what did Joris Lemm say in the article about the night tram?", "People should not have to walk home", "quotation"},
		// near misses
		{"who published the UN report on dredging?", "Ole Brandt", ""},
		{"when was the UN report on dredging published", "May 2021", ""},
		{"how long is a lost article kept?", "a year", ""},
		{"which color is the manual brake", "red", ""},
	} {
		r := run(t, table, "ask", commands.Input{Args: commands.Args{"question": tt.ask}})
		if got := text(r); !strings.Contains(got, tt.want) {
			t.Errorf("%q: no %q in\n%s", tt.ask, tt.want, got)
		}
		line, err := r.JSON.MarshalJSON()
		if err != nil || strings.Contains(string(line), `"route":"metadata"`) != (tt.route == "metadata") ||
			!strings.Contains(string(line), `"route":"`+tt.route) && tt.route != "" {
			t.Errorf("%q: not read as %q: %s %v", tt.ask, tt.route, line, err)
		}
	}
	// A document that is not there, and words that two have.
	for _, ask := range []string{"who wrote the ferry article?", "who wrote the tram article?"} {
		r := run(t, table, "ask", commands.Input{Args: commands.Args{"question": ask}})
		if line, err := r.JSON.MarshalJSON(); err != nil || strings.Contains(string(line), `"route":"metadata"`) {
			t.Errorf("%q: one is taken: %s %v", ask, line, err)
		}
	}
}
