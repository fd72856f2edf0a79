package discordtest

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// Permissions of the bot that Deny takes away. https://discord.com/developers/docs/topics/permissions
const (
	ViewChannel   = 1 << 10
	SendMessages  = 1 << 11
	AttachFiles   = 1 << 15
	ReadHistory   = 1 << 16
	ManageThreads = 1 << 34
	CreateThreads = 1 << 35 // public ones
	SendInThreads = 1 << 38
	all           = ViewChannel | SendMessages | AttachFiles | ReadHistory | ManageThreads | CreateThreads |
		SendInThreads | ordinary
)

const (
	codeNotText   = 50008
	codeNoHistory = 160002
	codeSlowMode  = 20016
)

// sending is the permission to send messages to a channel.
func sending(ch *channel) int {
	if ch.ThreadMetadata != nil {
		return SendInThreads
	}
	return SendMessages
}

// Deny takes permissions of the bot's away in a channel, and gives back those that it does not name.
func (s *Server) Deny(channel ID, permissions int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.channels[channel].denied = permissions
}

// AddPlace makes a channel of any kind in a guild.
func (s *Server) AddPlace(guild ID, kind int, name string) ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.addChannel(s, Channel{Type: kind, GuildID: guild, Name: name})
	s.dispatch("CHANNEL_CREATE", intentGuilds, c.GuildID, encode(c.Channel))
	return c.ID
}

// SetSlowMode lets the bot write once in that time in a channel. Discord spares bots with some permissions.
func (s *Server) SetSlowMode(channel ID, d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.channels[channel].slow = d
}

// slowed is how long the bot has to wait until it may write in the channel. The caller holds s.mu.
func (s *Server) slowed(ch *channel, now time.Time) time.Duration {
	for i := len(ch.messages) - 1; i >= 0 && ch.slow > 0; i-- {
		if m := s.world.messages[ch.messages[i]]; m.byBot {
			return time.UnixMilli(m.created).Add(ch.slow).Sub(now)
		}
	}
	return 0
}

func (s *Server) refuseSlow(wait time.Duration) *reply {
	return &reply{
		status: http.StatusTooManyRequests,
		header: http.Header{"Retry-After": {strconv.Itoa(int(math.Ceil(wait.Seconds())))}},
		body: encode(struct {
			Message    string  `json:"message"`
			Code       int     `json:"code"`
			RetryAfter float64 `json:"retry_after"`
			Global     bool    `json:"global"`
		}{"This action cannot be performed due to slowmode rate limit", codeSlowMode, wait.Seconds(), false}),
	}
}

// Sleep archives a thread as Discord does after a while: the next message opens it again.
func (s *Server) Sleep(thread ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.world.channels[thread]
	c.ThreadMetadata.Archived = true
	s.dispatch("THREAD_UPDATE", intentGuilds, c.GuildID, encode(c.Channel))
}

// wake opens an archived thread again. The caller holds s.mu.
func (s *Server) wake(ch *channel) {
	if ch.ThreadMetadata == nil || !ch.ThreadMetadata.Archived || ch.ThreadMetadata.Locked {
		return
	}
	ch.ThreadMetadata.Archived = false
	s.dispatch("THREAD_UPDATE", intentGuilds, ch.GuildID, encode(ch.Channel))
}

// Archived tells whether a thread is archived.
func (s *Server) Archived(thread ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.world.channels[thread].ThreadMetadata.Archived
}

// OpenThread opens a thread in a channel, as the person.
func (p *Person) OpenThread(parent ID, name string) ID {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.world.channels[parent]
	c := s.world.addThread(s, ch, name, p.user.ID)
	if ch.Type == Announcement {
		c.Type = NewsThread
	}
	s.dispatch("THREAD_CREATE", intentGuilds, c.GuildID, encode(c.Channel))
	return c.ID
}

// OpenThreadFrom opens a thread from a message, as the person. It has the message's id, and begins with it.
func (p *Person) OpenThreadFrom(id ID, name string) ID {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.world.messages[id]
	ch := s.world.channels[m.ChannelID]
	c := s.world.put(Channel{
		ID: m.ID, Type: PublicThread, GuildID: ch.GuildID, ParentID: ch.ID, Name: name, OwnerID: p.user.ID,
		ThreadMetadata: &ThreadMetadata{AutoArchiveDuration: defaultArchive, ArchiveTimestamp: stamp(s.cfg.Now())},
	})
	m.Thread = &c.Channel
	m.Flags |= FlagHasThread
	s.dispatch("THREAD_CREATE", intentGuilds, c.GuildID, encode(c.Channel))
	s.dispatchMessage("MESSAGE_UPDATE", m)
	first := s.newMessage(c, m.Author)
	first.Type, first.Reference = typeStarter, &Reference{MessageID: m.ID, ChannelID: ch.ID, GuildID: ch.GuildID}
	s.post(first)
	return c.ID
}

// PostInForum makes a post with its first message, which has the id of the post.
func (p *Person) PostInForum(forum ID, title, text string) ID {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.world.channels[forum]
	if ch.Type != GuildForum {
		panic(fmt.Sprintf("discordtest: %s is no forum", forum))
	}
	c := s.world.addThread(s, ch, title, p.user.ID)
	created := c.Channel
	created.NewlyCreated = true
	s.dispatch("THREAD_CREATE", intentGuilds, created.GuildID, encode(created))
	m := s.newMessage(c, &p.user)
	m.ID, m.Content = c.ID, text
	s.mentionsOf(m)
	s.post(m)
	return m.ID
}
