package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"pilcrow/internal/store"
)

// Where several processes run on one database, one that ends hands its sessions over: the next one that has its shards
// goes on with them, and Discord tells it what came between.

// handOverTimeout is how long the database may take for it; ours.
const handOverTimeout = 3 * time.Second

// ErrHandOver is why connections end whose sessions go on elsewhere.
var ErrHandOver = errors.New("another process goes on with the session")

// A legacy is what another process needs to go on with a session: where it is, and what READY said. Up to which event
// it has come is kept beside it.
type legacy struct {
	ID          string   `json:"id"`
	URL         string   `json:"url"`
	Seq         int64    `json:"seq,omitempty"` // as programs of before have it here
	User        string   `json:"user"`
	Application string   `json:"application"`
	Servers     []string `json:"servers"`
}

// legacy is what another process needs to go on with a session.
func (f *Fleet) legacy(me *self, shard Shard, s session) legacy {
	return legacy{ID: s.id, URL: s.url, User: me.user, Application: me.application, Servers: f.servers.ofShard(shard)}
}

func (l legacy) encode() ([]byte, error) { return json.Marshal(l) }

// session is where to go on.
func (l legacy) session() session { return session{id: l.ID, url: l.URL, seq: l.Seq} }

// ready is what READY would say if the session began now.
func (l legacy) ready() (json.RawMessage, error) {
	r := ready{SessionID: l.ID, ResumeURL: l.URL}
	r.User.ID, r.Application.ID = l.User, l.Application
	for _, id := range l.Servers {
		r.Guilds = append(r.Guilds, roster{ID: id})
	}
	return json.Marshal(r)
}

// Cluster tells whether other processes may run on the same database.
func (f *Fleet) Cluster() bool { return f.kept != nil && f.kept.Joined() }

// handOver gives the sessions with which the gateways ended to whoever has their shards next.
func (f *Fleet) handOver(left map[Shard]session) {
	all := f.sealed(left)
	ctx, cancel := context.WithTimeout(context.Background(), handOverTimeout)
	defer cancel()
	if err := f.kept.HandOver(ctx, all); err != nil {
		f.client.Log("hand shards over: what comes until they are taken may be lost", err)
		return
	}
	f.logger.Info("shards are handed over", "sessions", len(all))
}

// sealed are sessions as others go on with them.
func (f *Fleet) sealed(left map[Shard]session) (all []store.ShardSession) {
	me := f.me.Load()
	for shard, s := range left {
		if me == nil || s.id == "" {
			continue
		}
		data, err := f.legacy(me, shard, s).encode()
		if err != nil {
			f.client.Log("hand a session over", err)
			continue
		}
		all = append(all, store.ShardSession{Lease: store.Lease{Count: shard.Count, Shard: shard.ID}, Seq: s.seq,
			Sealed: f.seal.Seal(nil, nil, data, nil)})
	}
	return all
}

// takeOver returns the sessions that a process before this one handed over, or had when it died. What cannot be read
// begins anew.
func (f *Fleet) takeOver(ctx context.Context, set holding) map[Shard]legacy {
	if !f.Cluster() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, handOverTimeout)
	defer cancel()
	var all []store.ShardSession
	for _, r := range set.ranges() {
		some, err := f.kept.TakeSessions(ctx, r.Count, r.First, r.Last)
		if err != nil {
			f.client.Log("take sessions over", err)
		}
		all = append(all, some...)
	}
	taken := map[Shard]legacy{}
	for _, one := range all {
		var l legacy
		data, err := f.seal.Open(nil, nil, one.Sealed, nil) // not with another token
		if err == nil && json.Unmarshal(data, &l) == nil && l.ID != "" && l.User != "" {
			l.Seq = max(l.Seq, one.Seq)
			taken[Shard{one.Shard, one.Count}] = l
		}
	}
	return taken
}

// giveUp gives shards up, with where their sessions go on.
func (f *Fleet) giveUp(ctx context.Context, shards []store.Lease, left map[Shard]session) error {
	ctx, cancel := context.WithTimeout(ctx, handOverTimeout)
	defer cancel()
	if err := f.kept.Yield(ctx, shards, f.sealed(left)); err != nil {
		return err
	}
	f.logger.Info("shards are handed over", "shards", store.Holding(shards), "sessions", len(left))
	return nil
}
