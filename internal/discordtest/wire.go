package discordtest

import (
	"encoding/json"
	"strings"
)

// An ID is a Discord snowflake in decimal.
type ID string

// A User is an account on the wire.
type User struct {
	ID         ID      `json:"id"`
	Username   string  `json:"username"`
	GlobalName *string `json:"global_name"`
	Bot        bool    `json:"bot,omitempty"`

	Discriminator string  `json:"discriminator"`
	Avatar        *string `json:"avatar"`
}

// A Member is a user's place in a guild. Permissions is set in interactions only.
type Member struct {
	User        *User   `json:"user,omitempty"`
	Nick        *string `json:"nick"`
	Roles       []ID    `json:"roles"`
	JoinedAt    string  `json:"joined_at"`
	Deaf        bool    `json:"deaf"`
	Mute        bool    `json:"mute"`
	Permissions string  `json:"permissions,omitempty"`
}

// A Role is a role of a guild.
type Role struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	Permissions string `json:"permissions"`
	Position    int    `json:"position"`
}

// The types of a channel that the fake knows.
const (
	GuildText     = 0
	DirectMessage = 1
	GuildVoice    = 2
	GroupDirect   = 3 // people among themselves
	Announcement  = 5
	NewsThread    = 10
	PublicThread  = 11
	PrivateThread = 12
	GuildStage    = 13
	GuildForum    = 15
)

// A Channel is a channel or a thread.
type Channel struct {
	ID             ID              `json:"id"`
	Type           int             `json:"type"`
	GuildID        ID              `json:"guild_id,omitempty"`
	Name           string          `json:"name,omitempty"`
	Topic          *string         `json:"topic,omitempty"`
	ParentID       ID              `json:"parent_id,omitempty"`
	OwnerID        ID              `json:"owner_id,omitempty"`
	LastMessageID  ID              `json:"last_message_id,omitempty"`
	Recipients     []User          `json:"recipients,omitempty"`
	ThreadMetadata *ThreadMetadata `json:"thread_metadata,omitempty"`
	Position       int             `json:"position"`
	MessageCount   int             `json:"message_count,omitempty"`
	NewlyCreated   bool            `json:"newly_created,omitempty"`
	Permissions    string          `json:"permissions,omitempty"`
}

// copy shares nothing that changes.
func (c Channel) copy() Channel {
	if c.ThreadMetadata != nil {
		meta := *c.ThreadMetadata
		c.ThreadMetadata = &meta
	}
	return c
}

// ThreadMetadata is what only threads have.
type ThreadMetadata struct {
	Archived            bool   `json:"archived"`
	AutoArchiveDuration int    `json:"auto_archive_duration"` // minutes
	ArchiveTimestamp    string `json:"archive_timestamp"`
	Locked              bool   `json:"locked"`
}

// guildWire is a guild as GUILD_CREATE and GET /guilds/{id} show it.
type guildWire struct {
	ID          ID        `json:"id"`
	Name        string    `json:"name"`
	OwnerID     ID        `json:"owner_id"`
	Unavailable bool      `json:"unavailable"`
	MemberCount int       `json:"member_count"`
	Roles       []Role    `json:"roles"`
	Channels    []Channel `json:"channels"`
	Threads     []Channel `json:"threads"`
	Members     []Member  `json:"members"`
	Emojis      []ID      `json:"emojis"`
	JoinedAt    string    `json:"joined_at"`
	Locale      string    `json:"preferred_locale"`
}

// Message flags.
const (
	FlagCrossposted           = 1 << 0
	FlagSuppressEmbeds        = 1 << 2
	FlagHasThread             = 1 << 5
	FlagEphemeral             = 1 << 6
	FlagLoading               = 1 << 7
	FlagSuppressNotifications = 1 << 12
	FlagVoice                 = 1 << 13
	FlagHasSnapshot           = 1 << 14
	FlagComponentsV2          = 1 << 15
)

// Message types.
const (
	typeDefault     = 0
	typeReply       = 19
	typeSlash       = 20
	typeStarter     = 21 // the first of a thread that was opened from a message
	typeContextMenu = 23
)

