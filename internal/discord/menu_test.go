package discord

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
)

func TestMessageMenu(t *testing.T) { synctest.Test(t, testMessageMenu) }
func testMessageMenu(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, realTable(t), nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	claim := bert.Say(s.General(), "The mill at Orley was built in 1801. @everyone")
	checked := wantAnswer(t, s, ada.MessageMenu("Check with Pilcrow", claim), "Contradicted")
	if !checked.Ephemeral() || !strings.Contains(labels(checked), shareLabel) ||
		!strings.Contains(checked.Text(), "1742") {
		t.Errorf("%q with %s", checked.Text(), labels(checked))
	}
	if n := len(s.Pings()); n > 1 { // Bert's own
		t.Errorf("%d people were notified", n)
	}
	question := bert.Say(s.General(), "When was the mill at Orley built?")
	answered := wantAnswer(t, s, ada.MessageMenu("Ask Pilcrow about this", question), "1742")
	if !answered.Ephemeral() || !strings.Contains(answered.Content, "-# Question: When was") {
		t.Errorf("%q", answered.Content)
	}
	ada.Click(answered.ID, shareLabel)
	eventually(t, "nothing was shared", func() bool { n, _ := public(s, "Shared by Ada"); return n == 1 })
	silent := bert.Post(discordtest.Draft{Channel: s.General(), Embeds: []discordtest.Embed{{Title: "only a card"}}})
	if m := wantAnswer(t, s, ada.MessageMenu("Check with Pilcrow", silent), noTextText); !m.Ephemeral() {
		t.Error("a refusal in public")
	}
	wantAnswer(t, s, ada.Slash(s.General(), "check", discordtest.Opt("text", "Since 1990 the mill has been a museum.")),
		"Supported")
}

func TestTheMenuIsRegisteredOnce(t *testing.T) { synctest.Test(t, testTheMenuIsRegisteredOnce) }
func testTheMenuIsRegisteredOnce(t *testing.T) {
	s := quick(t, discordtest.Config{})
	first := start(t, s, realTable(t), nil)
	if err := first.stopped(t); err != nil {
		t.Fatal(err)
	}
	second := start(t, s, realTable(t), nil)
	<-second.chores.Wait()
	puts, menus := 0, 0
	for _, r := range s.Requests() {
		if r.Method == "PUT" {
			puts++
		}
	}
	for _, c := range s.Commands("") {
		if c.Type == discordtest.MessageCommand {
			menus++
		}
		if c.Name == "withheld" {
			t.Error("a button's command is offered by name")
		}
	}
	if puts != 1 || menus != 2 {
		t.Errorf("%d registrations of %d menus, want 1 of 2", puts, menus)
	}
}
