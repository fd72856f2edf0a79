package discord

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

// deliver brings the page to the asker, and returns it as it was shown. An error means that nothing was.
func (b *Bot) deliver(send context.Context, q question, p render.Page) (render.Page, error) {
	ctx, cancel := context.WithTimeout(send, deliverLimit)
	defer cancel()
	p, err := b.straight(ctx, q, p)
	if m, ok := q.place.(*posted); ok && err == nil && m.unread && b.informed.first(q.who+" "+m.channel, time.Now()) {
		b.tell(ctx, q, lacking(q.input.Lang, permitHistory), render.Page{})
	}
	if err == nil || send.Err() != nil || q.sure { // what a shutdown cuts off is ended at the next start
		return p, err
	}
	if _, ok := q.place.(*posted); ok {
		if err = b.instead(ctx, q, p, err); err == nil {
			return p, nil
		}
	}
	if bad, ok := errors.AsType[*rest.Error](err); ok && bad.Status == http.StatusBadRequest {
		// our fault: Discord cannot show it
		text, _ := b.table.Public(&commands.Referred{Ref: q.ref,
			Err: errors.New(b.client.Redact(err.Error()))}, q.input.Lang)
		failed := render.Failure(text)
		if b.here(ctx, q, failed) == nil {
			return failed, nil
		}
		if b.otherwise(ctx, q, p, err) == nil {
			return p, nil
		}
		p = failed
	}
	return p, b.otherwise(ctx, q, p, err)
}

// straight delivers where it was asked: as it is, else without what Discord may refuse of it, which is its cards and
// its files. It returns the page as it was tried last.
func (b *Bot) straight(ctx context.Context, q question, p render.Page) (render.Page, error) {
	err := b.here(ctx, q, p)
	if err != nil && rest.Refused(err) && len(p.Cards) > 0 { // as plain text it is an answer, too
		p = p.Uncarded()
		err = b.here(ctx, q, p)
	}
	if err != nil && rest.Refused(err) && len(p.Attached()) > 0 {
		described := p.Described(q.input.Lang)
		again := b.here(ctx, q, described)
		if rest.HasCode(err, rest.Forbidden) && !rest.HasCode(again, rest.Forbidden) {
			b.tell(ctx, q, lacking(q.input.Lang, permitAttach), render.Page{Files: p.Attached()})
		}
		p, err = described, again
	}
	return p, err
}

// here delivers where it was asked.
func (b *Bot) here(ctx context.Context, q question, p render.Page) error {
	at, ok := q.place.(*interaction)
	if !ok {
		ctx, cancel := context.WithTimeout(ctx, callback.Life)
		defer cancel()
		return q.place.finish(ctx, p)
	}
	err := at.finish(ctx, p)
	if err != nil && !rest.Refused(err) && at.stands(ctx, p) {
		return nil
	}
	return err
}

// otherwise delivers by another way than the one that failed with err, and says there which one that was.
func (b *Bot) otherwise(ctx context.Context, q question, p render.Page, err error) error {
	b.client.LogOf(q.ref, "an answer goes another way", err)
	say := q.input.Lang
	var went way
	var why error
	text := ""
	switch at := q.place.(type) {
	case *interaction:
		if went, why = at.elsewhere(ctx, p); went == noWay && why == nil {
			return err
		}
	case *posted:
		if went, why = b.whisper(ctx, q, p, say.Text("I could not answer you there:")); went == noWay && why == nil {
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
	shown := b.mark(ctx, q, render.Notice(text), err)
	if went == noWay && !shown {
		return why
	}
	return nil
}

// markLimit is how long is tried to say where an answer went; ours.
const markLimit = 20 * time.Second

// mark puts a short text where the answer was awaited, if it can be shown there.
func (b *Bot) mark(ctx context.Context, q question, short render.Page, err error) bool {
	ctx, cancel := context.WithTimeout(ctx, markLimit)
	defer cancel()
	at, ok := q.place.(*interaction)
	switch {
	case !ok && !rest.Refused(err):
		return false
	case ok && (errors.Is(err, errLost) || lost(err)):
		// the answer was for one person: the channel hears only that it failed
		if at.private && !at.outside && at.channel != "" {
			return b.writer.Post(ctx, at.channel, "", at.ID+"m", short) == nil
		}
		return false
	}
	return q.place.finish(ctx, short) == nil
}

// lost tells that an interaction is not known any longer.
func lost(err error) bool {
	return rest.HasCode(err, rest.UnknownInteraction, rest.UnknownWebhook, rest.InvalidToken, rest.UnknownMessage)
}

// elsewhere delivers the answer without the interaction: to the channel, or privately where it is for the asker alone,
// or the channel does not take it.
func (i *interaction) elsewhere(ctx context.Context, p render.Page) (went way, err error) {
	p = p.Uncarded()
	if !i.alone && !i.outside && i.channel != "" {
		soon, cancel := context.WithTimeout(ctx, callback.Life)
		defer cancel()
		if err = i.bot.writer.Post(soon, i.channel, "", i.ID, p); err == nil {
			return toChannel, nil
		}
		i.bot.client.Log("answer in a channel", err)
	}
	channel, err := i.bot.writer.Direct(ctx, i.who)
	if err != nil {
		return noWay, err
	}
	if channel != i.channel {
		p = p.Away()
	}
	if err = i.bot.writer.Post(ctx, channel, "", i.ID+"a", p); err != nil {
		return noWay, err
	}
	return toAsker, nil
}

// tell says something to whoever acted, after the act failed with err: by the interaction if it may still take that,
// else in a private message. What may have been said is not said again.
func (i *interaction) tell(ctx context.Context, text string, err error) {
	defer i.bot.client.Contain("tell a person why nothing is shown")
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
	channel, err := i.bot.writer.Direct(ctx, i.who)
	if err == nil {
		err = i.bot.writer.Post(ctx, channel, "", i.ID+"n", render.Notice(text))
	}
	if err != nil {
		i.bot.client.Log("tell a person why nothing is shown", err)
	}
}

// whisper delivers an answer privately, with a text in front of it that says why.
func (b *Bot) whisper(ctx context.Context, q question, p render.Page, why string) (way, error) {
	if q.who == "" || q.server == "" || len(q.input.Channels) == 0 {
		return noWay, nil
	}
	block := commands.Block{Kind: commands.Para, Text: why, Channels: q.input.Channels[:1]}
	notice := render.Reply(commands.Reply{Blocks: []commands.Block{block}}, true, q.input.Lang)
	if len(p.Parts) == 0 {
		notice.Files = p.Files
	}
	channel, err := b.writer.Direct(ctx, q.who)
	if err == nil {
		err = b.writer.Post(ctx, channel, "", q.id+"w", notice)
	}
	if err == nil && len(p.Parts) > 0 {
		err = b.writer.Post(ctx, channel, "", q.id+"a", p.Away())
	}
	if err != nil {
		return noWay, err
	}
	return toAsker, nil
}
