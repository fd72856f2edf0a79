package gateway

import (
	"cmp"
	"context"
	"crypto/cipher"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/discord/rest"
	"pilcrow/internal/store"
)

// A Fleet keeps a gateway for each shard of this process. Where Discord says how many there are, and then demands
// more, the new ones are connected beside the old ones, which end when all new ones are there: an event that comes
// over both is known by its id.
type Fleet struct {
	Times Times

	client  *rest.Client
	logger  *slog.Logger
	intents discordgo.Intent
	set     Shards // as configured
	kept    *store.Store
	seal    cipher.AEAD
	starts  *starts
	board   board
	servers servers
	tracked *sessions
	me      atomic.Pointer[self]
	handle  func(shard Shard, event Event)

	// share tells, again and again, which shards are this process's; nil where these are settled. yield gives some up.
	share func(ctx context.Context, count, least int) (store.Share, error)
	yield func(ctx context.Context, shards []store.Lease, left map[Shard]session) error

	failed chan breakdown    // of a gateway that cannot go on
	left   map[Shard]session // with which the last gateways ended, when run has
}

// Config is what a fleet needs.
type Config struct {
	Client  *rest.Client
	Logger  *slog.Logger
	Intents discordgo.Intent
	Shards  Shards // that this process serves; zero for all that Discord recommends
	Share   bool   // of which it serves its share among the processes on Store
	// Store keeps which sessions were begun, and where they stand for who goes on with them; nil for nowhere.
	Store *store.Store
	Seal  cipher.AEAD // of what is kept of sessions; nil without Store
}

// New makes one; nothing is connected before Run.
func New(c Config) *Fleet {
	f := &Fleet{Times: usualTimes, client: c.Client, logger: c.Logger, intents: c.Intents, set: c.Shards, kept: c.Store,
		seal: c.Seal, tracked: newSessions()}
	if c.Share {
		f.share, f.yield = c.Store.Share, f.giveUp
	}
	return f
}

// An Event is what the gateway tells.
type Event struct {
	Type   string // as Discord names it: MESSAGE_CREATE
	Data   json.RawMessage
	Retold bool // another process may have been told, too
}

// self is who the bot is, which READY says.
type self struct{ user, application string }

// Run keeps all shards connected until ctx ends (then its error is nil) or Discord says that it is of no use. handle
// gets what they tell, from several goroutines; it must not block. Where ctx ends for ErrHandOver, the sessions are
// handed over. Nothing of it goes on when it returns.
func (f *Fleet) Run(ctx context.Context, handle func(shard Shard, event Event)) error {
	f.handle = handle
	f.starts = newStarts(f.client, f.logger, f.Times, f.kept)
	keep, stop := context.WithCancel(ctx)
	defer stop()
	var keeping sync.WaitGroup
	keeping.Go(func() { f.keepSessions(keep) })
	err := f.run(ctx)
	stop()
	keeping.Wait() // what it writes is not to stand above what is handed over
	if errors.Is(context.Cause(ctx), ErrHandOver) {
		f.handOver(f.left)
	}
	return err
}

// tell notes what is known of the shards, and passes an event on.
func (f *Fleet) tell(shard Shard, event payload) {
	switch event.T {
	case "READY":
		var r ready
		if json.Unmarshal(event.D, &r) == nil {
			f.me.Store(&self{user: r.User.ID, application: cmp.Or(r.Application.ID, r.User.ID)})
			f.servers.all(shard, r.Guilds)
		}
	case "GUILD_CREATE":
		f.servers.note(shard, event.D, true)
	case "GUILD_DELETE":
		f.servers.note(shard, event.D, false)
	}
	f.handle(shard, Event{Type: event.T, Data: event.D, Retold: event.retold})
}

// Me is who the bot is, as READY said; it is known when handle gets that.
func (f *Fleet) Me() (user, application string) {
	me := f.me.Load()
	return me.user, me.application
}

// settle takes which shards serve from now on.
func (f *Fleet) settle(set holding) {
	f.board.expect(set)
	f.servers.expect(set)
	f.logger.Info("shards", "serves", set.String())
}

// log writes an error without its secrets.
func (f *Fleet) log(doing string, err error) {
	f.logger.Error(doing, "error", f.client.Redact(err.Error()))
}

// A breakdown is why a shard cannot go on.
type breakdown struct {
	shard Shard
	err   error
}

// tooFew is the end of a shard of a bot that needs more of them.
type tooFew struct{}

func (tooFew) Error() string { return "Discord wants more shards for this bot (4011)" }

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

// run is Run without what is kept.
func (f *Fleet) run(ctx context.Context) error {
	f.failed = make(chan breakdown)
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
	if f.share != nil {
		return f.runShared(ctx, set.Count)
	}
	f.settle(set.All())
	current := f.launch(ctx, set.All(), f.takeOver(ctx, set.All()))
	before := []*generation{}
	defer func() {
		end(ctx, append(before, current)...)
		f.left = current.sessions()
	}()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-current.ready:
			if len(before) > 0 {
				f.settle(current.holding())
				end(ctx, before...)
				before = nil
			}
		case failed := <-f.failed:
			if failed.shard.Count != current.count { // others have come in its place
				continue
			}
			if _, few := errors.AsType[tooFew](failed.err); !few {
				return failed.err
			}
			more, err := f.more(ctx, current.count)
			if err != nil {
				return err
			}
			f.logger.Warn("Discord wants more shards", "had", current.count, "now", more)
			before = append(before, current)
			current = f.launch(ctx, Shards{Last: more - 1, Count: more}.All(), nil)
		}
	}
}

// recommended asks Discord how many shards the bot needs, until it says so.
func (f *Fleet) recommended(ctx context.Context) (int, error) {
	for wait := f.Times.FirstWait; ; wait = min(2*wait, f.Times.MostWait) {
		info, err := f.starts.ask(ctx)
		if err == nil {
			return min(max(info.Shards, 1), maxShards), nil
		}
		if ctx.Err() != nil || isFatal(err) {
			return 0, err
		}
		pause := wait/2 + rand.N(wait/2+1)
		f.logger.Warn("Discord cannot be reached", "cause", f.client.Redact(err.Error()), "wait", pause)
		if err := rest.Sleep(ctx, pause); err != nil {
			return 0, err
		}
	}
}

// more is the next count of shards, for a bot for which this one is too small: what Discord recommends now, or twice as
// many.
func (f *Fleet) more(ctx context.Context, had int) (int, error) {
	f.starts.forget()
	count := 2 * had
	info, err := f.starts.ask(ctx)
	if isFatal(err) {
		return 0, err
	}
	if err == nil && info.Shards > had {
		count = info.Shards
	}
	switch {
	case !f.set.Auto():
		return 0, &Fatal{
			fmt.Sprintf(
				"Discord wants more shards for this bot than PILCROW_SHARDS=%s (4011): set it to auto, or to at least %d",
				f.set,
				count,
			),
		}
	case count > maxShards:
		return 0, &Fatal{
			fmt.Sprintf("Discord wants more than %d shards for this bot (4011): Pilcrow cannot be used there", had),
		}
	}
	return count, nil
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
