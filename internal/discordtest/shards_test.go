package discordtest

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"
)

// shardLogin identifies as a shard.
func (s *Server) shardLogin(t *testing.T, shard string) *socket {
	t.Helper()
	k := s.dial(t)
	k.op(opHello)
	k.send(opIdentify, fmt.Sprintf(`{"token":%q,"intents":%d,"properties":{},"shard":%s}`, s.Token(), smallIntents, shard))
	return k
}

// Each shard gets what is of its guilds, and the first one what is direct.
func TestShardsPartTheGuilds(t *testing.T) {
	s := NewConfig(t, Config{IdentifyGap: -1})
	even, general := s.AddGuildOn("Even", 0, 2)
	odd, _ := s.AddGuildOn("Odd", 1, 2)
	var began [2]struct {
		Guilds []struct{ ID ID }
		Shard  [2]int
	}
	var k [2]*socket
	for id := range k {
		k[id] = s.shardLogin(t, fmt.Sprintf("[%d,2]", id))
		began[id] = await[struct {
			Guilds []struct{ ID ID }
			Shard  [2]int
		}](k[id], "READY")
		if began[id].Shard != [2]int{id, 2} {
			t.Errorf("shard %d is told that it is %v", id, began[id].Shard)
		}
	}
	has := func(id int, guild ID) bool {
		for _, g := range began[id].Guilds {
			if g.ID == guild {
				return true
			}
		}
		return false
	}
	if !has(0, even) || has(0, odd) || has(1, even) || !has(1, odd) || len(began[0].Guilds)+len(began[1].Guilds) != 3 {
		t.Errorf("guilds %+v", began)
	}
	s.User("Ada").DM("direct")
	s.User("Ada").Mention(general, "in the even one")
	s.AddChannel(odd, "new") // the first of all that the second shard gets
	if m := await[Message](k[0], "MESSAGE_CREATE"); m.Content != "direct" {
		t.Errorf("the first shard gets %q", m.Content)
	}
	if m := await[Message](k[0], "MESSAGE_CREATE"); m.GuildID != even {
		t.Errorf("the first shard gets %+v", m)
	}
	for {
		p, err := k[1].next()
		if err != nil {
			t.Fatal(err)
		}
		if *p.T == "CHANNEL_CREATE" {
			break
		}
		if *p.T != "GUILD_CREATE" {
			t.Errorf("the second shard gets %s", *p.T)
		}
	}
	s.DropShard(1, 2)
	if err := s.WaitFor(
		within(t),
		func() bool { return !s.ShardOnline(1, 2) },
	); err != nil || !s.ShardOnline(0, 2) ||
		s.ShardsOnline(2) {
		t.Error("not that shard alone is cut", err)
	}
	s.CloseShard(0, 2, 4000)
	if code := k[0].closed(); code != 4000 {
		t.Errorf("closed with %d", code)
	}
}

func TestShardRefused(t *testing.T) {
	for name, c := range map[string]struct {
		shard string
		code  int
		rules []Rule
	}{
		"not one of them": {"[2,2]", CloseBadShard, []Rule{RuleGateway}},
		"below zero":      {"[-1,2]", CloseBadShard, []Rule{RuleGateway}},
		"of none":         {"[0,0]", CloseBadShard, []Rule{RuleGateway}},
		"too few":         {"[0,1]", CloseTooFewShards, nil},
		"not said":        {"null", CloseTooFewShards, nil},
	} {
		t.Run(name, func(t *testing.T) {
			s := NewConfig(t, Config{GuildsPerShard: 1})
			s.AddGuildOn("Second", 1, 2)
			if code := s.shardLogin(t, c.shard).closed(); code != c.code {
				t.Errorf("closed with %d", code)
			}
			s.breached(t, c.rules...)
			a := s.rest(t, "GET", "/gateway/bot", "")
			var bot struct{ Shards int }
			if err := json.Unmarshal([]byte(a.text), &bot); err != nil || bot.Shards != 3 {
				t.Errorf("%d shards are recommended, %v", bot.Shards, err)
			}
		})
	}
	s := New(t)
	s.CloseShardNext(1, 2, CloseTooFewShards)
	if code := s.shardLogin(t, "[1,2]").closed(); code != CloseTooFewShards {
		t.Errorf("closed with %d", code)
	}
}

// Shards that are the same modulo max_concurrency share a turn; others do not wait for it.
func TestConcurrency(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now, Concurrency: 2})
	for id := range 2 {
		await[readyEvent](s.shardLogin(t, fmt.Sprintf("[%d,4]", id)), "READY")
	}
	s.shardLogin(t, "[2,4]").op(opInvalid)
	tick.add(defaultIdentifyGap - time.Millisecond)
	s.shardLogin(t, "[3,4]").op(opInvalid)
	tick.add(time.Millisecond)
	await[readyEvent](s.shardLogin(t, "[2,4]"), "READY")
	s.shardLogin(t, "[1,4]").op(opInvalid)
	if n, _ := s.OfShard(2, 4); n != 2 || len(s.Begun(2, 4)) != 2 {
		t.Errorf("%d IDENTIFYs of the third shard, at %v", n, s.Begun(2, 4))
	}
}
