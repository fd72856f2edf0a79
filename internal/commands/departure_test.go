package commands

import (
	"strings"
	"testing"

	"pilcrow/internal/store"
)

// What a server has that removed the bot goes after a month; until then it is as it was.
func TestDepartedServer(t *testing.T) {
	w := newTown(t)
	m := newMinder(w.Table)
	present, known := []string{home, away2}, false
	w.servers = func() ([]string, bool) { return present, known }
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	w.put(away2, "oars.md", "# Oars\n\nThe oars were carved by Piet Vanderhook.")
	w.click(as(ann, home), w.run(as(ann, home), "ask", Args{"question": "Why did the elephant escape?"}),
		"Tell the admins", nil)
	m.round(t.Context()) // Discord has not said which servers there are
	known, present = true, present[1:]
	m.round(t.Context())
	w.clock = w.clock.Add(store.KeepDeparted)
	m.round(t.Context())
	question := Args{"question": "Who paints the ferry with zinc?"}
	w.want(w.run(as(ann, home), "ask", question), "Marta Olin")
	w.want(w.run(as(ann, home), "privacy", Args{detailsParam: "true"}), "deleted after 30 days")
	w.clock = w.clock.Add(lookEvery + 1)
	m.round(t.Context())
	if text := text(w.run(as(ann, home), "ask", question)); strings.Contains(text, "Marta Olin") {
		t.Errorf("it still answers: %s", text)
	}
	w.want(w.run(as(ann, away2), "ask", Args{"question": "Who carved the oars?"}), "Vanderhook")
	gaps, err := w.store.Gaps(t.Context(), home)
	documents, other := w.store.Documents(t.Context())
	if err != nil || other != nil || len(gaps) != 0 || len(documents) != 1 {
		t.Errorf("%v, %v; %v, %v", gaps, err, documents, other)
	}
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with lead by Jon Aske.") // it may come back
	w.want(w.run(as(ann, home), "ask", question), "Jon Aske")
}
