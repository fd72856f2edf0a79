package delivery

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/event"
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
	tokenMargin    = 30 * time.Second // ours: what is left must do for an edit and follow-ups
)

// An Interaction is a Place: a slash command, a click, or a form that was filled in.
type Interaction struct {
	*callback.Callback

	Private bool           // what is sent is for one person alone
	Turn    *event.Clicked // the message, as it was, that the answer takes the place of; nil for none

	courier *Courier
	channel string
	who     string
	outside bool        // only the asker has installed the bot: it can do nothing here but answer
	stays   bool        // the page that was to be turned does, and the reader alone is told why
	staged  bool        // a stage may have taken its place
	acked   atomic.Bool // it has its first response, as far as we know
	// Discord surely does not know that we took it, or the answer went elsewhere: only another message can help
	dead atomic.Bool
	sent int         // messages behind the first
	kept atomic.Bool // it is counted as acknowledged
}

// Interaction is the place of an interaction, to which there is a way back.
func (c *Courier) Interaction(e event.Interaction, back *callback.Callback) *Interaction {
	return &Interaction{Callback: back, courier: c, channel: e.ChannelID, who: e.Who(), outside: e.Outside()}
}

// Alone tells whether only one person will see the answer, be it for the message whose place it takes.
func (i *Interaction) Alone() bool {
	return i.Private || i.Turn != nil && i.Turn.Flags&render.FlagEphemeral != 0
}

// State is what is needed to end the question without this place.
func (i *Interaction) State() journal.State {
	s := journal.State{Application: i.Application, Token: i.Token, Turns: i.Turn != nil}
	if i.Turn != nil {
		s.Was = journal.Checksum(i.Turn.Text())
	}
	return s
}

// errLost says that the interaction is of no use any longer.
var errLost = errors.New("the interaction is lost")

// Accept sees to it that the interaction is acknowledged, which Discord wants within three seconds. An answer that is
// ready before Times.Instant has passed is the first response instead.
func (i *Interaction) Accept(ctx context.Context) (done func()) {
	waiting, stop := context.WithCancel(ctx)
	var deferral sync.WaitGroup
	deferral.Go(func() {
		defer i.courier.client.Contain("acknowledge an interaction")
		if rest.Sleep(waiting, time.Until(i.Received.Add(i.courier.Times.Instant))) == nil {
			i.acknowledge(ctx)
		}
	})
	return func() {
		stop()
		deferral.Wait()
	}
}

// acknowledge says that the answer comes later.
func (i *Interaction) acknowledge(ctx context.Context) {
	first := callback.Deferred(i.Private)
	if i.Turn != nil {
		first = callback.Response{Type: discordgo.InteractionResponseDeferredMessageUpdate}
	}
	err := i.Respond(ctx, first)
	if err != nil {
		i.courier.client.Log("acknowledge an interaction", err)
		i.dead.Store(surelyNot(err))
	}
	i.acked.Store(true)
}

// surelyNot tells that Discord has not done what it was asked for.
func surelyNot(err error) bool {
	refused, ok := errors.AsType[*rest.Error](err)
	return ok && !refused.Unsure
}

// Respond sends the first response, and counts it.
func (i *Interaction) Respond(ctx context.Context, r callback.Response, files ...render.Attachment) error {
	err := i.Callback.Respond(ctx, i.courier.Times.Ack, r, files...)
	if err == nil && !i.kept.Swap(true) {
		i.courier.acknowledged.Add(1)
	}
	return err
}

// open sends a message as the first response.
func (i *Interaction) open(ctx context.Context, kind discordgo.InteractionResponseType, m render.Body) error {
	data, err := m.JSON()
	if err != nil {
		return err
	}
	return i.Respond(ctx, callback.Response{Type: kind, Data: data}, m.Files...)
}

// finish puts the answer where the acknowledgement stands, or in its place, and sends what does not fit behind it. It
// goes on trying until the token ends.
func (i *Interaction) finish(ctx context.Context, p render.Page) error {
	ctx, cancel := context.WithDeadline(ctx, i.Received.Add(callback.Life-tokenMargin))
	defer cancel()
	i.stays = i.Turn != nil && p.Failed
	bodies := p.Bodies()
	if !i.stays {
		bodies[0] = i.over(bodies[0])
	}
	if !i.acked.Load() && i.instant(ctx, bodies[0]) {
		return i.others(ctx, p, bodies)
	}
	if i.dead.Load() || ctx.Err() != nil {
		return errLost
	}
	if i.stays {
		i.restore(ctx)
		bodies[0].Flags |= render.FlagEphemeral
		return i.Add(ctx, bodies[0])
	}
	bodies[0].Replaces = i.Turn != nil || i.sent > 0
	if err := i.Put(ctx, bodies[0]); err != nil {
		return err
	}
	return i.others(ctx, p, bodies)
}

// instant makes the answer's first message the first response. Where Discord refuses it, the interaction is
// acknowledged, and ok is false.
func (i *Interaction) instant(ctx context.Context, first render.Body) (ok bool) {
	size := 0
	for _, f := range first.Files {
		size += len(f.Data)
	}
	kind := discordgo.InteractionResponseChannelMessageWithSource
	switch {
	case size > maxInstantFile:
		i.acknowledge(ctx)
		return false
	case i.stays || i.Private:
		first.Flags |= render.FlagEphemeral
	case i.Turn != nil:
		kind, first.Replaces = discordgo.InteractionResponseUpdateMessage, true
	}
	err := i.open(ctx, kind, first)
	if err == nil {
		i.acked.Store(true)
		return true
	}
	i.courier.client.Log("answer an interaction at once", err)
	if refused, _ := errors.AsType[*rest.Error](err); surelyNot(err) && refused.Status != http.StatusTooManyRequests {
		i.acknowledge(ctx)
		return false
	}
	i.dead.Store(surelyNot(err))
	i.acked.Store(true) // perhaps: an edit tells
	return false
}

// over is a message as it can take the place of the one that was clicked: components of version 2 stay such.
func (i *Interaction) over(b render.Body) render.Body {
	if i.Turn != nil && i.Turn.Flags&render.FlagCards != 0 {
		return b.AsCards()
	}
	return b
}

// others sends the messages of the page behind the first.
func (i *Interaction) others(ctx context.Context, p render.Page, bodies []render.Body) error {
	for _, next := range bodies[min(1+i.sent, len(bodies)):] {
		if i.Private {
			next.Flags |= render.FlagEphemeral
		}
		err := i.Add(ctx, next)
		if err == nil {
			i.sent++
			continue
		}
		// It may be there or not. Sending it again could show it twice; the first message can be edited safely.
		i.courier.client.Log("the answer goes into a file", err)
		return i.Put(ctx, p.InFile(bodies[0]))
	}
	return nil
}

// stands tells whether the answer stands there although its request failed.
func (i *Interaction) stands(ctx context.Context, p render.Page) bool {
	if i.dead.Load() || i.Turn != nil && p.Failed {
		return false
	}
	return i.Stands(ctx, func(text string) bool {
		return journal.Checksum(text) == journal.Checksum(p.Bodies()[0].Text())
	})
}

func (i *Interaction) refuse(ctx context.Context, text string) error {
	return i.open(ctx, discordgo.InteractionResponseChannelMessageWithSource,
		render.Body{Content: render.Notice(text).Parts[0], Flags: render.FlagEphemeral})
}
