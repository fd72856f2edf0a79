package discord

import (
	"sync"
	"time"
)

const (
	seenFor = 15 * time.Minute // a resumed session replays events; an interaction lives as long
	maxSeen = 50_000           // ours: ids in each of the two halves
)

// seen remembers event ids, so that a replayed event is handled once. The zero value is ready for use.
type seen struct {
	mu       sync.Mutex
	now, old map[string]struct{}
	turned   time.Time
}

// forget makes an id new again.
func (s *seen) forget(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.now, id)
	delete(s.old, id)
}

// first tells whether the id is new, and remembers it for at least seenFor, unless more than maxSeen others come.
func (s *seen) first(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.now == nil || time.Since(s.turned) > seenFor || len(s.now) >= maxSeen {
		if time.Since(s.turned) > 2*seenFor {
			s.now = nil
		}
		s.old, s.now, s.turned = s.now, map[string]struct{}{}, time.Now()
	}
	if _, known := s.now[id]; known {
		return false
	}
	if _, known := s.old[id]; known {
		return false
	}
	s.now[id] = struct{}{}
	return true
}
