package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"sync"

	"github.com/bwmarrin/discordgo"
)

// A fleet keeps a gateway for each shard of this process. Where Discord says how many there are, and then demands
// more, the new ones are connected beside the old ones, which end when all new ones are there: an event that comes
// over both is known by its id.
type fleet struct {
	client  *client
	logger  *slog.Logger
	times   times
	intents discordgo.Intent
	set     Shards // as configured
	starts  *starts
	board   *board
	tracked *sessions
	handle  func(shard Shard, event payload) // must not block; is called by several goroutines
	settled func(set Shards)                 // from now on these are the shards
	// takeOver returns sessions of the shards with which to go on; nil for none.
	takeOver func(ctx context.Context, set Shards) map[Shard]legacy

	left map[Shard]session // with which the last gateways ended, when run has
}

// tooFew is the end of a shard of a bot that needs more of them.
type tooFew struct{}

func (tooFew) Error() string { return "Discord wants more shards for this bot (4011)" }

// A generation is shards of one count.
type generation struct {
	set      Shards
	stop     context.CancelFunc
	gateways []*gateway
	ended    chan error // of each gateway
	all      sync.WaitGroup

	mu      sync.Mutex
	missing map[Shard]bool // have not been ready yet
	ready   chan struct{}  // closed when none is missing
}

// run keeps all shards until ctx ends (then its error is nil) or Discord says that it is of no use. Nothing of it
// goes on when it returns.
func (f *fleet) run(ctx context.Context) error {
	set := f.set
	if set.Auto() {
		count, err := f.recommended(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
		set = Shards{Last: count - 1, Count: count}
	}
	f.settled(set)
	var sessions map[Shard]legacy
	if f.takeOver != nil {
		sessions = f.takeOver(ctx, set)
	}
	current := f.launch(ctx, set, sessions)
	before := []*generation{}
	defer func() {
		end(append(before, current)...)
		f.left = current.sessions()
	}()
	ready := current.ready
	for {
		select {
		case <-ready:
			ready = nil
			if len(before) > 0 {
				f.settled(current.set)
				end(before...)
				before = nil
			}
		case err := <-current.ended:
			if ctx.Err() != nil {
				return nil
			}
			if _, few := errors.AsType[tooFew](err); !few {
				return err
			}
			more, err := f.more(ctx, current.set)
			if err != nil {
				return err
			}
			f.logger.Warn("Discord wants more shards", "had", current.set.Count, "now", more.Count)
			before = append(before, current)
			current = f.launch(ctx, more, nil)
			ready = current.ready
		}
	}
}

// recommended asks Discord how many shards the bot needs, until it says so.
func (f *fleet) recommended(ctx context.Context) (int, error) {
	for wait := f.times.firstWait; ; wait = min(2*wait, f.times.mostWait) {
		info, err := f.starts.ask(ctx)
		if err == nil {
			return min(max(info.Shards, 1), maxShards), nil
		}
		if ctx.Err() != nil || isFatal(err) {
			return 0, err
		}
		pause := wait/2 + rand.N(wait/2+1)
		f.logger.Warn("Discord cannot be reached", "cause", redact(err.Error(), f.client.token), "wait", pause)
		if err := sleep(ctx, pause); err != nil {
			return 0, err
		}
	}
}

// more is the next set of shards, for a bot for which this one is too small: what Discord recommends now, or twice as
// many.
func (f *fleet) more(ctx context.Context, set Shards) (Shards, error) {
	f.starts.forget()
	count := 2 * set.Count
	info, err := f.starts.ask(ctx)
	if isFatal(err) {
		return set, err
	}
	if err == nil && info.Shards > set.Count {
		count = info.Shards
	}
	switch {
	case !f.set.Auto():
		return set, &Fatal{
			fmt.Sprintf(
				"Discord wants more shards for this bot than PILCROW_SHARDS=%s (4011): set it to auto, or to at least %d",
				f.set,
				count,
			),
		}
	case count > maxShards:
		return set, &Fatal{
			fmt.Sprintf("Discord wants more than %d shards for this bot (4011): Pilcrow cannot be used there", set.Count),
		}
	}
	return Shards{Last: count - 1, Count: count}, nil
}

// launch starts a gateway for each shard, which goes on with a session where there is one. Only the last set that was
// launched begins sessions.
func (f *fleet) launch(ctx context.Context, set Shards, sessions map[Shard]legacy) *generation {
	f.starts.want(set)
	ctx, stop := context.WithCancel(ctx)
	g := &generation{
		set:     set,
		stop:    stop,
		ended:   make(chan error, set.len()),
		ready:   make(chan struct{}),
		missing: map[Shard]bool{},
	}
	for _, shard := range set.All() {
		g.missing[shard] = true
	}
	for _, shard := range set.All() {
		one := &gateway{
			client:   f.client,
			logger:   f.logger.With("shard", shard.String()),
			times:    f.times,
			intents:  f.intents,
			shard:    shard,
			starts:   f.starts,
			board:    f.board,
			sessions: f.tracked,
			handle: func(event payload) {
				f.handle(shard, event)
				if event.T == "READY" || event.T == "RESUMED" {
					g.arrived(shard)
				}
			},
		}
		if s, ok := sessions[shard]; ok {
			f.inherit(one, s)
		}
		g.gateways = append(g.gateways, one)
		g.all.Go(func() { // end waits for it
			defer f.tracked.forget(shard)
			g.ended <- one.run(ctx)
		})
	}
	return g
}

// inherit has a gateway go on with a session that began elsewhere.
func (f *fleet) inherit(one *gateway, s legacy) {
	event, err := s.ready()
	if err != nil {
		return
	}
	f.logger.Info("goes on with a session of another process", "shard", one.shard.String())
	one.session, one.inherited = s.session(), true
	f.handle(one.shard, payload{T: "READY", D: event})
}

// sessions are those with which the gateways ended, when all have.
func (g *generation) sessions() map[Shard]session {
	all := map[Shard]session{}
	for _, one := range g.gateways {
		all[one.shard] = one.session
	}
	return all
}

// arrived notes that a shard is ready.
func (g *generation) arrived(shard Shard) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if !g.missing[shard] {
		return
	}
	if delete(g.missing, shard); len(g.missing) == 0 {
		close(g.ready)
	}
}

// end ends generations, and waits for it.
func end(all ...*generation) {
	for _, g := range all {
		g.stop()
	}
	for _, g := range all {
		g.all.Wait()
	}
}
