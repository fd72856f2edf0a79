package discordtest

import "encoding/json"

// Online tells whether a session has a connection.
func (s *Server) Online() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.online()
}

// Connections counts the WebSockets that are open.
func (s *Server) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.gateway.conns)
}

// Opened counts the WebSockets that were ever opened.
func (s *Server) Opened() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.connections
}

// Identifies counts the IDENTIFYs, refused ones too.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.identifies
}

// Resumes counts the sessions that were resumed.
func (s *Server) Resumes() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.gateway.resumes
}

// Op1 asks all connections for a heartbeat at once.
func (s *Server) Op1() { s.each(func(c *conn) { c.send(payload{Op: opHeartbeat}, nil) }) }

// Op7 asks all connections to reconnect and resume.
func (s *Server) Op7() { s.each(func(c *conn) { c.send(payload{Op: opReconnect}, nil) }) }

// Op9 says to all connections that their session is invalid; one that is not resumable is forgotten.
func (s *Server) Op9(resumable bool) {
	s.each(func(c *conn) {
		c.send(payload{Op: opInvalid, D: encode(resumable)}, nil)
		if !resumable && c.session != nil {
			s.end(c.session)
			c.session = nil
		}
	})
}

// Op7BeforeReady lets the next n connections get op 7 right after HELLO.
func (s *Server) Op7BeforeReady(n int) { s.set(func(g *gateway) { g.early7 = n }) }

// Op9Next answers the next n IDENTIFYs and RESUMEs with op 9, not resumable.
func (s *Server) Op9Next(n int) { s.set(func(g *gateway) { g.op9s = n }) }

// Drop cuts all WebSockets without a word, as a failing network does. Sessions can be resumed.
func (s *Server) Drop() { s.each((*conn).cut) }

// CloseWith closes all connections with a code. Those that Discord does not let resume end their sessions.
func (s *Server) CloseWith(code int) {
	s.each(func(c *conn) {
		if c.session != nil && (code == CloseBadSequence || code == CloseTimedOut || code == CloseBadToken || code >= 4010) {
			s.end(c.session)
			c.session = nil
		}
		c.shut(code, "")
	})
}

// CloseNext closes the next connections, one for each code, instead of HELLO.
func (s *Server) CloseNext(codes ...int) {
	s.set(func(g *gateway) { g.closeOnOpen = append(g.closeOnOpen, codes...) })
}

// MuteACKs leaves heartbeats without answer, as a zombie connection does.
func (s *Server) MuteACKs(mute bool) { s.set(func(g *gateway) { g.muteAcks = mute }) }

// RefuseReady leaves IDENTIFYs without READY.
func (s *Server) RefuseReady(refuse bool) { s.set(func(g *gateway) { g.refuse = refuse }) }

// Dispatch sends any event to all sessions, whatever their intents.
func (s *Server) Dispatch(name string, data json.RawMessage) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch(name, intentAlways, "", data)
}

// ForgetSessions makes all sessions unknown, so that a RESUME gets op 9; connections stay open.
func (s *Server) ForgetSessions() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.gateway.sessions {
		n.conn = nil
	}
	s.gateway.sessions = nil
}

func (s *Server) each(f func(*conn)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.gateway.conns {
		f(c)
	}
	s.notify()
}

func (s *Server) set(f func(*gateway)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f(&s.gateway)
}
