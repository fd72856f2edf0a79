package discord

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/followup"
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

// Discord's types of message that people write.
const (
	typeDefault = 0
	typeReply   = 19
)

// A message is what we read of MESSAGE_CREATE. Discord adds to the rest of it all the time.
type message struct {
	ID          string       `json:"id"`
	ChannelID   string       `json:"channel_id"`
	GuildID     string       `json:"guild_id"` // "" in a direct message
	Type        int          `json:"type"`
	Content     string       `json:"content"`
	WebhookID   string       `json:"webhook_id"`
	Author      author       `json:"author"`
	Member      *eventMember `json:"member"` // without the user; nil in a direct message
	Attachments []sent       `json:"attachments"`
	Mentions    []author     `json:"mentions"`

	MentionRoles    []string `json:"mention_roles"`
	MentionEveryone bool     `json:"mention_everyone"`

	Answers *told `json:"referenced_message"` // by a reply; nil also where it was deleted
	carried

	title string // of the post of a forum that the message begins; "" for none
}

type author struct {
	eventUser
	Bot bool `json:"bot"`
}

// handleMessage takes a message from the gateway and answers it if it is meant for the bot.
func (b *Bot) handleMessage(send, work context.Context, raw json.RawMessage) {
	var m message
	if err := json.Unmarshal(raw, &m); err != nil {
		b.log("read a message", err)
		return
	}
	if r, known := b.rooms.lookup(m.ChannelID); known && m.begins() {
		m.title = r.name
	}
	me := b.identity.Load()
	switch {
	case me == nil || m.ID == "" || m.ChannelID == "":
	case !m.addresses(me.user):
		b.overhear(send, work, m, me)
	case b.seen.first(m.ID):
		b.askMessage(send, work, m, b.question(m))
	}
}

// question is a message without what it asks.
func (b *Bot) question(m message) question {
	q := question{
		id: m.ID, who: m.Author.ID, input: m.input(),
		place:  &posted{bot: b, id: m.ID, channel: m.ChannelID, who: m.Author.ID, thread: b.threadFor(m)},
		server: m.GuildID, counts: true,
		talk: &talk{channel: m.ChannelID, before: m.ID, kind: kindUnknown, answered: m.Answers},
	}
	if m.GuildID == "" {
		q.talk.kind = discordgo.ChannelTypeDM
	}
	return q
}

// askMessage takes a question from a message.
func (b *Bot) askMessage(send, work context.Context, m message, q question) {
	me := b.identity.Load().user
	q.input.Lang = b.table.Language(q.input, false)
	if m.Content == "" && m.GuildID != "" && !m.mentions(me) {
		text := q.input.Lang.Text(silentReplyText)
		if m.Answers != nil && len(m.Answers.Interaction) > 0 {
			text = q.input.Lang.Text(silentAnswerText)
		}
		b.refuse(send, q, text)
		return
	}
	if why := m.silent(me, q.input.Lang); why != "" {
		b.refuse(send, q, why)
		return
	}
	m.ask(me, &q)
	q.input.Lang = b.table.Language(q.input, false) // now that there are words to tell it by
	q.watch = &watch{message: m}
	b.take(send, work, q)
}

// ask makes a call of what the message says.
func (m message) ask(bot string, q *question) {
	q.command, q.input.Args, q.files, q.leftOut = askCommand, commands.Args{}, nil, nil
	q.input.Files = nil
	if asked := m.question(bot); asked != "" {
		q.input.Args[questionParam] = asked
	}
	if file, found, leftOut := attached(m.Attachments); len(m.Attachments) > 0 {
		q.leftOut = leftOut
		if found {
			q.files, q.input.Args[attachedParam] = map[string]sent{attachedParam: file}, file.name()
		}
	}
	if !m.point(bot, q) && len(q.input.Args) == 0 {
		q.command, q.input.Args = helpCommand, commands.Args{commands.BriefParam: "true"}
	}
}

// addresses tells whether a person wrote the message to the bot: directly, with a mention, or as a reply to it.
func (m message) addresses(bot string) bool {
	switch {
	case !m.fromPerson(bot):
		return false
	case m.GuildID == "":
		return true
	case m.Answers != nil && m.Answers.Author.ID == bot:
		return true
	}
	return m.mentions(bot)
}

// fromPerson tells whether somebody wrote the message, who is not a program.
func (m message) fromPerson(bot string) bool {
	return m.Author.ID != "" && !m.Author.Bot && m.WebhookID == "" && m.Author.ID != bot &&
		(m.Type == typeDefault || m.Type == typeReply)
}

func (m message) mentions(who string) bool {
	return slices.ContainsFunc(m.Mentions, func(a author) bool { return a.ID == who })
}

// input is a call without its arguments. Who may manage the server is not told with a message.
func (m message) input() commands.Input {
	nick := ""
	in := commands.Input{From: commands.Chat, Person: m.Author.ID, Server: m.GuildID, Channels: []string{m.ChannelID}}
	if m.Member != nil {
		nick, in.Roles = m.Member.Nick, m.Member.Roles
	}
	in.Name = m.Author.name(nick)
	return in
}

// begins tells whether the message begins a post of a forum, which has its id.
func (m message) begins() bool { return m.ID == m.ChannelID }

// question is the text as people read it, without the bot's mention. Where it begins a post, the title stands before
// what asks nothing, or asks about what the title names.
func (m message) question(bot string) string {
	asked, title := readable(withoutMention(m.Content, bot)), strings.TrimSpace(readable(m.title))
	switch {
	case title == "" || strings.Contains(asked, title),
		dispatch.Asks(asked) && (dispatch.Asks(title) || !followup.Leans(asked)):
		return asked
	case asked == "" || strings.HasSuffix(title, "?"):
		return strings.TrimSpace(title + " " + asked)
	}
	return title + ": " + asked
}
