package discord

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/limits"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discordtest"
)

// sharing is a small table whose answers may be shared.
type sharing struct{ smallTable }

func (s *sharing) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	r, err := s.smallTable.Run(ctx, name, in)
	r.Share = name == "ask" || name == "paragraph"
	return r, err
}

// citedLabel is the button of the table's one source: the title stands on it.
const citedLabel = "The *Border* War ¶16"

func labels(m discordtest.Message) string {
	var out []string
	for _, row := range m.Components {
		for _, c := range row.Components {
			out = append(out, c.Label)
		}
	}
	return strings.Join(out, ", ")
}

// posted counts the public messages that say the words.
func public(s *discordtest.Server, words string) (n int, last discordtest.Message) {
	for _, m := range s.Messages(s.General()) {
		if !m.Ephemeral() && strings.Contains(m.Text(), words) {
			n, last = n+1, m
		}
	}
	return n, last
}

func TestShare(t *testing.T) { synctest.Test(t, testShare) }
func testShare(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &sharing{}, nil)
	ada := s.User("Ada")
	ask := func(question string) discordtest.Message {
		return wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", question),
			discordtest.Opt("private", "true")), "")
	}
	m := ask("what now?")
	if got := labels(m); got != citedLabel+", "+shareLabel {
		t.Fatalf("buttons: %s", got)
	}
	ada.Click(m.ID, shareLabel)
	eventually(t, "nothing was shared", func() bool { n, _ := public(s, "Shared by Ada"); return n == 1 })
	_, shown := public(s, "Shared by Ada")
	if want := "-# Shared by Ada\n" + m.Text(); shown.Text() != want || labels(shown) != citedLabel {
		t.Errorf("shared %q with %s, want %q", shown.Text(), labels(shown), want)
	}
	if after, _ := s.Message(m.ID); labels(after) != citedLabel || after.Text() != m.Text() {
		t.Errorf("the private answer has %s: %q", labels(after), after.Text())
	}
	if it := ada.Click(m.ID, shareLabel); it.Err() == nil {
		t.Error("it can be shared again")
	}
	if n := len(s.Pings()); n != 0 {
		t.Errorf("%d people were notified", n)
	}

	receipt := wantAnswer(t, s, s.User("Bert").Click(shown.ID, "¶16"), "The words of ¶16")
	if labels(receipt) != shareLabel {
		t.Errorf("a receipt has %s", labels(receipt))
	}
	open := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "openly?")), "openly?")
	if strings.Contains(labels(open), shareLabel) {
		t.Error("what everybody sees can be shared")
	}
	direct := wantAnswer(t, s, ada.Slash(ada.Direct(), "ask", discordtest.Opt("question", "directly?"),
		discordtest.Opt("private", "true")), "")
	if strings.Contains(labels(direct), shareLabel) {
		t.Error("there is nobody to share a private conversation with")
	}
}

// TestShareLong is an answer of several messages: all of it is shared, as long as it is remembered.
func TestShareLong(t *testing.T) { synctest.Test(t, testShareLong) }
func testShareLong(t *testing.T) {
	s := fake(t, discordtest.Config{})
	bot := start(t, s, &sharing{}, nil)
	ada := s.User("Ada")
	last := func() discordtest.Message {
		it := ada.Slash(s.General(), "ask", discordtest.Opt("question", "long"), discordtest.Opt("private", "true"))
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		all, err := it.WaitUntil(ctx, func(m []discordtest.Message) bool { return len(m) == 4 })
		if err != nil {
			t.Fatal(err)
		}
		return all[3]
	}
	ada.Click(last().ID, shareLabel)
	eventually(t, "not all of it was shared", func() bool { n, _ := public(s, "long road"); return n == 4 })

	m := last()
	bot.pages.Clear() // as after a restart
	wantAnswer(t, s, ada.Click(m.ID, shareLabel), goneText)
}

func TestShareFails(t *testing.T) { synctest.Test(t, testShareFails) }
func testShareFails(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &sharing{}, nil)
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "so?"),
		discordtest.Opt("private", "true")), "so?")
	s.Fault(discordtest.Match{Method: "POST", Path: "/webhooks/**"}, discordtest.Fault{Status: 403, Times: 1})
	ada.Click(m.ID, shareLabel)
	eventually(t, "nobody was told", func() bool {
		for _, m := range s.Messages(s.General()) {
			if m.Ephemeral() && m.Text() == notSharedText {
				return true
			}
		}
		return false
	})
}

// A click that Discord no longer took can be made again.
func TestShareAgain(t *testing.T) { synctest.Test(t, testShareAgain) }
func testShareAgain(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &sharing{}, nil)
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "so?"),
		discordtest.Opt("private", "true")), "so?")
	s.Forgive(discordtest.RuleInteraction)
	s.Fault(discordtest.Match{Method: "POST", Path: "/interactions/*/*/callback"},
		discordtest.Fault{Status: 403, Times: 1})
	ada.Click(m.ID, shareLabel)
	eventually(t, "the first click was not answered", func() bool {
		return slices.ContainsFunc(s.Messages(s.General()), func(m discordtest.Message) bool {
			return m.Ephemeral() && m.Text() == notSharedText
		})
	})
	ada.Click(m.ID, shareLabel)
	eventually(t, "nothing was shared", func() bool { n, _ := public(s, "Shared by Ada"); return n == 1 })
}

