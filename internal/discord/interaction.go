package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
)

const (
	tokenLife    = 15 * time.Minute // Discord: an interaction's token
	tokenMargin  = 30 * time.Second // ours: what is left must do for an edit and follow-ups
	privateParam = "private"        // the flag of a command that makes its answer visible to the asker alone

	unknownText = "This button is from another version of me. Please use the command instead."
	oddText     = "I do not understand this. Please use one of my commands."
)

// handleInteraction takes an interaction from the gateway. One that cannot be read whole still gets an ending.
func (b *Bot) handleInteraction(send, work context.Context, raw json.RawMessage) {
	received := time.Now()
	var i discordgo.Interaction
	err := json.Unmarshal(raw, &i)
	if err != nil {
		b.log("read an interaction", err)
		var least struct {
			ID    string `json:"id"`
			Token string `json:"token"`
		}
		if json.Unmarshal(raw, &least) != nil {
			return
		}
		i = discordgo.Interaction{ID: least.ID, Token: least.Token}
	}
	me := b.identity.Load()
	if me == nil || i.ID == "" || i.Token == "" || i.Type == discordgo.InteractionPing || !b.seen.first(i.ID) {
		return
	}
	at := &interaction{bot: b, id: i.ID, token: i.Token, application: me.application, channel: i.ChannelID,
		who: asker(i), received: received, bucket: newBucket()}
	input := commands.Input{Admin: admin(i.Member), From: commands.Chat}
	q := question{id: i.ID, who: at.who, input: input, place: at, server: i.GuildID}
	switch data := i.Data.(type) {
	case discordgo.ApplicationCommandInteractionData:
		if i.Type == discordgo.InteractionApplicationCommandAutocomplete {
			b.suggest(send, at, data, input)
			return
		}
		q.command, q.input.Args = data.Name, arguments(data.Options)
		if data.CommandType == discordgo.MessageApplicationCommand {
			var ok bool
			if q.command, q.input.Args, ok = b.onMessage(data, me.user); !ok {
				b.refuse(send, q, noTextText)
				return
			}
			at.private = true
		}
		at.private = at.private || b.isPrivate(q.command, q.input.Args)
		q.talk = &talk{channel: i.ChannelID, before: i.ID, kind: channelKind(raw)}
		q.slash, q.counts = true, true
	case discordgo.MessageComponentInteractionData:
		id, turn := strings.CutPrefix(data.CustomID, turnMark)
		command, args, ok := decodeCall(id)
		if ok && command == shareCall {
			b.share(send, at, i, args)
			return
		}
		if !ok || !b.offers(command) {
			b.refuse(send, q, unknownText)
			return
		}
		q.command, q.input.Args = command, args
		at.turns = turn && mayTurn(i)
		q.turns, at.private = at.turns, !at.turns
	default:
		b.refuse(send, q, oddText)
		return
	}
	alone := at.private || at.turns && i.Message.Flags&discordgo.MessageFlagsEphemeral != 0
	q.share = alone && i.Member != nil
	b.take(send, work, q)
}

// channelKind is the kind of the channel that an interaction comes from, which discordgo does not read.
func channelKind(raw json.RawMessage) discordgo.ChannelType {
	var i struct {
		Channel *struct {
			Type discordgo.ChannelType `json:"type"`
		} `json:"channel"`
	}
	if json.Unmarshal(raw, &i) != nil || i.Channel == nil {
		return kindUnknown
	}
	return i.Channel.Type
}

// asker is the user's id; a private conversation has no member.
func asker(i discordgo.Interaction) string {
	switch {
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	case i.User != nil:
		return i.User.ID
	}
	return ""
}

// arguments reads the options of a command. Table.Run checks them.
func arguments(options []*discordgo.ApplicationCommandInteractionDataOption) commands.Args {
	args := commands.Args{}
	for _, o := range options {
		switch v := o.Value.(type) {
		case string:
			args[o.Name] = v
		case float64:
			args[o.Name] = strconv.FormatFloat(v, 'f', -1, 64)
		case bool:
			if v {
				args[o.Name] = "true"
			}
		}
	}
	return args
}

// lookup finds a command that is offered here.
func (b *Bot) lookup(name string) (commands.Command, bool) {
	all := b.table.Commands()
	i := slices.IndexFunc(all, func(c commands.Command) bool { return c.Name == name && c.Only != commands.Terminal })
	if i < 0 {
		return commands.Command{}, false
	}
	return all[i], true
}

func (b *Bot) offers(name string) bool {
	_, ok := b.lookup(name)
	return ok
}

func (b *Bot) isPrivate(name string, args commands.Args) bool {
	c, _ := b.lookup(name)
	return c.Private || c.Admin || args[privateParam] == "true"
}

