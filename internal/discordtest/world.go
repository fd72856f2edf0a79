package discordtest

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// Permissions that the fake's people have or lack.
const (
	Administrator = 1 << 3
	ManageGuild   = 1 << 5
	ordinary      = 1<<10 | 1<<11 | 1<<16 | 1<<31 | SendInThreads // view, send, read history, use application commands
)

// world is what exists: guilds, channels, people, messages, commands and interactions. Guarded by Server.mu.
type world struct {
	app      ID
	bot      *User
	guilds   []*guild
	channels map[ID]*channel
	order    []ID // of channels, as they came to be
	people   []*Person
	messages map[ID]*message

	interactions map[ID]*Interaction
	byToken      map[string]*Interaction
	commands     map[ID][]Command   // by guild, "" for the global ones
	writes       map[ID][]time.Time // creations of commands by scope, oldest first
	granted      map[string]bool    // command name and user: allowed in the server's settings
	uploads      map[string]upload  // by path: what the files' server has
}

type guild struct {
	id    ID
	name  string
	owner ID
	roles []Role
	// foreign says that the bot has not been installed there: it is no member and gets no events.
	foreign bool
}

type channel struct {
	Channel

	messages []ID // oldest first, deleted ones too
	uses     []use
	muted    bool // the bot may not send there
	hidden   bool // the bot does not see it
	denied   int  // of the bot's permissions: see Deny
	slow     time.Duration
}

// message is a message with what only the server knows of it.
type message struct {
	Message

	created  int64  // Unix milliseconds
	edits    int    // since it is older than an hour
	nonce    string // as enforce_nonce compares it
	byBot    bool
	original *Interaction // the interaction whose first response it is
}

// Names of what is there without configuration.
const (
	guildName   = "Reading Room"
	channelName = "general"
	threadName  = "questions"
	botName     = "Pilcrow"
	personName  = "Ada"
	adminName   = "Grace"
)

// newWorld makes the guild, its channel and thread, a user, an administrator and the bot.
func (s *Server) newWorld() world {
	w := world{
		channels: map[ID]*channel{}, messages: map[ID]*message{},
		interactions: map[ID]*Interaction{}, byToken: map[string]*Interaction{},
		commands: map[ID][]Command{}, writes: map[ID][]time.Time{}, granted: map[string]bool{}, uploads: map[string]upload{},
	}
	w.app = s.newID()
	w.bot = &User{ID: w.app, Username: botName, Bot: true, Discriminator: "0000"}
	admin := w.addPerson(s, adminName)
	admin.permissions |= ManageGuild
	g := w.addGuild(s.newID(), guildName, admin.user.ID)
	c := w.addChannel(s, Channel{Type: GuildText, GuildID: g.id, Name: channelName})
	w.addThread(s, c, threadName, admin.user.ID)
	w.addPerson(s, personName)
	return w
}

func (w *world) addGuild(id ID, name string, owner ID) *guild {
	g := &guild{id: id, name: name, owner: owner}
	w.guilds = append(w.guilds, g)
	return g
}

func (w *world) addChannel(s *Server, c Channel) *channel {
	c.ID = s.newID()
	return w.put(c)
}

func (w *world) put(c Channel) *channel {
	made := &channel{Channel: c}
	if parent := w.channels[c.ParentID]; c.ThreadMetadata != nil && parent != nil {
		made.denied = parent.denied // Discord: a thread has the permissions of its channel
	}
	w.channels[c.ID] = made
	w.order = append(w.order, c.ID)
	return made
}

const defaultArchive = 1440 // minutes: a day, what Discord takes when nothing is said

func (w *world) addThread(s *Server, parent *channel, name string, owner ID) *channel {
	return w.addChannel(s, Channel{
		Type: PublicThread, GuildID: parent.GuildID, ParentID: parent.ID, Name: name, OwnerID: owner,
		ThreadMetadata: &ThreadMetadata{AutoArchiveDuration: defaultArchive, ArchiveTimestamp: stamp(s.cfg.Now())},
	})
}

func (w *world) addPerson(s *Server, name string) *Person {
	p := &Person{s: s, user: User{ID: s.newID(), Username: strings.ToLower(name), GlobalName: &name, Discriminator: "0"}}
	p.permissions = ordinary
	w.people = append(w.people, p)
	return p
}

func (w *world) guild(id ID) *guild {
	for _, g := range w.guilds {
		if g.id == id {
			return g
		}
	}
	return nil
}

// user finds a person or the bot.
func (w *world) user(id ID) *User {
	if id == w.bot.ID {
		return w.bot
	}
	for _, p := range w.people {
		if p.user.ID == id {
			return &p.user
		}
	}
	return nil
}

func (w *world) person(id ID) *Person {
	for _, p := range w.people {
		if p.user.ID == id {
			return p
		}
	}
	return nil
}