// A Message is a message as Discord shows it, with what a person looking at the screen would know beside it.
type Message struct {
	ID              ID                   `json:"id"`
	ChannelID       ID                   `json:"channel_id"`
	GuildID         ID                   `json:"guild_id,omitempty"`
	Type            int                  `json:"type"`
	Author          *User                `json:"author"`
	Member          *Member              `json:"member,omitempty"`
	Content         string               `json:"content"`
	Timestamp       string               `json:"timestamp"`
	EditedTimestamp *string              `json:"edited_timestamp"`
	TTS             bool                 `json:"tts"`
	MentionEveryone bool                 `json:"mention_everyone"`
	Mentions        []User               `json:"mentions"`
	MentionRoles    []ID                 `json:"mention_roles"`
	Attachments     []Attachment         `json:"attachments"`
	Embeds          []Embed              `json:"embeds"`
	Components      []Component          `json:"components"`
	Pinned          bool                 `json:"pinned"`
	Flags           int                  `json:"flags"`
	Nonce           json.RawMessage      `json:"nonce,omitempty"`
	WebhookID       ID                   `json:"webhook_id,omitempty"`
	ApplicationID   ID                   `json:"application_id,omitempty"`
	Reference       *Reference           `json:"message_reference,omitempty"`
	Referenced      *Message             `json:"referenced_message,omitempty"`
	Interaction     *interactionMetadata `json:"interaction_metadata,omitempty"`
	Thread          *Channel             `json:"thread,omitempty"`
	Snapshots       []Snapshot           `json:"message_snapshots,omitempty"`
	Stickers        []Sticker            `json:"sticker_items,omitempty"`

	Deleted bool   `json:"-"` // gone from the screen
	For     ID     `json:"-"` // the only user who sees it; "" for everyone
	Edits   []Edit `json:"-"` // what it showed over time, oldest first, the creation included
}

// A Snapshot is a message as it was when somebody forwarded it: without its author.
type Snapshot struct {
	Message SnapshotMessage `json:"message"`
}

// A SnapshotMessage is what Discord keeps of a forwarded message.
type SnapshotMessage struct {
	Type        int          `json:"type"`
	Content     string       `json:"content"`
	Timestamp   string       `json:"timestamp"`
	Flags       int          `json:"flags"`
	Attachments []Attachment `json:"attachments"`
	Embeds      []Embed      `json:"embeds"`
	Components  []Component  `json:"components"`
	Mentions    []User       `json:"mentions"`
	Stickers    []Sticker    `json:"sticker_items,omitempty"`
}

// A Sticker is a picture from Discord's or a server's collection.
type Sticker struct {
	ID     ID     `json:"id"`
	Name   string `json:"name"`
	Format int    `json:"format_type"`
}

// Text is what the message says: its content, or the texts of its components.
func (m Message) Text() string {
	if m.Content != "" {
		return m.Content
	}
	var parts []string
	walk(m.Components, func(c Component) {
		if c.Type == TextDisplay {
			parts = append(parts, c.Content)
		}
	})
	return strings.Join(parts, "\n\n")
}

// Loading tells whether the message is the "is thinking…" of a deferred response.
func (m Message) Loading() bool { return m.Flags&FlagLoading != 0 }

// Ephemeral tells whether only one person sees the message.
func (m Message) Ephemeral() bool { return m.Flags&FlagEphemeral != 0 }

// A Reference points from a reply to what it answers.
type Reference struct {
	Type            int   `json:"type"`
	MessageID       ID    `json:"message_id,omitempty"`
	ChannelID       ID    `json:"channel_id,omitempty"`
	GuildID         ID    `json:"guild_id,omitempty"`
	FailIfNotExists *bool `json:"fail_if_not_exists,omitempty"`
}

type interactionMetadata struct {
	ID   ID     `json:"id"`
	Type int    `json:"type"`
	User *User  `json:"user"`
	Name string `json:"name,omitempty"`
}

// An Attachment is a file of a message.
type Attachment struct {
	ID          ID     `json:"id"`
	Filename    string `json:"filename"`
	Description string `json:"description,omitempty"`
	ContentType string `json:"content_type,omitempty"`
	Size        int    `json:"size"`
	URL         string `json:"url"`
	ProxyURL    string `json:"proxy_url"`

	Data []byte `json:"-"`
}

// An Embed is a card below a message.
type Embed struct {
	Title       string       `json:"title,omitempty"`
	Type        string       `json:"type,omitempty"`
	Description string       `json:"description,omitempty"`
	URL         string       `json:"url,omitempty"`
	Timestamp   string       `json:"timestamp,omitempty"`
	Color       int          `json:"color,omitempty"`
	Footer      *EmbedFooter `json:"footer,omitempty"`
	Image       *EmbedMedia  `json:"image,omitempty"`
	Thumbnail   *EmbedMedia  `json:"thumbnail,omitempty"`
	Author      *EmbedAuthor `json:"author,omitempty"`
	Fields      []EmbedField `json:"fields,omitempty"`
}

