package discordtest

import (
	"cmp"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// What a person's client refuses before the bot hears of it.
var (
	ErrNoCommand   = errors.New("no such command is offered")
	ErrNotAllowed  = errors.New("the command is hidden from this user")
	ErrBadOption   = errors.New("the client does not accept the options")
	ErrNoComponent = errors.New("there is no such component that could be used")
	ErrNoMessage   = errors.New("the user does not see such a message")
)

// interactionData is the data of an interaction of any type.
type interactionData struct {
	ID            ID           `json:"id,omitempty"`
	Name          string       `json:"name,omitempty"`
	Type          int          `json:"type,omitempty"`
	GuildID       ID           `json:"guild_id,omitempty"`
	TargetID      ID           `json:"target_id,omitempty"`
	Options       []optionWire `json:"options,omitempty"`
	Resolved      *resolved    `json:"resolved,omitempty"`
	CustomID      string       `json:"custom_id,omitempty"`
	ComponentType int          `json:"component_type,omitempty"`
	Values        []string     `json:"values,omitempty"`
	Components    []Component  `json:"components,omitempty"`
}

type resolved struct {
	Messages map[ID]Message `json:"messages,omitempty"`
	Users    map[ID]User    `json:"users,omitempty"`
	Members  map[ID]Member  `json:"members,omitempty"`
	Channels map[ID]Channel `json:"channels,omitempty"`
	Roles    map[ID]Role    `json:"roles,omitempty"`

	Attachments map[ID]Attachment `json:"attachments,omitempty"`
}

// orNone is nil for a resolved without anything in it, which Discord leaves out.
func (r *resolved) orNone() *resolved {
	if len(r.Messages)+len(r.Users)+len(r.Members)+len(r.Channels)+len(r.Roles)+len(r.Attachments) == 0 {
		return nil
	}
	return r
}

// interactionWire is INTERACTION_CREATE.
type interactionWire struct {
	ID            ID              `json:"id"`
	ApplicationID ID              `json:"application_id"`
	Type          int             `json:"type"`
	Data          interactionData `json:"data"`
	GuildID       ID              `json:"guild_id,omitempty"`
	ChannelID     ID              `json:"channel_id"`
	Channel       Channel         `json:"channel"`
	Member        *Member         `json:"member,omitempty"`
	User          *User           `json:"user,omitempty"`
	Token         string          `json:"token"`
	Version       int             `json:"version"`
	Message       *Message        `json:"message,omitempty"`
	Permissions   string          `json:"app_permissions"`
	Locale        string          `json:"locale"`
	GuildLocale   string          `json:"guild_locale,omitempty"`
	Context       int             `json:"context"` // 0 guild, 1 direct message with the bot, 2 people among themselves
	Owners        map[string]ID   `json:"authorizing_integration_owners"`
	Entitlements  []ID            `json:"entitlements"`
}

// start makes an interaction and sends it to the bot. The caller holds s.mu.
func (p *Person) start(kind int, ch *channel, usage string, d interactionData, source *message) *Interaction {
	s := p.s
	it := &Interaction{
		s: s, id: s.newID(), token: rand.Text(), kind: kind, user: p, channel: ch.ID, guild: ch.GuildID,
		usage: usage, source: source, created: s.cfg.Now(), userOnly: s.userOnly(p, ch),
	}
	s.world.interactions[it.id], s.world.byToken[it.token] = it, it
	if kind != kindAutocomplete {
		s.tell(ch, it)
	}
	w := interactionWire{
		ID: it.id, ApplicationID: s.world.app, Type: kind, Data: d, GuildID: ch.GuildID, ChannelID: ch.ID,
		Channel: ch.Channel,
		Token:   it.token, Version: 1, Permissions: fmt.Sprint(all &^ ch.denied), Locale: cmp.Or(p.locale, "en-US"),
		Owners: map[string]ID{"0": ch.GuildID}, Entitlements: []ID{},
	}
	switch ch.Type {
	case DirectMessage:
		w.User, w.Context, w.Owners = &p.user, 1, map[string]ID{"0": "0"}
	case GroupDirect:
		w.User, w.Context, w.Owners = &p.user, 2, map[string]ID{}
	default:
		w.Member, w.GuildLocale = s.member(&p.user, p.permissions), "en-US"
	}
	if s.userOnly(p, ch) {
		w.Owners = map[string]ID{"1": p.user.ID}
	}
	if source != nil {
		v := s.visible(source, allIntents)
		w.Message = &v
	}
	data := encode(w)
	for _, n := range s.gateway.sessions {
		if !n.serves(ch.GuildID) {
			continue
		}
		n.dispatch("INTERACTION_CREATE", data, func() {
			s.mu.Lock()
			defer s.mu.Unlock()
			if it.delivered.IsZero() {
				it.delivered = s.cfg.Now()
				s.notify()
			}
		})
	}
	s.notify()
	return it
}

// failed is an interaction that the client refuses to make.
func (p *Person) failed(err error) *Interaction { return &Interaction{s: p.s, user: p, err: err} }

// offered is a command as a person finds it in a channel. The caller holds s.mu.
func (p *Person) offered(ch *channel, kind int, name string) (Command, error) {
	s := p.s
	match := func(c Command) bool { return c.Type == kind && c.Name == name }
	list := s.world.commands[ch.GuildID]
	at := slices.IndexFunc(list, match)
	if at < 0 || ch.GuildID == "" {
		list = s.world.commands[""]
		at = slices.IndexFunc(list, match)
	}
	if at < 0 {
		return Command{}, fmt.Errorf("%w: %s", ErrNoCommand, name)
	}
	c := list[at]
	return c, s.withheld(p, ch, c)
}

// withheld is why a person does not find a command in a channel, nil if it is found. The caller holds s.mu.
func (s *Server) withheld(p *Person, ch *channel, c Command) error {
	direct, context := ch.GuildID == "", 0
	switch ch.Type {
	case DirectMessage:
		context = 1
	case GroupDirect:
		context = 2
	}
	if direct && c.DMPermission != nil && !*c.DMPermission || c.Contexts != nil && !slices.Contains(c.Contexts, context) {
		return fmt.Errorf("%w: %s, not in this kind of channel", ErrNoCommand, c.Name)
	}
	if s.userOnly(p, ch) && (!p.installed || !slices.Contains(c.IntegrationTypes, userInstall)) {
		return fmt.Errorf("%w: %s, not by whom it is installed", ErrNoCommand, c.Name)
	}
	if !direct && c.DefaultMemberPermissions != nil && !s.world.granted[c.Name+" "+string(p.user.ID)] {
		need, _ := strconv.Atoi(string(*c.DefaultMemberPermissions))
		if has := p.permissions; has&Administrator == 0 && (has&need != need || need == 0) {
			return fmt.Errorf("%w: %s", ErrNotAllowed, c.Name)
		}
	}
	return nil
}

// Grant lets a person use a command in spite of its default permissions, as a server's settings can.
func (s *Server) Grant(command string, p *Person) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.granted[command+" "+string(p.user.ID)] = true
}

