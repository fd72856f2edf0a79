package discord

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
)

const (
	tokenMargin  = 30 * time.Second // ours: what is left must do for an edit and follow-ups
	privateParam = "private"        // the flag of a command that makes its answer visible to the asker alone

	unknownText = "This button is from another version of me. Please use the command instead."
	oddText     = "I do not understand this. Please use one of my commands."
)

// handleInteraction takes an interaction from the gateway. One that cannot be read whole still gets an ending. retold
// says that another process may have taken it: then it is too late for what is no question.
func (b *Bot) handleInteraction(send, work context.Context, raw json.RawMessage, retold bool) {
	received := time.Now()
	var e event.Interaction
	if err := json.Unmarshal(raw, &e); err != nil {
		b.client.Log("read an interaction", err)
		e.Type = 0
	}
	me := b.identity.Load()
	if me == nil || e.ID == "" || e.Token == "" || e.Type == event.TypePing || !b.seen.first(e.ID) {
		return
	}
	at := &interaction{Callback: callback.New(b.client, me.application, e.ID, e.Token, received), bot: b,
		channel: e.ChannelID, who: e.Who(), retold: retold, outside: e.Outside()}
	q := question{id: e.ID, who: at.who, input: e.Input(), place: at, server: e.GuildID}
	if retold && passing(e) {
		return
	}
	if e.Type == event.TypeAutocomplete {
		at.kept.Store(true) // the next key that is pressed asks again: it may be left
		b.suggest(send, at, e.Data, q.input)
		return
	}
	b.interactions.Add(1)
	if !b.understood(send, at, e, me.user, &q) {
		return
	}
	at.alone = at.private || at.turns && e.Message.Flags&render.FlagEphemeral != 0
	q.input.Lang = b.table.Language(q.input, at.alone)
	if why := tooLarge(q.input.Lang, q.files); why != "" {
		b.refuse(send, q, why)
		return
	}
	q.share = at.alone && e.Member != nil
	b.take(send, work, q)
}

// passing tells that an interaction is worth nothing but at once: what is typed, a form that is to be opened, an answer
// that is to be shown to all.
func passing(e event.Interaction) bool {
	form, asks := strings.CutPrefix(e.Data.Pressed(), render.FormMark)
	id, _ := strings.CutPrefix(form, render.TurnMark)
	command, _, _ := render.DecodeCall(id)
	return e.Type == event.TypeAutocomplete || e.Type == event.TypeComponent && (asks || command == shareCall)
}

// clicksTooMuch counts a click, or a form that was filled in, and tells who does that too often when to go on.
func (b *Bot) clicksTooMuch(send context.Context, q question) bool {
	why := b.rates.Click(q.input.Lang, q.who, time.Now())
	if why != "" {
		b.refuse(send, q, why)
	}
	return why != ""
}

// clicked makes a call of a click. done says that there is nothing left to do.
func (b *Bot) clicked(send context.Context, at *interaction, e event.Interaction, q *question) (done bool) {
	form, asks := strings.CutPrefix(e.Data.Pressed(), render.FormMark)
	id, turn := strings.CutPrefix(form, render.TurnMark)
	command, args, ok := render.DecodeCall(id)
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
	if e.Message != nil {
		q.input.Asked = e.Message.Asked(b.identity.Load().user)
	}
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
	*callback.Callback

	bot     *Bot
	channel string
	who     string
	private bool           // what is sent is for one person alone
	alone   bool           // … as is the message that the answer takes the place of
	retold  bool           // another process may have taken it
	outside bool           // only the asker has installed the bot: it can do nothing here but answer
	turns   bool           // the answer takes the place of the message that was clicked
	was     *event.Clicked // that message, as it was
	staged  bool           // a stage may have taken its place
	acked   atomic.Bool    // it has its first response, as far as we know
	// Discord surely does not know that we took it, or the answer went elsewhere: only another message can help
	dead atomic.Bool
	sent int         // messages behind the first
	kept atomic.Bool // the time for the first response, and that is counted
}

func (i *interaction) refuse(ctx context.Context, text string) error {
	return i.open(ctx, discordgo.InteractionResponseChannelMessageWithSource,
		render.Body{Content: render.Notice(text).Parts[0], Flags: render.FlagEphemeral})
}

// understood reads what was called, clicked or filled in into the question. It is false where that was ended already.
func (b *Bot) understood(send context.Context, at *interaction, e event.Interaction, me string, q *question) bool {
	switch e.Type {
	case event.TypeCommand:
		if !b.commanded(at, e, me, q) {
			b.refuse(send, *q, q.input.Lang.Text(noTextText))
			return false
		}
	case event.TypeComponent:
		if b.clicksTooMuch(send, *q) || b.clicked(send, at, e, q) {
			return false
		}
		q.counts = q.command == askCommand // an example of the help; what it asks is shown, as with a command
		q.slash = q.counts
	case event.TypeForm:
		if b.clicksTooMuch(send, *q) {
			return false
		}
		if !b.filled(at, e, q) {
			b.refuse(send, *q, q.input.Lang.Text(unknownText))
			return false
		}
	default:
		b.refuse(send, *q, q.input.Lang.Text(oddText))
		return false
	}
	return true
}

// commanded reads a command into the question. It is false for one on a message in which there is nothing to read.
func (b *Bot) commanded(at *interaction, e event.Interaction, me string, q *question) bool {
	name, options := e.Data.Call()
	q.command = name
	q.input.Args, q.files = e.Data.Arguments(options)
	if e.Data.Type == int(discordgo.MessageApplicationCommand) {
		var ok bool
		if q.command, q.input.Args, ok = b.onMessage(e.Data, me); !ok {
			return false
		}
		at.private = true
	}
	at.private = at.private || b.isPrivate(q.command, q.input.Args)
	if !at.outside {
		q.talk = &talk{channel: e.ChannelID, before: e.ID, kind: e.Kind()}
	}
	q.slash, q.counts = true, true
	return true
}
