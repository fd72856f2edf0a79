package discord

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"pilcrow/internal/commands"
	"pilcrow/internal/discordtest"
)

// working has a page with buttons whose commands show how far they are before they take its place, or fail.
type working struct {
	smallTable

	seen chan struct{} // what was shown has been seen
}

func (w *working) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	switch {
	case name == "ask":
		r := says("Add it?")
		r.Actions = []commands.Action{{Label: "Do", Command: "paragraph", Args: commands.Args{"number": "1"}, Turn: true},
			{Label: "Fail", Command: "paragraph", Args: commands.Args{"number": "2"}, Turn: true}}
		return r, nil
	case in.Show != nil:
		in.Show(says("Embedding: 1 of 2"))
		<-w.seen
	}
	if in.Args["number"] == "2" {
		return commands.Reply{}, errors.New("no")
	}
	return says("It is added."), nil
}

// What a button does can be watched in the place of its page; where it fails, the page is as it was, with its buttons.
func TestProgressInPlace(t *testing.T) { synctest.Test(t, testProgressInPlace) }
func testProgressInPlace(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &working{seen: make(chan struct{})}
	start(t, s, table, nil)
	ada := s.User("Ada")
	first := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "q"),
		discordtest.Opt("private", "true")), "Add it?")
	press := func(label string) *discordtest.Interaction {
		t.Helper()
		it := ada.Click(first.ID, label)
		eventually(t, "no progress", func() bool { m, _ := s.Message(first.ID); return m.Content == "Embedding: 1 of 2" })
		table.seen <- struct{}{}
		return it
	}
	press("Fail")
	eventually(t, "the page is not back", func() bool {
		m, _ := s.Message(first.ID)
		return m.Content == first.Content && labels(m) == labels(first)
	})
	if m := wantAnswer(t, s, press("Do"), "It is added."); m.ID != first.ID {
		t.Error("the reply did not take the place of the page")
	}
}
