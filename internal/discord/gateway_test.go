package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discordtest"
)

func waitFor(t *testing.T, s *discordtest.Server, what string, done func() bool) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.WaitFor(ctx, done); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
}

// eventually polls for what the server does not see.
func eventually(t *testing.T, what string, done func() bool) {
	t.Helper()
	deadline := time.After(patience)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal(what)
		}
	}
}

func stillAnswers(t *testing.T, s *discordtest.Server) {
	t.Helper()
	waitFor(t, s, "online", s.Online)
	wantReply(t, s, s.User("Ada").Mention(s.General(), "still there?"), "You asked: still there?")
}

func TestFatalCloses(t *testing.T) {
	for code, want := range map[int]string{
		4004: "Discord does not accept the token: set DISCORD_TOKEN to the bot's token " +
			"(Developer Portal → your application → Bot → Reset Token)",
		4010: "Discord says that this shard does not exist (4010): check PILCROW_SHARDS, or set it to auto",
		4012: "Discord no longer speaks Pilcrow's version of its gateway (4012): update Pilcrow",
		4013: "Discord does not know the events that Pilcrow asks for (4013): update Pilcrow",
		4014: "Discord does not allow this application the events that Pilcrow asks for (4014): " +
			"check that the application is enabled in the Developer Portal and, with PILCROW_MESSAGE_CONTENT=on, that its " +
			"Message Content Intent is switched on there under Bot",
	} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fake(t, discordtest.Config{})
				s.CloseNext(code)
				r := launch(t, s, &smallTable{}, nil)
				select {
				case err := <-r.ended:
					if err == nil || err.Error() != want {
						t.Errorf("Run: %v, want %q", err, want)
					}
					r.ended <- err
				case <-time.After(patience):
					t.Error("Run goes on")
				}
			})
		})
	}
}

func TestWrongToken(t *testing.T) {
	s := discordtest.New(t)
	b, err := New(Config{Token: "wrong", APIURL: s.URL(), Table: &smallTable{}})
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Run(t.Context()); err == nil || !strings.Contains(err.Error(), "DISCORD_TOKEN") {
		t.Errorf("Run: %v", err)
	}
}

func TestReconnects(t *testing.T) {
	for name, disturb := range map[string]func(s *discordtest.Server){
		"op 1":                     func(s *discordtest.Server) { s.Op1() },
		"op 7":                     func(s *discordtest.Server) { s.Op7() },
		"op 9, resumable":          func(s *discordtest.Server) { s.Op9(true) },
		"op 9":                     func(s *discordtest.Server) { s.Op9(false) },
		"op 9 storm":               func(s *discordtest.Server) { s.Op9Next(5); s.Op9(false) },
		"op 7 before READY":        func(s *discordtest.Server) { s.Op7BeforeReady(3); s.Drop() },
		"a cut connection":         func(s *discordtest.Server) { s.Drop() },
		"an unknown close code":    func(s *discordtest.Server) { s.CloseWith(4999) },
		"session timed out":        func(s *discordtest.Server) { s.CloseWith(4009) },
		"closed at the greeting":   func(s *discordtest.Server) { s.CloseNext(4000, 1001, 4008); s.Drop() },
		"forgotten session":        func(s *discordtest.Server) { s.ForgetSessions(); s.Drop() },
		"acknowledgements missing": func(s *discordtest.Server) { s.MuteACKs(true) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := quick(t, discordtest.Config{Heartbeat: 200 * time.Millisecond})
				start(t, s, &smallTable{}, nil)
				opened := s.Opened()
				disturb(s)
				if name != "op 1" {
					waitFor(t, s, "a new connection", func() bool { return s.Opened() > opened })
				}
				s.MuteACKs(false)
				stillAnswers(t, s)
			})
		})
	}
}

func TestReadyWatchdog(t *testing.T) { synctest.Test(t, testReadyWatchdog) }
func testReadyWatchdog(t *testing.T) {
	s := quick(t, discordtest.Config{})
	s.RefuseReady(true)
	launch(t, s, &smallTable{}, func(ts *times) { ts.gateway.Ready = 300 * time.Millisecond })
	waitFor(t, s, "a second attempt", func() bool { return s.Opened() > 1 })
	s.RefuseReady(false)
	stillAnswers(t, s)
}

// Twenty drops lose nothing and show nothing twice, and cost one session.
func TestEventsOnceOverDrops(t *testing.T) { synctest.Test(t, testEventsOnceOverDrops) }
func testEventsOnceOverDrops(t *testing.T) {
	s := quick(t, discordtest.Config{Message: discordtest.Bucket{Requests: -1}})
	table := &smallTable{}
	start(t, s, table, nil)
	var asked []discordtest.ID
	const drops = 20
	for n := range drops {
		s.Drop()
		asked = append(asked, s.User("Ada").Mention(s.General(), fmt.Sprintf("drop %d?", n)))
		waitFor(t, s, "online", s.Online)
	}
	for n, id := range asked {
		wantReply(t, s, id, fmt.Sprintf("drop %d?", n))
	}
	if n := table.ran.Load(); n != drops || s.Identifies() != 1 {
		t.Errorf("%d answers to %d questions, %d identifies", n, drops, s.Identifies())
	}
}

