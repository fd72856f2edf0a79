// Package offer is how the commands are offered in Discord: as slash commands with options, which a Registrar keeps
// up to date there, as forms behind buttons, as choices while somebody types. What Discord would refuse is left out,
// and said.
package offer

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

// How the table looks as Discord's commands. A row with two words in its name is a subcommand of the first.

const (
	maxDescription  = 100  // Discord: characters of a command's or option's description
	maxOptionRunes  = 6000 // Discord: max_length of a text option
	maxOptions      = 25   // Discord: options of a command, and subcommands
	maxCommandRunes = 8000 // Discord: characters of names, descriptions and values in one command, in its longest language
)

// Where a command can be used, and by whose installation.
// https://discord.com/developers/docs/interactions/application-commands#contexts
const (
	inServers  = int(discordgo.InteractionContextGuild)
	inDirect   = int(discordgo.InteractionContextBotDM)
	inPrivate  = int(discordgo.InteractionContextPrivateChannel) // conversations of people with each other
	forServers = int(discordgo.ApplicationIntegrationGuildInstall)
	forPeople  = int(discordgo.ApplicationIntegrationUserInstall)
)

// A wireCommand is what we say of a command, and what we read of one that is there.
type wireCommand struct {
	ID           string            `json:"id,omitempty"` // Discord gives it
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description,omitempty"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Options      []wireOption      `json:"options,omitempty"`
	Contexts     []int             `json:"contexts"`
	Installs     []int             `json:"integration_types"`
	// Permissions hides what is for admins alone from members, until a server's settings say otherwise. The table refuses
	// all others again.
	Permissions json.RawMessage `json:"default_member_permissions"`
}

type wireOption struct {
	Type         int               `json:"type"`
	Name         string            `json:"name"`
	Names        map[string]string `json:"name_localizations,omitempty"`
	Description  string            `json:"description"`
	Descriptions map[string]string `json:"description_localizations,omitempty"`
	Required     bool              `json:"required,omitempty"`
	Complete     bool              `json:"autocomplete,omitempty"`
	Choices      []wireChoice      `json:"choices,omitempty"`
	ChannelTypes []int             `json:"channel_types,omitempty"`
	Least        *float64          `json:"min_value,omitempty"`
	MaxLength    int               `json:"max_length,omitempty"`
	Options      []wireOption      `json:"options,omitempty"`
}

type wireChoice struct {
	Name  string            `json:"name"`
	Names map[string]string `json:"name_localizations,omitempty"`
	Value string            `json:"value"`
}

// registration describes the commands to Discord. What it would refuse is left out, and among the problems.
func registration(table []commands.Command) (out []wireCommand, problems []error) {
	at := map[string]int{} // the place in out of a command with subcommands
	parents := map[string]bool{}
	for _, c := range table {
		if parent, _, ok := strings.Cut(c.Name, " "); ok && offered(c) {
			parents[parent] = true
		}
	}
	for _, c := range table {
		parent, sub, isSub := strings.Cut(c.Name, " ")
		switch {
		case !offered(c) || !isSub && parents[c.Name]:
			continue
		case isSub:
			i, known := at[parent]
			if !known {
				i, at[parent] = len(out), len(out)
				english := subcommands(table, parent, lang.Printer{})
				out = append(out, wireCommand{Type: int(discordgo.ChatApplicationCommand), Name: parent, Names: nameIn(parent),
					Description:  english,
					Descriptions: inLocales(english, func(p lang.Printer) string { return subcommands(table, parent, p) })})
			}
			if len(out[i].Options) == maxOptions {
				problems = append(problems, fmt.Errorf("%s: %s has %d subcommands already", c.Name, parent, maxOptions))
				continue
			}
			options, more := optionsOf(c)
			problems = append(problems, more...)
			o := wireOption{Type: int(discordgo.ApplicationCommandOptionSubCommand), Name: sub, Names: nameIn(sub),
				Options: options}
			describe(&o.Description, &o.Descriptions, c.Summary)
			out[i].Options = append(out[i].Options, o)
			out[i].allow(c.Admin)
		default:
			options, more := optionsOf(c)
			problems = append(problems, more...)
			w := wireCommand{Type: int(discordgo.ChatApplicationCommand), Name: c.Name, Names: nameIn(c.Name), Options: options}
			describe(&w.Description, &w.Descriptions, c.Summary)
			w.allow(c.Admin)
			out = append(out, w)
		}
		if c.Menu != "" {
			w := wireCommand{Type: int(discordgo.MessageApplicationCommand), Name: c.Menu, Names: menuIn(c.Menu)}
			w.allow(c.Admin)
			out = append(out, w)
		}
	}
	out = slices.DeleteFunc(out, func(c wireCommand) bool {
		n := c.size()
		if n > maxCommandRunes {
			problems = append(problems, fmt.Errorf("%s: described in %d characters, of which Discord takes %d", c.Name, n,
				maxCommandRunes))
		}
		return n > maxCommandRunes
	})
	return out, problems
}

func offered(c commands.Command) bool {
	return c.Only != commands.Terminal && c.Only != commands.Button
}

// subcommands are the names behind a command that is only a name in front of them: what is said of it.
func subcommands(table []commands.Command, parent string, p lang.Printer) string {
	var names []string
	for _, c := range table {
		if first, sub, _ := strings.Cut(c.Name, " "); first == parent && sub != "" && offered(c) {
			names = append(names, p.Typed(sub))
		}
	}
	return text.Clip(strings.Join(names, ", "), maxDescription)
}

