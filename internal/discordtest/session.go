package discordtest

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Gateway intents that decide about the fake's events.
const (
	intentGuilds         = 1 << 0
	intentMembers        = 1 << 1 // privileged
	intentPresences      = 1 << 8 // privileged
	intentMessages       = 1 << 9
	intentTyping         = 1 << 11
	intentDirect         = 1 << 12
	intentDirectTyping   = 1 << 14
	IntentMessageContent = 1 << 15 // privileged: see Config.Privileged
	intentAlways         = 0

	allIntents        = 1<<26 - 1
	privilegedIntents = intentMembers | intentPresences | IntentMessageContent
)

const (
	maxReplay   = 10_000 // ours: events kept for a resume; a session that missed more is invalid
	maxSessions = 100    // ours: the oldest without a connection is forgotten
)

// session outlives connections until it is ended or replaced.
type session struct {
	id       string
	intents  int
	seq      int64
	kept     []event // the newest, for replay
	conn     *conn   // nil while disconnected
	compress bool
	shard    shard
}

// event is a numbered dispatch.
type event struct {
	payload
	written func() // see frame
}

type identify struct {
	Token      string          `json:"token"`
	Intents    *int            `json:"intents"`
	Compress   bool            `json:"compress"`
	Properties json.RawMessage `json:"properties"`
	Shard      *[2]int         `json:"shard"`
}

// identify starts a session. The caller holds s.mu.
func (s *Server) identify(c *conn, d json.RawMessage) {
	var id identify
	if err := json.Unmarshal(d, &id); err != nil {
		s.protocolError(c, CloseDecode, "IDENTIFY", err.Error(), "an object")
		return
	}
	g, now := &s.gateway, s.cfg.Now()
	g.identifies++
	s.notify()
	if id.Token != s.cfg.Token && id.Token != "Bot "+s.cfg.Token {
		c.shut(CloseBadToken, "Authentication failed.")
		return
	}
	if id.Intents == nil || *id.Intents&^allIntents != 0 {
		s.protocolError(c, CloseBadIntents, "intents", string(d), "given, known bits")
		return
	}
	if *id.Intents&privilegedIntents&^s.cfg.Privileged != 0 {
		c.shut(CloseDisallowed, "Disallowed intent(s).")
		return
	}
	g.starts = keepSince(g.starts, now.Add(-24*time.Hour))
	part, refused := s.part(c, id.Shard)
	if refused {
		return
	}
	if len(g.starts) >= s.cfg.IdentifyPerDay {
		s.protocolError(c, CloseBadToken, "IDENTIFYs in 24 h", fmt.Sprint(len(g.starts)+1), fmt.Sprint(s.cfg.IdentifyPerDay))
		return
	}
	tooSoon := s.tooSoon(part, now)
	g.starts = append(g.starts, now)
	if tooSoon || g.op9s > 0 {
		g.op9s = max(g.op9s-1, 0)
		c.send(payload{Op: opInvalid, D: encode(false)}, nil)
		return
	}
	if g.refuse {
		return
	}
	c.compress = id.Compress
	n := &session{id: rand.Text(), intents: *id.Intents, conn: c, compress: id.Compress, shard: part}
	c.session = n
	g.sessions = append(g.sessions, n)
	if len(g.sessions) > maxSessions {
		if at := slices.IndexFunc(g.sessions, func(o *session) bool { return o.conn == nil }); at >= 0 {
			g.sessions = slices.Delete(g.sessions, at, at+1)
		}
	}
	s.ready(n)
}

// ready sends READY and, as the intents have it, the guilds. The caller holds s.mu.
func (s *Server) ready(n *session) {
	type unavailable struct {
		ID          ID   `json:"id"`
		Unavailable bool `json:"unavailable"`
	}
	guilds := []unavailable{}
	joined := s.joined(n.shard)
	for _, g := range joined {
		guilds = append(guilds, unavailable{g.id, true})
	}
	type application struct {
		ID    ID  `json:"id"`
		Flags int `json:"flags"`
	}
	n.dispatch("READY", encode(struct {
		V           int           `json:"v"`
		User        *User         `json:"user"`
		Guilds      []unavailable `json:"guilds"`
		SessionID   string        `json:"session_id"`
		ResumeURL   string        `json:"resume_gateway_url"`
		Shard       [2]int        `json:"shard"`
		Application application   `json:"application"`
		Type        string        `json:"session_type"`
	}{9, s.world.bot, guilds, n.id, s.GatewayURL(), [2]int{n.shard.id, n.shard.count},
		application{ID: s.world.app}, "normal"}), nil)
	if n.intents&intentGuilds != 0 {
		for _, g := range joined {
			n.dispatch("GUILD_CREATE", encode(s.guildWire(g)), nil)
		}
	}
}

