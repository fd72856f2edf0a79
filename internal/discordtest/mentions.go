package discordtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// allowedMentions says who may be notified.
type allowedMentions struct {
	Parse       optional[[]string] `json:"parse"`
	Users       []ID               `json:"users"`
	Roles       []ID               `json:"roles"`
	RepliedUser bool               `json:"replied_user"`
}

// A Ping is a notification that a message of the bot gave.
type Ping struct {
	Message ID
	Who     string // a user's name, "@everyone", "@here", or "&" and a role's id
}

// Pings are all notifications that the bot's messages gave, in order.
func (s *Server) Pings() []Ping {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.pings)
}

// checkMentions wants allowed_mentions that contradict nothing and, unless Config.AllowParse, that parse nothing.
func (s *Server) checkMentions(p *problems, b messageBody, d destination) {
	const path = "allowed_mentions"
	m := b.AllowedMentions.Value
	p.count(RuleMentions, path+".users", len(m.Users), 0, maxMentionIDs)
	p.count(RuleMentions, path+".roles", len(m.Roles), 0, maxMentionIDs)
	for _, kind := range m.Parse.Value {
		if !slices.Contains([]string{"users", "roles", "everyone"}, kind) {
			p.add(RuleMentions, path+".parse", "BASE_TYPE_CHOICES", kind, "users, roles or everyone")
		}
		if kind == "users" && len(m.Users) > 0 || kind == "roles" && len(m.Roles) > 0 {
			p.add(RuleMentions, path, "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse and a list of "+kind, "one of them")
		}
	}
}

// suspicious records a breach, without refusing, where mentions are left on. The caller holds s.mu.
func (s *Server) suspicious(c *call, b messageBody, d destination) {
	if s.cfg.AllowParse || d.edit && !b.Content.Set && !b.Components.Set {
		return
	}
	what := Breach{Rule: RuleMentions, Where: c.where, What: "allowed_mentions", Limit: "an empty parse list"}
	switch m := b.AllowedMentions; {
	case !m.Set || m.Null:
		what.Value = "absent"
	case m.Value.Parse.Null:
		what.Value = "parse: null"
	case len(m.Value.Parse.Value) > 0:
		what.Value = fmt.Sprint("parse: ", m.Value.Parse.Value)
	default:
		return
	}
	s.breach(what)
}

var (
	userMention = regexp.MustCompile(`<@!?(\d+)>`)
	roleMention = regexp.MustCompile(`<@&(\d+)>`)
)

// notified fills in whom a message of the bot mentions, and records the pings. Absent allowed_mentions parse
// everything, in interactions users only (message docs, "Allowed Mentions Object"). The caller holds s.mu.
func (s *Server) notified(m *message, a optional[allowedMentions], interaction bool) {
	parse, users, roles := []string{"users", "roles", "everyone"}, []ID(nil), []ID(nil)
	if interaction {
		parse = []string{"users"}
	}
	if a.Set && !a.Null {
		parse, users, roles = a.Value.Parse.Value, a.Value.Users, a.Value.Roles
	}
	text := m.Content
	walk(m.Components, func(c Component) { text += "\n" + c.Content })
	m.Mentions, m.MentionRoles, m.MentionEveryone = []User{}, []ID{}, false
	s.notifyUsers(m, text, func(id ID) bool { return slices.Contains(parse, "users") || slices.Contains(users, id) })
	for _, x := range roleMention.FindAllStringSubmatch(text, -1) {
		m.MentionRoles = append(m.MentionRoles, ID(x[1]))
		if slices.Contains(parse, "roles") || slices.Contains(roles, ID(x[1])) {
			s.ping(m, "&"+x[1])
		}
	}
	for _, all := range []string{"@everyone", "@here"} {
		if strings.Contains(text, all) && slices.Contains(parse, "everyone") {
			m.MentionEveryone = true
			s.ping(m, all)
		}
	}
	if !interaction && (!a.Set || a.Null || a.Value.RepliedUser) {
		s.notifyReplied(m)
	}
}

// notifyUsers notes whom the text mentions, and pings those whom it may. The caller holds s.mu.
func (s *Server) notifyUsers(m *message, text string, may func(ID) bool) {
	for _, x := range userMention.FindAllStringSubmatch(text, -1) {
		if slices.ContainsFunc(m.Mentions, func(u User) bool { return u.ID == ID(x[1]) }) {
			continue
		}
		if u := s.world.user(ID(x[1])); u != nil {
			m.Mentions = append(m.Mentions, *u)
			if may(u.ID) {
				s.ping(m, name(u))
			}
		}
	}
}

// notifyReplied pings whom the message replies to, if it is a reply. The caller holds s.mu.
func (s *Server) notifyReplied(m *message) {
	if to := m.Reference; to != nil && m.Type == typeReply {
		if answered := s.world.messages[to.MessageID]; answered != nil {
			s.ping(m, name(answered.Author))
		}
	}
}

func (s *Server) ping(m *message, who string) {
	p := Ping{Message: m.ID, Who: who}
	if !slices.Contains(s.pings, p) && !m.Ephemeral() {
		s.pings = append(s.pings, p)
	}
}

// name is what people call a user.
func name(u *User) string {
	if u.GlobalName != nil {
		return *u.GlobalName
	}
	return u.Username
}
