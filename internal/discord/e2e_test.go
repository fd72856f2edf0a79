package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discordtest"
)

const patience = time.Minute // a test that waits longer has failed

// bubbleBegins is when the clock of a bubble begins: its own begins in 2000, and ids of Discord's in 2015.
var bubbleBegins = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// running is a bot against the fake Discord.
type running struct {
	*Bot
	stop  context.CancelFunc
	ended chan error
	log   *strings.Builder // read it after stopped
	cut   atomic.Bool      // it reaches Discord no more
}

// stopped ends the bot and returns what Run returned.
func (r *running) stopped(t *testing.T) error {
	t.Helper()
	r.stop()
	select {
	case err := <-r.ended:
		r.ended <- err
		return err
	case <-time.After(patience + defaultTimes.grace):
		t.Fatal("Run does not end")
		return nil
	}
}

// launch starts a bot without waiting for it. tune may change its times.
func launch(t *testing.T, s *discordtest.Server, table Table, tune func(*times), most ...limits.Rates) *running {
	t.Helper()
	log := &strings.Builder{}
	var limit limits.Rates
	if len(most) > 0 {
		limit = most[0]
	}
	config := Config{Token: s.Token(), APIURL: s.URL(), Table: table, Limits: limit,
		Logger: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if c, ok := table.(interface{ configure(c *Config) }); ok {
		c.configure(&config)
	}
	b, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	r := &running{Bot: b, ended: make(chan error, 1), log: log}
	b.client.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
		if r.cut.Load() {
			return nil, errors.New("it is cut off")
		}
		return s.Dial(ctx, network, address)
	}
	waits := b.times.gateway
	waits.FirstWait, waits.Invalid, waits.Identify = 20*time.Millisecond, 10*time.Millisecond, 0
	if tune != nil {
		tune(&b.times)
	}
	ctx, stop := context.WithCancel(t.Context())
	r.stop = stop
	go func() { r.ended <- b.Run(ctx) }()
	t.Cleanup(func() {
		_ = r.stopped(t)
		if t.Failed() {
			t.Log(log.String())
		}
		if strings.Contains(log.String(), s.Token()) {
			t.Error("the log shows the token")
		}
		if shown := strings.ReplaceAll(log.String(), "[secret]", ""); b.client.Redact(shown) != shown {
			t.Error("the log shows an interaction's address")
		}
	})
	return r
}

// start starts a bot and waits until it is connected and its commands are there.
func start(t *testing.T, s *discordtest.Server, table Table, tune func(*times), most ...limits.Rates) *running {
	t.Helper()
	r := launch(t, s, table, tune, most...)
	if err := s.WaitReady(patience); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.WaitFor(ctx, func() bool { return len(s.Commands("")) > 0 }); err != nil {
		t.Fatal("the commands are not registered:", err)
	}
	time.Sleep(time.Millisecond) // what is said from here on has a later id than the start
	return r
}

// fake is a fake Discord in this process alone. A test over it runs in a bubble of testing/synctest, whose clock stands
// still while anything computes: however slow the machine is, nobody is late.
func fake(t *testing.T, cfg discordtest.Config) *discordtest.Server {
	t.Helper()
	time.Sleep(time.Until(bubbleBegins))
	cfg.Memory = true
	return discordtest.NewConfig(t, cfg)
}

// quick is a fake without Discord's daily limits, so that a test may reconnect often.
func quick(t *testing.T, cfg discordtest.Config) *discordtest.Server {
	t.Helper()
	cfg.IdentifyGap = -1
	return fake(t, cfg)
}

func wantAnswer(t *testing.T, s *discordtest.Server, it *discordtest.Interaction, part string) discordtest.Message {
	t.Helper()
	m, err := s.WaitAnswer(it, patience)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text(), part) {
		t.Fatalf("answer %q, want %q in it", m.Text(), part)
	}
	return m
}

func wantReply(t *testing.T, s *discordtest.Server, to discordtest.ID, part string) discordtest.Message {
	t.Helper()
	m, err := s.WaitReply(to, patience)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(m.Text(), part) {
		t.Fatalf("reply %q, want %q in it", m.Text(), part)
	}
	return m
}

func TestSlash(t *testing.T) {
	s := discordtest.New(t)
	start(t, s, &smallTable{}, nil)
	it := s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "why **now**?"))
	m := wantAnswer(t, s, it, `You asked: why \*\*now\*\*? [¶16]`)
	if strings.Contains(m.Content, "Border") || labels(m) != citedLabel {
		t.Errorf("the document is named in %q and on %s, want it on the button alone", m.Content, labels(m))
	}
	if m.Ephemeral() {
		t.Error("the answer is private without having been asked to be")
	}
	if n := len(s.Pings()); n != 0 {
		t.Errorf("%d people were notified", n)
	}
	click := s.User("Bert").Click(m.ID, "¶16")
	shown := wantAnswer(t, s, click, "The words of ¶16 of border-war")
	if !shown.Ephemeral() {
		t.Error("a click is answered in public")
	}
}

func TestPrivate(t *testing.T) { synctest.Test(t, testPrivate) }
func testPrivate(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	it := s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "long"), discordtest.Opt("private", "true"))
	wantAnswer(t, s, it, "long road")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	all, err := it.WaitUntil(ctx, func(m []discordtest.Message) bool { return len(m) == 4 })
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range all {
		if !m.Ephemeral() {
			t.Errorf("public: %.40q", m.Content)
		}
	}
}

