package discord

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// shardedTable is a smallTable of a bot with that many shards.
type shardedTable struct {
	smallTable

	shards gateway.Shards
	kept   *store.Store
	share  bool
}

func (s *shardedTable) configure(c *Config) { c.Shards, c.Journal, c.Share = s.shards, s.kept, s.share }

// houses are the channels of a guild of each shard.
func houses(s *discordtest.Server, count int) (channels []discordtest.ID) {
	for id := range count {
		_, general := s.AddGuildOn(fmt.Sprint("House ", id), id, count)
		channels = append(channels, general)
	}
	return channels
}

// A shard that drops resumes alone, and no question is lost meanwhile, there or elsewhere.
func TestOneShardDrops(t *testing.T) { synctest.Test(t, testOneShardDrops) }
func testOneShardDrops(t *testing.T) {
	s := quick(t, discordtest.Config{Message: discordtest.Bucket{Requests: -1}})
	const count = 4
	channels := houses(s, count)
	table := &shardedTable{shards: gateway.Shards{First: 0, Last: count - 1, Count: count}}
	r := start(t, s, table, nil)
	waitFor(t, s, "all shards", func() bool { return s.ShardsOnline(count) })
	eventually(t, "each has read its READY", r.Connected) // before that there is no session to resume
	var asked []discordtest.ID
	const rounds = 3
	for round := range rounds {
		s.DropShard(2, count)
		for _, c := range channels {
			asked = append(asked, s.User("Ada").Mention(c, "lost?"))
		}
		asked = append(asked, s.User("Ada").DM("lost?"))
		waitFor(t, s, "it is back", func() bool { _, resumes := s.OfShard(2, count); return resumes == round+1 })
	}
	for _, id := range asked {
		wantReply(t, s, id, "lost?")
	}
	if n := int(table.ran.Load()); n != len(asked) {
		t.Errorf("%d questions were asked, %d commands ran", len(asked), n)
	}
	for id := range count {
		identifies, resumes := s.OfShard(id, count)
		if identifies != 1 || resumes != map[bool]int{true: rounds}[id == 2] {
			t.Errorf("shard %d: %d sessions, %d resumed", id, identifies, resumes)
		}
	}
	eventually(t, "connected", r.Connected)
	for id, state := range r.Shards() {
		if state.Shard != (gateway.Shard{ID: id, Count: count}) || state.Sessions != 1 || state.Since.IsZero() ||
			(state.Resumed > 0) != (id == 2) {
			t.Errorf("%+v", state)
		}
	}
	ids, known := r.Servers()
	if !known || len(ids) != count+1 {
		t.Errorf("servers %v, %t", ids, known)
	}
}

// A process with some of the shards serves those, and leaves to the others what is theirs.
func TestSomeOfTheShards(t *testing.T) { synctest.Test(t, testSomeOfTheShards) }
func testSomeOfTheShards(t *testing.T) {
	s := quick(t, discordtest.Config{})
	channels := houses(s, 4)
	r := launch(t, s, &shardedTable{shards: gateway.Shards{First: 1, Last: 2, Count: 4}}, nil)
	waitFor(t, s, "both", func() bool { return s.ShardOnline(1, 4) && s.ShardOnline(2, 4) })
	s.User("Ada").DM("who?")
	s.User("Ada").Mention(channels[0], "who?")
	s.User("Ada").Mention(channels[3], "who?")
	wantReply(t, s, s.User("Ada").Mention(channels[1], "here?"), "here?")
	wantReply(t, s, s.User("Ada").Mention(channels[2], "here?"), "here?")
	for _, where := range []discordtest.ID{s.User("Ada").Direct(), channels[0], channels[3]} {
		for _, m := range s.Messages(where) {
			if m.Author.Bot {
				t.Errorf("an answer that is somebody else's: %s", m.Content)
			}
		}
	}
	if n := len(s.Commands("")); n != 0 {
		t.Errorf("%d commands are registered by who has not the first shard", n)
	}
	ids, known := r.Servers()
	if !known || len(ids) == 0 {
		t.Fatalf("servers %v, %t", ids, known)
	}
	for _, id := range ids {
		if !r.Serves(id) {
			t.Errorf("%s is not served", id)
		}
	}
	if r.Serves("") || r.Serves("0") {
		t.Error("direct messages are served")
	}
}

