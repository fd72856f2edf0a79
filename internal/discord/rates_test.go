package discord

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/lang"
)

func TestRates(t *testing.T) {
	now := time.Unix(0, 0)
	r := newRates(Limits{Person: Rate{2, time.Minute}, Server: Rate{3, time.Hour}, Bot: Rate{5, 24 * time.Hour}})
	for i, c := range []struct {
		who, server string
		after       time.Duration
		want        string // in what is said; "" for a question that is answered
		quiet       bool
	}{
		{"ada", "1", 0, "", false},
		{"ada", "1", 0, "", false},
		{"ada", "1", 0, "You have asked 2 questions in a short time. You can ask again in 30 seconds.", false},
		{"ada", "1", time.Second, "in 29 seconds", true},
		{"bert", "1", 0, "", false},
		{"bert", "1", 0, "This server has asked all that it may for now. You can ask again in 20 minutes.", false},
		{"bert", "2", 0, "", false},
		{"ada", "2", 29 * time.Second, "", false},
		{"dora", "", 0, "I have been asked all that I may answer for now. You can ask again in 5 hours.", false},
		{"ada", "1", 5 * time.Hour, "", false}, // what was refused did not count
	} {
		now = now.Add(c.after)
		why, quiet, _ := r.take(lang.Printer{}, c.who, c.server, now)
		if (why == "") != (c.want == "") || !strings.Contains(why, c.want) || quiet != c.quiet {
			t.Errorf("%d: %s in %q: %q, quiet %t; want %q, %t", i, c.who, c.server, why, quiet, c.want, c.quiet)
		}
	}
	if why, _, _ := newRates(Limits{}).take(lang.Printer{}, "ada", "1", now); why != "" {
		t.Errorf("without limits: %s", why)
	}
}

func TestRatesForget(t *testing.T) {
	now := time.Unix(0, 0)
	r := newRates(Limits{Person: Rate{2, time.Minute}})
	for n := range maxCounted + 100 {
		r.take(lang.Printer{}, fmt.Sprint(n), "", now)
		now = now.Add(time.Millisecond)
	}
	if len(r.people) > maxCounted {
		t.Errorf("%d people are counted", len(r.people))
	}
}

func TestAgain(t *testing.T) {
	for d, want := range map[time.Duration]string{0: "in a second", time.Millisecond: "in a second",
		1500 * time.Millisecond: "in 2 seconds",
		61 * time.Second:        "in 2 minutes", time.Hour: "in 60 minutes", 61 * time.Minute: "in 2 hours"} {
		if got := again(lang.Printer{}, d); got != "You can ask again "+want+"." {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
}

// TestLimited tells whoever has asked too much, privately and once, when to come back.
func TestLimited(t *testing.T) { synctest.Test(t, testLimited) }
func testLimited(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &smallTable{}, nil, Limits{Person: Rate{2, time.Hour}})
	ada := s.User("Ada")
	ask := func(q string) *discordtest.Interaction {
		return ada.Slash(s.General(), "ask", discordtest.Opt("question", q))
	}
	wantAnswer(t, s, ask("one?"), "one?")
	m := wantAnswer(t, s, ask("two?"), "two?")
	const told = "You can ask again in 30 minutes."
	if m := wantAnswer(t, s, ask("three?"), told); !m.Ephemeral() {
		t.Error("everybody sees that Ada asked too much")
	}
	wantAnswer(t, s, ask("four?"), told)                         // a command needs an answer each time
	wantAnswer(t, s, ada.Click(m.ID, "¶16"), "The words of ¶16") // what is answered can still be opened
	wantAnswer(t, s, s.User("Bert").Slash(s.General(), "ask", discordtest.Opt("question", "and I?")), "and I?")

	cora := s.User("Cora")
	for _, q := range []string{"one?", "two?"} {
		wantReply(t, s, cora.Mention(s.General(), q), q)
	}
	for range 3 {
		cora.Mention(s.General(), "three?")
	}
	if _, err := s.WaitMessage(cora.Direct(), patience,
		func(m discordtest.Message) bool { return strings.Contains(m.Content, told) }); err != nil {
		t.Fatal(err)
	}
	wantAnswer(t, s, s.User("Dora").Slash(s.General(), "ask", discordtest.Opt("question", "later?")), "later?")
	direct := 0
	for _, m := range s.Messages(cora.Direct()) {
		if m.Author.Bot {
			direct++
		}
	}
	if direct != 1 {
		t.Errorf("told %d times", direct)
	}
	for _, m := range s.Messages(s.General()) {
		if !m.Ephemeral() && strings.Contains(m.Content, "ask again") {
			t.Errorf("in the channel: %q", m.Content)
		}
	}

	shy := s.User("Shy")
	shy.CloseDirect()
	for _, q := range []string{"one?", "two?"} {
		wantReply(t, s, shy.Mention(s.General(), q), q)
	}
	wantReply(t, s, shy.Mention(s.General(), "three?"), told)
}

// Clicks and shares have counts of their own: they take nothing from the questions, nor from each other, and nobody
// else's.
func TestClicksAndShares(t *testing.T) {
	now := time.Unix(0, 0)
	r := newRates(Limits{Person: Rate{1, time.Hour}, Clicks: Rate{2, time.Minute}, Shares: Rate{1, time.Minute}})
	say := lang.Printer{}
	for i, c := range []struct {
		what  string
		who   string
		after time.Duration
		want  string
	}{
		{"click", "ada", 0, ""},
		{"click", "ada", 0, ""},
		{"click", "ada", 0, "You have pressed buttons 2 times in a short time. You can ask again in 30 seconds."},
		{"share", "ada", 0, ""},
		{"share", "ada", 0, "You have shared 1 answer in a short time. You can ask again in 60 seconds."},
		{"click", "bert", 0, ""},
		{"share", "bert", 0, ""},
		{"ask", "ada", 0, ""},
		{"click", "ada", 30 * time.Second, ""}, // what was refused did not count
		{"share", "ada", 30 * time.Second, ""},
	} {
		now = now.Add(c.after)
		var got string
		switch c.what {
		case "click":
			got = r.click(say, c.who, now)
		case "share":
			got = r.share(say, c.who, now)
		default:
			got, _, _ = r.take(say, c.who, "", now)
		}
		if got != c.want {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
	free := newRates(Limits{})
	for range 100 {
		if free.click(say, "ada", now)+free.share(say, "ada", now) != "" {
			t.Fatal("there is no limit")
		}
	}
}
