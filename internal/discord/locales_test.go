package discord

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/lang"
)

// TestLanguages asks in each language: what the program says is in it, what the document says is as it was written, and
// a follow-up understands the small print in every one.
func TestLanguages(t *testing.T) { synctest.Test(t, testLanguages) }
func testLanguages(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, realTable(t), nil)
	for _, c := range []struct{ discord, locale, question string }{
		{"en-GB", "en", "When was the mill at Orley built?"},
		{"de", "de", "When was the mill at Orley built?"},
		{"fr", "fr", "When was the mill at Orley built?"},
		{"es-419", "es", "When was the mill at Orley built?"},
		{"sv-SE", "en", "When was the mill at Orley built?"}, // Swedish: there is no catalogue
	} {
		ada := s.User("Ada-" + c.discord)
		ada.SetLocale(c.discord)
		say := lang.For(c.locale)
		m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", c.question)),
			"-# "+say.Text("Question: %s", c.question))
		if !strings.Contains(m.Content, "built in 1742") {
			t.Errorf("%s: the document's words are missing: %q", c.discord, m.Content)
		}
		wantAnswer(t, s, ada.Slash(s.General(), "help"), say.Text("What the text does not say, I do not say."))
		wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "Who composed the opera of the moon?")),
			say.Text("The document does not say."))
	}
	// A message says no locale: its question does.
	ben := s.User("Ben")
	for question, want := range map[string]string{
		"Wer hat die Oper über den Mond komponiert?":  lang.For("de").Text("The document does not say."),
		"¿Quién compuso la ópera sobre la luna?":      lang.For("es").Text("The document does not say."),
		"چه کسی اپرای ماه را در این سال ساخت؟":        lang.For("fa-AF").Text("The document does not say."),
		"چاند کے بارے میں یہ اوپیرا کس نے بنایا تھا؟": lang.For("ur").Text("The document does not say."),
		"د سپوږمۍ په اړه دا اوپرا چا جوړه کړې ده؟":    lang.For("ps").Text("The document does not say."),
		"Who composed the opera of the moon?":         "The document does not say.",
	} {
		wantReply(t, s, ben.DM(question), want)
	}
}

// TestReadBackInEveryLanguage: the question behind an answer is found in its small print, whoever reads it.
func TestReadBackInEveryLanguage(t *testing.T) {
	for _, locale := range lang.Locales() {
		p := lang.For(locale)
		reply := commands.Reply{Blocks: []commands.Block{event.AskedLine(p, "Who was *she*?"),
			{Kind: commands.Small, Text: p.Text("Read as: %s", "Who was Ines Holt?")}}}
		content := render.Reply(reply, false, p).Parts[0]
		if got := event.QuestionIn(content); got != "Who was Ines Holt?" {
			t.Errorf("%s: %q is read back from %q", locale, got, content)
		}
		first := render.Reply(commands.Reply{Blocks: reply.Blocks[:1]}, false, p).Parts[0]
		if got := event.QuestionIn(first); got != "Who was *she*?" {
			t.Errorf("%s: %q is read back from %q", locale, got, first)
		}
	}
}
