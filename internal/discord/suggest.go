package discord

import (
	"context"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
)

// settle is how long an autocompletion may take: the answer must be there within three seconds.
const settle = 2 * time.Second

// suggest answers an autocompletion: with nothing where there is nothing to offer. One that comes while too many others are
// in hand is left without an answer, as the next key that is pressed asks again.
func (b *Bot) suggest(send context.Context, at *interaction, data discordgo.ApplicationCommandInteractionData,
	input commands.Input) {
	if b.closing.Load() {
		return
	}
	b.suggesting.do(func() {
		defer b.contain("suggest")
		ctx, cancel := context.WithDeadline(send, at.received.Add(b.times.ack))
		defer cancel()
		r, err := suggestions(b.suggestions(ctx, data, input))
		if err == nil {
			err = at.respond(ctx, r)
		}
		if err != nil {
			b.log("suggest", err)
		}
	})
}

func (b *Bot) suggestions(ctx context.Context, data discordgo.ApplicationCommandInteractionData,
	input commands.Input) []string {
	defer b.contain("suggest")
	c, ok := b.lookup(data.Name)
	at := slices.IndexFunc(data.Options, func(o *discordgo.ApplicationCommandInteractionDataOption) bool { return o.Focused })
	if !ok || at < 0 || c.Admin && !input.Admin {
		return nil
	}
	focused := data.Options[at]
	params := c.At(commands.Chat)
	i := slices.IndexFunc(params, func(p commands.Param) bool { return p.Name == focused.Name })
	typed, isText := focused.Value.(string)
	if i < 0 || params[i].Complete == nil || !isText {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, settle)
	defer cancel()
	input.Args = arguments(slices.Delete(slices.Clone(data.Options), at, at+1))
	return params[i].Complete(ctx, input, typed)
}
