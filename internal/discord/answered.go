package discord

import (
	"context"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/text"
)

// An admin may choose channels and forums where nobody needs to mention the bot, all of it or for what the documents
// surely say, and that each question gets a thread of its own. Replies of people to each other are never answered.

// answering is how the channel of a message is answered. A post of a forum is a thread of it that the message begins;
// any other thread is a channel by itself, in which the rule for threads holds.
func (b *Bot) answering(m event.Message) settings.Answering {
	if b.answered == nil || m.GuildID == "" {
		return settings.Answering{}
	}
	if a := b.answered(m.GuildID, m.ChannelID); a.Rule != "" || !m.Begins() {
		return a
	}
	if r, known := b.rooms.Known(m.ChannelID); known && r.Parent != "" { // the gateway tells of a post before its message
		return b.answered(m.GuildID, r.Parent)
	}
	return settings.Answering{}
}

// overhearAnswered takes a message that was said to nobody, of a channel that is answered without a mention. It tells
// whether it is one: no other rule holds then.
func (b *Bot) overhearAnswered(send, work context.Context, m event.Message) bool {
	a := b.answering(m)
	if !b.content || a.Rule != settings.AnswerEvery && a.Rule != settings.AnswerSure {
		return false
	}
	if m.Content == "" || !b.heard.first(m.ID) {
		return true
	}
	q := b.question(m)
	if a.Rule == settings.AnswerEvery {
		q.overheard = !m.Begins() && !dispatch.Asks(m.Content) // a remark; a question is waited for
		if b.seen.first(m.ID) {
			b.askMessage(send, work, m, q)
		}
		return true
	}
	b.glances.Do(func() { // where too many are looked at, silence is right
		defer b.client.Contain("look at a message")
		q.overheard, q.sure = true, true
		look := q
		b.scout.locate(work, &look)
		look.ask(m, b.identity.Load().user)
		if b.surely(work, look) && b.seen.first(m.ID) {
			b.askMessage(send, work, m, q)
		}
	})
	return true
}

// surely tells whether the documents surely answer what a message says that nobody said to the bot.
func (b *Bot) surely(ctx context.Context, q question) bool {
	return q.command == askCommand && len(q.files) == 0 && len(q.input.Files) == 0 && b.table.Sure(ctx, q.input)
}

const maxThreadName = 100 // Discord: characters

// threadFor is what the thread is called that the answer to a message opens; "" for none. A reply belongs to what it
// replies to, and a thread has no threads.
func (b *Bot) threadFor(m event.Message) string {
	if m.Type != event.TypeDefault || !b.answering(m).Thread || b.courier.Threadless(m.ChannelID) {
		return ""
	}
	r, known := b.rooms.Known(m.ChannelID)
	asked := m.Question(b.identity.Load().user)
	branches := !known || r.Kind == discordgo.ChannelTypeGuildText || r.Kind == discordgo.ChannelTypeGuildNews
	if !branches || !dispatch.Asks(asked) {
		return ""
	}
	return text.Clip(strings.Join(strings.Fields(render.Clean(asked)), " "), maxThreadName)
}
