package discord

import (
	"cmp"
	"context"
	"strings"

	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/lang"
)

// Threads says who is answered without a mention in a thread that the bot has opened or answered in. Discord shows the
// text of such a message only to a bot with the Message Content intent; without it, everybody mentions the bot or
// replies to it.
type Threads string

// The rules. The empty one is ThreadsOpener.
const (
	ThreadsStrict   Threads = "strict"   // nobody
	ThreadsOpener   Threads = "opener"   // who opened the thread
	ThreadsEveryone Threads = "everyone" // whoever writes there
)

const maxGlances = 32 // ours: threads that are looked at, at a time

// hintText tells once how to go on in a thread.
func hintText(say lang.Printer) string {
	return say.Text("In a server, Discord shows me only messages that mention me or reply to me with the @ on. Please " +
		"ask that way.")
}

// overhear takes a message that neither mentions the bot nor replies to it. Almost all of them are none of its
// business, and those that are not are found out without keeping the gateway waiting.
func (b *Bot) overhear(send, work context.Context, m event.Message, me *identity) {
	if m.FromPerson(me.user) && m.ToNobody() && b.overhearAnswered(send, work, m) {
		return
	}
	mode := ThreadsOpener
	if b.threads != nil {
		mode = cmp.Or(b.threads(m.GuildID), mode)
	}
	switch {
	case mode == ThreadsStrict, m.GuildID == "", !m.FromPerson(me.user), !m.ToNobody():
		return
	case !b.content:
		if b.parties.Hint(m.ChannelID, m.Author.ID) {
			b.hint(send, m)
		}
		return
	case m.Content == "" || !b.client.Free() || !b.heard.first(m.ID):
		return
	}
	b.glances.Do(func() {
		defer b.client.Contain("look at a thread")
		ctx, cancel := context.WithTimeout(work, recallLimit)
		defer cancel()
		ours, err := b.scout.ours(ctx, m, mode)
		if err != nil {
			b.client.Log("look at a thread", err)
			b.parties.Store(m.ChannelID, false) // not again for each message
		}
		if ours && b.seen.first(m.ID) {
			q := b.question(m)
			q.overheard = true
			b.askMessage(send, work, m, q)
		}
	})
}

// hint tells the author of a message how to go on in a thread. The message may still be changed into a question, and
// answered.
func (b *Bot) hint(send context.Context, m event.Message) {
	text := hintText(b.table.Language(m.Input(), false))
	b.refusals.Do(func() { // where there is too much to say already, it is left unsaid
		defer b.client.Contain("hint")
		ctx, cancel := context.WithTimeout(send, b.times.send)
		defer cancel()
		if err := b.writer.Post(ctx, m.ChannelID, m.ID, m.ID+"h", render.Notice(text)); err != nil {
			b.client.Log("hint", err)
		}
	})
}

// smallTalk tells that what was overheard is no question: it is answered if the documents say something about it, and
// else left alone.
func smallTalk(text string) bool { return !strings.ContainsAny(text, "?？؟") }
