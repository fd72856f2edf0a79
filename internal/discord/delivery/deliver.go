package delivery

import (
	"context"
	"errors"
	"net/http"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
)

// An answer is delivered by the first way that is open: where it was asked for; there, without its files; to the
// channel; to whoever asked, privately. What fails for now is tried again for as long as an interaction lives; what
// Discord refuses goes the next way at once. Where the answer was awaited, a short text says where it went.

// A way is how an answer reached whoever asked.
type way int

const (
	noWay way = iota
	toChannel
	toAsker
)

// deliverLimit is how long all ways together may take; ours: where it was asked, and elsewhere, as long as an
// interaction lives each.
const deliverLimit = 2*callback.Life + 2*time.Minute

// Deliver brings the page to the asker, and returns it as it was shown. An error means that nothing was.
func (c *Courier) Deliver(send context.Context, a Asked, p render.Page) (render.Page, error) {
	ctx, cancel := context.WithTimeout(send, deliverLimit)
	defer cancel()
	p, err := c.straight(ctx, a, p)
	if m, ok := a.Place.(*Message); ok && err == nil && m.unread && c.informed.first(a.Who+" "+m.channel, time.Now()) {
		c.tell(ctx, a, lacking(a.Say, permitHistory), render.Page{})
	}
	if err == nil || send.Err() != nil || a.Unasked { // what a shutdown cuts off is ended at the next start
		return p, err
	}
	if _, ok := a.Place.(*Message); ok {
		if err = c.instead(ctx, a, p, err); err == nil {
			return p, nil
		}
	}
	if bad, ok := errors.AsType[*rest.Error](err); ok && bad.Status == http.StatusBadRequest {
		// our fault: Discord cannot show it
		text, _ := c.public(&commands.Referred{Ref: a.Ref,
			Err: errors.New(c.client.Redact(err.Error()))}, a.Say)
		failed := render.Failure(text)
		if c.here(ctx, a, failed) == nil {
			return failed, nil
		}
		if c.otherwise(ctx, a, p, err) == nil {
			return p, nil
		}
		p = failed
	}
	return p, c.otherwise(ctx, a, p, err)
}

// straight delivers where it was asked: as it is, else without what Discord may refuse of it, which is its cards and
// its files. It returns the page as it was tried last.
func (c *Courier) straight(ctx context.Context, a Asked, p render.Page) (render.Page, error) {
	err := c.here(ctx, a, p)
	if err != nil && rest.Refused(err) && len(p.Cards) > 0 { // as plain text it is an answer, too
		p = p.Uncarded()
		err = c.here(ctx, a, p)
	}
	if err != nil && rest.Refused(err) && len(p.Attached()) > 0 {
		described := p.Described(a.Say)
		again := c.here(ctx, a, described)
		if rest.HasCode(err, rest.Forbidden) && !rest.HasCode(again, rest.Forbidden) {
			c.tell(ctx, a, lacking(a.Say, permitAttach), render.Page{Files: p.Attached()})
		}
		p, err = described, again
	}
	return p, err
}

// here delivers where it was asked.
func (c *Courier) here(ctx context.Context, a Asked, p render.Page) error {
	at, ok := a.Place.(*Interaction)
	if !ok {
		ctx, cancel := context.WithTimeout(ctx, callback.Life)
		defer cancel()
		return a.Place.finish(ctx, p)
	}
	err := at.finish(ctx, p)
	if err != nil && !rest.Refused(err) && at.stands(ctx, p) {
		return nil
	}
	return err
}

// otherwise delivers by another way than the one that failed with err, and says there which one that was.
func (c *Courier) otherwise(ctx context.Context, a Asked, p render.Page, err error) error {
	c.client.LogOf(a.Ref, "an answer goes another way", err)
	say := a.Say
	var went way
	var why error
	text := ""
	switch at := a.Place.(type) {
	case *Interaction:
		if went, why = at.elsewhere(ctx, p); went == noWay && why == nil {
			return err
		}
	case *Message:
		if went, why = c.whisper(ctx, a, p, say.Text("I could not answer you there:")); went == noWay && why == nil {
			return err
		}
	default:
		return err
	}
	switch went {
	case toChannel:
		text = say.Text("Discord did not let me show the answer in this place. It is in the channel, as a message.")
	case toAsker:
		text = say.Text("Discord did not let me show the answer in this place. I have sent it to you privately.")
	case noWay:
		text = say.Text("Discord did not let me show the answer, neither here nor privately. Please ask again.")
	}
	shown := c.mark(ctx, a, render.Notice(text), err)
	if went == noWay && !shown {
		return why
	}
	return nil
}

