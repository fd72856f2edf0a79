package discord

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
)

const (
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
	at := b.courier.Interaction(e, callback.New(b.client, me.application, e.ID, e.Token, received))
	q := question{id: e.ID, who: e.Who(), input: e.Input(), place: at, server: e.GuildID, retold: retold}
	if retold && passing(e) {
		return
	}
	if e.Type == event.TypeAutocomplete {
		b.suggest(send, at, e.Data, q.input)
		return
	}
	b.interactions.Add(1)
	if !b.understood(send, at, e, me.user, &q) {
		return
	}
	q.input.Lang = b.table.Language(q.input, at.Alone())
	if why := tooLarge(q.input.Lang, q.files); why != "" {
		b.refuse(send, q, why)
		return
	}
	q.share = at.Alone() && e.Member != nil
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
func (b *Bot) clicked(send context.Context, at *delivery.Interaction, e event.Interaction, q *question) (done bool) {
	form, asks := strings.CutPrefix(e.Data.Pressed(), render.FormMark)
	id, turn := strings.CutPrefix(form, render.TurnMark)
	command, args, ok := render.DecodeCall(id)
	if ok && command == shareCall {
		b.share(send, at, e, args)
		return true
	}
	if !ok || !b.reads.offers(command) {
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
	q.turns = turn && mayTurn(e)
	at.Private = !q.turns
	if q.turns {
		at.Turn = e.Message
	}
	return false
}

// understood reads what was called, clicked or filled in into the question. It is false where that was ended already.
func (b *Bot) understood(send context.Context, at *delivery.Interaction, e event.Interaction, me string,
	q *question) bool {
	switch e.Type {
	case event.TypeCommand:
		if !b.reads.commanded(at, e, me, q) {
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
		if !b.reads.filled(at, e, q) {
			b.refuse(send, *q, q.input.Lang.Text(unknownText))
			return false
		}
	default:
		b.refuse(send, *q, q.input.Lang.Text(oddText))
		return false
	}
	return true
}
