package gateway

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
)

// A roster is what we read of a server that comes or goes.
type roster struct {
	ID          string `json:"id"`
	Unavailable bool   `json:"unavailable"` // it cannot be reached: the bot was not removed from it
}

// servers are those that have the bot, by the shard that told of them. The zero servers knows none.
type servers struct {
	edits atomic.Int64 // how often it changed who they are

	mu  sync.Mutex
	set holding // that are to tell
	of  map[Shard]map[string]bool
}

// expect says which shards are to tell, and forgets what those of another count told.
func (s *servers) expect(set holding) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.set = set
	maps.DeleteFunc(s.of, func(shard Shard, _ map[string]bool) bool { return shard.Count != set.count() })
}

// all takes the servers with which a session of a shard begins.
func (s *servers) all(shard Shard, list []roster) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.of == nil {
		s.of = map[Shard]map[string]bool{}
	}
	ids := map[string]bool{}
	for _, r := range list {
		ids[r.ID] = true
	}
	s.of[shard] = ids
	s.edits.Add(1)
}

// ofShard are the servers of a shard, in order.
func (s *servers) ofShard(shard Shard) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Sorted(maps.Keys(s.of[shard]))
}

// note takes a GUILD_CREATE or GUILD_DELETE.
func (s *servers) note(shard Shard, event json.RawMessage, there bool) {
	var r roster
	if json.Unmarshal(event, &r) != nil || r.ID == "" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	ids := s.of[shard]
	switch {
	case ids == nil || ids[r.ID] == there:
	case there:
		ids[r.ID] = true
		s.edits.Add(1)
	case !r.Unavailable:
		delete(ids, r.ID)
		s.edits.Add(1)
	}
}

// Servers are the ids of the servers that have the bot and are of this process's shards; known is false until Discord
// has said which.
func (f *Fleet) Servers() (ids []string, known bool) {
	s := &f.servers
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.set == nil {
		return nil, false
	}
	all := map[string]bool{}
	for _, shard := range s.set {
		of, told := s.of[shard]
		if !told {
			return nil, false
		}
		maps.Copy(all, of)
	}
	return slices.Sorted(maps.Keys(all)), true
}
