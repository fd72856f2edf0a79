package discordtest

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"
)

func TestMessageBucket(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now, Patience: 2})
	path := "/channels/" + string(s.General()) + "/messages"
	var bucket string
	for i := range 5 {
		a := s.rest(t, "POST", path, answerBody).want(t, 200, 0)
		bucket = a.header.Get("X-RateLimit-Bucket")
		if a.header.Get("X-RateLimit-Limit") != "5" || a.header.Get("X-RateLimit-Remaining") != strconv.Itoa(4-i) ||
			bucket == "" ||
			a.header.Get("X-RateLimit-Reset-After") != "5.000" {
			t.Errorf("headers %v", a.header)
		}
	}
	tick.add(3 * time.Second)
	a := s.rest(t, "POST", path, answerBody)
	if a.status != 429 || a.Global || a.header.Get("Retry-After") != "2" || a.header.Get("X-RateLimit-Scope") != "user" ||
		!strings.Contains(a.text, `"retry_after":2`) || a.header.Get("X-RateLimit-Bucket") != bucket {
		t.Errorf("429: %s, %v", a.text, a.header)
	}
	if s.IgnoredRateLimits() != 0 || s.RateLimited() != 1 {
		t.Errorf("ignored %d of %d", s.IgnoredRateLimits(), s.RateLimited())
	}
	s.rest(t, "POST", "/channels/"+string(s.Thread())+"/messages", answerBody).want(t, 200, 0)
	for range 3 {
		s.rest(t, "POST", path, answerBody).want(t, 429, 0)
	}
	if s.IgnoredRateLimits() != 3 {
		t.Errorf("ignored %d", s.IgnoredRateLimits())
	}
	s.breached(t, RuleRateLimit)
	tick.add(2 * time.Second)
	s.rest(t, "POST", path, answerBody).want(t, 200, 0)
	s.SetBuckets(Bucket{1, time.Second}, Bucket{1, time.Second})
	s.rest(t, "POST", path, answerBody).want(t, 200, 0)
	s.rest(t, "POST", path, answerBody).want(t, 429, 0)
}

func TestInteractionBucketsAreApart(t *testing.T) {
	s, k, first := asked(t, Config{Webhook: Bucket{1, time.Hour}})
	second := s.ask(t, k)
	for _, it := range []*Interaction{first, second} {
		s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 204, 0)
		s.rest(t, "PATCH", s.hook(it, "/messages/@original"), answerBody).want(t, 200, 0)
		s.rest(t, "PATCH", s.hook(it, "/messages/@original"), answerBody).want(t, 429, 0)
	}
}

func TestGlobalLimit(t *testing.T) {
	for _, resetAfter := range []bool{false, true} {
		t.Run(fmt.Sprint(resetAfter), func(t *testing.T) {
			tick := newClock()
			s, _, it := asked(t, Config{Now: tick.now, Global: 3, GlobalResetAfter: resetAfter})
			tick.add(time.Second)
			for range 3 {
				s.rest(t, "GET", "/users/@me", "").want(t, 200, 0)
			}
			a := s.rest(t, "GET", "/gateway/bot", "")
			if a.status != 429 || !a.Global || a.header.Get("X-RateLimit-Global") != "true" ||
				a.header.Get("Retry-After") != "1" ||
				(a.header.Get("X-RateLimit-Reset-After") != "") != resetAfter {
				t.Errorf("429: %s, %v", a.text, a.header)
			}
			s.rest(t, "POST", it.callbackPath(), `{"type":5}`).want(t, 204, 0)
			s.rest(t, "PATCH", s.hook(it, "/messages/@original"), answerBody).want(t, 200, 0)
			tick.add(time.Second)
			s.rest(t, "GET", "/users/@me", "").want(t, 200, 0)
			s.Ban(time.Minute)
			tick.add(time.Minute - 1)
			s.rest(t, "GET", "/users/@me", "").want(t, 429, 0)
			tick.add(1)
			s.rest(t, "GET", "/users/@me", "").want(t, 200, 0)
		})
	}
}

func TestInvalidRequestsAreCounted(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now})
	s.mu.Lock()
	c := &call{now: tick.now()}
	for range maxInvalid {
		s.countInvalid(c, http.StatusForbidden)
	}
	s.countInvalid(c, http.StatusNotFound)
	s.mu.Unlock()
	s.breached(t)
	s.rest(t, "GET", "/users/@me", "")
	s.mu.Lock()
	s.countInvalid(c, http.StatusUnauthorized)
	s.mu.Unlock()
	s.breached(t, RuleRateLimit)
}