// allow adds where a command may be used. Who installs the bot for themselves manages servers that are not the bot's
// business.
func (w *wireCommand) allow(admin bool) {
	switch {
	case !admin:
		w.Contexts, w.Installs = []int{inServers, inDirect, inPrivate}, []int{forServers, forPeople}
		w.Permissions = nil
	case w.Contexts == nil:
		w.Contexts, w.Installs = []int{inServers}, []int{forServers}
		// Manage Server; a role that manages documents is shown it in the server's settings.
		w.Permissions = json.RawMessage(`"32"`)
	}
}

// optionsOf describes the parameters of a command, required ones first, as Discord wants them.
func optionsOf(c commands.Command) (out []wireOption, problems []error) {
	for _, p := range c.At(commands.Chat) {
		out = append(out, option(p))
	}
	slices.SortStableFunc(out, func(a, b wireOption) int {
		switch {
		case a.Required == b.Required:
			return 0
		case a.Required:
			return -1
		}
		return 1
	})
	if len(out) > maxOptions {
		problems = append(problems, fmt.Errorf("%s: %d options, of which Discord takes %d", c.Name, len(out), maxOptions))
		out = out[:maxOptions]
	}
	return out, problems
}

// channelTypes are those in which people write: text, voice, announcements and their threads, threads, stages and
// forums.
func channelTypes() []int {
	return []int{int(discordgo.ChannelTypeGuildText), int(discordgo.ChannelTypeGuildVoice),
		int(discordgo.ChannelTypeGuildNews),
		int(discordgo.ChannelTypeGuildNewsThread), int(discordgo.ChannelTypeGuildPublicThread),
		int(discordgo.ChannelTypeGuildPrivateThread), int(discordgo.ChannelTypeGuildStageVoice),
		int(discordgo.ChannelTypeGuildForum)}
}

func option(p commands.Param) wireOption {
	o := wireOption{Name: p.Name, Names: nameIn(p.Name), Required: p.Required}
	describe(&o.Description, &o.Descriptions, p.Summary)
	kind := discordgo.ApplicationCommandOptionString
	switch p.Type {
	case commands.Integer:
		kind = discordgo.ApplicationCommandOptionInteger
		least := 1.0
		o.Least = &least
	case commands.Flag:
		kind = discordgo.ApplicationCommandOptionBoolean
	case commands.Attachment:
		kind = discordgo.ApplicationCommandOptionAttachment
	case commands.Channel:
		kind = discordgo.ApplicationCommandOptionChannel
		o.ChannelTypes = channelTypes()
	case commands.Role:
		kind = discordgo.ApplicationCommandOptionRole
	case commands.Document:
		o.Complete = p.Complete != nil
	case commands.Text:
		if n := len(p.Choices); n > 0 && n <= maxChoices {
			for _, choice := range p.Choices {
				o.Choices = append(o.Choices, wireChoice{Name: text.Clip(choice, maxChoiceRunes), Names: choiceIn(choice),
					Value: choice})
			}
			break
		}
		o.Complete = p.Complete != nil
		if p.MaxRunes > 0 {
			o.MaxLength = min(p.MaxRunes, maxOptionRunes)
		}
	}
	o.Type = int(kind)
	return o
}

// describe sets a description in English and in the languages that Discord knows.
func describe(english *string, others *map[string]string, summary string) {
	*english = text.Clip(summary, maxDescription)
	*others = localized(summary)
	for locale, said := range *others {
		(*others)[locale] = text.Clip(said, maxDescription)
	}
}

// localized is a sentence of the table in Discord's locales, without those in which it is the same. nil for none.
func localized(sentence string) map[string]string {
	return inLocales(sentence, func(p lang.Printer) string { return p.Fixed(sentence) })
}

// nameIn, menuIn and choiceIn are the names of commands and options, of menus, and of choices, in Discord's locales.
// nil for none.
func nameIn(name string) map[string]string {
	return inLocales(name, func(p lang.Printer) string { return p.Typed(name) })
}

func menuIn(name string) map[string]string {
	return inLocales(name, func(p lang.Printer) string { return text.Clip(p.Fixed(name), maxMenuName) })
}

func choiceIn(name string) map[string]string {
	return inLocales(name, func(p lang.Printer) string { return text.Clip(p.Fixed(name), maxChoiceRunes) })
}

const maxMenuName = 32 // Discord: characters of a command's name

func inLocales(english string, write func(lang.Printer) string) map[string]string {
	var out map[string]string
	for _, locale := range lang.Locales() {
		p := lang.For(locale)
		text := write(p)
		if text == english {
			continue
		}
		for _, called := range p.Discord() {
			if out == nil {
				out = map[string]string{}
			}
			out[called] = text
		}
	}
	return out
}

// size is what Discord bounds of a command: the characters of its names, descriptions and values, each in its longest
// language.
func (w wireCommand) size() int {
	n := longest(w.Name, w.Names) + longest(w.Description, w.Descriptions)
	for _, o := range w.Options {
		n += o.size()
	}
	return n
}

func (o wireOption) size() int {
	n := longest(o.Name, o.Names) + longest(o.Description, o.Descriptions)
	for _, c := range o.Choices {
		n += longest(c.Name, c.Names) + utf8.RuneCountInString(c.Value)
	}
	for _, inner := range o.Options {
		n += inner.size()
	}
	return n
}

func longest(english string, others map[string]string) int {
	n := utf8.RuneCountInString(english)
	for _, text := range others {
		n = max(n, utf8.RuneCountInString(text))
	}
	return n
}
