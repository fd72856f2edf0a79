package discord

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// pair is two processes with a shard each, on one database, and a channel of each shard.
func pair(t *testing.T, s *discordtest.Server, limits limits.Rates) (bots [2]*running, channels []discordtest.ID) {
	t.Helper()
	dir := t.TempDir()
	channels = houses(s, 2)
	for id := range bots {
		kept, _ := member(t, dir, store.Lease{Count: 2, Shard: id})
		bots[id] = launch(t, s, &shardedTable{shards: gateway.Shards{First: id, Last: id, Count: 2}, kept: kept}, nil, limits)
		eventually(t, "connected", bots[id].Connected)
	}
	return bots, channels
}

// A person who asks in the servers of two processes may ask as much as one who asks one of them.
func TestLimitsOfAll(t *testing.T) { synctest.Test(t, testLimitsOfAll) }
func testLimitsOfAll(t *testing.T) {
	s := quick(t, discordtest.Config{Message: discordtest.Bucket{Requests: -1}})
	bots, channels := pair(t, s, limits.Rates{Person: limits.Rate{Count: 4, Per: 24 * time.Hour},
		Bot: limits.Rate{Count: 6, Per: 24 * time.Hour}})
	ada := s.User("Ada")
	ask := func(who *discordtest.Person, n int) *discordtest.Interaction {
		return who.Slash(channels[n%2], "ask", discordtest.Opt("question", fmt.Sprint(n, "?")))
	}
	for n := range 4 {
		wantAnswer(t, s, ask(ada, n), fmt.Sprint(n, "?"))
	}
	for n := range 6 { // the second one of each process is refused by what it knows itself
		m := wantAnswer(t, s, ask(ada, n), "You have asked 4 questions in a short time. You can ask again in 6 hours.")
		if !m.Ephemeral() {
			t.Error("everybody sees that Ada asked too much")
		}
	}
	bert := s.User("Bert")
	for n := range 2 {
		wantAnswer(t, s, ask(bert, n), fmt.Sprint(n, "?"))
	}
	wantAnswer(t, s, ask(bert, 2), "I have been asked all that I may answer for now. You can ask again in 4 hours.")
	for id, b := range bots { // what was refused does not count here
		if left := b.rates.Left(string(bert.ID()), time.Now()); left < 3 {
			t.Errorf("process %d: Bert has %v left", id, left)
		}
	}
}

// A database that is away keeps nobody from being answered, and each process's own limits hold.
func TestLimitsWithoutDatabase(t *testing.T) { synctest.Test(t, testLimitsWithoutDatabase) }
func testLimitsWithoutDatabase(t *testing.T) {
	s := quick(t, discordtest.Config{})
	dir := t.TempDir()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	leave, err := kept.Join(t.Context(), store.Process{Name: "a member", Shards: []store.Lease{{Count: 1}}},
		func() (int64, string) { return 0, "" }, func(error) {})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = leave() }() // it cannot
	table := &shardedTable{shards: gateway.Shards{First: 0, Last: 0, Count: 1}, kept: kept}
	r := start(t, s, table, nil, limits.Rates{Person: limits.Rate{Count: 2, Per: time.Hour}})
	if err := kept.Close(); err != nil {
		t.Error(err)
	}
	ada := s.User("Ada")
	for n := range 2 {
		wantReply(t, s, ada.Mention(s.General(), fmt.Sprint(n, "?")), fmt.Sprint(n, "?"))
	}
	wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "again?")), "You have asked 2 questions")
	_ = r.stopped(t)
}
