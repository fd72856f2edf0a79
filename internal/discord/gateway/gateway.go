// Package gateway keeps a bot connected to Discord's gateway: a connection for each shard, whose session is resumed
// wherever Discord allows it, so that nothing that happened in between is lost.
//
// A Fleet is the shards of this process. It begins sessions in turn and within what Discord allows in a day, over
// restarts, too; follows where Discord demands more shards; and hands sessions over to the process that has the shards
// next. What the gateway tells, it passes on and does not read, but for who the bot is and which servers have it.
// https://discord.com/developers/docs/events/gateway
package gateway

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/rest"
)

// Times are how long things take. Only tests change them.
type Times struct {
	Ready     time.Duration // from the beginning of a connection to READY or RESUMED
	Write     time.Duration // one write to the gateway
	FirstWait time.Duration // before the second attempt to connect; doubled each time, with jitter
	MostWait  time.Duration // between two attempts
	Invalid   time.Duration // after the session was refused: this to five times this
	Stable    time.Duration // a connection that was up that long was a good one
	Identify  time.Duration // between two new sessions of shards that share a turn
	Keep      time.Duration // between two times that it is written down where sessions stand
}

var usualTimes = Times{
	Ready:     30 * time.Second,
	Write:     5 * time.Second,
	FirstWait: 500 * time.Millisecond,
	MostWait:  15 * time.Second,
	Invalid:   time.Second, // Discord: wait between one and five seconds
	Stable:    time.Minute,
	Identify:  5100 * time.Millisecond, // Discord: one IDENTIFY in five seconds; and what the way there makes of it
	Keep:      2 * time.Second,         // the bot writes a question down in far less
}

// A gateway keeps one shard's connection to Discord's gateway, resuming the session wherever Discord allows it, so
// that nothing that happened in between is lost.
type gateway struct {
	client  *rest.Client
	logger  *slog.Logger
	times   Times
	intents discordgo.Intent
	shard   Shard
	starts  *starts
	board   *board
	handle  func(event payload)

	sessions  *sessions // in which it notes where the session stands
	session   session
	inherited bool // from another process, of which all that it missed has not been told yet
}

// run connects and reconnects until ctx ends (then its error is nil) or Discord says that it is of no use, or of no
// use with so many shards.
func (g *gateway) run(ctx context.Context) error {
	failures := 0
	for {
		up, err := g.connect(ctx)
		g.board.down(g.shard)
		if ctx.Err() != nil {
			return nil
		}
		if _, few := errors.AsType[tooFew](err); few || isFatal(err) {
			return err
		}
		end, ok := errors.AsType[*closed](err)
		if !ok {
			end = &closed{}
		}
		if end.lost {
			g.session = session{}
		}
		failures++
		switch {
		case up > g.times.Stable:
			failures = 1
		case up > 0 && g.session.id != "":
			failures = min(failures, 3) // what can be resumed costs nothing but a connection
		}
		wait := g.pause(failures, end)
		g.logger.Warn("disconnected from Discord", "cause", g.client.Redact(err.Error()),
			"resume", g.session.id != "", "wait", wait)
		if rest.Sleep(ctx, wait) != nil {
			return nil
		}
	}
}

// pause is how long to wait before the next attempt: half of it fixed, half of it by chance, so that not all bots
// come back at the same moment. Who is asked to reconnect does so at once, but not again and again.
func (g *gateway) pause(failures int, end *closed) time.Duration {
	if end.at && failures == 1 {
		return 0
	}
	base := min(g.times.FirstWait<<min(failures-1, 10), g.times.MostWait)
	wait := base/2 + rand.N(base/2+1)
	if end.slow {
		wait = max(wait, g.times.Invalid+rand.N(4*g.times.Invalid+1))
	}
	return wait
}

// connect is one connection from beginning to end. up is how long it was in use, 0 if it never was.
func (g *gateway) connect(ctx context.Context) (up time.Duration, err error) {
	raw := g.session.url
	var begun *permit
	if g.session.id == "" {
		if begun, err = g.starts.begin(ctx, g.shard); err != nil {
			return 0, err
		}
		raw = begun.url
	}
	defer begun.end()
	address, err := rest.GatewayURL(raw)
	if err != nil {
		g.session = session{}
		g.starts.forget()
		return 0, err
	}
	ws, err := g.dial(ctx, address)
	if err != nil {
		if begun == nil {
			g.session.url = g.starts.address() // one gateway of many is down
		} else {
			g.starts.forget()
		}
		return 0, err
	}
	s := &socket{
		ws:      ws,
		token:   g.client.Token,
		times:   g.times,
		session: &g.session,
		handle:  g.dispatch,
		intents: g.intents,
		shard:   g.shard,
		begun:   begun,
		heard:   g.heard,
	}
	err = s.run(ctx)
	if s.up {
		up = max(time.Since(s.since), 1)
	}
	return up, err
}

// dispatch passes an event on.
func (g *gateway) dispatch(event payload) {
	switch event.T {
	case "READY":
		g.inherited = false
		g.board.up(g.shard, false)
	case "RESUMED":
		g.inherited = false
		g.board.up(g.shard, true)
	}
	event.retold = g.inherited
	g.handle(event)
	g.sessions.note(g.shard, g.session)
}

// heard takes how long a heartbeat took there and back.
func (g *gateway) heard(took time.Duration) {
	g.board.change(g.shard, func(s *ShardState) { s.Latency = took })
}
