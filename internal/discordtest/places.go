package discordtest

import (
	"fmt"
	"net/http"
	"slices"
	"time"
)

func (s *Server) getGateway(*call) reply {
	return ok(encode(struct {
		URL string `json:"url"`
	}{s.GatewayURL()}))
}

func (s *Server) getGatewayBot(c *call) reply {
	type startLimit struct {
		Total          int   `json:"total"`
		Remaining      int   `json:"remaining"`
		ResetAfter     int64 `json:"reset_after"` // ms
		MaxConcurrency int   `json:"max_concurrency"`
	}
	const day = 24 * time.Hour
	s.gateway.starts = keepSince(s.gateway.starts, c.now.Add(-day))
	left := startLimit{
		Total:          s.cfg.IdentifyPerDay,
		Remaining:      s.cfg.IdentifyPerDay - len(s.gateway.starts),
		MaxConcurrency: s.cfg.Concurrency,
	}
	if len(s.gateway.starts) > 0 {
		left.ResetAfter = s.gateway.starts[0].Add(day).Sub(c.now).Milliseconds()
	}
	return ok(encode(struct {
		URL    string     `json:"url"`
		Shards int        `json:"shards"`
		Start  startLimit `json:"session_start_limit"`
	}{s.GatewayURL(), s.recommended(), left}))
}

func (s *Server) getMe(*call) reply { return ok(encode(s.world.bot)) }

func (s *Server) getApplication(*call) reply {
	return ok(encode(struct {
		ID        ID     `json:"id"`
		Name      string `json:"name"`
		BotPublic bool   `json:"bot_public"`
		Flags     int    `json:"flags"`
		Bot       *User  `json:"bot"`
		Owner     *User  `json:"owner"`
	}{s.world.app, s.world.bot.Username, true, s.applicationFlags(), s.world.bot, &s.world.people[0].user}))
}

// applicationFlags tells which privileged intents a small bot has switched on.
func (s *Server) applicationFlags() int {
	const limitedPresence, limitedMembers, limitedContent = 1 << 13, 1 << 15, 1 << 19
	flags := 0
	for intent, flag := range map[int]int{
		intentPresences: limitedPresence, intentMembers: limitedMembers, IntentMessageContent: limitedContent,
	} {
		if s.cfg.Privileged&intent != 0 {
			flags |= flag
		}
	}
	return flags
}

func (s *Server) openDirect(c *call) reply {
	b, refused := decode[struct {
		Recipient ID `json:"recipient_id"`
	}](s, c)
	if refused != nil {
		return *refused
	}
	p := s.world.person(b.Recipient)
	if p == nil {
		return refusal(http.StatusBadRequest, codeUnknownUser, "Unknown User")
	}
	return ok(encode(s.direct(&p.user).Channel))
}

func (s *Server) getChannel(c *call) reply {
	ch, refused := s.access(c, false)
	if refused != nil {
		return *refused
	}
	return ok(encode(ch.Channel))
}

func (s *Server) getGuild(c *call) reply {
	g := s.world.guild(c.vars["guild"])
	if g == nil {
		return refusal(http.StatusNotFound, codeUnknownGuild, "Unknown Guild")
	}
	return ok(encode(s.guildWire(g)))
}

func (s *Server) getMember(c *call) reply {
	u := s.world.user(c.vars["user"])
	gone := func(p *Person) bool { return &p.user == u && p.left[c.vars["guild"]] }
	switch {
	case s.world.guild(c.vars["guild"]) == nil:
		return refusal(http.StatusNotFound, codeUnknownGuild, "Unknown Guild")
	case u == nil, slices.ContainsFunc(s.world.people, gone):
		return refusal(http.StatusNotFound, codeUnknownMember, "Unknown Member")
	}
	return ok(encode(s.member(u, 0)))
}

func (s *Server) typing(c *call) reply {
	ch, refused := s.access(c, true)
	if refused != nil {
		return *refused
	}
	intent := intentTyping
	if ch.Type == DirectMessage {
		intent = intentDirectTyping
	}
	s.dispatch("TYPING_START", intent, ch.GuildID, encode(struct {
		ChannelID ID    `json:"channel_id"`
		GuildID   ID    `json:"guild_id,omitempty"`
		UserID    ID    `json:"user_id"`
		Timestamp int64 `json:"timestamp"`
	}{ch.ID, ch.GuildID, s.world.bot.ID, c.now.Unix()}))
	return noContent
}

const maxThreadName = 100 // characters; channel docs

type threadBody struct {
	Name    string `json:"name"`
	Archive int    `json:"auto_archive_duration"`
	Type    int    `json:"type"`
}