// resume continues a session: what was missed, then RESUMED. The caller holds s.mu.
func (s *Server) resume(c *conn, d json.RawMessage) {
	var r struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	if err := json.Unmarshal(d, &r); err != nil {
		s.protocolError(c, CloseDecode, "RESUME", err.Error(), "an object")
		return
	}
	if r.Token != s.cfg.Token && r.Token != "Bot "+s.cfg.Token {
		c.shut(CloseBadToken, "Authentication failed.")
		return
	}
	i := slices.IndexFunc(s.gateway.sessions, func(n *session) bool { return n.id == r.SessionID })
	if i < 0 || s.gateway.op9s > 0 {
		s.gateway.op9s = max(s.gateway.op9s-1, 0)
		c.send(payload{Op: opInvalid, D: encode(false)}, nil)
		return
	}
	n := s.gateway.sessions[i]
	if r.Seq > n.seq {
		c.shut(CloseBadSequence, "Invalid seq.")
		return
	}
	if len(n.kept) > 0 && *n.kept[0].S > r.Seq+1 {
		s.end(n)
		c.send(payload{Op: opInvalid, D: encode(false)}, nil)
		return
	}
	s.gateway.resumes++
	s.gateway.shard(n.shard).resumes++
	if n.conn != nil {
		n.conn.session = nil
		n.conn.cut()
	}
	n.conn, c.session, c.compress = c, n, n.compress
	for _, p := range n.kept {
		if *p.S > r.Seq {
			c.send(p.payload, p.written)
		}
	}
	n.dispatch("RESUMED", encode(struct{}{}), nil)
	s.notify()
}

// dispatch numbers an event, keeps it for a resume, and sends it if there is a connection.
func (n *session) dispatch(name string, d json.RawMessage, written func()) {
	n.seq++
	seq := n.seq
	p := payload{Op: opDispatch, D: d, S: &seq, T: &name}
	n.kept = append(n.kept, event{p, written})
	if len(n.kept) > maxReplay {
		n.kept = n.kept[1:]
	}
	if n.conn != nil {
		n.conn.send(p, written)
	}
}

// dispatch sends an event of a guild, or a direct one, to all sessions that serve it and whose intents ask for it.
// The caller holds s.mu.
func (s *Server) dispatch(name string, intent int, guild ID, d json.RawMessage) {
	for _, n := range s.gateway.sessions {
		if intent == intentAlways || n.intents&intent != 0 && n.serves(guild) {
			n.dispatch(name, d, nil)
		}
	}
	s.notify()
}

// dispatchMessage is dispatch for messages: the text is blanked for sessions that may not read it.
func (s *Server) dispatchMessage(name string, m *message) {
	c := s.world.channels[m.ChannelID]
	if m.Ephemeral() || c == nil || c.hidden {
		s.notify()
		return
	}
	intent := intentMessages
	if c.Type == DirectMessage {
		intent = intentDirect
	}
	for _, n := range s.gateway.sessions {
		if n.intents&intent != 0 && n.serves(m.GuildID) {
			n.dispatch(name, encode(s.visible(m, n.intents)), nil)
		}
	}
	s.notify()
}

// visible is a message as a bot with these intents gets it: without MESSAGE_CONTENT it reads only its own messages,
// those that mention it, and direct ones (gateway docs, "Message Content Intent").
func (s *Server) visible(m *message, intents int) Message {
	v := m.Message
	v.Mentions, v.MentionRoles = orEmpty(v.Mentions), orEmpty(v.MentionRoles)
	v.Attachments, v.Embeds, v.Components = orEmpty(v.Attachments), orEmpty(v.Embeds), orEmpty(v.Components)
	if v.GuildID != "" && m.Author != nil && s.world.person(m.Author.ID) != nil {
		v.Member = s.member(m.Author, 0)
		v.Member.User = nil
	}
	if m.Thread != nil {
		thread := m.Thread.copy()
		v.Thread = &thread
	}
	if v.Reference != nil && (v.Type == typeReply || v.Type == typeStarter) {
		if to := s.world.messages[v.Reference.MessageID]; to != nil && !to.Deleted {
			shown := s.visible(to, intents)
			shown.Referenced, shown.Reference = nil, nil
			v.Referenced = &shown
		}
	}
	mentioned := slices.ContainsFunc(v.Mentions, func(u User) bool { return u.ID == s.world.app })
	if intents&IntentMessageContent == 0 && !m.byBot && !mentioned && v.GuildID != "" {
		v.Content, v.Attachments, v.Embeds, v.Components = "", []Attachment{}, []Embed{}, []Component{}
		v.Snapshots, v.Stickers = nil, nil
	}
	return v
}

// orEmpty makes nil an empty slice, so that it is written as [].
func orEmpty[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}

// forget detaches a connection that has ended; its session may be resumed. The caller holds s.mu.
func (s *Server) forget(c *conn) {
	s.gateway.conns = slices.DeleteFunc(s.gateway.conns, func(o *conn) bool { return o == c })
	if c.session != nil && c.session.conn == c {
		c.session.conn = nil
	}
}

// end makes a session one that cannot be resumed. The caller holds s.mu.
func (s *Server) end(n *session) {
	s.gateway.sessions = slices.DeleteFunc(s.gateway.sessions, func(o *session) bool { return o == n })
	n.conn = nil
}

// online tells whether a session has a connection. The caller holds s.mu.
func (s *Server) online() bool {
	return slices.ContainsFunc(s.gateway.sessions, func(n *session) bool { return n.conn != nil })
}
