package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
)

const (
	maxDescription = 100  // Discord: characters of a command's or option's description
	maxOptionRunes = 6000 // Discord: max_length of a text option
	registerWait   = time.Minute
)

// register brings Discord's list of commands up to date, and tries again later if that fails for now.
func (b *Bot) register(ctx context.Context, application string) {
	defer b.contain("register the commands")
	for {
		limited, cancel := context.WithTimeout(ctx, registerWait)
		err := b.registerOnce(limited, application)
		cancel()
		if err == nil || ctx.Err() != nil {
			return
		}
		b.log("register the commands", err)
		if e, ok := errors.AsType[*statusError](err); ok && e.Status == http.StatusBadRequest {
			return // our fault: it would be refused again
		}
		if sleep(ctx, registerWait) != nil {
			return
		}
	}
}

// registerOnce replaces all commands by one request, only if they differ: Discord limits how many may be made in a day.
func (b *Bot) registerOnce(ctx context.Context, application string) error {
	path := "/applications/" + application + "/commands"
	there, err := fetch[[]*discordgo.ApplicationCommand](ctx, b.client,
		request{what: "read the registered commands", method: http.MethodGet, path: path})
	if err != nil {
		return err
	}
	wanted := registration(b.table.Commands())
	if reflect.DeepEqual(essence(there), essence(wanted)) {
		return nil
	}
	data, err := json.Marshal(wanted)
	if err != nil {
		return fmt.Errorf("register the commands: %w", err)
	}
	_, err = b.client.do(ctx, request{what: "register the commands", method: http.MethodPut, path: path, data: data})
	if err == nil {
		b.logger.Info("registered the commands", "commands", len(wanted))
	}
	return err
}

// registration describes the commands to Discord.
func registration(table []commands.Command) []*discordgo.ApplicationCommand {
	var out []*discordgo.ApplicationCommand
	for _, c := range table {
		if c.Only == commands.Terminal || c.Only == commands.Button {
			continue
		}
		w := &discordgo.ApplicationCommand{
			Type: discordgo.ChatApplicationCommand, Name: c.Name, Description: clipRunes(c.Summary, maxDescription),
			Contexts: everywhere(), Options: []*discordgo.ApplicationCommandOption{},
		}
		if c.Admin {
			manage := int64(discordgo.PermissionManageGuild)
			w.DefaultMemberPermissions = &manage
			w.Contexts = &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild}
			// Who installs the bot for themselves manages servers that are not the bot's business.
			w.IntegrationTypes = &[]discordgo.ApplicationIntegrationType{discordgo.ApplicationIntegrationGuildInstall}
		}
		for _, p := range c.At(commands.Chat) {
			w.Options = append(w.Options, option(p))
		}
		slices.SortStableFunc(w.Options, func(a, b *discordgo.ApplicationCommandOption) int { // Discord: required first
			switch {
			case a.Required == b.Required:
				return 0
			case a.Required:
				return -1
			}
			return 1
		})
		out = append(out, w)
		if c.Menu != "" {
			out = append(out, &discordgo.ApplicationCommand{Type: discordgo.MessageApplicationCommand, Name: c.Menu,
				Contexts: everywhere()})
		}
	}
	return out
}

// everywhere is where a command may be used; in what is neither a server of the bot's nor a conversation with it, by those who
// have installed it for themselves.
func everywhere() *[]discordgo.InteractionContextType {
	return &[]discordgo.InteractionContextType{discordgo.InteractionContextGuild, discordgo.InteractionContextBotDM,
		discordgo.InteractionContextPrivateChannel}
}

func option(p commands.Param) *discordgo.ApplicationCommandOption {
	o := &discordgo.ApplicationCommandOption{Name: p.Name, Description: clipRunes(p.Summary, maxDescription),
		Required: p.Required}
	switch p.Type {
	case commands.Integer:
		least := 1.0
		o.Type, o.MinValue = discordgo.ApplicationCommandOptionInteger, &least
	case commands.Flag:
		o.Type = discordgo.ApplicationCommandOptionBoolean
	case commands.Document, commands.Text:
		o.Type = discordgo.ApplicationCommandOptionString
		o.Autocomplete = p.Complete != nil
		if p.Type == commands.Text && p.MaxRunes > 0 {
			o.MaxLength = min(p.MaxRunes, maxOptionRunes)
		}
	}
	return o
}

// A known is what we decide about a command; Discord adds the rest.
type known struct {
	kind                discordgo.ApplicationCommandType
	name, description   string
	permissions         int64 // -1 for everybody
	contexts, installed string
	options             string
}

// essence makes lists of commands comparable, whatever their order.
func essence(list []*discordgo.ApplicationCommand) []known {
	out := []known{}
	for _, c := range list {
		k := known{kind: max(c.Type, discordgo.ChatApplicationCommand), name: c.Name, description: c.Description,
			permissions: -1}
		if c.DefaultMemberPermissions != nil {
			k.permissions = *c.DefaultMemberPermissions
		}
		if c.Contexts != nil {
			contexts := slices.Sorted(slices.Values(*c.Contexts))
			k.contexts = fmt.Sprint(contexts)
		}
		// Discord fills in how the bot is installed where we do not say.
		if c.DefaultMemberPermissions != nil && c.IntegrationTypes != nil {
			k.installed = fmt.Sprint(*c.IntegrationTypes)
		}
		for _, o := range c.Options {
			k.options += describe(o)
		}
		out = append(out, k)
	}
	slices.SortFunc(out, func(a, b known) int { return strings.Compare(a.name, b.name) })
	return out
}

func describe(o *discordgo.ApplicationCommandOption) string {
	least := "-"
	if o.MinValue != nil {
		least = fmt.Sprint(*o.MinValue)
	}
	return fmt.Sprintf("%d %q %q %t %t %s %g %d %d %d;", o.Type, o.Name, o.Description, o.Required, o.Autocomplete,
		least, o.MaxValue, o.MaxLength, len(o.Choices), len(o.Options))
}
