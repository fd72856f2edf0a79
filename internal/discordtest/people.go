package discordtest

import (
	"slices"
	"strings"
)

// A Person is somebody in front of a Discord client. The methods return when the event is on its way to the bot.
type Person struct {
	s           *Server
	user        User
	permissions int // guarded by Server.mu, as all below
	locale      string
	nick        string
	roles       []ID
	closed      bool        // takes no direct messages
	left        map[ID]bool // servers
	installed   bool        // the app is installed by this person, not by the guild
}

// User is the person of that name; somebody new comes into being. Without configuration there is Ada, with everyone's
// rights, and Grace, who manages the server.
func (s *Server) User(name string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, p := range s.world.people {
		if *p.user.GlobalName == name {
			return p
		}
	}
	return s.world.addPerson(s, name)
}

// Admin is Grace, who has Manage Server.
func (s *Server) Admin() *Person { return s.User(adminName) }

// ID is the person's id.
func (p *Person) ID() ID { return p.user.ID }

// Name is what the person is called.
func (p *Person) Name() string { return *p.user.GlobalName }

// SetPermissions gives the person exactly these rights beside everyone's.
func (p *Person) SetPermissions(bits int) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.permissions = ordinary | bits
}

// Withhold takes rights away that everyone has, as a channel's overwrites do or a timeout.
func (p *Person) Withhold(bits int) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.permissions = ordinary &^ bits
}

// Leave takes the person out of a server.
func (p *Person) Leave(guild ID) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	if p.left == nil {
		p.left = map[ID]bool{}
	}
	p.left[guild] = true
}

// CloseDirect makes the person take no direct messages of the bot: 50007.
func (p *Person) CloseDirect() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.closed = true
}

// InstallForUser makes the person's interactions come from an app that only the person has installed.
func (p *Person) InstallForUser() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.installed = true
}

// SetLocale chooses the language of the person's client; without it that is en-US.
func (p *Person) SetLocale(locale string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.locale = locale
}

// SetNick gives the person another name in all guilds.
func (p *Person) SetNick(nick string) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.nick = nick
}

// SetRoles gives the person these roles and no others.
func (p *Person) SetRoles(roles ...ID) {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.roles = slices.Clone(roles)
}

// Draft is a message to be sent by a person.
type Draft struct {
	Channel ID
	Text    string
	ReplyTo ID   // a message of the channel; "" for none
	Silent  bool // a reply that does not ping
	Embeds  []Embed
	Files   []File
	Forward ID     // a message that is forwarded; Text stays empty then, as Discord's client has it
	Voice   bool   // a recording of the client's, which is a file of its own kind
	Sticker string // its name; "" for none
}

// Say writes into a channel or thread.
func (p *Person) Say(channel ID, text string) ID { return p.Post(Draft{Channel: channel, Text: text}) }

// Mention writes with a mention of the bot in front.
func (p *Person) Mention(channel ID, text string) ID {
	return p.Say(channel, "<@"+string(p.s.BotID())+"> "+text)
}

// Reply answers a message, with a ping, as the client does by default.
func (p *Person) Reply(to ID, text string) ID {
	m, found := p.s.Message(to)
	if !found {
		return ""
	}
	return p.Post(Draft{Channel: m.ChannelID, Text: text, ReplyTo: to})
}

// DM writes to the bot directly.
func (p *Person) DM(text string) ID { return p.Say(p.Direct(), text) }

// Direct is the person's conversation with the bot.
func (p *Person) Direct() ID {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.s.direct(&p.user).ID
}

// Post sends a draft and gives the message's id, or "" if there is no such channel.
func (p *Person) Post(d Draft) ID {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.world.channels[d.Channel]
	if ch == nil {
		return ""
	}
	m := s.newMessage(ch, &p.user)
	m.Content, m.Embeds = d.Text, d.Embeds
	for _, f := range d.Files {
		m.Attachments = append(m.Attachments, s.upload(ch.ID, f))
	}
	s.mentionsOf(m)
	if to := s.world.messages[d.ReplyTo]; to != nil {
		m.Type, m.Reference = typeReply, &Reference{MessageID: to.ID, ChannelID: to.ChannelID, GuildID: to.GuildID}
		already := slices.ContainsFunc(m.Mentions, func(u User) bool { return u.ID == to.Author.ID })
		if !d.Silent && !already {
			m.Mentions = append(m.Mentions, *to.Author)
		}
	}
	if d.Voice {
		m.Flags |= FlagVoice
		m.Attachments = append(m.Attachments, s.upload(ch.ID,
			File{Name: "voice-message.ogg", MediaType: "audio/ogg", Data: []byte("OggS")}))
	}
	if d.Sticker != "" {
		m.Stickers = []Sticker{{ID: s.newID(), Name: d.Sticker, Format: 1}}
	}
	if from := s.world.messages[d.Forward]; from != nil {
		s.forward(m, from)
	}
	s.post(m)
	return m.ID
}

// forward makes a message one that shows another. The caller holds s.mu.
func (s *Server) forward(m, from *message) {
	m.Content, m.Flags = "", m.Flags|FlagHasSnapshot
	m.Reference = &Reference{Type: referForward, MessageID: from.ID, ChannelID: from.ChannelID, GuildID: from.GuildID}
	m.Snapshots = []Snapshot{{SnapshotMessage{Type: from.Type, Content: from.Content, Timestamp: from.Timestamp,
		Flags:       from.Flags,
		Attachments: orEmpty(from.Attachments), Embeds: orEmpty(from.Embeds), Components: orEmpty(from.Components),
		Mentions: orEmpty(from.Mentions), Stickers: from.Stickers}}}
	if len(from.Snapshots) > 0 { // of one that forwards, what it shows
		m.Snapshots = slices.Clone(from.Snapshots)
	}
}

const referForward = 1 // the type of a reference

// mentionsOf fills in whom a person's message mentions. The caller holds s.mu.
func (s *Server) mentionsOf(m *message) {
	m.Mentions, m.MentionRoles = []User{}, []ID{}
	for _, x := range userMention.FindAllStringSubmatch(m.Content, -1) {
		if u := s.world.user(ID(x[1])); u != nil && !slices.Contains(m.Mentions, *u) {
			m.Mentions = append(m.Mentions, *u)
		}
	}
	for _, x := range roleMention.FindAllStringSubmatch(m.Content, -1) {
		m.MentionRoles = append(m.MentionRoles, ID(x[1]))
	}
	m.MentionEveryone = strings.Contains(m.Content, "@everyone") || strings.Contains(m.Content, "@here")
}

// Edit changes a message of the person; it reports whether there was one.
func (p *Person) Edit(id ID, text string) bool {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.world.messages[id]
	if m == nil || m.Deleted || m.Author.ID != p.user.ID {
		return false
	}
	m.Content = text
	s.mentionsOf(m)
	s.edited(m)
	return true
}

// Delete removes any message, as its author or a moderator would; it reports whether there was one.
func (p *Person) Delete(id ID) bool {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.world.messages[id]
	if m == nil || m.Deleted {
		return false
	}
	s.remove(s.world.channels[m.ChannelID], m)
	return true
}
