package discord

import (
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
)

// A rolling restart loses no question: the process that ends finishes what it answers, the next one goes on with its
// sessions and answers what was asked in between, and no session is begun for it.
func TestHandOver(t *testing.T) { synctest.Test(t, testHandOver) }
func testHandOver(t *testing.T) {
	s := quick(t, discordtest.Config{Message: discordtest.Bucket{Requests: -1}})
	const count = 2
	channels := houses(s, count)
	set := Shards{0, count - 1, count}
	leases := []store.Lease{{Count: count, Shard: 0}, {Count: count, Shard: 1}}
	dir := t.TempDir()
	kept, leave := member(t, dir, leases...)
	hold := make(chan struct{})
	table := &shardedTable{smallTable: smallTable{hold: hold}, shards: set, kept: kept}
	first := start(t, s, table, nil)
	eventually(t, "each shard is connected", first.Connected)
	ada := s.User("Ada")
	slow := ada.Mention(channels[1], "slow?")
	eventually(t, "it is in hand", func() bool {
		open, err := kept.OpenQuestions(t.Context())
		return err == nil && len(open) == 1
	})

	first.stop() // it is asked to end, and still answers
	waitFor(t, s, "it has disconnected", func() bool { return s.Connections() == 0 })
	var asked []discordtest.ID
	for _, c := range channels {
		asked = append(asked, ada.Mention(c, "between?"))
	}
	asked = append(asked, ada.DM("between?"))
	successor, leaveToo := member(t, dir, leases...) // nobody has the shards any more
	next := &shardedTable{shards: set, kept: successor}
	second := launch(t, s, next, nil)
	for _, id := range asked {
		wantReply(t, s, id, "between?")
	}
	close(hold)
	wantReply(t, s, slow, "slow?")
	if err := first.stopped(t); err != nil {
		t.Error(err)
	}
	eventually(t, "each shard goes on", second.Connected)
	for id := range count {
		if identifies, resumes := s.OfShard(id, count); identifies != 1 || resumes != 1 {
			t.Errorf("shard %d: %d sessions, %d resumed", id, identifies, resumes)
		}
	}
	if n, m := table.ran.Load(), next.ran.Load(); n != 1 || int(m) != len(asked) {
		t.Errorf("the first answered %d, the second %d", n, m)
	}
	servers, known := second.Servers()
	if want, _ := first.Servers(); !known || len(servers) == 0 || len(servers) != len(want) {
		t.Errorf("it knows the servers %v, want %v", servers, want)
	}
	eventually(t, "questions are still open", func() bool {
		open, err := successor.OpenQuestions(t.Context())
		return err == nil && len(open) == 0
	})
	if err := leave(); err != nil {
		t.Error(err)
	}
	_ = second.stopped(t)
	if err := leaveToo(); err != nil {
		t.Error(err)
	}
}

// A session that Discord does not know any more, or that was handed over with another token, begins anew.
func TestHandOverOfWhatIsGone(t *testing.T) { synctest.Test(t, testHandOverOfWhatIsGone) }
func testHandOverOfWhatIsGone(t *testing.T) {
	s := quick(t, discordtest.Config{})
	dir := t.TempDir()
	shard := store.Lease{Count: 1, Shard: 0}
	set := Shards{0, 0, 1}
	for round, spoil := range []func(kept *store.Store){
		func(*store.Store) { s.ForgetSessions() },
		func(kept *store.Store) {
			if all, err := kept.TakeSessions(t.Context(), 1, 0, 0); err != nil || len(all) != 1 {
				t.Errorf("%v, %v", all, err)
			}
			err := kept.HandOver(t.Context(), []store.ShardSession{{Lease: shard, Sealed: []byte("of another token")}})
			if err != nil {
				t.Error(err)
			}
		},
		func(*store.Store) {},
	} {
		kept, leave := member(t, dir, shard)
		r := launch(t, s, &shardedTable{shards: set, kept: kept}, nil)
		eventually(t, "connected", r.Connected)
		wantReply(t, s, s.User("Ada").Mention(s.General(), "there?"), "there?")
		if identifies, _ := s.OfShard(0, 1); identifies != round+1 {
			t.Errorf("round %d: %d sessions", round, identifies)
		}
		if err := r.stopped(t); err != nil {
			t.Error(err)
		}
		if err := leave(); err != nil {
			t.Error(err)
		}
		between, out := member(t, dir, shard)
		spoil(between)
		if err := out(); err != nil {
			t.Error(err)
		}
	}
}
