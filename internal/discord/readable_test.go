package discord

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
)

// Whatever way a question comes, the engine reads it as people see it, and the answer shows it safely.
func TestReadableEverywhere(t *testing.T) { synctest.Test(t, testReadableEverywhere) }

func testReadableEverywhere(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	text := "did <@" + string(bert.ID()) + "> see ||`the <:crane:12>`||?"
	const want = "did @somebody see the :crane:?"
	wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", text)),
		`You asked: did @somebody see the \:crane:?`)
	wantReply(t, s, ada.Mention(s.General(), text), "You asked: did @somebody")
	for _, m := range s.Messages(s.General()) {
		said := strings.Contains(strings.ReplaceAll(m.Content, `\`, ""), want)
		if m.Author.Bot && (strings.Contains(m.Content, string(bert.ID())) || !said) {
			t.Errorf("%q", m.Content)
		}
	}
	if n := len(s.Pings()); n != 0 {
		t.Errorf("%d people were notified", n)
	}
}
