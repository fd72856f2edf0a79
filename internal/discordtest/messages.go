package discordtest

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"time"
)

const (
	oldMessage  = time.Hour // Discord limits edits of older ones: error 30046 …
	maxOldEdits = 30        // … whose number is not documented; observed
	nonceWindow = 5 * time.Minute
	maxMessages = 100 // of one listing
	listDefault = 50
)

// An Edit is what a message showed from a time on.
type Edit struct {
	At         time.Time
	Content    string
	Embeds     []Embed
	Components []Component
	Loading    bool
}

// access is the channel of a call, or why the bot may not use it. The caller holds s.mu.
func (s *Server) access(c *call, send bool) (*channel, *reply) {
	ch := s.world.channels[c.vars["channel"]]
	var out reply
	switch {
	case ch == nil:
		out = refusal(http.StatusNotFound, codeUnknownChannel, "Unknown Channel")
	case ch.hidden:
		out = refusal(http.StatusForbidden, codeAccess, "Missing Access")
	case send && ch.muted:
		out = refusal(http.StatusForbidden, codePermissions, "Missing Permissions")
	case send && ch.Type == DirectMessage && s.world.person(ch.Recipients[0].ID).closed:
		out = refusal(http.StatusForbidden, codeNoDirect, "Cannot send messages to this user")
	case send && ch.denied&sending(ch) != 0, send && len(c.form.files) > 0 && ch.denied&AttachFiles != 0:
		out = refusal(http.StatusForbidden, codePermissions, "Missing Permissions")
	case send && ch.ThreadMetadata != nil && ch.ThreadMetadata.Locked:
		out = refusal(http.StatusBadRequest, codeArchived, "Thread is archived")
	default:
		return ch, nil
	}
	return nil, &out
}

// messageIn is a message that is there, in the channel of a call.
func (s *Server) messageIn(c *call) (*message, *reply) {
	m := s.world.messages[c.vars["message"]]
	if m == nil || m.Deleted || m.Ephemeral() || m.ChannelID != c.vars["channel"] {
		out := refusal(http.StatusNotFound, codeUnknownMessage, "Unknown Message")
		return nil, &out
	}
	return m, nil
}

func (s *Server) createMessage(c *call) reply {
	ch, refused := s.access(c, true)
	if refused != nil {
		return *refused
	}
	b, refused := decode[messageBody](s, c)
	if refused != nil {
		return *refused
	}
	if ch.Type == GuildForum {
		s.breach(Breach{RuleThread, c.where, "channel", "a forum", "a post in it: a forum itself has no messages"})
		return refusal(http.StatusBadRequest, codeNotText, "Cannot send messages in a non-text channel")
	}
	if b.Reference != nil && ch.denied&ReadHistory != 0 {
		return refusal(http.StatusForbidden, codeNoHistory, "Cannot reply without permission to read message history")
	}
	if wait := s.slowed(ch, c.now); wait > 0 {
		return *s.refuseSlow(wait)
	}
	p := s.checkMessage(b, c.form.files, destination{})
	if to := b.Reference; to != nil && to.Type == 0 && !s.isIn(ch, to.MessageID) {
		if to.FailIfNotExists == nil || *to.FailIfNotExists {
			p.add(RuleContent, "message_reference", "REPLIES_UNKNOWN_MESSAGE", string(to.MessageID), "a message of the channel")
		}
		b.Reference = nil
	}
	if refused := s.refuse(c, p); refused != nil {
		return *refused
	}
	s.suspicious(c, b, destination{})
	if b.EnforceNonce && b.Nonce.Value != "" {
		if m := s.sentBefore(ch, string(b.Nonce.Value), c.now); m != nil {
			return ok(encode(s.visible(m, allIntents)))
		}
	}
	m := s.newMessage(ch, s.world.bot)
	m.byBot = true
	if b.Reference != nil && b.Reference.Type == 0 {
		m.Type, m.Reference = typeReply, &Reference{MessageID: b.Reference.MessageID, ChannelID: ch.ID, GuildID: ch.GuildID}
	}
	if empty := s.fill(m, b, c, false); empty != nil {
		return *empty
	}
	s.post(m)
	return ok(encode(s.visible(m, allIntents)))
}

