package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

// TestLanguage: whom a server, a person or a question makes the answer's language.
func TestLanguage(t *testing.T) {
	h := newHouse(t)
	ask := func(server, locale, question string, private bool) string {
		in := commands.Input{Server: server, From: commands.Chat, Args: commands.Args{"question": question}}
		if locale != "" {
			in.Lang = lang.For(locale)
		}
		return h.settings.Language(in, private).Locale()
	}
	const german, dari, nothing = "Wann wurde die Brücke gesperrt?", "چرا بند ساخته شد و چه کسی آن را ساخت؟", "Skarvik"
	for _, c := range []struct {
		set, locale, question string
		public, private       string
	}{
		{"", "", nothing, "en", "en"},
		{"", "", german, "de", "de"},
		{"", "", dari, "fa-AF", "fa-AF"},
		{"", "fr", german, "fr", "fr"},
		{"", "en-US", german, "en", "en"},     // who has Discord in English could have it in German
		{"", "en-US", dari, "fa-AF", "fa-AF"}, // but not in Dari
		{"", "sv-SE", dari, "fa-AF", "fa-AF"},
		{"Deutsch", "", dari, "de", "de"},
		{"Deutsch", "fr", nothing, "de", "fr"},
		{"Deutsch", "en-US", nothing, "de", "en"},
		{"دری", "en-US", "Who?", "fa-AF", "fa-AF"}, // nobody could choose it in Discord
		{"دری", "de", "Who?", "fa-AF", "fa-AF"},
		{"پښتو", "", "", "ps", "ps"},
	} {
		choice := c.set
		if choice == "" {
			choice = "automatic"
		}
		h.do("ada", "language", commands.Args{"language": choice})
		if public, private := ask("100", c.locale, c.question, false),
			ask("100", c.locale, c.question, true); public != c.public || private != c.private {
			t.Errorf("%+v: public %s, private %s", c, public, private)
		}
		if other := ask("200", "fr", "Who?", false); other != "fr" {
			t.Errorf("the setting of a server is another's: %s", other)
		}
	}
	if text := text(h.do("ada", "language", nil)); !strings.Contains(text,
		"I answer this server in \u067e\u069a\u062a\u0648.") {
		t.Errorf("the setting is not shown: %q", text)
	}
	if got := text(h.do("ada", "language", commands.Args{"language": "Français"})); !strings.Contains(got,
		"Je réponds à ce serveur") {
		t.Errorf("the choice does not show what it will look like: %q", got)
	}
	for _, c := range []struct{ who, language, refusal string }{
		{"mia", "Deutsch", "Only those who manage the server"},
		{"ada", "Klingon", "want one of automatic, English, Deutsch"},
		{"dan", "Deutsch", "manage the server"},
	} {
		in := people[c.who]
		in.Args = commands.Args{"language": c.language}
		if _, err := h.Run(t.Context(), "language", in); err == nil || !strings.Contains(err.Error(), c.refusal) {
			t.Errorf("%s: %v, want %q", c.who, err, c.refusal)
		}
	}
}
