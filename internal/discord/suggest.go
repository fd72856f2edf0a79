package discord

import (
	"context"
	"encoding/json"
	"slices"
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
		choices, err := offer.Suggestions(b.suggestions(ctx, data, input))
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

func (b *Bot) suggestions(ctx context.Context, data event.Data, input commands.Input) []string {
	defer b.client.Contain("suggest")
	name, options := data.Call()
	at := slices.IndexFunc(options, func(o event.Option) bool { return o.Focused })
	var typed string
	if at < 0 || json.Unmarshal(options[at].Value, &typed) != nil || !b.offers(name) {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, settle)
	defer cancel()
	input.Args, _ = data.Arguments(slices.Delete(slices.Clone(options), at, at+1))
	return b.table.Complete(ctx, name, options[at].Name, input, typed)
}
