package limits

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/lang"
)

func TestRates(t *testing.T) {
	now := time.Unix(0, 0)
	r := NewMeter(Rates{Person: Rate{2, time.Minute}, Server: Rate{3, time.Hour}, Bot: Rate{5, 24 * time.Hour}})
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
		why, quiet, _ := r.Take(lang.Printer{}, c.who, c.server, now)
		if (why == "") != (c.want == "") || !strings.Contains(why, c.want) || quiet != c.quiet {
			t.Errorf("%d: %s in %q: %q, quiet %t; want %q, %t", i, c.who, c.server, why, quiet, c.want, c.quiet)
		}
	}
	if why, _, _ := NewMeter(Rates{}).Take(lang.Printer{}, "ada", "1", now); why != "" {
		t.Errorf("without limits: %s", why)
	}
}

func TestRatesForget(t *testing.T) {
	now := time.Unix(0, 0)
	r := NewMeter(Rates{Person: Rate{2, time.Minute}})
	for n := range maxCounted + 100 {
		r.Take(lang.Printer{}, fmt.Sprint(n), "", now)
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

// Clicks and shares have counts of their own: they take nothing from the questions, nor from each other, and nobody
// else's.
func TestClicksAndShares(t *testing.T) {
	now := time.Unix(0, 0)
	r := NewMeter(Rates{Person: Rate{1, time.Hour}, Clicks: Rate{2, time.Minute}, Shares: Rate{1, time.Minute}})
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
			got = r.Click(say, c.who, now)
		case "share":
			got = r.Share(say, c.who, now)
		default:
			got, _, _ = r.Take(say, c.who, "", now)
		}
		if got != c.want {
			t.Errorf("%d: %q, want %q", i, got, c.want)
		}
	}
	free := NewMeter(Rates{})
	for range 100 {
		if free.Click(say, "ada", now)+free.Share(say, "ada", now) != "" {
			t.Fatal("there is no limit")
		}
	}
}
