// Package event is what Discord tells, as the bot reads it: interactions and messages, who acts where and with which
// rights, the call that is meant, the files that came along, and the turns of a conversation in the messages before.
// What Discord adds to its events is no error. Texts are read as people see them. All of it is pure.
// https://discord.com/developers/docs/events/gateway-events
package event

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

// The types of an interaction.
// https://discord.com/developers/docs/interactions/receiving-and-responding
const (
	TypePing         = 1
	TypeCommand      = 2
	TypeComponent    = 3
	TypeAutocomplete = 4
	TypeForm         = 5
)

// The types of an option that are not values.
const (
	optionSubcommand = 1
	optionGroup      = 2
	optionAttachment = 11
)

const (
	guildInstall   = "0" // key of the owners: the server that has installed the bot
	privateContext = 2   // a conversation that the bot has no part in
	maxNesting     = 3   // Discord: a command, a group, a subcommand
)

// An Interaction is what we read of INTERACTION_CREATE. The library's shape of it fails on every component that it
// does not know, in the message of a click as well as in a form.
type Interaction struct {
	ID        string `json:"id"`
	Type      int    `json:"type"`
	Token     string `json:"token"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id"`
	Locale    string `json:"locale"`
	Context   int    `json:"context"`
	Channel   *struct {
		Type     discordgo.ChannelType `json:"type"`
		ParentID string                `json:"parent_id"` // of a thread: its channel; of a channel: its category
	} `json:"channel"`
	Member  *Member           `json:"member"` // nil in a private conversation
	User    *User             `json:"user"`   // there
	Owners  map[string]string `json:"authorizing_integration_owners"`
	Message *Clicked          `json:"message"` // whose button was clicked, or under which a form was opened
	Data    Data              `json:"data"`
}

// A Member is a person as a server has them.
type Member struct {
	User        *User    `json:"user"`
	Nick        string   `json:"nick"`
	Roles       []string `json:"roles"`
	Permissions string   `json:"permissions"` // bits in decimal
}

// A User is a person or a program.
type User struct {
	ID         string `json:"id"`
	Username   string `json:"username"`
	GlobalName string `json:"global_name"`
}

// A Clicked is the message whose button was clicked.
type Clicked struct {
	ID         string          `json:"id"`
	Content    string          `json:"content"`
	Flags      int             `json:"flags"`
	Components json.RawMessage `json:"components"`
	Metadata   *struct {
		User *User `json:"user"`
	} `json:"interaction_metadata"`
	Answers *Earlier `json:"referenced_message"` // that asked; nil where Discord does not say
}

// Asked is the question that the message answers: as it names it, or as the message says that it replies to; "" for
// none.
func (m *Clicked) Asked(bot string) string {
	if asked := QuestionIn(m.Text()); asked != "" || m.Answers == nil {
		return asked
	}
	return Readable(WithoutMention(m.Answers.Content, bot))
}

// Data is the data of every type of interaction.
type Data struct {
	Name     string   `json:"name"`
	Type     int      `json:"type"` // of the command
	TargetID string   `json:"target_id"`
	Options  []Option `json:"options"`
	CustomID string   `json:"custom_id"`
	Values   []string `json:"values"`     // chosen in a menu: calls, as the custom_id of a button is one
	Fields   []Field  `json:"components"` // of a form
	Resolved struct {
		Messages    map[string]Earlier `json:"messages"`
		Attachments map[string]File    `json:"attachments"`
	} `json:"resolved"`
}

// An Option is one argument of a command, or a subcommand with its own.
type Option struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []Option        `json:"options"`
}

// An Field is a field of a form, or the row or label that it stands in.
type Field struct {
	CustomID   string          `json:"custom_id"`
	Value      json.RawMessage `json:"value"`  // a text; of a checkbox, true or false
	Values     []string        `json:"values"` // of a choice; of an upload, ids of files
	Components []Field         `json:"components"`
	Component  *Field          `json:"component"`
}

// Pressed is the call of a button, or of what was chosen in a menu.
func (d Data) Pressed() string {
	if len(d.Values) > 0 {
		return d.Values[0]
	}
	return d.CustomID
}

// Call is the command's name, with its subcommand's, and the options of that.
func (d Data) Call() (name string, options []Option) {
	name, options = d.Name, d.Options
	for range maxNesting - 1 {
		if len(options) != 1 || options[0].Type != optionSubcommand && options[0].Type != optionGroup {
			break
		}
		name, options = name+" "+options[0].Name, options[0].Options
	}
	return name, options
}

// text is a value as an argument; "" for none, and for a flag that is not set.
func (o Option) text() string {
	var s string
	if json.Unmarshal(o.Value, &s) == nil {
		return Readable(s)
	}
	var n float64
	if json.Unmarshal(o.Value, &n) == nil && string(o.Value) != "null" {
		return strconv.FormatFloat(n, 'f', -1, 64)
	}
	var set bool
	if json.Unmarshal(o.Value, &set) == nil && set {
		return "true"
	}
	return ""
}

// Arguments reads the options of a command. Table.Run checks them.
func (d Data) Arguments(options []Option) (args commands.Args, files map[string]File) {
	args = commands.Args{}
	for _, o := range options {
		value := o.text()
		if o.Type == optionAttachment {
			value, files = d.Attached(o.Name, value, files)
		}
		if value != "" {
			args[o.Name] = value
		}
	}
	return args, files
}