func TestMessages(t *testing.T) {
	s := discordtest.New(t)
	start(t, s, &smallTable{}, nil)
	ada := s.User("Ada")
	m := wantReply(t, s, ada.Mention(s.General(), "in a channel?"), "You asked: in a channel? [¶16]")
	wantReply(t, s, ada.Mention(s.Thread(), "in a thread?"), "You asked: in a thread?")
	wantReply(t, s, ada.DM("directly?"), "You asked: directly?")
	wantReply(t, s, ada.Reply(m.ID, "to the bot?"), "You asked: to the bot?")
	wantReply(t, s, ada.Mention(s.General(), ""), "Ask me about the documents.")
	ada.Say(s.General(), "not to the bot")
	wantReply(t, s, ada.DM("again?"), "You asked: again?")
	for _, m := range s.Messages(s.General()) {
		if strings.Contains(m.Content, "not to the bot") && m.Author.Bot {
			t.Error("the bot answers what is not for it")
		}
	}
}

func TestAdmin(t *testing.T) { synctest.Test(t, testAdmin) }
func testAdmin(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	wantAnswer(t, s, s.Admin().Slash(s.General(), "reload"), "Nothing has changed.")
	ada := s.User("Ada")
	if it := ada.Slash(s.General(), "reload"); it.Err() == nil {
		t.Error("Discord offers /reload to a member")
	}
	s.Grant("reload", ada) // the server's settings can show it to a member: we check again
	wantAnswer(t, s, ada.Slash(s.General(), "reload"), "only those who manage the server")
	if it := ada.Slash(ada.Direct(), "reload"); it.Err() == nil {
		t.Error("Discord offers /reload in a conversation")
	}
}

func TestAutocomplete(t *testing.T) { synctest.Test(t, testAutocomplete) }
func testAutocomplete(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	for _, c := range []struct {
		typed string
		want  int
	}{{"border", 2}, {"", 3}, {"x", 0}, {"panic", 0}} {
		got, err := s.User("Ada").Autocomplete(t.Context(), s.General(), "ask", "document", c.typed)
		if err != nil || len(got) != c.want {
			t.Errorf("%q: %v, %v; want %d", c.typed, got, err, c.want)
		}
	}
}

func TestEndings(t *testing.T) { synctest.Test(t, testEndings) }
func testEndings(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{}
	start(t, s, table, nil)
	ada := s.User("Ada")
	for question, want := range map[string]string{
		"panic": "Something went wrong (ref 7f3a).",
		"fail":  "Something went wrong (ref 7f3a).",
		"empty": "There is nothing to show.",
	} {
		wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", question)), want)
		wantReply(t, s, ada.DM(question), want)
	}
	wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "after that?")), "after that?")
}

func TestRegisteredOnce(t *testing.T) { synctest.Test(t, testRegisteredOnce) }
func testRegisteredOnce(t *testing.T) {
	s := quick(t, discordtest.Config{})
	first := start(t, s, &smallTable{}, nil)
	if err := first.stopped(t); err != nil {
		t.Fatal(err)
	}
	if err := s.WaitFor(t.Context(), func() bool { return !s.Online() }); err != nil {
		t.Fatal(err)
	}
	second := start(t, s, &smallTable{}, nil)
	wantAnswer(t, s, s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "and now?")), "and now?")
	<-second.chores.Wait()
	puts := 0
	for _, r := range s.Requests() {
		if r.Method == "PUT" {
			puts++
		}
	}
	if puts != 1 {
		t.Errorf("%d registrations, want 1", puts)
	}
}

// A command that does not listen to its context does not keep its asker waiting.
func TestDeafCommand(t *testing.T) { synctest.Test(t, testDeafCommand) }
func testDeafCommand(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{deaf: make(chan struct{})}
	defer close(table.deaf)
	start(t, s, table, func(ts *times) { ts.run, ts.overstay = 50*time.Millisecond, 50*time.Millisecond })
	wantAnswer(t, s, s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "deaf")), "That took too long.")
}

// Questions leave nothing behind: no goroutine, no open file, no limit, nobody in the queue.
func TestNothingLeft(t *testing.T) {
	files := func() int { open, _ := os.ReadDir("/proc/self/fd"); return len(open) } // 0 where the system does not tell
	before, opened := runtime.NumGoroutine(), files()
	s, err := discordtest.Start(discordtest.Config{})
	if err != nil {
		t.Fatal(err)
	}
	r := start(t, s, &smallTable{}, nil)
	for n := range 300 {
		it := s.User(fmt.Sprint("person ", n%20)).Slash(s.General(), "ask", discordtest.Opt("question", "and then?"))
		if _, err := it.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	people, questions := r.limiter.Size()
	if people != 0 || questions != 0 || r.writer.Limits() != 0 || len(r.watches.byID) != 0 {
		t.Errorf("left: %d people, %d questions, %d limits", people, questions, r.writer.Limits())
	}
	s.Close()
	eventually(t, "goroutines are left", func() bool { return runtime.NumGoroutine() <= before })
	eventually(t, "files are left open", func() bool { return files() <= opened })
}

// BenchmarkSlash is a command from the gateway to its answer, with the fake's own work.
func BenchmarkSlash(b *testing.B) {
	s, err := discordtest.Start(discordtest.Config{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	bot, err := New(Config{Token: s.Token(), APIURL: s.URL(), Table: &smallTable{}})
	if err != nil {
		b.Fatal(err)
	}
	ctx, stop := context.WithCancel(b.Context())
	ended := make(chan error, 1)
	go func() { ended <- bot.Run(ctx) }()
	if err := s.WaitFor(ctx, func() bool { return s.Online() && len(s.Commands("")) > 0 }); err != nil {
		b.Fatal(err)
	}
	ada := s.User("Ada")
	for b.Loop() {
		if _, err := ada.Slash(s.General(), "ask", discordtest.Opt("question", "how fast?")).Wait(ctx); err != nil {
			b.Fatal(err)
		}
	}
	b.StopTimer()
	stop()
	if err := <-ended; err != nil {
		b.Fatal(err)
	}
}
