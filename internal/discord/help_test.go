package discord

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discord/render"
	"pilcrow/internal/discordtest"
)

// The help is pressed, not read: its questions are buttons that ask them, its commands are named so that one press
// begins them, and the rest is behind a button.
func TestHelpIsPressed(t *testing.T) { synctest.Test(t, testHelpIsPressed) }
func testHelpIsPressed(t *testing.T) {
	s := fake(t, discordtest.Config{})
	r := start(t, s, realTable(t), nil)
	eventually(t, "the ids of the commands are not known", func() bool { return len(r.offered.IDs()) > 0 })
	ada := s.User("Ada")
	help := wantAnswer(t, s, ada.Slash(s.General(), "help"), "Ask, for example:")
	for _, name := range []string{"ask", "quote", "documents list"} {
		first, _, _ := strings.Cut(name, " ")
		id := ""
		for _, c := range s.Commands("") {
			if c.Name == first && c.Type <= discordtest.SlashCommand {
				id = string(c.ID)
			}
		}
		if want := "</" + name + ":" + id + ">"; id == "" || !strings.Contains(help.Text(), want) {
			t.Errorf("no %s in %q", want, help.Text())
		}
	}
	if n := len(strings.Split(help.Text(), "\n")); n > 9 {
		t.Errorf("%d lines:\n%s", n, help.Text())
	}
	if help.Flags&discordtest.FlagComponentsV2 == 0 {
		t.Fatalf("no components: %q", help.Content)
	}
	box := help.Components[0].Components // about, a line, the questions with their buttons, a line, the commands
	if len(box) != 6 || box[5].Accessory == nil {
		t.Fatalf("%d components in the box:\n%s", len(box), help.Text())
	}
	question := box[3].Components[0].Label
	answer := wantAnswer(t, s, ada.Click(help.ID, question), "-# Question: "+render.Escape(question))
	if !answer.Ephemeral() || !strings.Contains(labels(answer), "¶") {
		t.Errorf("%q is answered with %q and %s", question, answer.Text(), labels(answer))
	}
	all := wantAnswer(t, s, ada.Click(help.ID, "All commands"), "Ask a question")
	if !strings.Contains(all.Text(), "</privacy:") {
		t.Errorf("all commands:\n%s", all.Text())
	}
}
