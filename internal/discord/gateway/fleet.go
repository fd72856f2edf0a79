package gateway

import (
	"cmp"
	"context"
	"crypto/cipher"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
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

// A breakdown is why a shard cannot go on.
type breakdown struct {
	shard Shard
	err   error
}

// tooFew is the end of a shard of a bot that needs more of them.
type tooFew struct{}

func (tooFew) Error() string { return "Discord wants more shards for this bot (4011)" }

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
