package discordtest

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// shard is one part of a bot's guilds. https://discord.com/developers/docs/events/gateway#sharding
type shard struct{ id, count int }

// shardCount is what became of a shard's connections.
type shardCount struct {
	identifies, resumes int
	begun               []time.Time // sessions
}

// idTime is how many bits of a snowflake stand below its time.
const idTime = 22

func (h shard) serves(guild ID) bool {
	if guild == "" { // direct messages
		return h.id == 0
	}
	n, err := strconv.ParseUint(string(guild), 10, 64)
	return err == nil && int((n>>idTime)%uint64(h.count)) == h.id //nolint:gosec // below count
}

func (n *session) serves(guild ID) bool { return n.shard.serves(guild) }

// shard is what is counted of a shard. The caller holds Server.mu.
func (g *gateway) shard(h shard) *shardCount {
	if g.shards == nil {
		g.shards = map[shard]*shardCount{}
	}
	if g.shards[h] == nil {
		g.shards[h] = &shardCount{}
	}
	return g.shards[h]
}

// joined are the guilds of a shard that the bot is in. The caller holds s.mu.
func (s *Server) joined(h shard) []*guild {
	return slices.DeleteFunc(slices.Clone(s.world.guilds), func(g *guild) bool { return g.foreign || !h.serves(g.id) })
}

// part is the shard of an IDENTIFY: refused tells that the connection is closed because of it. The caller holds s.mu.
func (s *Server) part(c *conn, of *[2]int) (h shard, refused bool) {
	h = shard{0, 1}
	if of != nil {
		h = shard{of[0], of[1]}
	}
	if h.count < 1 || h.id < 0 || h.id >= h.count {
		s.protocolError(c, CloseBadShard, "shard", fmt.Sprint(h.id, " of ", h.count), "one of them")
		return h, true
	}
	count := s.gateway.shard(h)
	count.identifies++
	if codes := s.gateway.closing[h]; len(codes) > 0 {
		s.gateway.closing[h] = codes[1:]
		c.shut(codes[0], "")
		return h, true
	}
	if len(s.joined(h)) > s.cfg.GuildsPerShard {
		c.shut(CloseTooFewShards, "Sharding required.")
		return h, true
	}
	return h, false
}

// tooSoon tells that a shard of the same turn has identified less than IdentifyGap ago. The caller holds s.mu.
func (s *Server) tooSoon(h shard, now time.Time) bool {
	g, at := &s.gateway, h.id%s.cfg.Concurrency
	if len(g.starts) == 0 || g.turns == nil {
		g.turns = map[int]time.Time{}
	}
	last, known := g.turns[at]
	g.turns[at] = now
	g.shard(h).begun = append(g.shard(h).begun, now)
	return known && now.Sub(last) < s.cfg.IdentifyGap
}

// recommended is how many shards /gateway/bot names. The caller holds s.mu.
func (s *Server) recommended() int {
	if s.cfg.Shards > 0 {
		return s.cfg.Shards
	}
	return len(s.world.guilds)/s.cfg.GuildsPerShard + 1
}

// AddGuildOn is AddGuild for a guild that one of count shards serves.
func (s *Server) AddGuildOn(name string, id, count int) (guild, general ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	own := s.newID()
	for want := (shard{id, count}); !want.serves(own); own = s.newID() {
		s.lastID |= 1<<idTime - 1 // the next one is of the next millisecond
	}
	return s.join(own, name)
}

// CloseShardNext closes the next connections of a shard at their IDENTIFY, one for each code.
func (s *Server) CloseShardNext(id, count int, codes ...int) {
	s.set(func(g *gateway) {
		if g.closing == nil {
			g.closing = map[shard][]int{}
		}
		g.closing[shard{id, count}] = codes
	})
}

// DropShard cuts the connections of one shard without a word. Its session can be resumed.
func (s *Server) DropShard(id, count int) {
	s.each(func(c *conn) {
		if c.session != nil && c.session.shard == (shard{id, count}) {
			c.cut()
		}
	})
}

// ShardOnline tells whether a shard has a connection with a session.
func (s *Server) ShardOnline(id, count int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.ContainsFunc(
		s.gateway.sessions,
		func(n *session) bool { return n.conn != nil && n.shard == shard{id, count} },
	)
}

// ShardsOnline tells whether all shards of a count are, and no others.
func (s *Server) ShardsOnline(count int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	up := map[shard]bool{}
	for _, n := range s.gateway.sessions {
		if n.conn != nil {
			up[n.shard] = true
		}
	}
	for id := range count {
		if !up[shard{id, count}] {
			return false
		}
	}
	return len(up) == count
}

// OfShard counts the IDENTIFYs of a shard, refused ones too, and its resumed sessions.
func (s *Server) OfShard(id, count int) (identifies, resumes int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := s.gateway.shard(shard{id, count})
	return n.identifies, n.resumes
}

// Begun are the times at which a shard identified, by the clock of the Config.
func (s *Server) Begun(id, count int) []time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.gateway.shard(shard{id, count}).begun)
}

// CloseShard closes the connections of one shard with a code, and ends its session.
func (s *Server) CloseShard(id, count, code int) {
	s.each(func(c *conn) {
		if c.session != nil && c.session.shard == (shard{id, count}) {
			s.end(c.session)
			c.session = nil
			c.shut(code, "")
		}
	})
}
