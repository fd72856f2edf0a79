package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
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
		place:  &posted{bot: b, id: m.ID, channel: m.ChannelID},
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

// question is the text as people read it, without the bot's mention.
func (m message) question(bot string) string {
	return readable(withoutMention(m.Content, bot))
}

// posted is a place: a message that somebody wrote. It belongs to one goroutine at a time.
type posted struct {
	bot         *Bot
	id, channel string
	shown       string // the message of ours that answers it; "" for none yet
	tried       bool   // there may be one
	entry       *entry // in the journal; nil for none
	unread      bool   // Discord lets the bot neither reply to the message nor read what was said before
}

// accept shows that the bot is typing until done is called.
func (m *posted) accept(ctx context.Context) (done func()) {
	ctx, stop := context.WithCancel(ctx)
	var typing sync.WaitGroup
	typing.Go(func() {
		defer m.bot.contain("type")
		limit, done := m.bot.channels.use("typing in " + m.channel)
		defer done()
		for wait := m.bot.times.typing / 32; sleep(ctx, wait) == nil; wait = m.bot.times.typing {
			_, err := m.bot.client.do(ctx, request{what: "type", method: http.MethodPost,
				path: "/channels/" + m.channel + "/typing", bucket: limit, tries: 1}) // a courtesy: it may fail
			if e, ok := errors.AsType[*statusError](err); ok && e.Status == http.StatusForbidden {
				return // Discord counts what is forbidden
			}
		}
	})
	return func() {
		stop()
		typing.Wait()
	}
}

// finish puts the answer in the place of the stages, if there were any, and posts what does not fit there.
func (m *posted) finish(ctx context.Context, p page) error {
	bodies := p.bodies()
	if m.shown != "" {
		switch err := m.change(ctx, bodies[0]); {
		case err == nil:
			_, err = m.bot.postAll(ctx, m.channel, m.id, m.id, bodies, 1)
			return err
		case !hasCode(err, codeUnknownMessage):
			return err
		}
		m.shown, m.tried = "", false // somebody took it away
		_, err := m.bot.postAll(ctx, m.channel, m.id, m.id+"r", bodies, 0)
		return err
	}
	first, err := m.bot.postAll(ctx, m.channel, m.id, m.id, bodies[:1], 0)
	if err != nil {
		return err
	}
	m.shown, m.unread = first.ID, first.alone
	if m.tried && first.Content != bodies[0].content { // a stage had come there after all
		if err := m.change(ctx, bodies[0]); err != nil {
			return err
		}
	}
	_, err = m.bot.postAll(ctx, m.channel, m.id, m.id, bodies, 1)
	return err
}

// change edits the message that answers.
func (m *posted) change(ctx context.Context, b body) error {
	limit, done := m.bot.channels.use("editing " + m.channel)
	defer done()
	r, err := m.edit(b)
	if err != nil {
		return err
	}
	r.bucket = limit
	_, err = m.bot.client.do(ctx, r)
	return err
}

func (m *posted) edit(b body) (request, error) {
	b.replaces = true
	data, contentType, err := b.encode()
	return request{what: "edit a message", method: http.MethodPatch, tries: tillDeadline,
		path: "/channels/" + m.channel + "/messages/" + m.shown,
		data: data, contentType: contentType}, err
}

func (m *posted) refuse(ctx context.Context, text string) error {
	return m.finish(ctx, notice(text))
}

// whispered is a place: the author of a message, in private if they let the bot write to them.
type whispered struct {
	*posted
	who string
}

func (m *whispered) refuse(ctx context.Context, text string) error {
	channel, err := m.bot.direct(ctx, m.who)
	if err == nil {
		err = m.bot.post(ctx, channel, "", m.id, notice(text))
	}
	if hasCode(err, codeNoDirect) {
		return m.posted.refuse(ctx, text)
	}
	return err
}

// post sends a page to a channel, as replies to a message if replyTo is not "". The event's id makes sure that nothing
// is shown twice, however often it is sent.
func (b *Bot) post(ctx context.Context, channel, replyTo, event string, p page) error {
	_, err := b.postAll(ctx, channel, replyTo, event, p.bodies(), 0)
	return err
}

// made is a message that we have sent.
type made struct {
	ID      string `json:"id"`
	Content string `json:"content"`
	alone   bool   // it could not be sent as a reply
}

// postAll sends the bodies from one on, and returns the first of them as it stands there.
func (b *Bot) postAll(ctx context.Context, channel, replyTo, event string, bodies []body, from int) (first made,
	err error) {
	limit, done := b.channels.use(channel)
	defer done()
	for n, part := range bodies[from:] {
		part.replyTo = replyTo
		part.nonce = nonce(event, from+n)
		sent, err := b.postOne(ctx, channel, limit, part)
		if replyTo != "" && hasCode(err, codeNoHistory) {
			replyTo, part.replyTo = "", ""
			sent, err = b.postOne(ctx, channel, limit, part)
			sent.alone = true
		}
		if err != nil {
			return first, err
		}
		if n == 0 {
			first = sent
		}
	}
	return first, nil
}

// nonce names a part of the answer to an event.
func nonce(event string, part int) string {
	return fmt.Sprintf("%.21s-%d", event, part) // Discord: at most 25 characters
}

// nonceLife is how long Discord certainly knows a message by its nonce; ours: it says "a few minutes".
const nonceLife = 2 * time.Minute

// postOne sends a message, once: where that may have been done too long ago to try it again, it is looked for first.
func (b *Bot) postOne(ctx context.Context, channel string, limit *bucket, m body) (made, error) {
	r, err := creation(channel, m)
	if err != nil {
		return made{}, err
	}
	r.bucket = limit
	began := time.Now()
	for {
		sent, err := fetch[made](ctx, b.client, r)
		if !errors.Is(err, errStale) {
			return sent, err
		}
		for {
			found, looked := b.posted(ctx, channel, m, began)
			if looked == nil && found.ID != "" {
				return found, nil
			}
			if looked == nil {
				break
			}
			if refused(looked) || sleep(ctx, longestRetry) != nil {
				return made{}, err
			}
		}
	}
}

// posted looks for a message that was sent since a time; one without an id is not there.
func (b *Bot) posted(ctx context.Context, channel string, m body, since time.Time) (made, error) {
	list, err := fetch[[]struct {
		made
		Author author `json:"author"`
	}](ctx, b.client, b.reading(channel, "/messages?limit="+strconv.Itoa(mendLook)))
	for _, there := range list {
		if there.Author.ID == b.identity.Load().user && checksum(there.Content) == checksum(m.content) &&
			written(there.ID).After(since.Add(-time.Minute)) { // the clocks may differ
			return there.made, nil
		}
	}
	return made{}, err
}

// creation makes a message in a channel.
func creation(channel string, m body) (request, error) {
	data, contentType, err := m.encode()
	return request{what: "send a message", method: http.MethodPost, tries: tillDeadline, safe: nonceLife,
		path: "/channels/" + channel + "/messages",
		data: data, contentType: contentType}, err
}