// Slash uses a command; a subcommand is written behind it, with a space. What the client would not send is an
// interaction whose Err says why.
func (p *Person) Slash(channel ID, command string, opts ...Option) *Interaction {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	return p.slash(kindCommand, channel, command, opts, "")
}

// slash is Slash and Autocomplete; focused is the option that is being typed. The caller holds s.mu.
func (p *Person) slash(kind int, channel ID, command string, opts []Option, focused string) *Interaction {
	ch := p.s.world.channels[channel]
	if ch == nil {
		return p.failed(fmt.Errorf("%w: no channel %s", ErrNoCommand, channel))
	}
	path := strings.Fields(command)
	if len(path) == 0 {
		return p.failed(ErrNoCommand)
	}
	cmd, err := p.offered(ch, SlashCommand, path[0])
	if err != nil {
		return p.failed(err)
	}
	params, wrap := cmd.Options, func(o []optionWire) []optionWire { return o }
	for _, sub := range path[1:] {
		at := slices.IndexFunc(params, func(o CommandOption) bool { return o.Name == sub && o.Type <= optGroup })
		if at < 0 {
			return p.failed(fmt.Errorf("%w: %s", ErrNoCommand, command))
		}
		outer, kind := wrap, params[at].Type
		wrap = func(o []optionWire) []optionWire { return outer([]optionWire{{Name: sub, Type: kind, Options: o}}) }
		params = params[at].Options
	}
	r := &resolved{}
	values, option, err := p.values(ch, params, opts, focused, r)
	if err != nil {
		return p.failed(err)
	}
	usage := []string{"/" + command}
	for _, o := range opts {
		usage = append(usage, o.Name+": "+o.Value)
	}
	it := p.start(kind, ch, strings.Join(usage, " "), interactionData{
		ID: cmd.ID, Name: cmd.Name, Type: cmd.Type, GuildID: cmd.GuildID, Options: wrap(values), Resolved: r.orNone(),
	}, nil)
	it.option = option
	return it
}

