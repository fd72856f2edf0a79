package discord

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discordtest"
)

// A crowd asks fifty questions at once: half of them by command, half by mention, in several channels.
type crowd struct {
	s        *discordtest.Server
	used     []*discordtest.Interaction
	mentions []discordtest.ID
}

const crowdSize = 50

// answerMessages is how many messages an answer has at most.
const answerMessages = 5

func crowdAt(s *discordtest.Server) crowd {
	c := crowd{s: s}
	var channels []discordtest.ID
	for n := range 5 {
		channels = append(channels, s.AddChannel(s.Guild(), fmt.Sprint("channel-", n)))
	}
	for n := range crowdSize {
		who, where := s.User(fmt.Sprint("person ", n%20)), channels[n%len(channels)]
		if n%2 == 0 {
			c.used = append(c.used, who.Slash(where, "ask", discordtest.Opt("question", fmt.Sprintf("number %d?", n))))
		} else {
			c.mentions = append(c.mentions, who.Mention(where, fmt.Sprintf("number %d?", n)))
		}
	}
	return c
}

// answered waits for all answers, and checks that there is exactly one to each and that it was not changed afterwards.
func (c crowd) answered(t *testing.T) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	for n, it := range c.used {
		m, err := it.Wait(ctx)
		want := fmt.Sprintf("You asked: number %d? [¶16]", 2*n)
		if err != nil || len(m) != 1 || !strings.Contains(m[0].Content, want) {
			t.Fatalf("command %d: %v, %+v", n, err, m)
		}
	}
	for n, id := range c.mentions {
		wantReply(t, c.s, id, fmt.Sprintf("You asked: number %d? [¶16]", 2*n+1))
	}
	replies := map[discordtest.ID]int{}
	edits := 0
	seen := map[discordtest.ID]bool{}
	for _, id := range c.mentions {
		asked, _ := c.s.Message(id)
		if seen[asked.ChannelID] {
			continue
		}
		seen[asked.ChannelID] = true
		for _, m := range c.s.Messages(asked.ChannelID) {
			if m.Author.Bot && m.Reference != nil {
				replies[m.Reference.MessageID]++
			}
			edits += max(len(m.Edits)-2, 0) // the acknowledgement and the answer
		}
	}
	for id, n := range replies {
		if n != 1 {
			t.Errorf("%d replies to %s", n, id)
		}
	}
	if edits > 0 {
		t.Errorf("%d edits followed an answer", edits)
	}
}

func TestCrowd(t *testing.T) { synctest.Test(t, testCrowd) }
func testCrowd(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{slow: time.Second}
	start(t, s, table, nil)
	crowdAt(s).answered(t)
	if n := table.ran.Load(); n != crowdSize {
		t.Errorf("%d questions were answered, %d asked", n, crowdSize)
	}
	if n := s.IgnoredRateLimits(); n > 0 {
		t.Errorf("%d requests ignored a rate limit", n)
	}
}

func TestCrowdWithFailures(t *testing.T) {
	for _, c := range []struct {
		name  string
		fault discordtest.Fault
	}{
		{"5xx", discordtest.Fault{Status: 503}},
		{"HTML", discordtest.Fault{Status: 502, HTML: true}},
		{"cut", discordtest.Fault{Cut: true}},
		{"429", discordtest.Fault{Status: 429, RetryAfter: 300 * time.Millisecond}},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := fake(t, discordtest.Config{})
				table := &smallTable{slow: time.Second}
				start(t, s, table, nil)
				c.fault.Probability, c.fault.Seed = 0.2, 7
				f := s.Fault(discordtest.Match{}, c.fault)
				crowdAt(s).answered(t)
				if f.Hits() < 10 || table.ran.Load() != crowdSize {
					t.Errorf("%d failures, %d answers", f.Hits(), table.ran.Load())
				}
			})
		})
	}
}

