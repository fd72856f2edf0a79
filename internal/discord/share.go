package discord

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
	"pilcrow/internal/recent"
)

// What only one person sees can be shared with the channel, once. An answer of one message is read back from the click
// on its button, so that it can be shared after a restart, too; a longer one is remembered for a while.

const (
	shareCall  = "share"
	pageArg    = "page"
	shareLabel = "Share in channel"

	maxFollowUps = 5 // Discord: messages behind the first where only the asker has installed the bot

	maxPages  = 200              // ours: answers of several messages that are remembered
	keepPages = 15 * time.Minute // as long as the message can be answered to

	sharedText    = "Shared with the channel."
	silencedText  = "Only who may write in this channel can share an answer with it."
	notSharedText = "I could not share that here. You can still copy it."
	goneText      = "I no longer have the whole of this answer. Please ask again, without private."
)

// shareable puts the button on a page that one person alone sees.
func (b *Bot) shareable(p render.Page, q question) render.Page {
	id, say := q.id, q.input.Lang
	action := commands.Action{Label: say.Text(shareLabel), Command: shareCall}
	if len(p.Parts) > 1 || p.Cut || len(p.Files) > 0 {
		action.Args = commands.Args{pageArg: id}
		b.pages.Put(pageKey(id, q.who, q.input.Channels), p)
	}
	return p.WithAction(action)
}

// pageKey names an answer as one person saw it in one place: a button says nothing of either, and does not come from
// there for sure.
func pageKey(id, who string, channels []string) string {
	return id + " " + who + " " + strings.Join(channels[:min(len(channels), 1)], "")
}

// share takes a click on the button. It does not block.
func (b *Bot) share(send context.Context, at *interaction, e event.Interaction, args commands.Args) {
	at.private = true
	m, say, aloud := e.Message, b.table.Language(e.Input(), true), b.table.Language(e.Input(), false)
	p, ok := render.Page{}, m != nil
	if id := args[pageArg]; id != "" && ok {
		p, _, ok = b.pages.Get(pageKey(id, at.who, []string{e.ChannelID}))
	} else if ok {
		p = m.Page()
	}
	switch {
	case b.closing.Load():
		b.refuse(send, question{place: at}, say.Text(closingText))
	case !ok:
		b.refuse(send, question{place: at}, say.Text(goneText))
	case !e.MayWrite():
		b.refuse(send, question{place: at}, say.Text(silencedText))
	case !b.shared.first(m.ID):
		b.refuse(send, question{place: at}, say.Text(sharedText))
	default:
		if why := b.rates.Share(say, at.who, time.Now()); why != "" {
			b.shared.forget(m.ID)
			b.refuse(send, question{place: at}, why)
			return
		}
		p = p.Without(shareCall)
		mine := m.Page().Without(shareCall).Bodies()[0]
		taken := b.answers.Do(func() {
			defer b.client.Contain("share an answer")
			ctx, cancel := context.WithTimeout(send, b.times.send)
			defer cancel()
			err := at.replace(ctx, mine)
			if err != nil {
				b.shared.forget(m.ID) // the button is there still
			} else {
				err = at.share(ctx, p, e.Name(), aloud)
			}
			if err != nil {
				b.client.Log("share an answer", err)
				at.tell(send, say.Text(notSharedText), err)
			}
		})
		if !taken {
			b.shared.forget(m.ID)
			b.refuse(send, question{place: at}, say.Text(busyText))
		}
	}
}

// replace acknowledges a click by another message in the place of the one that was clicked.
func (i *interaction) replace(ctx context.Context, m render.Body) error {
	data, err := m.JSON()
	if err != nil {
		return err
	}
	return i.respond(ctx, callback.Response{Type: discordgo.InteractionResponseUpdateMessage, Data: data})
}

// share posts the page to the channel. What does not get there by the interaction's right, and is not refused, is a
// message like any other.
func (i *interaction) share(ctx context.Context, p render.Page, who string, say lang.Printer) error {
	began := time.Now()
	bodies := i.shared(p, who, say)
	for n, next := range bodies {
		err := i.Add(ctx, next)
		if err == nil {
			continue
		}
		if i.outside || i.channel == "" || rest.Refused(err) {
			return err
		}
		i.bot.client.Log("share an answer by the interaction", err)
		from := n
		if !surelyNot(err) {
			found, looked := i.bot.writer.Find(ctx, i.channel, next, began)
			if looked != nil {
				return errors.Join(err, looked)
			}
			if found.ID != "" {
				from++
			}
		}
		_, err = i.bot.writer.PostAll(ctx, i.channel, "", i.ID, bodies, from)
		return err
	}
	return nil
}

// shared are the messages that show the page to the channel.
func (i *interaction) shared(p render.Page, who string, say lang.Printer) []render.Body {
	bodies := p.Under(say.Text("Shared by %s", cmp.Or(who, say.Text("somebody"))))
	if i.outside && len(bodies) > maxFollowUps { // the rest goes into a file
		bodies = append(bodies[:maxFollowUps-1:maxFollowUps-1], p.InFile(bodies[maxFollowUps-1]))
	}
	return bodies
}

// newPages remembers the last pages.
func newPages() *recent.Cache[string, render.Page] {
	return recent.New[string](recent.Config[render.Page]{Entries: maxPages, Keep: keepPages})
}