// checkThread reads a thread's creation and holds it against the rules.
func (s *Server) checkThread(c *call) (threadBody, *reply) {
	b, refused := decode[threadBody](s, c)
	if refused != nil {
		return b, refused
	}
	p := &problems{}
	p.length(RuleThread, "name", b.Name, 1, maxThreadName)
	if b.Archive != 0 && !slices.Contains([]int{60, 1440, 4320, 10080}, b.Archive) {
		p.add(RuleThread, "auto_archive_duration", "BASE_TYPE_CHOICES",
			fmt.Sprint(b.Archive), "60, 1440, 4320 or 10080 minutes")
	}
	return b, s.refuse(c, p)
}

func (s *Server) threadFromMessage(c *call) reply {
	ch, refused := s.access(c, true)
	if refused != nil {
		return *refused
	}
	if ch.denied&CreateThreads != 0 {
		return refusal(http.StatusForbidden, codePermissions, "Missing Permissions")
	}
	m, refused := s.messageIn(c)
	if refused != nil {
		return *refused
	}
	b, refused := s.checkThread(c)
	switch {
	case refused != nil:
		return *refused
	case ch.Type != GuildText && ch.Type != Announcement:
		s.breach(Breach{RuleThread, c.where, "channel", "not a text channel of a guild", "a thread begins in one"})
		return refusal(http.StatusBadRequest, codeForm, "Cannot execute action on this channel type")
	case m.Thread != nil:
		s.breach(Breach{RuleThread, c.where, "thread of the message", "the second", "one"})
		return refusal(http.StatusBadRequest, codeThreadExists, "A thread has already been created for this message")
	}
	t := s.newThread(ch, b)
	t.ID = m.ID // Discord: a thread from a message has the message's id
	if ch.Type == Announcement {
		t.Type = NewsThread
	}
	made := s.world.put(t)
	m.Thread = &made.Channel
	m.Flags |= FlagHasThread
	t.NewlyCreated = true
	s.dispatch("THREAD_CREATE", intentGuilds, t.GuildID, encode(t))
	s.dispatchMessage("MESSAGE_UPDATE", m)
	return reply{status: http.StatusCreated, body: encode(made.Channel)}
}

// deleteThread takes a thread away. Discord lets a channel go, too; this one does not: nobody should.
func (s *Server) deleteThread(c *call) reply {
	ch, refused := s.access(c, false)
	switch {
	case refused != nil:
		return *refused
	case ch.ThreadMetadata == nil:
		s.breach(Breach{RuleThread, c.where, "channel", "no thread", "a thread is deleted"})
		return refusal(http.StatusForbidden, codePermissions, "Missing Permissions")
	case ch.denied&ManageThreads != 0:
		return refusal(http.StatusForbidden, codePermissions, "Missing Permissions")
	}
	delete(s.world.channels, ch.ID)
	s.world.order = slices.DeleteFunc(s.world.order, func(id ID) bool { return id == ch.ID })
	if m := s.world.messages[ch.ID]; m != nil {
		m.Thread = nil
		m.Flags &^= FlagHasThread
	}
	s.dispatch("THREAD_DELETE", intentGuilds, ch.GuildID, encode(Channel{ID: ch.ID, GuildID: ch.GuildID,
		ParentID: ch.ParentID, Type: ch.Type}))
	return reply{status: http.StatusOK, body: encode(ch.Channel)}
}

func (s *Server) startThread(c *call) reply {
	ch, refused := s.access(c, true)
	if refused != nil {
		return *refused
	}
	b, refused := s.checkThread(c)
	if refused != nil {
		return *refused
	}
	if ch.Type != GuildText {
		s.breach(Breach{RuleThread, c.where, "channel", "not a text channel of a guild", "a thread begins in one"})
		return refusal(http.StatusBadRequest, codeForm, "Cannot execute action on this channel type")
	}
	t := s.newThread(ch, b)
	if b.Type != PublicThread {
		t.Type = PrivateThread
	}
	made := s.world.addChannel(s, t)
	t = made.Channel
	t.NewlyCreated = true
	s.dispatch("THREAD_CREATE", intentGuilds, t.GuildID, encode(t))
	return reply{status: http.StatusCreated, body: encode(made.Channel)}
}

// newThread is a thread of the bot: public from a message, private (Discord's default) on its own.
func (s *Server) newThread(parent *channel, b threadBody) Channel {
	t := Channel{Type: PublicThread, GuildID: parent.GuildID, ParentID: parent.ID, Name: b.Name, OwnerID: s.world.bot.ID}
	t.ThreadMetadata = &ThreadMetadata{AutoArchiveDuration: b.Archive, ArchiveTimestamp: stamp(s.cfg.Now())}
	if b.Archive == 0 {
		t.ThreadMetadata.AutoArchiveDuration = defaultArchive
	}
	return t
}
