package discord

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
)

// partner starts a process that takes its share of the shards.
func partner(t *testing.T, s *discordtest.Server, dir, name string) (*running, *shardedTable) {
	t.Helper()
	table := &shardedTable{kept: joined(t, dir, store.Process{Name: name, Shares: true}), share: true}
	return launch(t, s, table, nil), table
}

// has waits until processes have so many shards each, all of them connected.
func has(t *testing.T, want map[*running]int) {
	t.Helper()
	eventually(t, fmt.Sprint("not the shards that they should have: ", want), func() bool {
		for r, n := range want {
			if len(r.Shards()) != n || !r.Connected() {
				return false
			}
		}
		return true
	})
}

// once looks whether each question has one reply.
func once(t *testing.T, s *discordtest.Server, channels []discordtest.ID, asked []discordtest.ID) {
	t.Helper()
	for _, id := range asked {
		wantReply(t, s, id, "?")
	}
	replies := map[discordtest.ID]int{}
	for _, c := range channels {
		for _, m := range s.Messages(c) {
			if m.Reference != nil {
				replies[m.Reference.MessageID]++
			}
		}
	}
	for _, id := range asked {
		if replies[id] != 1 {
			t.Errorf("a question has %d replies", replies[id])
		}
	}
}

// Processes part the shards evenly as they come, end and die: a shard goes to another process with its session, and no
// question is lost or answered twice.
func TestSharedShards(t *testing.T) { synctest.Test(t, testSharedShards) }
func testSharedShards(t *testing.T) {
	const count = 4
	s := quick(t, discordtest.Config{Shards: count, Message: discordtest.Bucket{Requests: -1}})
	channels := houses(s, count)
	dir := t.TempDir()
	first, _ := partner(t, s, dir, "first")
	has(t, map[*running]int{first: count})
	var asked []discordtest.ID
	ask := func(rounds int) {
		for range rounds {
			for _, c := range channels {
				asked = append(asked, s.User("Ada").Mention(c, fmt.Sprint(len(asked), "?")))
			}
			time.Sleep(time.Second)
		}
	}
	ask(1)
	second, table := partner(t, s, dir, "second")
	ask(4) // seconds
	has(t, map[*running]int{first: 2, second: 2})
	ask(1)
	once(t, s, channels, asked)
	if table.ran.Load() == 0 {
		t.Error("the second answers nothing")
	}
	spares := map[*running]int{first: 1, second: 1}
	for n := range 3 { // one more than there are shards
		spare, _ := partner(t, s, dir, fmt.Sprint("spare ", n))
		spares[spare] = 1
		if n == 2 {
			spares[spare] = 0
		}
		ask(3)
	}
	has(t, spares)
	once(t, s, channels, asked)
	if err := second.stopped(t); err != nil {
		t.Error(err)
	}
	ask(3)
	delete(spares, second)
	for r := range spares {
		spares[r] = 1
	}
	has(t, spares)
	once(t, s, channels, asked)
	for id := range count {
		if identifies, _ := s.OfShard(id, count); identifies != 1 {
			t.Errorf("shard %d began %d sessions", id, identifies)
		}
	}
}

// Where Discord demands more shards of one process, all of them begin their shares of the new ones, beside the old
// ones.
func TestSharedShardsGrow(t *testing.T) { synctest.Test(t, testSharedShardsGrow) }
func testSharedShardsGrow(t *testing.T) {
	s := quick(t, discordtest.Config{Shards: 2, Message: discordtest.Bucket{Requests: -1}})
	channels := houses(s, 2)
	dir := t.TempDir()
	first, _ := partner(t, s, dir, "first")
	second, _ := partner(t, s, dir, "second")
	has(t, map[*running]int{first: 1, second: 1})
	s.CloseShard(1, 2, discordtest.CloseTooFewShards)
	var asked []discordtest.ID
	ask := func() {
		for _, c := range channels {
			asked = append(asked, s.User("Ada").Mention(c, fmt.Sprint(len(asked), "?")))
		}
		time.Sleep(time.Second)
	}
	waitFor(t, s, "each has new ones", func() bool {
		for id := range 4 {
			if !s.ShardOnline(id, 4) {
				return false
			}
		}
		return true
	})
	for range 10 { // over both
		ask()
	}
	has(t, map[*running]int{first: 2, second: 2})
	// A process has settled on its new shards a moment before the connections of the old ones are closed.
	eventually(t, "a shard that Discord does not want is there still", func() bool {
		return !s.ShardOnline(0, 2) && !s.ShardOnline(1, 2)
	})
	ask()
	once(t, s, channels, asked)
}

// A process that was taken for dead ends the shards that are another's by then.
func TestSharedShardsLost(t *testing.T) { synctest.Test(t, testSharedShardsLost) }
func testSharedShardsLost(t *testing.T) {
	s := quick(t, discordtest.Config{Shards: 2})
	dir := t.TempDir()
	kept := joined(t, dir, store.Process{Name: "frozen", Shares: true})
	first := launch(t, s, &shardedTable{kept: kept, share: true}, nil)
	has(t, map[*running]int{first: 2})
	leases := []store.Lease{{Count: 2, Shard: 0}, {Count: 2, Shard: 1}}
	if err := kept.Yield(t.Context(), leases, nil); err != nil {
		t.Fatal(err)
	}
	member(t, dir, leases...)
	has(t, map[*running]int{first: 0})
	waitFor(t, s, "it has disconnected", func() bool { return s.Connections() == 0 })
}