func TestCrowdWithDroppedGateway(t *testing.T) { synctest.Test(t, testCrowdWithDroppedGateway) }
func testCrowdWithDroppedGateway(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{slow: time.Second}
	start(t, s, table, nil)
	s.Drop()
	c := crowdAt(s) // while nobody is connected
	s.Op7()
	c.answered(t)
	if s.Identifies() != 1 || s.Resumes() == 0 {
		t.Errorf("%d identifies, %d resumes; want the session resumed", s.Identifies(), s.Resumes())
	}
	if n := table.ran.Load(); n != crowdSize {
		t.Errorf("%d questions were answered, %d asked", n, crowdSize)
	}
}

// A message whose answer got lost on the way back is not shown twice.
func TestMessageOnce(t *testing.T) { synctest.Test(t, testMessageOnce) }
func testMessageOnce(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	s.Fault(discordtest.Match{Method: http.MethodPost, Path: "/channels/*/messages"},
		discordtest.Fault{Cut: true, Applied: true, Times: 2})
	ada := s.User("Ada")
	wantReply(t, s, ada.DM("once?"), "You asked: once?")
	wantReply(t, s, ada.DM("twice?"), "You asked: twice?")
	n := 0
	for _, m := range s.Messages(ada.Direct()) {
		if m.Author.Bot {
			n++
		}
	}
	if n != 2 {
		t.Errorf("%d answers to two questions", n)
	}
}

func TestBusy(t *testing.T) { synctest.Test(t, testBusy) }
func testBusy(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{hold: make(chan struct{})}
	start(t, s, table, nil)
	const personal, atOnce = 20, 4 // questions of one person that are held; that run
	var its []*discordtest.Interaction
	ada := s.User("Ada")
	for n := range personal {
		its = append(its, ada.Slash(s.General(), "ask", discordtest.Opt("question", fmt.Sprint(n))))
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	for _, it := range its {
		if err := s.WaitFor(ctx, func() bool { _, yes := it.Acknowledged(); return yes }); err != nil {
			t.Fatal(err)
		}
	}
	wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "one more")), busyText)
	if n := table.started.Load(); n != atOnce {
		t.Errorf("%d run for one person, want %d", n, atOnce)
	}
	other := s.User("Bert").Slash(s.General(), "help")
	wantAnswer(t, s, other, "Ask me about") // in front of Ada's
	close(table.hold)
	for n, it := range its {
		m, err := it.Wait(ctx)
		if want := fmt.Sprintf("You asked: %d [", n); err != nil || len(m) != 1 || !strings.Contains(m[0].Content, want) {
			t.Fatalf("%v, %+v; want %q", err, m, want)
		}
	}
}

func TestExpiredToken(t *testing.T) { synctest.Test(t, testExpiredToken) }
func testExpiredToken(t *testing.T) {
	var later atomic.Int64
	s := fake(t, discordtest.Config{Now: func() time.Time { return time.Now().Add(time.Duration(later.Load())) }})
	table := &smallTable{hold: make(chan struct{})}
	start(t, s, table, nil)
	it := s.User("Ada").Slash(s.General(), "ask", discordtest.Opt("question", "at last?"))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.WaitFor(ctx, func() bool { _, yes := it.Acknowledged(); return yes }); err != nil {
		t.Fatal(err)
	}
	later.Store(int64(16 * time.Minute))
	close(table.hold)
	if _, err := s.WaitMessage(s.General(), patience, func(m discordtest.Message) bool {
		return strings.Contains(m.Content, "You asked: at last?")
	}); err != nil {
		t.Fatal(err)
	}
}