// EmbedFooter is the small print of an embed.
type EmbedFooter struct {
	Text    string `json:"text"`
	IconURL string `json:"icon_url,omitempty"`
}

// EmbedMedia is a picture of an embed.
type EmbedMedia struct {
	URL string `json:"url"`
}

// EmbedAuthor is the line above an embed's title.
type EmbedAuthor struct {
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// An EmbedField is one name and value of an embed.
type EmbedField struct {
	Name   string `json:"name"`
	Value  string `json:"value"`
	Inline bool   `json:"inline,omitempty"`
}

// The types of a component that have a rule of their own here.
const (
	ActionRow     = 1
	Button        = 2
	StringSelect  = 3
	TextInput     = 4
	UserSelect    = 5
	RoleSelect    = 6
	MentionSelect = 7 // of users and roles
	ChannelSelect = 8
	Section       = 9
	TextDisplay   = 10
	Thumbnail     = 11
	MediaGallery  = 12
	FileComponent = 13
	Separator     = 14
	Container     = 17
	Label         = 18
	FileUpload    = 19
	RadioGroup    = 21
	CheckboxGroup = 22
	Checkbox      = 23
	buttonLink    = 5
	buttonPremium = 6
)

// A Component is any component: the fields of all types, most of them unused by each.
type Component struct {
	Type        int            `json:"type"`
	ID          int            `json:"id,omitempty"`
	CustomID    string         `json:"custom_id,omitempty"`
	Style       int            `json:"style,omitempty"`
	Label       string         `json:"label,omitempty"`
	Emoji       *Emoji         `json:"emoji,omitempty"`
	URL         string         `json:"url,omitempty"`
	SKU         ID             `json:"sku_id,omitempty"`
	Disabled    bool           `json:"disabled,omitempty"`
	Placeholder string         `json:"placeholder,omitempty"`
	MinValues   *int           `json:"min_values,omitempty"`
	MaxValues   *int           `json:"max_values,omitempty"`
	Options     []SelectOption `json:"options,omitempty"`
	Content     string         `json:"content,omitempty"`
	Description string         `json:"description,omitempty"`
	MinLength   *int           `json:"min_length,omitempty"`
	MaxLength   *int           `json:"max_length,omitempty"`
	Required    *bool          `json:"required,omitempty"`
	Value       string         `json:"value,omitempty"`
	Spoiler     bool           `json:"spoiler,omitempty"`
	AccentColor *int           `json:"accent_color,omitempty"`
	Divider     *bool          `json:"divider,omitempty"`
	Spacing     int            `json:"spacing,omitempty"`
	Components  []Component    `json:"components,omitempty"`
	Component   *Component     `json:"component,omitempty"`
	Accessory   *Component     `json:"accessory,omitempty"`
	Media       *EmbedMedia    `json:"media,omitempty"`
	File        *EmbedMedia    `json:"file,omitempty"`
	Items       []mediaItem    `json:"items,omitempty"`
	Values      []string       `json:"values,omitempty"`

	ChannelTypes []int `json:"channel_types,omitempty"` // that a menu of channels offers; nil for all
	Default      *bool `json:"default,omitempty"`       // whether a checkbox is set beforehand
}

type mediaItem struct {
	Media       EmbedMedia `json:"media"`
	Description string     `json:"description,omitempty"`
	Spoiler     bool       `json:"spoiler,omitempty"`
}

// An Emoji decorates a button or an option.
type Emoji struct {
	ID   ID     `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
}

// A SelectOption is one choice of a select menu.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Emoji       *Emoji `json:"emoji,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// optional is a field of a request body that tells absent, null and given apart.
type optional[T any] struct {
	Set, Null bool
	Value     T
}

// UnmarshalJSON notes that the field is there.
func (o *optional[T]) UnmarshalJSON(b []byte) error {
	o.Set = true
	if string(b) == "null" {
		o.Null = true
		return nil
	}
	return json.Unmarshal(b, &o.Value)
}

// encode is json.Marshal for our own types, which always can be written.
func encode[T any](v T) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic("discordtest: " + err.Error())
	}
	return b
}
