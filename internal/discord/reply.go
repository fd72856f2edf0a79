package discord

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
)

// How an interaction is answered. Its first response may be the answer itself, where that is ready at once; else it is
// an acknowledgement, which the answer fills in.

const (
	// maxInstantFile is how many bytes of files a first response may carry: what takes longer to send would miss the three
	// seconds.
	maxInstantFile = 256 << 10
)

// errLost says that the interaction is of no use any longer.
var errLost = errors.New("the interaction is lost")

// accept sees to it that the interaction is acknowledged, which Discord wants within three seconds. An answer that is
// ready before times.instant has passed is the first response instead.
func (i *interaction) accept(ctx context.Context) (done func()) {
	waiting, stop := context.WithCancel(ctx)
	var deferral sync.WaitGroup
	deferral.Go(func() {
		defer i.bot.client.Contain("acknowledge an interaction")
		if rest.Sleep(waiting, time.Until(i.Received.Add(i.bot.times.instant))) == nil {
			i.acknowledge(ctx)
		}
	})
	return func() {
		stop()
		deferral.Wait()
	}
}

// acknowledge says that the answer comes later.
func (i *interaction) acknowledge(ctx context.Context) {
	first := callback.Deferred(i.private)
	if i.turns {
		first = callback.Response{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}
	err := i.respond(ctx, first)
	if err != nil {
		i.bot.client.Log("acknowledge an interaction", err)
		i.dead.Store(surelyNot(err))
	}
	i.acked.Store(true)
}

// surelyNot tells that Discord has not done what it was asked for.
func surelyNot(err error) bool {
	refused, ok := errors.AsType[*rest.Error](err)
	return ok && !refused.Unsure
}

// respond sends the first response, and counts it.
func (i *interaction) respond(ctx context.Context, r callback.Response, files ...render.Attachment) error {
	err := i.Respond(ctx, i.bot.times.ack, r, files...)
	if err == nil && !i.kept.Swap(true) {
		i.bot.acknowledged.Add(1)
	}
	return err
}

// open sends a message as the first response.
func (i *interaction) open(ctx context.Context, kind discordgo.InteractionResponseType, m render.Body) error {
	data, err := m.JSON()
	if err != nil {
		return err
	}
	return i.respond(ctx, callback.Response{Type: kind, Data: data}, m.Files...)
}

// finish puts the answer where the acknowledgement stands, or in its place, and sends what does not fit behind it. It
// goes on trying until the token ends.
func (i *interaction) finish(ctx context.Context, p render.Page) error {
	ctx, cancel := context.WithDeadline(ctx, i.Received.Add(callback.Life-tokenMargin))
	defer cancel()
	stays := i.turns && p.Failed // the page does, and the reader alone is told why
	i.alone = i.alone || stays
	bodies := p.Bodies()
	if !stays {
		bodies[0] = i.over(bodies[0])
	}
	if !i.acked.Load() && i.instant(ctx, bodies[0], stays) {
		return i.others(ctx, p, bodies)
	}
	if i.dead.Load() || ctx.Err() != nil {
		return errLost
	}
	if stays {
		i.restore(ctx)
		bodies[0].Flags |= render.FlagEphemeral
		return i.Add(ctx, bodies[0])
	}
	bodies[0].Replaces = i.turns || i.sent > 0
	if err := i.Put(ctx, bodies[0]); err != nil {
		return err
	}
	return i.others(ctx, p, bodies)
}

// instant makes the answer's first message the first response. Where Discord refuses it, the interaction is
// acknowledged, and ok is false.
func (i *interaction) instant(ctx context.Context, first render.Body, stays bool) (ok bool) {
	size := 0
	for _, f := range first.Files {
		size += len(f.Data)
	}
	kind := discordgo.InteractionResponseChannelMessageWithSource
	switch {
	case size > maxInstantFile:
		i.acknowledge(ctx)
		return false
	case stays || i.private:
		first.Flags |= render.FlagEphemeral
	case i.turns:
		kind, first.Replaces = discordgo.InteractionResponseUpdateMessage, true
	}
	err := i.open(ctx, kind, first)
	if err == nil {
		i.acked.Store(true)
		return true
	}
	i.bot.client.Log("answer an interaction at once", err)
	if refused, _ := errors.AsType[*rest.Error](err); surelyNot(err) && refused.Status != http.StatusTooManyRequests {
		i.acknowledge(ctx)
		return false
	}
	i.dead.Store(surelyNot(err))
	i.acked.Store(true) // perhaps: an edit tells
	return false
}

// over is a message as it can take the place of the one that was clicked: components of version 2 stay such.
func (i *interaction) over(b render.Body) render.Body {
	if i.turns && i.was != nil && i.was.Flags&render.FlagCards != 0 {
		return b.AsCards()
	}
	return b
}

// others sends the messages of the page behind the first.
func (i *interaction) others(ctx context.Context, p render.Page, bodies []render.Body) error {
	for _, next := range bodies[min(1+i.sent, len(bodies)):] {
		if i.private {
			next.Flags |= render.FlagEphemeral
		}
		err := i.Add(ctx, next)
		if err == nil {
			i.sent++
			continue
		}
		// It may be there or not. Sending it again could show it twice; the first message can be edited safely.
		i.bot.client.Log("the answer goes into a file", err)
		return i.Put(ctx, p.InFile(bodies[0]))
	}
	return nil
}

// stands tells whether the answer stands there although its request failed.
func (i *interaction) stands(ctx context.Context, p render.Page) bool {
	if i.dead.Load() || i.turns && p.Failed {
		return false
	}
	return i.Stands(ctx, func(text string) bool {
		return journal.Checksum(text) == journal.Checksum(p.Bodies()[0].Text())
	})
}