// direct is the conversation between a person and the bot; it is made when it is not there.
func (s *Server) direct(u *User) *channel {
	for _, id := range s.world.order {
		c := s.world.channels[id]
		if c.Type == DirectMessage && c.Recipients[0].ID == u.ID {
			return c
		}
	}
	return s.world.addChannel(s, Channel{Type: DirectMessage, Recipients: []User{*u}})
}

// member is a user's place in any guild.
func (s *Server) member(u *User, permissions int) *Member {
	m := &Member{User: u, Roles: []ID{}, JoinedAt: "2024-01-01T00:00:00.000000+00:00"}
	if p := s.world.person(u.ID); p != nil {
		m.Roles = append(m.Roles, p.roles...)
		if p.nick != "" {
			m.Nick = &p.nick
		}
	}
	if permissions != 0 {
		m.Permissions = fmt.Sprint(permissions)
	}
	return m
}

// guildWire is the whole of a guild, as the bot gets it.
func (s *Server) guildWire(g *guild) guildWire {
	w := guildWire{
		ID: g.id, Name: g.name, OwnerID: g.owner, MemberCount: len(s.world.people) + 1,
		Roles:    append([]Role{{ID: g.id, Name: "@everyone", Permissions: fmt.Sprint(ordinary)}}, g.roles...),
		Channels: []Channel{}, Threads: []Channel{}, Emojis: []ID{},
		Members:  []Member{*s.member(s.world.bot, 0)},
		JoinedAt: "2024-01-01T00:00:00.000000+00:00", Locale: "en-US",
	}
	for _, id := range s.world.order {
		c := s.world.channels[id]
		switch {
		case c.GuildID != g.id || c.hidden:
		case c.ThreadMetadata == nil:
			w.Channels = append(w.Channels, c.Channel)
		case !c.ThreadMetadata.Archived:
			w.Threads = append(w.Threads, c.Channel)
		}
	}
	return w
}

// BotID is the bot's user and application id.
func (s *Server) BotID() ID { return s.world.app }

// Guild is the first guild.
func (s *Server) Guild() ID { return s.firstGuild() }

func (s *Server) firstGuild() ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.guilds[0].id
}

// General is the text channel of the first guild.
func (s *Server) General() ID { return s.find(GuildText) }

// Thread is the thread in General.
func (s *Server) Thread() ID { return s.find(PublicThread) }

func (s *Server) find(kind int) ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := slices.IndexFunc(s.world.order, func(id ID) bool { return s.world.channels[id].Type == kind })
	return s.world.order[i]
}

// AddGuild lets the bot join one more guild, with a channel named general, which is returned too.
func (s *Server) AddGuild(name string) (guild, general ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.join(s.newID(), name)
}

// join makes a guild with that id, which the bot joins. The caller holds s.mu.
func (s *Server) join(own ID, name string) (guild, general ID) {
	g := s.world.addGuild(own, name, s.world.people[0].user.ID)
	c := s.world.addChannel(s, Channel{Type: GuildText, GuildID: g.id, Name: channelName})
	s.dispatch("GUILD_CREATE", intentGuilds, g.id, encode(s.guildWire(g)))
	return g.id, c.ID
}

// AddChannel makes a text channel.
func (s *Server) AddChannel(guild ID, name string) ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.addChannel(s, Channel{Type: GuildText, GuildID: guild, Name: name})
	s.dispatch("CHANNEL_CREATE", intentGuilds, c.GuildID, encode(c.Channel))
	return c.ID
}

// AddThread makes a public thread in a channel; it panics if there is no such channel.
func (s *Server) AddThread(parent ID, name string) ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.addThread(s, s.world.channels[parent], name, s.world.people[0].user.ID)
	s.dispatch("THREAD_CREATE", intentGuilds, c.GuildID, encode(c.Channel))
	return c.ID
}

// Archive closes a thread and locks it, so that the bot cannot write there.
func (s *Server) Archive(thread ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[thread]
	c.ThreadMetadata.Archived, c.ThreadMetadata.Locked = true, true
	s.dispatch("THREAD_UPDATE", intentGuilds, c.GuildID, encode(c.Channel))
}

// Mute takes the bot's right to send from a channel: 50013.
func (s *Server) Mute(channel ID) { s.setAccess(channel, true, false) }

// Hide takes the bot's right to see a channel: 50001, and no events.
func (s *Server) Hide(channel ID) { s.setAccess(channel, true, true) }

func (s *Server) setAccess(id ID, muted, hidden bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[id]
	c.muted, c.hidden = muted, hidden
}

// RemoveChannel deletes a channel or thread, as an administrator would.
func (s *Server) RemoveChannel(id ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[id]
	delete(s.world.channels, id)
	s.world.order = slices.DeleteFunc(s.world.order, func(o ID) bool { return o == id })
	name := "CHANNEL_DELETE"
	if c.ThreadMetadata != nil {
		name = "THREAD_DELETE"
	}
	s.dispatch(name, intentGuilds, c.GuildID, encode(c.Channel))
}