// Where there is too much to do, a click is told so, and can be made again.
func TestClicksInACrowd(t *testing.T) { synctest.Test(t, testClicksInACrowd) }
func testClicksInACrowd(t *testing.T) {
	s := fake(t, discordtest.Config{Webhook: discordtest.Bucket{Requests: -1}})
	r := start(t, s, &officeTable{}, nil)
	ada := s.User("Ada")
	asked := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "vote")), "An answer.")
	long := ada.Slash(s.General(), "ask", discordtest.Opt("question", "unbroken"), discordtest.Opt("private", "true"))
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	parts, err := long.WaitUntil(ctx, func(m []discordtest.Message) bool {
		return len(m) > 1 &&
			labels(m[len(m)-1]) == shareLabel
	})
	if err != nil {
		t.Fatal(err)
	}
	<-r.answers.Wait()
	release := make(chan struct{})
	for r.answers.Do(func() { <-release }) {
	}
	wantAnswer(t, s, ada.Click(asked.ID, "👎"), busyText)
	wantAnswer(t, s, ada.Click(parts[len(parts)-1].ID, shareLabel), busyText)
	close(release)
	<-r.answers.Wait()
	ada.Click(parts[len(parts)-1].ID, shareLabel)
	eventually(t, "nothing was shared", func() bool { n, _ := public(s, "Shared by Ada"); return n == 1 })
}

func TestPagesStayFew(t *testing.T) {
	ps := newPages()
	for n := range 3 * maxPages {
		ps.Put(fmt.Sprint(n), render.Notice("x"))
	}
	if ps.Len() != maxPages {
		t.Errorf("%d pages", ps.Len())
	}
}

// Only who may write in a channel can have the bot write there for them, and not more often than they may.
func TestShareByWhoMayNotWrite(t *testing.T) { synctest.Test(t, testShareByWhoMayNotWrite) }
func testShareByWhoMayNotWrite(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &sharing{}, nil, limits.Rates{Shares: limits.Rate{Count: 2, Per: time.Hour}})
	ada := s.User("Ada")
	private := func(where discordtest.ID) discordtest.Message {
		it := ada.Slash(where, "ask", discordtest.Opt("question", "so?"), discordtest.Opt("private", "true"))
		return wantAnswer(t, s, it, "so?")
	}
	for _, test := range []struct {
		name     string
		where    discordtest.ID
		withheld int
		may      bool
	}{
		{"may not write", s.General(), discordtest.SendMessages, false},
		{"may not see", s.General(), discordtest.ViewChannel, false},
		{"may write, not in threads", s.General(), discordtest.SendInThreads, true},
		{"may write in threads alone", s.Thread(), discordtest.SendMessages, true},
		{"may write, not in this thread", s.Thread(), discordtest.SendInThreads, false},
	} {
		ada.Withhold(0)
		m := private(test.where)
		ada.Withhold(test.withheld)
		it := ada.Click(m.ID, shareLabel)
		if !test.may {
			wantAnswer(t, s, it, silencedText)
		}
		ada.Withhold(0)
		if test.may {
			eventually(t, test.name+": nothing was shared", func() bool {
				after, _ := s.Message(m.ID)
				return labels(after) == citedLabel
			})
		}
	}
	wantAnswer(t, s, ada.Click(private(s.General()).ID, shareLabel), "You have shared 2 answers in a short time.")
	if n, _ := public(s, "Shared by Ada"); n != 1 { // the other is in the thread
		t.Errorf("%d were shared in the channel", n)
	}
	admin := event.Interaction{GuildID: "1", Member: &event.Member{Permissions: "8"}}
	if direct := (event.Interaction{}); !admin.MayWrite() || !direct.MayWrite() {
		t.Error("an administrator, or who is alone with the bot, may not write")
	}
	if odd := (event.Interaction{GuildID: "1", Member: &event.Member{Permissions: "all"}}); odd.MayWrite() ||
		(event.Interaction{GuildID: "1"}).MayWrite() {
		t.Error("who is not known to be let may write")
	}
}

// Who presses buttons without end is told when to go on, and asks as before.
func TestClicksAreCounted(t *testing.T) { synctest.Test(t, testClicksAreCounted) }
func testClicksAreCounted(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &smallTable{}
	start(t, s, table, nil, limits.Rates{Clicks: limits.Rate{Count: 3, Per: time.Hour}})
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "so?")), "so?")
	for range 3 {
		wantAnswer(t, s, ada.Click(m.ID, "¶16"), "The words of ¶16")
	}
	wantAnswer(t, s, ada.Click(m.ID, "¶16"), "You have pressed buttons 3 times in a short time.")
	wantAnswer(t, s, s.User("Bert").Click(m.ID, "¶16"), "The words of ¶16")
	wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "and now?")), "and now?")
}