// An interaction is a place: a slash command or a click.
type interaction struct {
	bot         *Bot
	id, token   string // token is a credential
	application string
	channel     string
	who         string
	private     bool
	turns       bool // the answer takes the place of the message that was clicked
	received    time.Time
	bucket      *bucket
	dead        bool // Discord surely does not know that we took it: only another message can help
}

// accept acknowledges: Discord gives three seconds. A repeated attempt may find that an earlier one had got through.
func (i *interaction) accept(ctx context.Context) (done func()) {
	first := deferred(i.private)
	if i.turns {
		first = response{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}
	err := i.respond(ctx, first)
	if err != nil {
		i.bot.log("acknowledge an interaction", err)
		refused, ok := errors.AsType[*statusError](err)
		i.dead = ok && !refused.unsure
	}
	return func() {}
}

func (i *interaction) refuse(ctx context.Context, text string) error {
	data, err := json.Marshal(body{content: notice(text).parts[0], flags: flagEphemeral}.wire())
	if err != nil {
		return err
	}
	return i.respond(ctx, response{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: data})
}

// respond sends the first response.
func (i *interaction) respond(ctx context.Context, r response) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithDeadline(ctx, i.received.Add(i.bot.times.ack))
	defer cancel()
	path := "/interactions/" + i.id + "/" + i.token + "/callback"
	_, err = i.bot.client.do(ctx, request{what: "respond to an interaction", method: http.MethodPost, path: path, data: data,
		interaction: true, urgent: true})
	if hasCode(err, codeAcknowledged) {
		return nil
	}
	return err
}

// finish fills the acknowledgement in and sends what does not fit behind it. When the token is of no use any longer, the
// answer goes where it can: to the channel, or privately to the asker.
func (i *interaction) finish(ctx context.Context, p page) error {
	if i.dead || time.Since(i.received) > tokenLife-tokenMargin {
		return i.elsewhere(ctx, p)
	}
	if i.turns && p.failed { // the page stays, and the reader is told why
		b := p.bodies()[0]
		b.flags |= flagEphemeral
		return i.send(ctx, http.MethodPost, "", b)
	}
	err := i.edit(ctx, p)
	if hasCode(err, codeUnknownInteraction, codeUnknownWebhook, codeInvalidToken, codeUnknownMessage) {
		i.bot.log("an interaction is lost", err)
		return i.elsewhere(ctx, p)
	}
	return err
}

func (i *interaction) edit(ctx context.Context, p page) error {
	bodies := p.bodies()
	bodies[0].replaces = i.turns
	if err := i.send(ctx, http.MethodPatch, "/messages/@original", bodies[0]); err != nil {
		return err
	}
	for _, next := range bodies[1:] {
		if i.private {
			next.flags |= flagEphemeral
		}
		err := i.send(ctx, http.MethodPost, "", next)
		if err == nil {
			continue
		}
		// It may be there or not. Sending it again could show it twice; the first message can be edited safely.
		i.bot.log("the answer goes into a file", err)
		all := bodies[0]
		all.buttons, all.files = p.buttons, append(slices.Clone(p.files), wholeAnswer(p.whole))
		return i.send(ctx, http.MethodPatch, "/messages/@original", all)
	}
	return nil
}

func (i *interaction) send(ctx context.Context, method, path string, m body) error {
	data, contentType, err := m.encode()
	if err != nil {
		return err
	}
	_, err = i.bot.client.do(ctx, request{
		what: "answer an interaction", method: method, path: "/webhooks/" + i.application + "/" + i.token + path,
		data: data, contentType: contentType, bucket: i.bucket, interaction: true, once: method == http.MethodPost,
	})
	return err
}

// direct opens the private conversation with somebody, and returns its channel.
func (b *Bot) direct(ctx context.Context, who string) (string, error) {
	data, err := json.Marshal(struct {
		Recipient string `json:"recipient_id"`
	}{who})
	if err != nil {
		return "", err
	}
	opened, err := fetch[struct {
		ID string `json:"id"`
	}](ctx, b.client, request{what: "open a conversation", method: http.MethodPost, path: "/users/@me/channels", data: data})
	return opened.ID, err
}

// elsewhere delivers the answer without the interaction.
func (i *interaction) elsewhere(ctx context.Context, p page) error {
	channel := i.channel
	if i.private {
		var err error
		if channel, err = i.bot.direct(ctx, i.who); err != nil {
			return err
		}
	}
	if channel == "" {
		return fmt.Errorf("answer an interaction: it names no channel")
	}
	return i.bot.post(ctx, channel, "", i.id, p)
}
