package discord

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/commands/settings"
	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
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
		b.locate(work, &look)
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

// threadFor is what the thread is called that the answer to a message opens; "" for none. A reply belongs to what it
// replies to, and a thread has no threads.
func (b *Bot) threadFor(m event.Message) string {
	if m.Type != event.TypeDefault || !b.answering(m).Thread || b.threadless.knows(m.ChannelID, time.Now()) {
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

const (
	maxThreadName  = 100              // Discord: characters
	openThreadTime = 10 * time.Second // ours: an answer waits no longer for its thread
)

// branch opens a thread from the message that asks; the answer goes there from then on. Where Discord does not let the
// bot, or does not answer, the answer goes to the channel.
func (m *posted) branch(ctx context.Context) {
	if m.thread == "" || m.shown != "" || m.parent != "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, openThreadTime)
	defer cancel()
	name := m.thread
	m.thread = "" // once
	opened, err := m.bot.writer.OpenThread(ctx, m.channel, m.id, name)
	if err != nil {
		m.bot.client.Log("open a thread", err)
		return
	}
	m.opened = opened
	m.parent, m.channel = m.channel, m.id // Discord: a thread from a message has its id
	m.bot.rooms.Store(m.channel, channel.Room{Kind: discordgo.ChannelTypeGuildPublicThread, Parent: m.parent,
		Owner: m.bot.identity.Load().user})
	m.bot.parties.Answered(m.channel, m.who)
	m.entry.Moved(ctx, m.channel)
}

// unbranch goes back to the channel, where the thread does not take the answer: the permission to write in threads is
// another than that to open them. For an hour no answer of that channel opens one.
func (m *posted) unbranch(ctx context.Context) (empty string) {
	if m.opened {
		empty = m.channel
	}
	m.channel, m.parent, m.tried, m.opened = m.parent, "", false, false
	m.entry.Moved(ctx, m.channel)
	m.bot.threadless.first(m.channel, time.Now())
	return empty
}

// clear takes a thread away that was just opened, and stayed empty. Without the permission Manage Threads it stays.
func (m *posted) clear(ctx context.Context, thread string) {
	if thread == "" {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, openThreadTime)
	defer cancel()
	if err := m.bot.writer.DeleteThread(ctx, m.channel, thread); err != nil {
		m.bot.client.Log("delete an empty thread", err)
	}
}

// unwelcome tells that a place does not take an answer, and another may.
func unwelcome(err error) bool {
	e, ok := errors.AsType[*rest.Error](err)
	return ok && e.Status == http.StatusForbidden || rest.HasCode(err, rest.UnknownChannel)
}