// Where Discord says how many there are and then demands more, more are begun, and those that are there go on until
// then.
func TestDiscordDemandsMoreShards(t *testing.T) { synctest.Test(t, testDiscordDemandsMoreShards) }
func testDiscordDemandsMoreShards(t *testing.T) {
	s := quick(t, discordtest.Config{Shards: 2, Message: discordtest.Bucket{Requests: -1}})
	channels := houses(s, 2)
	table := &shardedTable{}
	r := start(t, s, table, nil)
	waitFor(t, s, "two shards", func() bool { return s.ShardsOnline(2) })
	s.RefuseReady(true) // the new ones have to wait
	s.CloseShard(1, 2, discordtest.CloseTooFewShards)
	waitFor(t, s, "four are begun", func() bool {
		for id := range 4 {
			if n, _ := s.OfShard(id, 4); n == 0 {
				return false
			}
		}
		return true
	})
	wantReply(t, s, s.User("Ada").Mention(channels[0], "meanwhile?"), "meanwhile?")
	s.RefuseReady(false)
	s.CloseShardNext(3, 4, 4000) // not all of them come at once
	s.Drop()
	waitFor(t, s, "four shards alone", func() bool { return s.ShardsOnline(4) })
	for _, c := range channels {
		wantReply(t, s, s.User("Ada").Mention(c, "afterwards?"), "afterwards?")
	}
	eventually(t, "connected", r.Connected)
	if list := r.Shards(); len(list) != 4 || table.ran.Load() != 3 {
		t.Errorf("%d shards, %d commands ran", len(list), table.ran.Load())
	}
}

// Where it is set how many there are, the operator is told.
func TestTooFewShardsAreSet(t *testing.T) { synctest.Test(t, testTooFewShardsAreSet) }
func testTooFewShardsAreSet(t *testing.T) {
	s := quick(t, discordtest.Config{Shards: 7})
	s.CloseShardNext(1, 2, discordtest.CloseTooFewShards)
	r := launch(t, s, &shardedTable{shards: gateway.Shards{First: 0, Last: 1, Count: 2}}, nil)
	select {
	case err := <-r.ended:
		r.ended <- err
		if _, fatal := errors.AsType[*gateway.Fatal](
			err,
		); !fatal ||
			!strings.Contains(err.Error(), "PILCROW_SHARDS=2 (4011): set it to auto, or to at least 7") {
			t.Errorf("Run: %v", err)
		}
	case <-time.After(patience):
		t.Error("Run goes on")
	}
}

// inMemory runs a bot over a fake Discord whose clock is the bubble's, as long as f does.
func inMemory(t *testing.T, s *discordtest.Server, c Config, f func(b *Bot)) {
	t.Helper()
	c.Token, c.APIURL, c.Table, c.Logger = s.Token(), s.URL(), &smallTable{}, slog.New(
		slog.NewTextHandler(io.Discard, nil),
	)
	b, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	b.client.Dial = s.Dial
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	f(b)
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// Sixteen shards begin as fast as Discord allows: as many at once as max_concurrency says, and the next ones of the
// same turn five seconds later. The fake refuses those that come too early.
func TestShardsBeginInTurn(t *testing.T) {
	for _, c := range []struct {
		shards, concurrency int
		took                time.Duration
	}{{4, 1, 15 * time.Second}, {16, 16, 0}, {16, 4, 15 * time.Second}} {
		t.Run(fmt.Sprint(c.shards, " by ", c.concurrency), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := discordtest.NewConfig(t, discordtest.Config{Memory: true, Shards: c.shards, Concurrency: c.concurrency})
				inMemory(t, s, Config{}, func(b *Bot) {
					began := time.Now()
					time.Sleep(c.took + 2*time.Second)
					if !s.ShardsOnline(c.shards) || !b.Connected() {
						t.Error("not all are connected:", b.Shards())
					}
					for id := range c.shards {
						n, _ := s.OfShard(id, c.shards)
						at := s.Begun(id, c.shards)
						if n != 1 || len(at) != 1 || at[0].Sub(began) > c.took+2*time.Second {
							t.Errorf("shard %d: %d times, after %v", id, n, at)
						}
					}
				})
				s.Close()
			})
		})
	}
}

// What Discord allows in a day is made to last, over restarts, too; a shard that has not begun in that day does not
// wait.
func TestSessionsOfADay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		dir := t.TempDir()
		kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		s := discordtest.NewConfig(t, discordtest.Config{Memory: true, IdentifyPerDay: 6})
		run := func(shards gateway.Shards, d time.Duration) (online bool) {
			inMemory(t, s, Config{Journal: kept, Shards: shards}, func(*Bot) {
				time.Sleep(d)
				online = s.Online()
			})
			return online
		}
		for n := range 4 { // 6, 5, 4 and 3 are left of 6
			if !run(gateway.Shards{First: 0, Last: 0, Count: 1}, time.Minute) {
				t.Fatalf("start %d waits", n)
			}
		}
		if run(gateway.Shards{First: 0, Last: 0, Count: 1}, time.Hour) { // 2 are left for a day
			t.Error("the fifth start does not wait")
		}
		if !run(gateway.Shards{First: 1, Last: 1, Count: 2}, time.Minute) { // 2 are left
			t.Error("a shard that never began waits")
		}
		if run(gateway.Shards{First: 1, Last: 1, Count: 2}, 20*time.Hour) || s.Identifies() != 5 { // 1 is left
			t.Error("the last one of the day is used up at once")
		}
		if !run(gateway.Shards{First: 1, Last: 1, Count: 2}, 4*time.Hour) { // the first ones are of yesterday
			t.Error("the next day waits")
		}
		s.Close()
		if err := kept.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