// MessageMenu uses a command of the menu of a message.
func (p *Person) MessageMenu(command string, target ID) *Interaction {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := p.sees(target)
	if m == nil {
		return p.failed(ErrNoMessage)
	}
	ch := s.world.channels[m.ChannelID]
	cmd, err := p.offered(ch, MessageCommand, command)
	if err != nil {
		return p.failed(err)
	}
	return p.start(kindCommand, ch, command, interactionData{
		ID: cmd.ID, Name: cmd.Name, Type: cmd.Type, GuildID: cmd.GuildID, TargetID: m.ID,
		Resolved: &resolved{Messages: map[ID]Message{m.ID: s.visible(m, allIntents)}},
	}, nil)
}

// sees is a message on the person's screen, or nil.
func (p *Person) sees(id ID) *message {
	m := p.s.world.messages[id]
	if m == nil || m.Deleted || m.For != "" && m.For != p.user.ID || p.s.world.channels[m.ChannelID] == nil {
		return nil
	}
	return m
}

// Click presses a button, by its custom id or its label, or by the end of the only label that ends so: "¶4" is how
// people call a button with a title in front.
func (p *Person) Click(id ID, button string) *Interaction {
	return p.use(id, button, nil, func(c Component) bool { return c.Type == Button && c.CustomID != "" })
}

// Choose picks options of a select menu, by their values or labels; the menu is named by its custom id or placeholder.
func (p *Person) Choose(id ID, menu string, picked ...string) *Interaction {
	values := make([]string, len(picked))
	return p.use(id, menu, values, func(c Component) bool {
		for i, want := range picked {
			at := slices.IndexFunc(c.Options, func(o SelectOption) bool { return o.Value == want || o.Label == want })
			if at < 0 {
				return false
			}
			values[i] = c.Options[at].Value
		}
		return c.Type == StringSelect
	})
}

// find looks for a component by its custom id, label or placeholder, else by the end of its label if one alone ends so.
func find(list []Component, fits func(Component) bool, which string) (found *Component) {
	var ends []Component
	walk(list, func(c Component) {
		switch {
		case found != nil || !fits(c) || c.Disabled:
		case c.CustomID == which || c.Label == which || c.Placeholder == which:
			found = &c
		case strings.HasSuffix(c.Label, " "+which):
			ends = append(ends, c)
		}
	})
	if found == nil && len(ends) == 1 {
		return &ends[0]
	}
	return found
}

func (p *Person) use(id ID, which string, values []string, fits func(Component) bool) *Interaction {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := p.sees(id)
	if m == nil {
		return p.failed(ErrNoMessage)
	}
	found := find(m.Components, fits, which)
	if found == nil {
		return p.failed(fmt.Errorf("%w: %s", ErrNoComponent, which))
	}
	usage := "[" + found.Label + found.Placeholder + "]"
	if len(values) > 0 {
		usage += " " + strings.Join(values, ", ")
	}
	return p.start(kindComponent, s.world.channels[m.ChannelID], usage, interactionData{
		CustomID: found.CustomID, ComponentType: found.Type, Values: values,
	}, m)
}

// SubmitModal fills in the form that an interaction was answered with; fields are named by custom id.
func (p *Person) SubmitModal(it *Interaction, fields ...Option) *Interaction {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if it.modal == nil || it.user != p {
		return p.failed(fmt.Errorf("%w: no form was shown", ErrNoComponent))
	}
	var bad error
	var r resolved
	fill := func(c Component) Component {
		filled, err := p.fillIn(s.world.channels[it.channel], c, fields, &r)
		bad = errors.Join(bad, err)
		return filled
	}
	var rows []Component
	for _, c := range it.modal.Components {
		row := Component{Type: c.Type, ID: c.ID}
		if c.Component != nil {
			inner := fill(*c.Component)
			row.Component = &inner
		}
		for _, inner := range c.Components {
			row.Components = append(row.Components, fill(inner))
		}
		rows = append(rows, row)
	}
	if bad != nil {
		return p.failed(bad)
	}
	return p.start(kindModal, s.world.channels[it.channel], "form “"+it.modal.Title+"”", interactionData{
		CustomID: it.modal.CustomID, Components: rows, Resolved: r.orNone(),
	}, it.source)
}
