package discord

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"time"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/rest"
)

// times are how long things take. Only tests change them.
type times struct {
	ready     time.Duration // from the beginning of a connection to READY or RESUMED
	write     time.Duration // one write to the gateway
	firstWait time.Duration // before the second attempt to connect; doubled each time, with jitter
	mostWait  time.Duration // between two attempts
	invalid   time.Duration // after the session was refused: this to five times this
	stable    time.Duration // a connection that was up that long was a good one
	identify  time.Duration // between two new sessions of shards that share a turn
	ack       time.Duration // an interaction must be acknowledged within
	instant   time.Duration // an answer that is there by then is the first response to an interaction
	queue     time.Duration // a question may wait for its turn
	run       time.Duration // a command may run, whatever its own limit says
	overstay  time.Duration // a command that does not end when it should is left alone after
	send      time.Duration // an answer may be delivered
	typing    time.Duration // between two typing indicators
	first     time.Duration // a message is answered without stages within
	stage     time.Duration // between two stages of an answer
	spare     time.Duration // before a stage is tried again that had to make way
	show      time.Duration // one stage may be on its way
	linger    time.Duration // an answer waits for a stage on its way
	settle    time.Duration // after an answer, before it is shown again because a stage was given up
	mend      time.Duration // before what could not be ended after a crash is tried again
	adopt     time.Duration // between two looks for questions of processes that died
	keep      time.Duration // between two times that it is written down where sessions stand
	hurry     time.Duration // of the grace, what is kept for telling people that their answer will not come
	grace     time.Duration // from the end of Run's context to the end of Run
}

var defaultTimes = times{
	ready:     30 * time.Second,
	write:     5 * time.Second,
	firstWait: 500 * time.Millisecond,
	mostWait:  15 * time.Second,
	invalid:   time.Second, // Discord: wait between one and five seconds
	stable:    time.Minute,
	identify:  5100 * time.Millisecond, // Discord: one IDENTIFY in five seconds; and what the way there makes of it
	ack:       2800 * time.Millisecond,
	instant:   300 * time.Millisecond,
	queue:     2 * time.Minute,
	run:       5 * time.Minute,
	overstay:  2 * time.Second,
	send:      2 * time.Minute,
	typing:    8 * time.Second, // Discord shows it for ten
	first:     time.Second,
	stage:     time.Second,
	spare:     200 * time.Millisecond,
	show:      5 * time.Second,
	linger:    time.Second,
	settle:    3 * time.Second,
	mend:      10 * time.Second,
	adopt:     5 * time.Second,
	keep:      keepEvery,
	hurry:     5 * time.Second,
	grace:     20 * time.Second,
}

// A gateway keeps one shard's connection to Discord's gateway, resuming the session wherever Discord allows it, so
// that nothing that happened in between is lost.
type gateway struct {
	client  *rest.Client
	logger  *slog.Logger
	times   times
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
		case up > g.times.stable:
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
	base := min(g.times.firstWait<<min(failures-1, 10), g.times.mostWait)
	wait := base/2 + rand.N(base/2+1)
	if end.slow {
		wait = max(wait, g.times.invalid+rand.N(4*g.times.invalid+1))
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