func TestFaults(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now, Message: Bucket{Requests: -1}})
	path := "/channels/" + string(s.General()) + "/messages"
	post := Match{"POST", "/channels/*/messages"}

	f := s.Fault(post, Fault{Status: 503, Times: 2})
	s.rest(t, "GET", path, "").want(t, 200, 0)
	s.rest(t, "POST", path, answerBody).want(t, 503, 0)
	s.rest(t, "POST", path, answerBody).want(t, 503, 0)
	s.rest(t, "POST", path, answerBody).want(t, 200, 0)
	if f.Hits() != 2 {
		t.Errorf("%d hits", f.Hits())
	}

	s.Fault(post, Fault{Status: 429, HTML: true, RetryAfter: 7 * time.Second, Times: 1})
	if a := s.rest(t, "POST", path, answerBody); a.status != 429 || a.header.Get("Content-Type") != "text/html" ||
		a.header.Get("Retry-After") != "7" {
		t.Errorf("page: %s, %v", a.text, a.header)
	}

	s.Fault(post, Fault{Status: 429, RetryAfter: 4 * time.Second, Times: 1})
	if a := s.rest(t, "POST", path, answerBody); a.status != 429 || a.header.Get("Retry-After") != "4" ||
		a.header.Get("X-RateLimit-Scope") != "shared" {
		t.Errorf("429: %s, %v", a.text, a.header)
	}
	s.rest(t, "POST", path, answerBody).want(t, 429, 0)
	tick.add(4 * time.Second)
	s.rest(t, "POST", path, answerBody).want(t, 200, 0)

	s.Fault(Match{}, Fault{Status: 429, Global: true, RetryAfter: 4 * time.Second, Times: 1})
	if a := s.rest(t, "POST", path, answerBody); !a.Global {
		t.Errorf("429: %s", a.text)
	}
	s.rest(t, "GET", "/users/@me", "").want(t, 429, 0)
	tick.add(4 * time.Second)
	if s.IgnoredRateLimits() != 2 {
		t.Errorf("ignored %d", s.IgnoredRateLimits())
	}

	before := len(s.Messages(s.General()))
	for name, c := range map[string]struct {
		Fault
		posted int
	}{
		"cut":         {Fault{Cut: true}, 0},
		"cut applied": {Fault{Cut: true, Applied: true}, 1},
		"half":        {Fault{Half: true}, 1},
		"delayed":     {Fault{Delay: time.Millisecond}, 1},
	} {
		f := s.Fault(post, c.Fault)
		_, err := s.try("POST", path, "application/json", answerBody)
		f.Clear()
		if (err == nil) != (name == "delayed") {
			t.Errorf("%s: %v", name, err)
		}
		before += c.posted
		if got := len(s.Messages(s.General())); got != before {
			t.Errorf("%s: %d messages, want %d", name, got, before)
		}
	}
	s.Fault(post, Fault{Status: 500, Applied: true, Times: 1})
	s.rest(t, "POST", path, answerBody).want(t, 500, 0)
	if got := len(s.Messages(s.General())); got != before+1 {
		t.Errorf("%d messages", got)
	}
}

func TestFaultsByChance(t *testing.T) {
	run := func() string {
		s := NewConfig(t, Config{Global: -1})
		s.Fault(Match{Path: "/users/**"}, Fault{Status: 500, Probability: 0.5, Seed: 7})
		var got []string
		for range 20 {
			got = append(got, strconv.Itoa(s.rest(t, "GET", "/users/@me", "").status))
		}
		return strings.Join(got, " ")
	}
	first := run()
	if again := run(); again != first || !strings.Contains(first, "200") || !strings.Contains(first, "500") {
		t.Errorf("%s\nthen %s", first, again)
	}
}

func TestDelayEndsWithTheServer(t *testing.T) {
	s := New(t)
	s.Fault(Match{}, Fault{Delay: time.Hour})
	failed := make(chan error, 1)
	go func() {
		_, err := s.try("GET", "/users/@me", "application/json", "")
		failed <- err
	}()
	if err := s.WaitFor(within(t), func() bool { return len(s.Requests()) == 1 }); err != nil {
		t.Fatal(err)
	}
	s.Close()
	if err := <-failed; err == nil {
		t.Error("answered")
	}
}
