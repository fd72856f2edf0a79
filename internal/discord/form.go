package discord

import (
	"context"
	"encoding/json"
	"maps"
	"strings"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/offer"
	"pilcrow/internal/discord/render"
)

const respondForm = 9 // type of a response

// formFailedText says what becomes of a click whose form Discord does not show.
const formFailedText = "Discord did not let me show the form. Please press the button again."

// ask answers a click with a form: at once, for a form cannot follow an acknowledgement. It does not block. done is
// false where there is nothing to ask for.
func (b *Bot) ask(send context.Context, at *delivery.Interaction, q question, id, command string,
	args commands.Args) (done bool) {
	c, _ := b.lookup(command)
	form, ok := offer.FormOf(b.table.Language(q.input, true), id, c, args)
	if !ok {
		return false
	}
	if b.closing.Load() {
		b.refuse(send, q, q.input.Lang.Text(closingText))
		return true
	}
	taken := b.answers.Do(func() {
		defer b.client.Contain("show a form")
		data, err := json.Marshal(form)
		if err == nil {
			err = at.Respond(send, callback.Response{Type: respondForm, Data: data})
		}
		if err != nil {
			b.client.Log("show a form", err)
			at.Tell(send, q.input.Lang.Text(formFailedText), err)
		}
	})
	if !taken {
		b.refuse(send, q, q.input.Lang.Text(busyText))
	}
	return true
}

// filled makes a call of a form that was sent. A field adds what the button's call lacks, and changes nothing of it. ok
// is false for a form that is not ours.
func (b *Bot) filled(at *delivery.Interaction, e event.Interaction, q *question) (ok bool) {
	id, turn := strings.CutPrefix(e.Data.CustomID, render.TurnMark)
	command, args, ok := render.DecodeCall(id)
	c, offered := b.lookup(command)
	if !ok || !offered {
		return false
	}
	values := e.Data.Filled()
	q.command, q.input.Args = command, maps.Clone(args)
	for _, p := range offer.Asked(c, args) {
		v := strings.TrimSpace(values[p.Name])
		if p.Type == commands.Attachment {
			v, q.files = e.Data.Attached(p.Name, v, q.files)
		}
		if v != "" {
			q.input.Args[p.Name] = v
		}
	}
	q.turns, q.counts = turn && mayTurn(e), command == askCommand
	if q.turns {
		at.Turn = e.Message
	}
	alone := e.Message != nil && e.Message.Flags&render.FlagEphemeral != 0
	at.Private = !q.turns && (alone || b.isPrivate(command, q.input.Args))
	return true
}