// isIn reports whether a message stands in the channel. The caller holds s.mu.
func (s *Server) isIn(ch *channel, id ID) bool {
	m := s.world.messages[id]
	return m != nil && !m.Deleted && m.ChannelID == ch.ID
}

// sentBefore is the bot's message that had the nonce a while ago; nil for none. The caller holds s.mu.
func (s *Server) sentBefore(ch *channel, nonce string, now time.Time) *message {
	for _, id := range slices.Backward(ch.messages) {
		m := s.world.messages[id]
		if m.nonce == nonce && m.byBot && now.UnixMilli()-m.created < nonceWindow.Milliseconds() {
			return m
		}
	}
	return nil
}

// newMessage is a message that is not yet in its channel. The caller holds s.mu.
func (s *Server) newMessage(ch *channel, author *User) *message {
	now := s.cfg.Now()
	m := &message{created: now.UnixMilli()}
	m.ID, m.ChannelID, m.GuildID, m.Author, m.Timestamp = s.newID(), ch.ID, ch.GuildID, author, stamp(now)
	return m
}

// post puts a finished message into its channel. The caller holds s.mu.
func (s *Server) post(m *message) {
	ch := s.world.channels[m.ChannelID]
	s.wake(ch)
	s.world.messages[m.ID] = m
	ch.messages = append(ch.messages, m.ID)
	if !m.Ephemeral() {
		ch.LastMessageID = m.ID
		ch.MessageCount++
	}
	s.snapshot(m)
	s.dispatchMessage("MESSAGE_CREATE", m)
}

// snapshot keeps what a message shows now.
func (s *Server) snapshot(m *message) {
	m.Edits = append(m.Edits, Edit{s.cfg.Now(), m.Content, m.Embeds, m.Components, m.Loading()})
}

// fill puts a body into a message; a message with nothing to show is refused. The caller holds s.mu.
func (s *Server) fill(m *message, b messageBody, c *call, interaction bool) *reply {
	next := m.Message
	if b.Content.Set {
		next.Content = b.Content.Value
	}
	if b.Embeds.Set {
		next.Embeds = b.Embeds.Value
	}
	if b.Components.Set {
		next.Components = b.Components.Value
	}
	if b.Flags.Set {
		kept := next.Flags & (FlagEphemeral | FlagHasThread | FlagLoading)
		next.Flags = kept | b.Flags.Value&(FlagSuppressEmbeds|FlagSuppressNotifications|FlagComponentsV2)
	}
	if b.Attachments.Set {
		next.Attachments = slices.DeleteFunc(slices.Clone(next.Attachments), func(a Attachment) bool {
			return !slices.ContainsFunc(b.Attachments.Value, func(r attachmentRef) bool { return string(r.ID) == string(a.ID) })
		})
	}
	for _, f := range c.form.files {
		id := s.newID()
		at := fmt.Sprintf("%s/attachments/%s/%s/%s", s.URL(), m.ChannelID, id, f.name)
		a := Attachment{ID: id, Filename: f.name, ContentType: f.kind, Size: len(f.data), URL: at, ProxyURL: at, Data: f.data}
		for _, r := range b.Attachments.Value {
			if string(r.ID) == strconv.Itoa(f.n) {
				a.Description = r.Description
			}
		}
		next.Attachments = append(next.Attachments, a)
	}
	if next.Content == "" && len(next.Embeds)+len(next.Components)+len(next.Attachments)+len(b.StickerIDs) == 0 {
		s.breach(Breach{RuleContent, c.where, "message", "empty", "content, embeds, components or files"})
		out := refusal(http.StatusBadRequest, codeEmpty, "Cannot send an empty message")
		return &out
	}
	next.Flags &^= FlagLoading
	if b.Nonce.Value != "" {
		next.Nonce, m.nonce = encode(string(b.Nonce.Value)), string(b.Nonce.Value)
	}
	m.Message = next
	s.notified(m, b.AllowedMentions, interaction)
	return nil
}

// edited finishes an edit. The caller holds s.mu.
func (s *Server) edited(m *message) {
	now := stamp(s.cfg.Now())
	m.EditedTimestamp = &now
	s.snapshot(m)
	s.dispatchMessage("MESSAGE_UPDATE", m)
}

