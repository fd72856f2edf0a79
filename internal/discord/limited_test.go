package discord

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discordtest"
)

// TestLimited tells whoever has asked too much, privately and once, when to come back.
func TestLimited(t *testing.T) { synctest.Test(t, testLimited) }

func testLimited(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil, limits.Rates{Person: limits.Rate{Count: 2, Per: time.Hour}})
	ada := s.User("Ada")
	ask := func(q string) *discordtest.Interaction {
		return ada.Slash(s.General(), "ask", discordtest.Opt("question", q))
	}
	wantAnswer(t, s, ask("one?"), "one?")
	m := wantAnswer(t, s, ask("two?"), "two?")
	const told = "You can ask again in 30 minutes."
	if m := wantAnswer(t, s, ask("three?"), told); !m.Ephemeral() {
		t.Error("everybody sees that Ada asked too much")
	}
	wantAnswer(t, s, ask("four?"), told)                         // a command needs an answer each time
	wantAnswer(t, s, ada.Click(m.ID, "¶16"), "The words of ¶16") // what is answered can still be opened
	wantAnswer(t, s, s.User("Bert").Slash(s.General(), "ask", discordtest.Opt("question", "and I?")), "and I?")

	cora := s.User("Cora")
	for _, q := range []string{"one?", "two?"} {
		wantReply(t, s, cora.Mention(s.General(), q), q)
	}
	for range 3 {
		cora.Mention(s.General(), "three?")
	}
	if _, err := s.WaitMessage(cora.Direct(), patience,
		func(m discordtest.Message) bool { return strings.Contains(m.Content, told) }); err != nil {
		t.Fatal(err)
	}
	wantAnswer(t, s, s.User("Dora").Slash(s.General(), "ask", discordtest.Opt("question", "later?")), "later?")
	direct := 0
	for _, m := range s.Messages(cora.Direct()) {
		if m.Author.Bot {
			direct++
		}
	}
	if direct != 1 {
		t.Errorf("told %d times", direct)
	}
	for _, m := range s.Messages(s.General()) {
		if !m.Ephemeral() && strings.Contains(m.Content, "ask again") {
			t.Errorf("in the channel: %q", m.Content)
		}
	}

	shy := s.User("Shy")
	shy.CloseDirect()
	for _, q := range []string{"one?", "two?"} {
		wantReply(t, s, shy.Mention(s.General(), q), q)
	}
	wantReply(t, s, shy.Mention(s.General(), "three?"), told)
}