// Attached adds the file of an id to those to be fetched, by its parameter. The argument is the file's name; "" where
// there is none.
func (d Data) Attached(param, id string, files map[string]File) (arg string, _ map[string]File) {
	file, ok := d.Resolved.Attachments[id]
	if !ok {
		return "", files
	}
	if files == nil {
		files = map[string]File{}
	}
	files[param] = file
	return file.Name(), files
}

// Filled is what was filled into a form, by the fields' ids.
func (d Data) Filled() map[string]string {
	filled := map[string]string{}
	var read func(list []Field, depth int)
	read = func(list []Field, depth int) {
		for _, f := range list {
			value := Option{Value: f.Value}.text()
			if value == "" && len(f.Values) > 0 {
				value = Readable(f.Values[0])
			}
			if f.CustomID != "" && value != "" {
				filled[f.CustomID] = value
			}
			if depth < maxNesting {
				read(f.Components, depth+1)
				if f.Component != nil {
					read([]Field{*f.Component}, depth+1)
				}
			}
		}
	}
	read(d.Fields, 0)
	return filled
}

func (e Interaction) user() User {
	switch {
	case e.Member != nil && e.Member.User != nil:
		return *e.Member.User
	case e.User != nil:
		return *e.User
	}
	return User{}
}

// Who is the asker's id.
func (e Interaction) Who() string { return e.user().ID }

// Name is what the asker is called there.
func (e Interaction) Name() string {
	nick := ""
	if e.Member != nil {
		nick = e.Member.Nick
	}
	return e.user().name(nick)
}

// name is what people are shown of somebody; "" where there is nothing to show.
func (u User) name(nick string) string {
	return text.Clip(strings.TrimSpace(render.Clean(cmp.Or(nick, u.GlobalName, u.Username))), maxSharer)
}

// installed tells whether the server has the bot. Who has installed it for themselves may use it in a server that has
// not: there it knows nothing of the server, and nobody's rights count. Discord always names an owner; where none is
// named, it is not Discord that sends the event, and there is nothing to be told apart.
func (e Interaction) installed() bool {
	return e.GuildID != "" && (len(e.Owners) == 0 || e.Owners[guildInstall] == e.GuildID)
}

// Outside tells that the bot is no part of the place: it can answer, and do nothing else.
func (e Interaction) Outside() bool {
	return e.GuildID != "" && !e.installed() || e.Context == privateContext
}

// Kind is the kind of the channel.
func (e Interaction) Kind() discordgo.ChannelType {
	if e.Channel == nil {
		return KindUnknown
	}
	return e.Channel.Type
}

// Input is a call without its arguments.
func (e Interaction) Input() commands.Input {
	in := commands.Input{From: commands.Chat, Person: e.Who(), Name: e.Name(), Lang: lang.For(e.Locale)}
	if e.ChannelID != "" {
		in.Channels = []string{e.ChannelID}
	}
	if !e.installed() {
		return in
	}
	in.Server = e.GuildID
	switch {
	case e.Channel == nil:
		in.Unplaced = true
	case !Thread(e.Channel.Type):
	case e.Channel.ParentID == "":
		in.Unplaced = true
	default:
		in.Channels = append(in.Channels, e.Channel.ParentID)
	}
	if e.Member != nil {
		in.Admin, in.Roles = e.Member.manages(), e.Member.Roles
	}
	return in
}

// MayWrite tells whether the asker may write in the channel, and so have the bot write there for them. In a private
// conversation everybody may. A channel of a kind that is not told may be a thread.
func (e Interaction) MayWrite() bool {
	if e.Member == nil {
		return e.GuildID == ""
	}
	bits, err := strconv.ParseUint(e.Member.Permissions, 10, 64)
	if err != nil {
		return false
	}
	if bits&discordgo.PermissionAdministrator != 0 {
		return true
	}
	need := uint64(discordgo.PermissionSendMessages)
	switch {
	case Thread(e.Kind()):
		need = discordgo.PermissionSendMessagesInThreads
	case e.Channel == nil:
		need |= discordgo.PermissionSendMessagesInThreads
	}
	return bits&discordgo.PermissionViewChannel != 0 && bits&need == need
}

// manages tells whether the member may manage the server.
func (m Member) manages() bool {
	bits, err := strconv.ParseUint(m.Permissions, 10, 64)
	return err == nil && bits&(discordgo.PermissionManageGuild|discordgo.PermissionAdministrator) != 0
}

// Thread tells whether a channel of that kind is a part of another.
func Thread(kind discordgo.ChannelType) bool {
	return kind == discordgo.ChannelTypeGuildPublicThread || kind == discordgo.ChannelTypeGuildPrivateThread ||
		kind == discordgo.ChannelTypeGuildNewsThread
}

const maxSharer = 80 // ours: characters of a name

// Page is the message as a page.
func (m *Clicked) Page() render.Page { return render.ReadPage(m.Content, m.Components, m.Flags) }

// Text is what the message says.
func (m *Clicked) Text() string { return render.ReadText(m.Content, m.Components) }
