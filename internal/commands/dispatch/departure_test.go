package dispatch

import (
	"slices"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/feedback"
	"pilcrow/internal/store"
)

// What a server has that removed the bot goes after a month; until then it is as it was.
func TestDepartedServer(t *testing.T) {
	w := newTown(t)
	m := feedback.NewMinder(w.feedback)
	present, known := []string{home, away2}, false
	w.feedback.Servers = func() ([]string, bool) { return present, known }
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	w.put(away2, "oars.md", "# Oars\n\nThe oars were carved by Piet Vanderhook.")
	w.click(as(ann, home), w.run(as(ann, home), "ask", commands.Args{"question": "Why did the elephant escape?"}),
		"Tell the admins", nil)
	m.Round(t.Context()) // Discord has not said which servers there are
	known, present = true, present[1:]
	m.Round(t.Context())
	w.clock = w.clock.Add(store.KeepDeparted)
	m.Round(t.Context())
	question := commands.Args{"question": "Who paints the ferry with zinc?"}
	w.want(w.run(as(ann, home), "ask", question), "Marta Olin")
	w.want(w.run(as(ann, home), "privacy", commands.Args{commands.DetailsParam: "true"}), "deleted after 30 days")
	w.clock = w.clock.Add(feedback.LookEvery + 1)
	m.Round(t.Context())
	if text := text(w.run(as(ann, home), "ask", question)); strings.Contains(text, "Marta Olin") {
		t.Errorf("it still answers: %s", text)
	}
	w.want(w.run(as(ann, away2), "ask", commands.Args{"question": "Who carved the oars?"}), "Vanderhook")
	gaps, err := w.store.Gaps(t.Context(), home)
	documents, other := w.store.Documents(t.Context())
	if err != nil || other != nil || len(gaps) != 0 || len(documents) != 1 {
		t.Errorf("%v, %v; %v, %v", gaps, err, documents, other)
	}
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with lead by Jon Aske.") // it may come back
	w.want(w.run(as(ann, home), "ask", question), "Jon Aske")
}

// Of several processes each looks after its own servers, and one after the clock: time passes once for all of them, and
// what the servers of another have is neither deleted nor asked again.
func TestTendOfSeveral(t *testing.T) {
	w := newTown(t)
	serve := func(m *feedback.Minder, servers ...string) {
		t.Helper()
		w.feedback.Ours = func(server string) bool { return slices.Contains(servers, server) }
		w.feedback.Servers = func() ([]string, bool) { return nil, true } // the bot was removed from all of them
		m.Round(t.Context())
	}
	w.put(home, "paint.md", "# Paint\n\nThe ferry is painted with zinc by Marta Olin, who paints it each spring.")
	w.put(away2, "oars.md", "# Oars\n\nThe oars were carved by Piet Vanderhook.")
	w.click(as(ann, home), w.run(as(ann, home), "ask", commands.Args{"question": "Why did the elephant escape?"}),
		"Tell the admins", nil)
	first, second := feedback.NewMinder(w.feedback), feedback.NewMinder(w.feedback)
	serve(second, away2) // before anybody has looked at the clock
	serve(first, "", home)
	before, err := w.store.Clock(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const rounds = 10
	for range rounds {
		w.clock = w.clock.Add(feedback.LookEvery)
		serve(second, away2)
		serve(first, "", home)
		serve(second, away2)
	}
	after, err := w.store.Clock(t.Context())
	if err != nil || after.Steady.Sub(before.Steady) != rounds*feedback.LookEvery || !after.Settled {
		t.Errorf("the steady time went on by %v, %v", after.Steady.Sub(before.Steady), err)
	}
	if asked, err := w.store.Asked(t.Context(), home); err != nil || asked == "" {
		t.Errorf("%q, %v", asked, err)
	}
	w.clock = w.clock.Add(store.KeepDeparted)
	serve(first, "")
	third := feedback.NewMinder(w.feedback)
	w.clock = w.clock.Add(feedback.LookEvery)
	serve(third, away2)
	documents, err := w.store.Documents(t.Context())
	if err != nil || len(documents) != 1 || documents[0].Server != home {
		t.Errorf("%+v, %v", documents, err)
	}
	fourth := feedback.NewMinder(w.feedback) // the home's process is another now, which was told to keep its hands off
	serve(fourth)
	if documents, err := w.store.Documents(t.Context()); err != nil || len(documents) != 1 {
		t.Errorf("%+v, %v", documents, err)
	}
	w.clock = w.clock.Add(feedback.LookEvery)
	serve(fourth, home)
	if documents, err := w.store.Documents(t.Context()); err != nil || len(documents) != 0 {
		t.Errorf("%+v, %v", documents, err)
	}
}
