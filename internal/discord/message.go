package discord

import (
	"context"
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/event"
)

// What a message calls. They are rows of the table.
const (
	askCommand    = "ask"
	questionParam = "question"
	helpCommand   = "help"
)

// silentReplyText answers a reply whose text Discord keeps from a bot without the privileged intent.
const silentReplyText = "Discord shows me the text of a reply only if it pings me. Please switch the @ at the reply " +
	"on, or mention me."

// silentAnswerText does so below the answer to a command, where Discord's switch does nothing.
const silentAnswerText = "Discord does not show me the text of a reply to the answer of a command. Please mention " +
	"me in it."

// handleMessage takes a message from the gateway and answers it if it is meant for the bot.
func (b *Bot) handleMessage(send, work context.Context, raw json.RawMessage) {
	var m event.Message
	if err := json.Unmarshal(raw, &m); err != nil {
		b.client.Log("read a message", err)
		return
	}
	if r, known := b.rooms.Known(m.ChannelID); known && m.Begins() {
		m.Title = r.Name
	}
	me := b.identity.Load()
	switch {
	case me == nil || m.ID == "" || m.ChannelID == "":
	case !m.Addresses(me.user):
		b.overhear(send, work, m, me)
	case b.seen.first(m.ID):
		b.askMessage(send, work, m, b.question(m))
	}
}

// question is a message without what it asks.
func (b *Bot) question(m event.Message) question {
	q := question{
		id: m.ID, who: m.Author.ID, input: m.Input(),
		place:  b.courier.Message(m, b.threadFor(m)),
		server: m.GuildID, counts: true,
		talk: &talk{channel: m.ChannelID, before: m.ID, kind: event.KindUnknown, answered: m.Answers},
	}
	if m.GuildID == "" {
		q.talk.kind = discordgo.ChannelTypeDM
	}
	return q
}

// askMessage takes a question from a message.
func (b *Bot) askMessage(send, work context.Context, m event.Message, q question) {
	me := b.identity.Load().user
	q.input.Lang = b.table.Language(q.input, false)
	if m.Content == "" && m.GuildID != "" && !m.MentionsUser(me) {
		text := q.input.Lang.Text(silentReplyText)
		if m.Answers != nil && len(m.Answers.Interaction) > 0 {
			text = q.input.Lang.Text(silentAnswerText)
		}
		b.refuse(send, q, text)
		return
	}
	if why := m.Silent(me, q.input.Lang); why != "" {
		b.refuse(send, q, why)
		return
	}
	q.ask(m, me)
	q.input.Lang = b.table.Language(q.input, false) // now that there are words to tell it by
	q.watch = &watch{message: m}
	b.take(send, work, q)
}