func TestReplayedAndBrokenEvents(t *testing.T) { synctest.Test(t, testReplayedAndBrokenEvents) }
func testReplayedAndBrokenEvents(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{}
	r := start(t, s, table, nil)
	me := string(s.BotID())
	event := func(id, author, content string) json.RawMessage {
		return json.RawMessage(fmt.Sprintf(`{"id":%q,"channel_id":%q,"type":0,"content":%q,"author":{"id":%q}}`,
			id, s.User("Ada").Direct(), content, author))
	}
	for range 3 {
		s.Dispatch("MESSAGE_CREATE", event("900", "1", "again?"))
	}
	for _, odd := range []string{`{}`, `null`, `[]`, `{"id":"1"}`, `{"id":"2","channel_id":"1","author":null}`, `7`,
		`{"id":"3","token":"t","type":99}`, `{"id":"4","token":"t","type":2,"data":7}`} {
		s.Dispatch("MESSAGE_CREATE", json.RawMessage(odd))
		s.Dispatch("SOMETHING_NEW", json.RawMessage(odd))
	}
	s.Dispatch("MESSAGE_CREATE", event("901", me, "my own"))
	stillAnswers(t, s)
	<-r.answers.Wait()
	if n := table.started.Load(); n != 2 {
		t.Errorf("%d questions were asked, want 2", n)
	}
}

// An unreadable interaction is answered as far as it can be.
func TestUnreadableInteraction(t *testing.T) { synctest.Test(t, testUnreadableInteraction) }
func testUnreadableInteraction(t *testing.T) {
	s := fake(t, discordtest.Config{})
	s.Forgive(discordtest.RuleInteraction) // the fake did not send these
	start(t, s, &smallTable{}, nil)
	for n, odd := range []string{
		`{"id":"31","token":"tok","type":99}`,
		`{"id":"32","token":"tok","type":2,"data":7}`,
		`{"id":"33","token":"tok","type":3,"data":{"custom_id":"nonsense|x","component_type":2}}`,
	} {
		s.Dispatch("INTERACTION_CREATE", json.RawMessage(odd))
		waitFor(t, s, odd, func() bool {
			count := 0
			for _, r := range s.Requests() {
				if r.Method == http.MethodPost && strings.HasSuffix(r.Path, "/callback") {
					count++
				}
			}
			return count == n+1
		})
	}
	s.Dispatch("INTERACTION_CREATE", json.RawMessage(`{"id":"","token":"","type":2}`))
	stillAnswers(t, s)
}

func TestShutdown(t *testing.T) { synctest.Test(t, testShutdown) }
func testShutdown(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{hold: make(chan struct{})}
	r := start(t, s, table, nil)
	var its []*discordtest.Interaction
	for n := range 10 {
		its = append(its, s.User(fmt.Sprint("person ", n)).Slash(s.General(), "ask",
			discordtest.Opt("question", "in flight?")))
	}
	waitFor(t, s, "all in flight", func() bool {
		for _, it := range its {
			if _, yes := it.Acknowledged(); !yes {
				return false
			}
		}
		return true
	})
	r.stop()
	eventually(t, "closing", r.closing.Load)
	late := s.User("Zoe").Slash(s.General(), "ask", discordtest.Opt("question", "too late?"))
	if m := wantAnswer(t, s, late, closingText); !m.Ephemeral() {
		t.Error("the refusal is public")
	}
	wantReply(t, s, s.User("Zoe").DM("too late?"), closingText)
	close(table.hold)
	for _, it := range its {
		wantAnswer(t, s, it, "You asked: in flight?")
	}
	if err := r.stopped(t); err != nil {
		t.Errorf("Run: %v", err)
	}
}

// A command that does not end is given up, and its asker is told.
func TestShutdownGivesUp(t *testing.T) { synctest.Test(t, testShutdownGivesUp) }
func testShutdownGivesUp(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{hold: make(chan struct{})}
	r := start(t, s, table, func(ts *times) { ts.grace, ts.hurry = 3*time.Second, 2*time.Second })
	it := s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "for ever?"))
	eventually(t, "in flight", func() bool { return table.started.Load() == 1 })
	began := time.Now()
	if err := r.stopped(t); err != nil {
		t.Errorf("Run: %v", err)
	}
	if took := time.Since(began); took > 20*time.Second {
		t.Errorf("it took %v", took)
	}
	wantAnswer(t, s, it, closingText)
}

func TestGlobalBan(t *testing.T) { synctest.Test(t, testGlobalBan) }
func testGlobalBan(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	s.Ban(4 * time.Second)
	var ids []discordtest.ID
	for n := range 20 {
		ids = append(ids, s.User("Ada").Mention(s.AddChannel(s.Guild(), fmt.Sprint("c", n)), "banned?"))
	}
	began := time.Now()
	it := s.User("Bert").Slash(s.General(), "ask", discordtest.Opt("question", "an interaction?"))
	wantAnswer(t, s, it, "an interaction?")
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("an interaction waited %v for a ban that does not concern it", took)
	}
	for _, id := range ids {
		wantReply(t, s, id, "banned?")
	}
	if n := s.IgnoredRateLimits(); n > 8 { // the burst: those that were on their way when the first was refused
		t.Errorf("%d requests during a ban that was known", n)
	}
}

func TestHTMLRateLimit(t *testing.T) { synctest.Test(t, testHTMLRateLimit) }
func testHTMLRateLimit(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	s.Fault(discordtest.Match{Method: http.MethodPost, Path: "/channels/*/messages"},
		discordtest.Fault{Status: 429, HTML: true, RetryAfter: time.Second, Times: 1})
	wantReply(t, s, s.User("Ada").DM("through?"), "through?")
	s.Fault(discordtest.Match{Method: http.MethodPatch, Path: "/webhooks/**"},
		discordtest.Fault{Status: 429, HTML: true, Times: 1})
	wantAnswer(t, s, s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "through?")), "through?")
}
