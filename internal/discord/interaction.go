package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
)

const (
	tokenLife    = 15 * time.Minute      // Discord: an interaction's token
	tokenMargin  = 30 * time.Second      // ours: what is left must do for an edit and follow-ups
	originalPath = "/messages/@original" // the first response
	privateParam = "private"             // the flag of a command that makes its answer visible to the asker alone

	unknownText = "This button is from another version of me. Please use the command instead."
	oddText     = "I do not understand this. Please use one of my commands."
)

// handleInteraction takes an interaction from the gateway. One that cannot be read whole still gets an ending.
func (b *Bot) handleInteraction(send, work context.Context, raw json.RawMessage) {
	received := time.Now()
	var e event
	if err := json.Unmarshal(raw, &e); err != nil {
		b.log("read an interaction", err)
		e.Type = 0
	}
	me := b.identity.Load()
	if me == nil || e.ID == "" || e.Token == "" || e.Type == typePing || !b.seen.first(e.ID) {
		return
	}
	at := &interaction{bot: b, id: e.ID, token: e.Token, application: me.application, channel: e.ChannelID,
		who: e.who(), outside: e.outside(), received: received, bucket: newBucket()}
	q := question{id: e.ID, who: at.who, input: e.input(), place: at, server: e.GuildID}
	switch e.Type {
	case typeAutocomplete:
		b.suggest(send, at, e.Data, q.input)
		return
	case typeCommand:
		name, options := e.Data.call()
		q.command = name
		q.input.Args, q.files = e.Data.arguments(options)
		if e.Data.Type == int(discordgo.MessageApplicationCommand) {
			var ok bool
			if q.command, q.input.Args, ok = b.onMessage(e.Data, me.user); !ok {
				b.refuse(send, q, q.input.Lang.Text(noTextText))
				return
			}
			at.private = true
		}
		at.private = at.private || b.isPrivate(q.command, q.input.Args)
		if !at.outside {
			q.talk = &talk{channel: e.ChannelID, before: e.ID, kind: e.kind()}
		}
		q.slash, q.counts = true, true
	case typeComponent:
		if b.clicksTooMuch(send, q) || b.clicked(send, at, e, &q) {
			return
		}
		q.counts = q.command == askCommand // no button of ours asks
	case typeForm:
		if b.clicksTooMuch(send, q) {
			return
		}
		if !b.filled(at, e, &q) {
			b.refuse(send, q, q.input.Lang.Text(unknownText))
			return
		}
	default:
		b.refuse(send, q, q.input.Lang.Text(oddText))
		return
	}
	at.alone = at.private || at.turns && e.Message.Flags&flagEphemeral != 0
	q.input.Lang = b.table.Language(q.input, at.alone)
	if why := tooLarge(q.input.Lang, q.files); why != "" {
		b.refuse(send, q, why)
		return
	}
	q.share = at.alone && e.Member != nil
	b.take(send, work, q)
}

// clicksTooMuch counts a click, or a form that was filled in, and tells who does that too often when to go on.
func (b *Bot) clicksTooMuch(send context.Context, q question) bool {
	why := b.rates.click(q.input.Lang, q.who, time.Now())
	if why != "" {
		b.refuse(send, q, why)
	}
	return why != ""
}

// clicked makes a call of a click. done says that there is nothing left to do.
func (b *Bot) clicked(send context.Context, at *interaction, e event, q *question) (done bool) {
	form, asks := strings.CutPrefix(e.Data.CustomID, formMark)
	id, turn := strings.CutPrefix(form, turnMark)
	command, args, ok := decodeCall(id)
	if ok && command == shareCall {
		b.share(send, at, e, args)
		return true
	}
	if !ok || !b.offers(command) {
		b.refuse(send, *q, q.input.Lang.Text(unknownText))
		return true
	}
	if asks && b.ask(send, at, *q, form, command, args) {
		return true
	}
	q.command, q.input.Args = command, args
	at.turns = turn && mayTurn(e)
	q.turns, at.private = at.turns, !at.turns
	if at.turns {
		at.was = e.Message
	}
	return false
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
	private     bool          // what is sent is for one person alone
	alone       bool          // … as is the message that the answer takes the place of
	outside     bool          // only the asker has installed the bot: it can do nothing here but answer
	turns       bool          // the answer takes the place of the message that was clicked
	was         *eventMessage // that message, as it was
	staged      bool          // a stage may have taken its place
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
	stays := i.turns && p.failed // the page does, and the reader alone is told why
	i.alone = i.alone || stays
	if i.dead || time.Since(i.received) > tokenLife-tokenMargin {
		return i.elsewhere(ctx, p)
	}
	var err error
	if stays {
		i.restore(ctx)
		b := p.bodies()[0]
		b.flags |= flagEphemeral
		err = i.send(ctx, http.MethodPost, "", b)
	} else {
		err = i.edit(ctx, p)
	}
	if hasCode(err, codeUnknownInteraction, codeUnknownWebhook, codeInvalidToken, codeUnknownMessage) {
		i.bot.log("an interaction is lost", err)
		return i.elsewhere(ctx, p)
	}
	return err
}

func (i *interaction) edit(ctx context.Context, p page) error {
	bodies := p.bodies()
	bodies[0].replaces = i.turns
	if err := i.send(ctx, http.MethodPatch, originalPath, bodies[0]); err != nil {
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
		return i.send(ctx, http.MethodPatch, originalPath, all)
	}
	return nil
}

func (i *interaction) send(ctx context.Context, method, path string, m body) error {
	r, err := i.request(method, path, m)
	if err == nil {
		_, err = i.bot.client.do(ctx, r)
	}
	return err
}

// request makes or changes a message by the interaction's right.
func (i *interaction) request(method, path string, m body) (request, error) {
	data, contentType, err := m.encode()
	return request{
		what: "answer an interaction", method: method, path: "/webhooks/" + i.application + "/" + i.token + path,
		data: data, contentType: contentType, bucket: i.bucket, interaction: true, once: method == http.MethodPost,
	}, err
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
	if i.alone || i.outside {
		var err error
		if channel, err = i.bot.direct(ctx, i.who); err != nil {
			return err
		}
		if channel != i.channel {
			p = p.away()
		}
		if channel != i.channel {
			p = p.away()
		}
	}
	if channel == "" {
		return fmt.Errorf("answer an interaction: it names no channel")
	}
	return i.bot.post(ctx, channel, "", i.id, p)
}
