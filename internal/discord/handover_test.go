package discord

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discord/gateway"
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
	set := gateway.Shards{First: 0, Last: count - 1, Count: count}
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
	eventually(t, "the shards are handed over", func() bool {
		all, err := kept.Processes(t.Context())
		return err == nil && len(all) == 1 && len(all[0].Shards) == 0
	})
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

// A process that is killed hands nothing over. Who has its shards next goes on with its sessions as they were written
// down, is told what came since, and answers what had no answer: once, and commands, too, for which it is too late, as
// a message.
func TestKilled(t *testing.T) { synctest.Test(t, testKilled) }
func testKilled(t *testing.T) {
	s := quick(t, discordtest.Config{Message: discordtest.Bucket{Requests: -1}})
	const count = 2
	channels := houses(s, count)
	set := gateway.Shards{First: 0, Last: count - 1, Count: count}
	leases := []store.Lease{{Count: count, Shard: 0}, {Count: count, Shard: 1}}
	dir := t.TempDir()
	kept, leave := member(t, dir, leases...)
	table := &shardedTable{shards: set, kept: kept}
	first := start(t, s, table, nil)
	eventually(t, "each shard is connected", first.Connected)
	ada := s.User("Ada")
	s.AddGuildOn("New House", 1, count) // the new one is told of that, too
	time.Sleep(3 * first.times.gateway.Keep)
	before := ada.Mention(channels[1], "before?")
	wantReply(t, s, before, "before?")
	typed := ada.Slash(channels[0], "ask", discordtest.Opt("question", "typed before?"))
	shown := wantAnswer(t, s, typed, "typed before?")

	s.Forgive(discordtest.RuleInteraction) // what is dead acknowledges nothing, and who looks for it finds none
	first.cut.Store(true)
	s.Drop()
	waitFor(t, s, "it has disconnected", func() bool { return s.Connections() == 0 })
	if err := leave(); err != nil { // it is taken for dead
		t.Error(err)
	}
	asked := []discordtest.ID{ada.Mention(channels[0], "between?"), ada.Mention(channels[1], "between?"),
		ada.DM("between?")}
	ada.Slash(channels[0], "ask", discordtest.Opt("question", "typed between?"))
	taken := ada.Slash(channels[0], "ask", discordtest.Opt("question", "taken?")) // and died before it was acknowledged
	if _, err := kept.OpenQuestion(t.Context(), time.Now(), []byte("q"),
		store.Arrival{Event: string(taken.ID())}); err != nil {
		t.Error(err)
	}
	ada.Click(shown.ID, "¶16")
	time.Sleep(15 * time.Second)

	successor, _ := member(t, dir, leases...)
	next := &shardedTable{shards: set, kept: successor}
	second := launch(t, s, next, nil)
	eventually(t, "each shard goes on", second.Connected)
	for _, id := range asked {
		wantReply(t, s, id, "between?")
	}
	for _, late := range []string{"typed between?", "taken?"} {
		if _, err := s.WaitMessage(channels[0], patience, func(m discordtest.Message) bool {
			return m.Author.Bot && strings.Contains(m.Content, late)
		}); err != nil {
			t.Error(late, err)
		}
	}
	for id := range count {
		if identifies, resumes := s.OfShard(id, count); identifies != 1 || resumes != 1 {
			t.Errorf("shard %d: %d sessions, %d resumed", id, identifies, resumes)
		}
	}
	servers, known := second.Servers()
	if want, _ := first.Servers(); !known || len(servers) != len(want) {
		t.Errorf("it knows the servers %v, want %v", servers, want)
	}
	if err := second.stopped(t); err != nil {
		t.Error(err)
	}
	if n := strings.Count(second.log.String(), "another process has taken the question"); n != 2 {
		t.Errorf("it was told again of %d questions that were taken, want 2", n)
	}
	if n := table.ran.Load(); n != 2 {
		t.Errorf("the first answered %d", n)
	}
	if n := next.ran.Load(); int(n) != len(asked)+2 {
		t.Errorf("the second answered %d", n)
	}
	replies := 0
	for _, m := range s.Messages(channels[1]) {
		if m.Reference != nil && m.Reference.MessageID == before {
			replies++
		}
	}
	if replies != 1 {
		t.Errorf("%d replies to what was answered before", replies)
	}
}

// A session that Discord does not know any more, or that was handed over with another token, begins anew.
func TestHandOverOfWhatIsGone(t *testing.T) { synctest.Test(t, testHandOverOfWhatIsGone) }
func testHandOverOfWhatIsGone(t *testing.T) {
	s := quick(t, discordtest.Config{})
	dir := t.TempDir()
	shard := store.Lease{Count: 1, Shard: 0}
	set := gateway.Shards{First: 0, Last: 0, Count: 1}
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
