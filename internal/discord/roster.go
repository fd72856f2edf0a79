package discord

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
)

// A roster is what we read of a server that comes or goes.
type roster struct {
	ID          string `json:"id"`
	Unavailable bool   `json:"unavailable"` // it cannot be reached: the bot was not removed from it
}

// servers are those that have the bot. The zero servers knows none.
type servers struct {
	mu    sync.Mutex
	ids   map[string]bool
	known bool // a session has begun
}

// all takes the servers with which a session begins.
func (s *servers) all(list []roster) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ids, s.known = map[string]bool{}, true
	for _, r := range list {
		s.ids[r.ID] = true
	}
}

// note takes a GUILD_CREATE or GUILD_DELETE.
func (s *servers) note(event json.RawMessage, there bool) {
	var r roster
	if json.Unmarshal(event, &r) != nil || r.ID == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case !s.known:
	case there:
		s.ids[r.ID] = true
	case !r.Unavailable:
		delete(s.ids, r.ID)
	}
}

// Servers are the ids of the servers that have the bot; known is false until Discord has said which.
func (b *Bot) Servers() (ids []string, known bool) {
	b.servers.mu.Lock()
	defer b.servers.mu.Unlock()
	return slices.Sorted(maps.Keys(b.servers.ids)), b.servers.known
}
