package discord

import (
	"context"
	"encoding/json"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/offer"
)

const respondForm = 9 // type of a response

// formFailedText says what becomes of a click whose form Discord does not show.
const formFailedText = "Discord did not let me show the form. Please press the button again."

// ask answers a click with a form: at once, for a form cannot follow an acknowledgement. It does not block. done is
// false where there is nothing to ask for.
func (b *Bot) ask(send context.Context, at *delivery.Interaction, q question, id, command string,
	args commands.Args) (done bool) {
	c, _ := b.reads.lookup(command)
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
