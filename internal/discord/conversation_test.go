package discord

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
)

const readWhen = "-# Read as: When was the mill at Orley built?"

// TestGoesOn asks "when?" in every place where a conversation can be read, behind a question that the place shows
// differently.
func TestGoesOn(t *testing.T) { synctest.Test(t, testGoesOn) }
func testGoesOn(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, realTable(t), nil)
	ada := s.User("Ada")
	where := "Where was the mill at Orley built?"
	ask := func(channel discordtest.ID, question string) discordtest.Message {
		m, err := s.WaitAnswer(ada.Slash(channel, "ask", discordtest.Opt("question", question)), patience)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}

	first := wantReply(t, s, ada.Mention(s.General(), where), "brothers Hask")
	wantReply(t, s, ada.Reply(first.ID, "when?"), readWhen)
	slash := ask(s.General(), where)
	second := wantReply(t, s, ada.Reply(slash.ID, "when?"), readWhen)
	wantReply(t, s, ada.Reply(second.ID, "by whom?"), "-# Read as: By whom was the mill at Orley built?")
	s.User("Bert").Say(s.Thread(), "I have seen the museum.")
	wantReply(t, s, ada.Mention(s.Thread(), where), "brothers Hask")
	wantReply(t, s, s.User("Bert").Mention(s.Thread(), "when?"), readWhen)
	if m := ask(s.Thread(), "and why?"); !strings.Contains(m.Content, "-# Read as: Why was the mill at Orley built?") {
		t.Errorf("a command in a thread: %q", m.Content)
	}
	wantReply(t, s, ada.DM(where), "brothers Hask")
	wantReply(t, s, ada.DM("when?"), readWhen)

	for _, opened := range []discordtest.Message{first, slash} { // a thread that is opened from an answer goes on from it
		thread := ada.OpenThreadFrom(opened.ID, "The mill")
		wantReply(t, s, ada.Mention(thread, "when?"), readWhen)
	}

	// A channel is not one conversation, and somebody else's message no turn.
	for _, id := range []discordtest.ID{ada.Mention(s.General(), "when?"),
		ada.Post(discordtest.Draft{Channel: s.General(), Text: "<@" + string(s.BotID()) + "> when?",
			ReplyTo: s.User("Bert").Say(s.General(), where)})} {
		if m := wantReply(t, s, id, ""); strings.Contains(m.Content, "Read as") {
			t.Errorf("went on from nowhere: %q", m.Content)
		}
	}
}

// TestSilentReply is a reply whose text Discord keeps back, as it does not ping the bot.
func TestSilentReply(t *testing.T) { synctest.Test(t, testSilentReply) }
func testSilentReply(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, realTable(t), nil)
	ada := s.User("Ada")
	m := wantReply(t, s, ada.Mention(s.General(), "Who built the mill at Orley?"), "brothers Hask")
	wantReply(t, s, ada.Post(discordtest.Draft{Channel: s.General(), Text: "when?", ReplyTo: m.ID, Silent: true}),
		silentReplyText)
}

// TestConversationOutOfReach answers all the same when the conversation cannot be read.
func TestConversationOutOfReach(t *testing.T) { synctest.Test(t, testConversationOutOfReach) }
func testConversationOutOfReach(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, realTable(t), nil)
	s.Fault(discordtest.Match{Method: "GET", Path: "/channels/**"}, discordtest.Fault{Status: 403})
	if m := wantReply(t, s, s.User("Ada").Mention(s.Thread(), "when was the mill at Orley built, and why then?"),
		"1742"); m.ID == "" {
		t.Error("no answer")
	}
	wantReply(t, s, s.User("Ada").Mention(s.Thread(), "why?"), "")
}
