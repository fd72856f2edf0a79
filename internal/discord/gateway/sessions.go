package gateway

import (
	"bytes"
	"context"
	"maps"
	"sync"
	"time"

	"pilcrow/internal/store"
)

// A process that is killed hands nothing over. So it writes down, while it runs, where its sessions stand; who has its
// shards next goes on from there, and is told again what came since. Which of that was taken for a question before, the
// store knows; see store.ErrTaken.

// A tracked session is where one stands, and the event with which it began here.
type trackedSession struct {
	session

	began int64
}

// sessions are where those of all shards stand. Make it with newSessions.
type sessions struct {
	begun chan struct{} // holds one token when there is a session that is new here

	mu sync.Mutex
	of map[Shard]trackedSession
}

func newSessions() *sessions {
	return &sessions{begun: make(chan struct{}, 1), of: map[Shard]trackedSession{}}
}

// note takes where a session stands when an event of it has been passed on.
func (s *sessions) note(shard Shard, at session) {
	s.mu.Lock()
	defer s.mu.Unlock()
	was, known := s.of[shard]
	if !known || was.id != at.id {
		was.began = at.seq
		select {
		case s.begun <- struct{}{}:
		default:
		}
	}
	s.of[shard] = trackedSession{at, was.began}
}

// forget takes a session away that goes on elsewhere, or not at all.
func (s *sessions) forget(shard Shard) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.of, shard)
}

func (s *sessions) all() map[Shard]trackedSession {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.of)
}

// A keeper writes down where sessions stand. It is for one goroutine.
type keeper struct {
	fleet   *Fleet
	settled map[Shard]trackedSession // where they stood a while ago: questions that came by then are written down
	reached map[Shard]trackedSession // where they stood when that was looked at last
	written map[Shard]sealedSession
	roster  int64 // the state of the servers that written tells
	failed  bool
}

// A sealedSession is what was sealed of one.
type sealedSession struct {
	id   string
	data []byte
}

// keepSessions writes down where the sessions stand, again and again and when one begins, until ctx ends.
func (f *Fleet) keepSessions(ctx context.Context) {
	if !f.Cluster() {
		return
	}
	k := &keeper{fleet: f}
	tick := time.NewTicker(f.Times.Keep)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			k.advance()
		case <-f.tracked.begun:
		}
		k.write(ctx)
	}
}

// advance notes that a while has passed.
func (k *keeper) advance() { k.settled, k.reached = k.reached, k.fleet.tracked.all() }

// write writes down where the sessions stood a while ago, and of one that began since, where it began.
func (k *keeper) write(ctx context.Context) {
	f := k.fleet
	me := f.me.Load()
	if me == nil {
		return
	}
	roster, written := f.servers.edits.Load(), map[Shard]sealedSession{}
	var list []store.ShardSession
	for shard, now := range f.tracked.all() {
		one := store.ShardSession{Lease: store.Lease{Count: shard.Count, Shard: shard.ID}, Seq: now.began}
		if was, known := k.settled[shard]; known && was.id == now.id {
			one.Seq = was.seq
		}
		written[shard] = k.written[shard]
		if roster != k.roster || written[shard].id != now.id {
			data, err := f.legacy(me, shard, now.session).encode()
			if err != nil {
				f.client.Log("write down where a session stands", err)
				continue
			}
			if !bytes.Equal(data, written[shard].data) {
				written[shard], one.Sealed = sealedSession{now.id, data}, f.seal.Seal(nil, nil, data, nil)
			}
		}
		list = append(list, one)
	}
	ctx, cancel := context.WithTimeout(ctx, handOverTimeout)
	defer cancel()
	err := f.kept.KeepSessions(ctx, list)
	if err == nil {
		k.written, k.roster = written, roster
	}
	if err != nil && !k.failed && ctx.Err() == nil {
		f.client.Log("write down where sessions stand: after a kill, what came since would be lost", err)
	}
	k.failed = err != nil
}