func TestGoneInteraction(t *testing.T) { synctest.Test(t, testGoneInteraction) }
func testGoneInteraction(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	ada := s.User("Ada")
	s.Forgive(discordtest.RuleInteraction)
	callback := discordtest.Match{Method: http.MethodPost, Path: "/interactions/*/*/callback"}
	s.Fault(callback, discordtest.Fault{Delay: 5 * time.Second, Times: 2}) // too late for Discord
	ada.Slash(s.General(), "ask", discordtest.Opt("question", "in public?"))
	ada.Slash(s.General(), "ask", discordtest.Opt("question", "in private?"), discordtest.Opt("private", "true"))
	has := func(part string) func(discordtest.Message) bool {
		return func(m discordtest.Message) bool { return strings.Contains(m.Content, part) }
	}
	if _, err := s.WaitMessage(s.General(), patience, has("in public?")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.WaitMessage(ada.Direct(), patience, has("in private?")); err != nil {
		t.Fatal(err)
	}
	for _, m := range s.Messages(s.General()) {
		if strings.Contains(m.Content, "in private?") {
			t.Error("a private answer went to the channel")
		}
	}
}

// A page that one person alone sees, and that cannot be turned in time, is not turned under everybody's eyes.
func TestGoneTurn(t *testing.T) { synctest.Test(t, testGoneTurn) }
func testGoneTurn(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, diary(t), nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	first := wantAnswer(t, s, ada.Slash(s.General(), "quote", discordtest.Opt("speaker", "stone")), "> Entry 1 ")
	other := wantAnswer(t, s, bert.Click(first.ID, "Next →"), "> Entry 6 ")
	s.Forgive(discordtest.RuleInteraction)
	s.Fault(discordtest.Match{Method: http.MethodPost, Path: "/interactions/*/*/callback"},
		discordtest.Fault{Delay: 5 * time.Second, Times: 1})
	bert.Click(other.ID, "Next →")
	if _, err := s.WaitMessage(bert.Direct(), patience, func(m discordtest.Message) bool {
		return strings.Contains(m.Content, "> Entry 11 ")
	}); err != nil {
		t.Fatal(err)
	}
	for _, m := range s.Messages(s.General()) {
		if strings.Contains(m.Content, "> Entry 11 ") {
			t.Error("a private page went to the channel")
		}
	}
}

// Who cannot be told by the click why a page is not turned is told privately.
func TestGoneTurnThatFails(t *testing.T) { synctest.Test(t, testGoneTurnThatFails) }
func testGoneTurnThatFails(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &turningTable{}, nil)
	ada := s.User("Ada")
	first := wantAnswer(t, s, ada.Slash(s.General(), "list"), "page one")
	s.Forgive(discordtest.RuleInteraction)
	s.Fault(discordtest.Match{Method: http.MethodPost, Path: "/interactions/*/*/callback"},
		discordtest.Fault{Delay: 5 * time.Second, Times: 1})
	ada.Click(first.ID, "Next →")
	if _, err := s.WaitMessage(ada.Direct(), patience, func(m discordtest.Message) bool {
		return strings.Contains(m.Content, "Something went wrong") && len(m.Components) == 0
	}); err != nil {
		t.Fatal(err)
	}
}

func TestLongAnswers(t *testing.T) { synctest.Test(t, testLongAnswers) }
func testLongAnswers(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil)
	ada := s.User("Ada")
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	all, err := ada.Slash(s.General(), "ask", discordtest.Opt("question", "endless")).WaitUntil(ctx,
		func(m []discordtest.Message) bool { return len(m) == answerMessages })
	if err != nil {
		t.Fatal(err)
	}
	if last := all[answerMessages-1]; len(last.Attachments) != 1 || len(last.Attachments[0].Data) < 60_000 {
		t.Errorf("the last message has no file with the whole answer: %+v", last)
	}
	id := ada.DM("long")
	if _, err := s.WaitMessage(ada.Direct(), patience, func(m discordtest.Message) bool {
		return m.Author.Bot && m.Reference != nil && m.Reference.MessageID == id && len(s.Messages(ada.Direct())) == 5
	}); err != nil {
		t.Fatal(err)
	}

	// A follow-up that may or may not be there is not sent again.
	s.Fault(discordtest.Match{Method: http.MethodPost, Path: "/webhooks/*/*"},
		discordtest.Fault{Cut: true, Applied: true, Times: 1})
	all, err = ada.Slash(s.General(), "ask", discordtest.Opt("question", "long")).WaitUntil(ctx,
		func(m []discordtest.Message) bool { return len(m) > 0 && len(m[0].Attachments) == 1 })
	if err != nil || len(all) != 2 {
		t.Fatalf("%v, %d messages; want the first with a file, and the one whose answer was lost", err, len(all))
	}
}
