package gateway

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// A generation is shards of one count.
type generation struct {
	count int
	all   sync.WaitGroup

	mu       sync.Mutex
	gateways map[Shard]*post
	missing  map[Shard]bool // have not been ready yet
	ready    chan struct{}  // holds a token when none is missing
}

// A post is a gateway of a generation.
type post struct {
	*gateway

	leave context.CancelCauseFunc
	left  chan struct{} // closed when it has
}

// newGeneration makes one that has no shards yet.
func newGeneration(count int) *generation {
	return &generation{count: count, gateways: map[Shard]*post{}, missing: map[Shard]bool{}, ready: make(chan struct{}, 1)}
}

// launch starts a gateway for each shard, which goes on with a session where there is one. Only the last set that was
// launched begins sessions.
func (f *Fleet) launch(ctx context.Context, set holding, sessions map[Shard]legacy) *generation {
	f.starts.want(set)
	g := newGeneration(set.count())
	f.add(ctx, g, set, sessions)
	return g
}

// add starts gateways in a generation.
func (f *Fleet) add(ctx context.Context, g *generation, set holding, sessions map[Shard]legacy) {
	g.mu.Lock()
	for _, shard := range set {
		g.missing[shard] = true
	}
	g.mu.Unlock()
	for _, shard := range set {
		one := &post{left: make(chan struct{}), gateway: &gateway{
			client:   f.client,
			logger:   f.logger.With("shard", shard.String()),
			times:    f.Times,
			intents:  f.intents,
			shard:    shard,
			starts:   f.starts,
			board:    &f.board,
			sessions: f.tracked,
			handle: func(event payload) {
				f.tell(shard, event)
				if event.T == "READY" || event.T == "RESUMED" {
					g.arrived(shard)
				}
			},
		}}
		if s, ok := sessions[shard]; ok {
			f.inherit(one.gateway, s)
		}
		working, leave := context.WithCancelCause(ctx)
		one.leave = leave
		g.mu.Lock()
		g.gateways[shard] = one
		g.mu.Unlock()
		g.all.Go(func() { // end waits for it
			defer close(one.left)
			defer f.tracked.forget(shard)
			if err := one.run(working); err != nil {
				select {
				case f.failed <- breakdown{shard, err}:
				case <-working.Done():
				}
			}
		})
	}
}

// remove ends gateways whose shards are another process's from now on, and returns where these go on.
func (g *generation) remove(set holding) (left map[Shard]session) {
	left = map[Shard]session{}
	for _, shard := range set {
		g.mu.Lock()
		one := g.gateways[shard]
		delete(g.gateways, shard)
		g.mu.Unlock()
		if one == nil {
			continue
		}
		one.leave(ErrHandOver)
		<-one.left
		left[shard] = one.session
		g.arrived(shard) // nobody waits for it
	}
	return left
}

// holding is which shards it has.
func (g *generation) holding() holding {
	g.mu.Lock()
	defer g.mu.Unlock()
	return slices.AppendSeq(holding{}, slices.Values(slices.SortedFunc(maps.Keys(g.gateways), func(a, b Shard) int {
		return a.ID - b.ID
	})))
}

// inherit has a gateway go on with a session that began elsewhere.
func (f *Fleet) inherit(one *gateway, s legacy) {
	event, err := s.ready()
	if err != nil {
		return
	}
	f.logger.Info("goes on with a session of another process", "shard", one.shard.String())
	one.session, one.inherited = s.session(), true
	f.tell(one.shard, payload{T: "READY", D: event})
}

// sessions are those with which the gateways ended, when all have.
func (g *generation) sessions() map[Shard]session {
	g.mu.Lock()
	defer g.mu.Unlock()
	all := map[Shard]session{}
	for shard, one := range g.gateways {
		all[shard] = one.session
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
		select {
		case g.ready <- struct{}{}:
		default:
		}
	}
}

// stop has all gateways end.
func (g *generation) stop(cause error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, one := range g.gateways {
		one.leave(cause)
	}
}

// end ends generations, and waits for it. Where ctx has ended they end for its cause: that reaches the gateways by
// itself, but maybe later than this.
func end(ctx context.Context, all ...*generation) {
	for _, g := range all {
		g.stop(context.Cause(ctx))
	}
	for _, g := range all {
		g.all.Wait()
	}
}
