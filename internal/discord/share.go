package discord

import (
	"context"
	"strings"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/delivery"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/recent"
)

// What only one person sees can be shared with the channel, once. An answer of one message is read back from the click
// on its button, so that it can be shared after a restart, too; a longer one is remembered for a while.

const (
	shareCall  = "share"
	pageArg    = "page"
	shareLabel = "Share in channel"

	maxPages  = 200              // ours: answers of several messages that are remembered
	keepPages = 15 * time.Minute // as long as the message can be answered to

	sharedText    = "Shared with the channel."
	silencedText  = "Only who may write in this channel can share an answer with it."
	notSharedText = "I could not share that here. You can still copy it."
	goneText      = "I no longer have the whole of this answer. Please ask again, without private."
)

// pageKey names an answer as one person saw it in one place: a button says nothing of either, and does not come from
// there for sure.
func pageKey(id, who string, channels []string) string {
	return id + " " + who + " " + strings.Join(channels[:min(len(channels), 1)], "")
}

// share takes a click on the button. It does not block.
func (b *Bot) share(send context.Context, at *delivery.Interaction, e event.Interaction, args commands.Args) {
	at.Private = true
	m, say, aloud := e.Message, b.table.Language(e.Input(), true), b.table.Language(e.Input(), false)
	p, ok := render.Page{}, m != nil
	if id := args[pageArg]; id != "" && ok {
		p, _, ok = b.pages.Get(pageKey(id, e.Who(), []string{e.ChannelID}))
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
		if why := b.rates.Share(say, e.Who(), time.Now()); why != "" {
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
			err := at.Replace(ctx, mine)
			if err != nil {
				b.shared.forget(m.ID) // the button is there still
			} else {
				err = at.Share(ctx, p, e.Name(), aloud)
			}
			if err != nil {
				b.client.Log("share an answer", err)
				at.Tell(send, say.Text(notSharedText), err)
			}
		})
		if !taken {
			b.shared.forget(m.ID)
			b.refuse(send, question{place: at}, say.Text(busyText))
		}
	}
}

// newPages remembers the last pages.
func newPages() *recent.Cache[string, render.Page] {
	return recent.New[string](recent.Config[render.Page]{Entries: maxPages, Keep: keepPages})
}
