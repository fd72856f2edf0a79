package discordtest

// Where the bot is used although nobody there has installed it but the one who uses it.

// AddForeignGuild makes a guild that has not installed the bot, and its channel: the bot is no member and gets no
// events from there.
func (s *Server) AddForeignGuild(name string) (guild, general ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.world.addGuild(s.newID(), name, s.world.people[0].user.ID)
	g.foreign = true
	c := s.world.addChannel(s, Channel{Type: GuildText, GuildID: g.id, Name: channelName})
	c.muted, c.hidden = true, true
	return g.id, c.ID
}

// AddGroup makes a conversation of people among themselves.
func (s *Server) AddGroup(people ...*Person) ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := Channel{Type: GroupDirect}
	for _, p := range people {
		c.Recipients = append(c.Recipients, p.user)
	}
	made := s.world.addChannel(s, c)
	made.muted, made.hidden = true, true
	return made.ID
}

// AddRole makes a role of a guild.
func (s *Server) AddRole(guild ID, name string) ID {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.world.guild(guild)
	r := Role{ID: s.newID(), Name: name, Permissions: "0", Position: len(g.roles) + 1}
	g.roles = append(g.roles, r)
	return r.ID
}

// userOnly tells whether in a channel the app is there by the person's installation alone. The caller holds s.mu.
func (s *Server) userOnly(p *Person, ch *channel) bool {
	if ch.Type == GroupDirect {
		return true
	}
	g := s.world.guild(ch.GuildID)
	return g != nil && g.foreign || p.installed
}
