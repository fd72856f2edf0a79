package settings

import (
	"cmp"
	"context"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/lang"
)

// languageSetting is the setting of a server that names the language in which it is answered: one of lang.Locales, ""
// for whoever asks.
const languageSetting = "language"

const languageParam = "language"

// automatic is the choice of no language.
const automatic = "automatic"

// Language is what an admin chooses a server's language by. Discord has no Urdu, Pashto or Dari: whoever reads one of
// these cannot tell us so by how they use Discord.
func (t *Table) language() commands.Command {
	choices := []string{automatic}
	for _, locale := range lang.Locales() {
		choices = append(choices, lang.For(locale).Name())
	}
	return commands.Command{
		Name:    "language",
		Summary: "Choose the language in which this server is answered, or show it",
		Params: []commands.Param{{Name: languageParam, Summary: "Which language", Type: commands.Text, Choices: choices,
			MaxRunes: commands.MaxNameRunes}},
		Only:    commands.Chat,
		Admin:   true,
		Private: true,
		Unread:  true,
		Run:     t.runLanguage,
	}
}

func (t *Table) runLanguage(ctx context.Context, in commands.Input) (commands.Reply, error) {
	l, err := t.Keeper(in)
	if err != nil {
		return commands.Reply{}, err
	}
	now := l.Setting(in.Server, languageSetting)
	if chosen := in.Args[languageParam]; chosen != "" {
		now = localeOf(chosen)
		if err := l.SetSetting(ctx, in.Server, languageSetting, now, access.Caller(in)); err != nil {
			return commands.Reply{}, t.Unchanged(in, err)
		}
	}
	var r commands.Reply
	say := in.Lang
	if now != "" && in.Args[languageParam] != "" {
		say = lang.For(now) // it shows at once what it will look like
	}
	if now == "" {
		r.Say(commands.Para, say.Text("I answer everybody in the language of their Discord, or of their question where I "+
			"can "+
			"tell it."))
	} else {
		r.Say(commands.Para, say.Text("I answer this server in %s.", lang.For(now).Name()))
		r.Say(commands.Small, say.Text("What only one person sees follows the language of their Discord, where Discord has "+
			"the "+
			"language of the server."))
	}
	r.Say(commands.Small, say.Text("Documents are shown as they are written."))
	r.JSON = commands.Machine(languageJSON{cmp.Or(now, automatic)})
	return r, nil
}

// localeOf reads the name of a language as it calls itself; "" for automatic.
func localeOf(chosen string) string {
	for _, locale := range lang.Locales() {
		if chosen == lang.For(locale).Name() {
			return locale
		}
	}
	return ""
}

// Language is the language in which a call is answered; private says that one person alone sees the answer.
//
// A server's setting comes first, for what all of it reads. What one person sees follows that person's Discord, unless
// the server's language is one that Discord does not have: then nobody there could choose it. Without a setting it is
// the person's, and where that is not known, as with a message, or English for want of their own, the language of the
// question.
func (t *Table) Language(in commands.Input, private bool) lang.Printer {
	person := in.Lang
	if t.Library != nil && in.Server != "" {
		if set := t.Library.Setting(in.Server, languageSetting); set != "" {
			server := lang.For(set)
			if private && person.Given() && len(server.Discord()) > 0 {
				return person
			}
			return server
		}
	}
	asked, ok := lang.Detect(typedWords(in))
	switch {
	case !ok, person.Given() && person.Locale() != lang.English:
		return person
	case !person.Given() || len(lang.For(asked).Discord()) == 0:
		return lang.For(asked)
	}
	return person
}

// typedWords are what was written by hand in a call.
func typedWords(in commands.Input) string {
	for _, name := range []string{"question", "text", "about"} {
		if words := in.Args[name]; words != "" {
			return words[:min(len(words), maxDetected)]
		}
	}
	return ""
}

const maxDetected = 1_000 // bytes that are read for their language

type languageJSON struct {
	Language string `json:"language"`
}
