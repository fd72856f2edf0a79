package discord

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

// errHandOver is why connections end whose sessions go on elsewhere.
var errHandOver = errors.New("another process goes on with the session")

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
func (b *Bot) legacy(me *identity, shard Shard, s session) legacy {
	return legacy{ID: s.id, URL: s.url, User: me.user, Application: me.application, Servers: b.servers.ofShard(shard)}
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

// cluster tells whether other processes may run on the same database.
func (b *Bot) cluster() bool { return b.kept != nil && b.kept.Joined() }

// handOver gives the sessions with which the gateways ended to whoever has their shards next.
func (b *Bot) handOver(left map[Shard]session) {
	all := b.sealed(left)
	ctx, cancel := context.WithTimeout(context.Background(), handOverTimeout)
	defer cancel()
	if err := b.kept.HandOver(ctx, all); err != nil {
		b.log("hand shards over: what comes until they are taken may be lost", err)
		return
	}
	b.logger.Info("shards are handed over", "sessions", len(all))
}

// sealed are sessions as others go on with them.
func (b *Bot) sealed(left map[Shard]session) (all []store.ShardSession) {
	me := b.identity.Load()
	for shard, s := range left {
		if me == nil || s.id == "" {
			continue
		}
		data, err := b.legacy(me, shard, s).encode()
		if err != nil {
			b.log("hand a session over", err)
			continue
		}
		all = append(all, store.ShardSession{Lease: store.Lease{Count: shard.Count, Shard: shard.ID}, Seq: s.seq,
			Sealed: b.journal.seal.Seal(nil, nil, data, nil)})
	}
	return all
}

// takeOver returns the sessions that a process before this one handed over, or had when it died. What cannot be read
// begins anew.
func (b *Bot) takeOver(ctx context.Context, set holding) map[Shard]legacy {
	if !b.cluster() {
		return nil
	}
	ctx, cancel := context.WithTimeout(ctx, handOverTimeout)
	defer cancel()
	var all []store.ShardSession
	for _, r := range set.ranges() {
		some, err := b.kept.TakeSessions(ctx, r.Count, r.First, r.Last)
		if err != nil {
			b.log("take sessions over", err)
		}
		all = append(all, some...)
	}
	taken := map[Shard]legacy{}
	for _, one := range all {
		var l legacy
		data, err := b.journal.seal.Open(nil, nil, one.Sealed, nil) // not with another token
		if err == nil && json.Unmarshal(data, &l) == nil && l.ID != "" && l.User != "" {
			l.Seq = max(l.Seq, one.Seq)
			taken[Shard{one.Shard, one.Count}] = l
		}
	}
	return taken
}