func (s *Server) editMessage(c *call) reply {
	if _, refused := s.access(c, false); refused != nil {
		return *refused
	}
	m, refused := s.messageIn(c)
	if refused != nil {
		return *refused
	}
	if !m.byBot {
		s.breach(Breach{RuleOwnership, c.where, "author", name(m.Author), "the bot"})
		return refusal(http.StatusForbidden, codeOthersMessage, "Cannot edit a message authored by another user")
	}
	if _, refused := s.access(c, true); refused != nil {
		return *refused
	}
	b, refused := decode[messageBody](s, c)
	if refused != nil {
		return *refused
	}
	d := destination{edit: true, before: m}
	if refused := s.refuse(c, s.checkMessage(b, c.form.files, d)); refused != nil {
		return *refused
	}
	if c.now.Sub(time.UnixMilli(m.created)) > oldMessage {
		m.edits++
		if m.edits > maxOldEdits {
			return refusal(http.StatusTooManyRequests, codeOldEdits,
				"Maximum number of edits to messages older than 1 hour reached. Try again later")
		}
	}
	s.suspicious(c, b, d)
	if empty := s.fill(m, b, c, false); empty != nil {
		return *empty
	}
	s.edited(m)
	return ok(encode(s.visible(m, allIntents)))
}

func (s *Server) getMessage(c *call) reply {
	if _, refused := s.access(c, false); refused != nil {
		return *refused
	}
	m, refused := s.messageIn(c)
	if refused != nil {
		return *refused
	}
	if s.world.channels[m.ChannelID].denied&ReadHistory != 0 {
		return refusal(http.StatusForbidden, codeAccess, "Missing Access")
	}
	return ok(encode(s.visible(m, s.cfg.Privileged)))
}

func (s *Server) deleteMessage(c *call) reply {
	ch, refused := s.access(c, false)
	if refused != nil {
		return *refused
	}
	m, refused := s.messageIn(c)
	if refused != nil {
		return *refused
	}
	if !m.byBot {
		return refusal(http.StatusForbidden, codePermissions, "Missing Permissions")
	}
	s.remove(ch, m)
	return noContent
}

// remove takes a message off the screen. The caller holds s.mu.
func (s *Server) remove(ch *channel, m *message) {
	m.Deleted = true
	if m.Ephemeral() {
		s.notify()
		return
	}
	intent := intentMessages
	if ch.Type == DirectMessage {
		intent = intentDirect
	}
	s.dispatch("MESSAGE_DELETE", intent, ch.GuildID, encode(struct {
		ID        ID `json:"id"`
		ChannelID ID `json:"channel_id"`
		GuildID   ID `json:"guild_id,omitempty"`
	}{m.ID, ch.ID, ch.GuildID}))
}

// listMessages is newest first, as Discord has it.
func (s *Server) listMessages(c *call) reply {
	ch, refused := s.access(c, false)
	if refused != nil {
		return *refused
	}
	limit, err := strconv.Atoi(c.query.Get("limit"))
	if err != nil {
		limit = listDefault
	}
	if limit < 1 || limit > maxMessages {
		p := &problems{}
		p.add(RuleContent, "limit", "NUMBER_TYPE_MAX", c.query.Get("limit"), "1 to 100")
		return *s.refuse(c, p)
	}
	found := []Message{}
	if ch.denied&ReadHistory != 0 {
		return ok(encode(found))
	}
	ids := slices.Clone(ch.messages)
	after := ID(c.query.Get("after"))
	if after == "" {
		slices.Reverse(ids)
	}
	for _, id := range ids {
		m := s.world.messages[id]
		before := ID(c.query.Get("before"))
		if m.Deleted || m.Ephemeral() || before != "" && !less(id, before) || after != "" && !less(after, id) {
			continue
		}
		if len(found) < limit {
			found = append(found, s.visible(m, s.cfg.Privileged))
		}
	}
	if after != "" {
		slices.Reverse(found)
	}
	return ok(encode(found))
}

// less orders ids by age.
func less(a, b ID) bool {
	if len(a) != len(b) {
		return len(a) < len(b)
	}
	return a < b
}

func compareIDs(a, b ID) int {
	switch {
	case less(a, b):
		return -1
	case less(b, a):
		return 1
	}
	return 0
}
