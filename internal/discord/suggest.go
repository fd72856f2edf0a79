package discord

import (
	"context"
	"time"

	"github.com/bwmarrin/discordgo"
	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/offer"
)

// settle is how long an autocompletion may take: the answer must be there within three seconds.
const settle = 2 * time.Second

// suggest answers an autocompletion: with nothing where there is nothing to offer. One that comes while too many others
// are in hand is left without an answer, as the next key that is pressed asks again.
func (b *Bot) suggest(send context.Context, at *delivery.Interaction, data event.Data, input commands.Input) {
	if b.closing.Load() {
		return
	}
	b.suggesting.Do(func() {
		defer b.client.Contain("suggest")
		ctx, cancel := context.WithDeadline(send, at.Received.Add(b.times.delivery.Ack))
		defer cancel()
		var found []string
		func() {
			defer b.client.Contain("suggest") // what is nothing is an answer, too
			found = b.reads.suggestions(ctx, data, input)
		}()
		choices, err := offer.Suggestions(found)
		if err == nil {
			// not by the place, which counts: an interaction that is only typed into may be left
			err = at.Callback.Respond(ctx, b.times.delivery.Ack, callback.Response{
				Type: discordgo.InteractionApplicationCommandAutocompleteResult, Data: choices})
		}
		if err != nil {
			b.client.Log("suggest", err)
		}
	})
}
