package event

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/followup"
)

// Discord's types of message that people write.
const (
	TypeDefault = 0
	typeReply   = 19
)

// A Message is what we read of MESSAGE_CREATE. Discord adds to the rest of it all the time.
type Message struct {
	ID          string   `json:"id"`
	ChannelID   string   `json:"channel_id"`
	GuildID     string   `json:"guild_id"` // "" in a direct message
	Type        int      `json:"type"`
	Content     string   `json:"content"`
	WebhookID   string   `json:"webhook_id"`
	Author      Author   `json:"author"`
	Member      *Member  `json:"member"` // without the user; nil in a direct message
	Attachments []File   `json:"attachments"`
	Mentions    []Author `json:"mentions"`

	MentionRoles    []string `json:"mention_roles"`
	MentionEveryone bool     `json:"mention_everyone"`

	Answers *Earlier `json:"referenced_message"` // by a reply; nil also where it was deleted
	carried

	Title string `json:"-"` // of the post of a forum that the message begins; "" for none
}

// An Author is who wrote a message.
type Author struct {
	User
	Bot bool `json:"bot"`
}

// Addresses tells whether a person wrote the message to the bot: directly, with a mention, or as a reply to it.
func (m Message) Addresses(bot string) bool {
	switch {
	case !m.FromPerson(bot):
		return false
	case m.GuildID == "":
		return true
	case m.Answers != nil && m.Answers.Author.ID == bot:
		return true
	}
	return m.MentionsUser(bot)
}

// FromPerson tells whether somebody wrote the message, who is not a program.
func (m Message) FromPerson(bot string) bool {
	return m.Author.ID != "" && !m.Author.Bot && m.WebhookID == "" && m.Author.ID != bot &&
		(m.Type == TypeDefault || m.Type == typeReply)
}

// MentionsUser tells whether the message mentions somebody.
func (m Message) MentionsUser(who string) bool {
	return slices.ContainsFunc(m.Mentions, func(a Author) bool { return a.ID == who })
}

// Input is a call without its arguments. Who may manage the server is not told with a message.
func (m Message) Input() commands.Input {
	nick := ""
	in := commands.Input{From: commands.Chat, Person: m.Author.ID, Server: m.GuildID, Channels: []string{m.ChannelID}}
	if m.Member != nil {
		nick, in.Roles = m.Member.Nick, m.Member.Roles
	}
	in.Name = m.Author.name(nick)
	return in
}

// Begins tells whether the message begins a post of a forum, which has its id.
func (m Message) Begins() bool { return m.ID == m.ChannelID }

// Question is the text as people read it, without the bot's mention. Where it begins a post, the title stands before
// what asks nothing, or asks about what the title names.
func (m Message) Question(bot string) string {
	asked, title := Readable(WithoutMention(m.Content, bot)), strings.TrimSpace(Readable(m.Title))
	switch {
	case title == "" || strings.Contains(asked, title),
		dispatch.Asks(asked) && (dispatch.Asks(title) || !followup.Leans(asked)):
		return asked
	case asked == "" || strings.HasSuffix(title, "?"):
		return strings.TrimSpace(title + " " + asked)
	}
	return title + ": " + asked
}

// ToNobody tells that a message is not for somebody else.
func (m Message) ToNobody() bool {
	return len(m.Mentions) == 0 && len(m.MentionRoles) == 0 && !m.MentionEveryone && m.Type == TypeDefault
}

// Written is when a message was written, which its id tells; long ago for what is no id.
// https://discord.com/developers/docs/reference#snowflakes
func Written(id string) time.Time {
	const epoch = 1420070400000 // milliseconds: 2015
	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		return time.Time{}
	}
	return time.UnixMilli(n>>22 + epoch)
}

// A Standing message is what Discord shows of ours.
type Standing struct {
	ID         string          `json:"id"`
	Content    string          `json:"content"`
	Flags      int             `json:"flags"`
	Components json.RawMessage `json:"components"`
}

// Text is what the message says.
func (m Standing) Text() string { return render.ReadText(m.Content, m.Components) }

// Loading tells that it says "is thinking…" and nothing yet.
func (m Standing) Loading() bool { return m.Flags&int(discordgo.MessageFlagsLoading) != 0 }
