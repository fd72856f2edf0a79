package discord

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
)

const floodClaim = "A flood carried off its wheel in 1803."

// readsAll is a table of a bot that may read what is not said to it.
type readsAll struct{ Table }

func (r *readsAll) configure(c *Config) { c.Content = true }

// "Is this true?" is asked of what it points at, wherever Discord shows that.
func TestPointsAt(t *testing.T) { synctest.Test(t, testPointsAt) }
func testPointsAt(t *testing.T) {
	s := quick(t, discordtest.Config{Privileged: discordtest.IntentMessageContent})
	start(t, s, &readsAll{realTable(t)}, nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	mention := "<@" + string(s.BotID()) + "> "
	supported := "> " + floodClaim

	claimed := bert.Say(s.General(), floodClaim)
	for _, asked := range []string{"is this true?", "", "fact check pls", "Stimmt das?", "¿Es cierto?", "کیا یہ سچ ہے؟"} {
		if asked == "fact check pls" { // near, and another question: it is not held against the documents
			m := wantReply(t, s, ada.Reply(claimed, mention+asked), "")
			if strings.Contains(m.Content, supported) {
				t.Errorf("%q checks", asked)
			}
			continue
		}
		wantReply(t, s, ada.Reply(claimed, mention+asked), supported)
	}
	forwarded := bert.Post(discordtest.Draft{Channel: s.General(), Forward: claimed})
	wantReply(t, s, ada.Reply(forwarded, mention+"is that true?"), supported)
	linked := bert.Post(discordtest.Draft{Channel: s.General(), Text: "https://news.example/1",
		Embeds: []discordtest.Embed{{Title: "The mill", Description: floodClaim}}})
	wantReply(t, s, ada.Reply(linked, mention+"true?"), supported)
	wantReply(t, s, ada.Post(discordtest.Draft{Channel: ada.Direct(), Forward: claimed}), supported)

	wantReply(t, s, ada.Reply(claimed, mention+"When was the mill at Orley built?"), "brothers Hask") // stands alone
}

// Where Discord does not show what is pointed at, one sentence says how it can be had.
func TestPointsAtWhatIsNotShown(t *testing.T) { synctest.Test(t, testPointsAtWhatIsNotShown) }
func testPointsAtWhatIsNotShown(t *testing.T) {
	s := quick(t, discordtest.Config{})
	start(t, s, realTable(t), nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	claimed := bert.Say(s.General(), floodClaim)
	wantReply(t, s, ada.Reply(claimed, "<@"+string(s.BotID())+"> is this true?"), "Apps → Check with Pilcrow")
	wantReply(t, s, ada.Reply(claimed, "<@"+string(s.BotID())+">"), "Apps → Check with Pilcrow")
	wantReply(t, s, ada.Reply(claimed, "<@"+string(s.BotID())+"> When was the mill at Orley built?"), "brothers Hask")
}

// Discord does not show the text of a reply without a ping; below the answer to a command, a mention helps alone.
func TestSilentReplies(t *testing.T) { synctest.Test(t, testSilentReplies) }
func testSilentReplies(t *testing.T) {
	s := quick(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	ada := s.User("Ada")
	slash := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "why?")), "why?")
	reply := wantReply(t, s, ada.Mention(s.General(), "why?"), "why?")
	for id, want := range map[discordtest.ID]string{slash.ID: "mention me in it", reply.ID: "switch the @"} {
		wantReply(t, s, ada.Post(discordtest.Draft{Channel: s.General(), Text: "and?", ReplyTo: id, Silent: true}), want)
	}
}

// What is for eyes and ears is said not to be seen or heard; with a question it is answered.
func TestSeenAndHeard(t *testing.T) { synctest.Test(t, testSeenAndHeard) }
func testSeenAndHeard(t *testing.T) {
	s := quick(t, discordtest.Config{})
	start(t, s, realTable(t), nil)
	ada := s.User("Ada")
	picture := []discordtest.File{{Name: "mill.png", MediaType: "image/png", Data: []byte("\x89PNG")}}
	for _, c := range []struct {
		draft discordtest.Draft
		want  string
	}{
		{discordtest.Draft{Voice: true}, "I cannot hear voice messages"},
		{discordtest.Draft{Sticker: "wave"}, "I cannot see stickers"},
		{discordtest.Draft{Files: picture}, "I cannot see pictures"},
		{discordtest.Draft{Files: picture, Text: "When was the mill at Orley built?"}, "brothers Hask"},
		{discordtest.Draft{Sticker: "wave", Text: "When was the mill at Orley built?"}, "brothers Hask"},
	} {
		c.draft.Channel = ada.Direct()
		wantReply(t, s, ada.Post(c.draft), c.want)
	}
	voice := ada.Post(discordtest.Draft{Channel: ada.Direct(), Voice: true})
	wantReply(t, s, voice, "I cannot hear")
	wantReply(t, s, ada.Post(discordtest.Draft{Channel: ada.Direct(), Forward: voice}), "I cannot hear voice messages")
}