// markLimit is how long is tried to say where an answer went; ours.
const markLimit = 20 * time.Second

// mark puts a short text where the answer was awaited, if it can be shown there.
func (c *Courier) mark(ctx context.Context, a Asked, short render.Page, err error) bool {
	ctx, cancel := context.WithTimeout(ctx, markLimit)
	defer cancel()
	at, ok := a.Place.(*Interaction)
	switch {
	case !ok && !rest.Refused(err):
		return false
	case ok && (errors.Is(err, errLost) || lost(err)):
		// the answer was for one person: the channel hears only that it failed
		if at.Private && !at.outside && at.channel != "" {
			return c.writer.Post(ctx, at.channel, "", at.ID+"m", short) == nil
		}
		return false
	}
	return a.Place.finish(ctx, short) == nil
}

// lost tells that an interaction is not known any longer.
func lost(err error) bool {
	return rest.HasCode(err, rest.UnknownInteraction, rest.UnknownWebhook, rest.InvalidToken, rest.UnknownMessage)
}

// elsewhere delivers the answer without the interaction: to the channel, or privately where it is for the asker alone,
// or the channel does not take it.
func (i *Interaction) elsewhere(ctx context.Context, p render.Page) (went way, err error) {
	p = p.Uncarded()
	if !i.Alone() && !i.stays && !i.outside && i.channel != "" {
		soon, cancel := context.WithTimeout(ctx, callback.Life)
		defer cancel()
		if err = i.courier.writer.Post(soon, i.channel, "", i.ID, p); err == nil {
			return toChannel, nil
		}
		i.courier.client.Log("answer in a channel", err)
	}
	channel, err := i.courier.writer.Direct(ctx, i.who)
	if err != nil {
		return noWay, err
	}
	if channel != i.channel {
		p = p.Away()
	}
	if err = i.courier.writer.Post(ctx, channel, "", i.ID+"a", p); err != nil {
		return noWay, err
	}
	return toAsker, nil
}

// Tell says something to whoever acted, after the act failed with err: by the interaction if it may still take that,
// else in a private message. What may have been said is not said again.
func (i *Interaction) Tell(ctx context.Context, text string, err error) {
	defer i.courier.client.Contain("tell a person why nothing is shown")
	ctx, cancel := context.WithTimeout(ctx, callback.Life)
	defer cancel()
	switch {
	case i.kept.Load(): // acknowledged: more can follow
		err = i.Add(ctx, render.Body{Content: text, Flags: render.FlagEphemeral})
	case surelyNot(err) && rest.Refused(err) && !lost(err):
		err = i.refuse(ctx, text)
	}
	if err == nil {
		return
	}
	channel, err := i.courier.writer.Direct(ctx, i.who)
	if err == nil {
		err = i.courier.writer.Post(ctx, channel, "", i.ID+"n", render.Notice(text))
	}
	if err != nil {
		i.courier.client.Log("tell a person why nothing is shown", err)
	}
}

// whisper delivers an answer privately, with a text in front of it that says why.
func (c *Courier) whisper(ctx context.Context, a Asked, p render.Page, why string) (way, error) {
	if a.Who == "" || a.Server == "" || a.Channel == "" {
		return noWay, nil
	}
	block := commands.Block{Kind: commands.Para, Text: why, Channels: []string{a.Channel}}
	notice := render.Reply(commands.Reply{Blocks: []commands.Block{block}}, true, a.Say)
	if len(p.Parts) == 0 {
		notice.Files = p.Files
	}
	channel, err := c.writer.Direct(ctx, a.Who)
	if err == nil {
		err = c.writer.Post(ctx, channel, "", a.Event+"w", notice)
	}
	if err == nil && len(p.Parts) > 0 {
		err = c.writer.Post(ctx, channel, "", a.Event+"a", p.Away())
	}
	if err != nil {
		return noWay, err
	}
	return toAsker, nil
}

// Refuse tells the asker in a short text why there is no answer: where it was asked, or privately.
func (c *Courier) Refuse(ctx context.Context, a Asked, text string) {
	err := c.instead(ctx, a, render.Notice(text), a.Place.refuse(ctx, text))
	if err == nil {
		return
	}
	c.client.LogOf(a.Ref, "refuse a question", err)
	if at, ok := a.Place.(*Interaction); ok {
		at.Tell(ctx, text, err)
	}
}
