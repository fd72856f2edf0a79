package discordtest

// Forget drops all that has been said, used and requested so far, so that a long run can be told from a leak of the
// bot's. Nobody may be waiting for any of it.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.world.messages = map[ID]*message{}
	s.world.interactions, s.world.byToken = map[ID]*Interaction{}, map[string]*Interaction{}
	for _, c := range s.world.channels {
		c.messages, c.uses = nil, nil
	}
	for _, n := range s.gateway.sessions {
		n.kept = nil
	}
	s.limiter = newLimiter()
	s.requests, s.pings = nil, nil
}
