package discordtest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A Match chooses requests for a fault.
type Match struct {
	Method string // "" for any
	Path   string // without /api/v9; * takes one segment, a trailing ** the rest; "" for any
}

// A Fault is what happens instead of the right answer. A bot whose acknowledgement meets one is not blamed for
// what follows from that.
type Fault struct {
	Status      int           // 0: the answer is right, perhaps late
	HTML        bool          // the body is a page, as from a proxy in front of Discord
	RetryAfter  time.Duration // of a 429; a 429 with JSON only
	Global      bool          // a 429 for everything, see Ban
	Delay       time.Duration // before anything else happens
	Late        bool          // after the Delay it is carried out even if the bot has given it up
	Cut         bool          // the connection is cut instead of an answer
	Half        bool          // the body of the answer ends in the middle
	Applied     bool          // the request is carried out first, and only its answer is lost
	Times       int           // how often; 0 for ever
	Probability float64       // 0 means always
	Seed        uint64        // of the dice for Probability
}

// An ActiveFault is a fault that has been set.
type ActiveFault struct {
	Fault

	s     *Server
	match Match
	dice  *rand.Rand
	hits  int
	over  bool
}

// Fault sets a fault. Of several that match a request, the first one set that is not used up applies.
func (s *Server) Fault(m Match, f Fault) *ActiveFault {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := &ActiveFault{Fault: f, s: s, match: m, dice: rand.New(rand.NewPCG(f.Seed, f.Seed))}
	s.faults = append(s.faults, a)
	return a
}

// Hits counts how often the fault has happened.
func (a *ActiveFault) Hits() int {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	return a.hits
}

// Clear ends the fault.
func (a *ActiveFault) Clear() {
	a.s.mu.Lock()
	defer a.s.mu.Unlock()
	a.over = true
}

// fault is the one that applies to a call, or nil. The caller holds s.mu.
func (s *Server) fault(c *call) *ActiveFault {
	for _, a := range s.faults {
		if a.over || !a.match.matches(c) || a.Probability > 0 && a.dice.Float64() >= a.Probability {
			continue
		}
		a.hits++
		a.over = a.Times > 0 && a.hits >= a.Times
		return a
	}
	return nil
}

func (m Match) matches(c *call) bool {
	if m.Method != "" && m.Method != c.method {
		return false
	}
	if m.Path == "" {
		return true
	}
	want, have := strings.Split(m.Path, "/"), strings.Split(c.path, "/")
	for i, w := range want {
		if w == "**" {
			return true
		}
		if i >= len(have) || w != "*" && w != have[i] {
			return false
		}
	}
	return len(want) == len(have)
}

// pause waits; false means that the peer or the server has gone.
func (s *Server) pause(ctx context.Context, d time.Duration) bool {
	if d == 0 {
		return true
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
	case <-s.done:
	}
	return false
}

// faulty is the wrong answer. A 429 with JSON opens a window that the bot must keep to. The caller holds s.mu.
func (s *Server) faulty(f *ActiveFault, rt route, c *call) reply {
	if f.HTML {
		const page = "<html><head><title>%d</title></head><body>error code: 1015</body></html>"
		out := reply{status: f.Status, html: fmt.Sprintf(page, f.Status)}
		if f.RetryAfter > 0 {
			out.header = http.Header{"Retry-After": {strconv.Itoa(int(f.RetryAfter.Seconds()))}}
		}
		return out
	}
	if f.Status != http.StatusTooManyRequests {
		return refusal(f.Status, codeGeneral, fmt.Sprint(f.Status, ": ", http.StatusText(f.Status)))
	}
	wait := f.RetryAfter
	if wait == 0 {
		wait = time.Second
	}
	if f.Global {
		s.limiter.ban, s.limiter.told = c.now.Add(wait), false
		return *s.refuseGlobal(wait, &s.limiter.told, c)
	}
	key, size := s.bucket(rt, c)
	b := &bucketState{used: max(size.Requests, 0), resets: c.now.Add(wait), shut: true}
	if key != "" {
		s.limiter.buckets[key] = b
	}
	h := http.Header{}
	b.headers(h, key, size, c.now)
	h.Set("X-RateLimit-Scope", "shared")
	return *s.refuseFor(wait, h, false, &b.told, c)
}
