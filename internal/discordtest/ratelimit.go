package discordtest

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// limitClass says which bucket a route counts in.
type limitClass int

const (
	otherLimit   limitClass = iota // generous, counts towards the global limit
	messageLimit                   // Config.Message by channel and method
	webhookLimit                   // Config.Webhook by interaction token and method; not global
	exemptLimit                    // no limit at all: callbacks
)

const (
	otherRequests = 50          // ours: per route and second, where Discord's numbers are not known
	globalWindow  = time.Second // rate limit docs: 50 requests per second
	maxInvalid    = 10_000      // rate limit docs: 401, 403, 429 …
	invalidWindow = 10 * time.Minute
)

// limiter is the state of all rate limits. Guarded by Server.mu.
type limiter struct {
	buckets map[string]*bucketState
	global  bucketState
	ban     time.Time // until when everything but interactions is refused
	told    bool      // a refusal for the ban has been sent
	invalid []time.Time
	refused int
	ignored int
}

// bucketState is one window of one bucket.
type bucketState struct {
	used   int
	resets time.Time
	told   bool // a 429 was sent in this window
	shut   bool // by a fault, whatever the size
}

func newLimiter() limiter { return limiter{buckets: map[string]*bucketState{}} }

// IgnoredRateLimits counts the requests that were sent although an earlier 429 had asked to wait longer.
func (s *Server) IgnoredRateLimits() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limiter.ignored
}

// RateLimited counts the requests that were answered with 429, faults too.
func (s *Server) RateLimited() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.limiter.refused
}

// Ban refuses everything but interaction endpoints with a global 429 for a time.
func (s *Server) Ban(d time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limiter.ban, s.limiter.told = s.cfg.Now().Add(d), false
}

// SetBuckets changes the limits of messages and of interaction tokens while the bot runs, as Discord may.
func (s *Server) SetBuckets(message, webhook Bucket) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.cfg.Message, s.cfg.Webhook = message, webhook
	clear(s.limiter.buckets)
}

// bucket is a route's key and size. The caller holds s.mu.
func (s *Server) bucket(rt route, c *call) (string, Bucket) {
	switch rt.limit {
	case messageLimit:
		return rt.method + " " + rt.pattern + " " + string(c.vars["channel"]), s.cfg.Message
	case webhookLimit:
		return rt.method + " " + rt.pattern + " " + c.token, s.cfg.Webhook
	case exemptLimit:
		return "", Bucket{Requests: -1}
	default:
		key := rt.method + " " + rt.pattern + " " + string(c.vars["channel"]) + string(c.vars["guild"])
		return key, Bucket{otherRequests, time.Second}
	}
}

// limit counts a request: it gives the headers for its answer, or the 429. The caller holds s.mu.
func (s *Server) limit(rt route, c *call) (http.Header, *reply) {
	l, now, header := &s.limiter, c.now, http.Header{}
	global := rt.limit == otherLimit || rt.limit == messageLimit
	if global && now.Before(l.ban) {
		return header, s.refuseGlobal(l.ban.Sub(now), &l.told, c)
	}
	if global && s.cfg.Global > 0 {
		l.global.turn(now, globalWindow)
		if l.global.used >= s.cfg.Global {
			return header, s.refuseGlobal(l.global.resets.Sub(now), &l.global.told, c)
		}
		l.global.used++
	}
	key, size := s.bucket(rt, c)
	b := l.buckets[key]
	closed := b != nil && b.shut && now.Before(b.resets)
	if size.Requests < 0 && !closed {
		return header, nil
	}
	if b == nil {
		b = &bucketState{}
		l.buckets[key] = b
	}
	b.turn(now, size.Per)
	if b.used >= size.Requests || b.shut {
		b.headers(header, key, size, now)
		header["X-Ratelimit-Scope"] = []string{"user"}
		return header, s.refuseFor(b.resets.Sub(now), header, false, &b.told, c)
	}
	b.used++
	b.headers(header, key, size, now)
	return header, nil
}

// turn begins a new window if the last one is over.
func (b *bucketState) turn(now time.Time, per time.Duration) {
	if !now.Before(b.resets) {
		*b = bucketState{resets: now.Add(per)}
	}
}

// headers are the X-RateLimit family.
func (b *bucketState) headers(h http.Header, key string, size Bucket, now time.Time) {
	h.Set("X-RateLimit-Limit", strconv.Itoa(size.Requests))
	h.Set("X-RateLimit-Remaining", strconv.Itoa(max(size.Requests-b.used, 0)))
	h.Set("X-RateLimit-Reset", fmt.Sprintf("%.3f", float64(b.resets.UnixMilli())/1000))
	h.Set("X-RateLimit-Reset-After", millis(b.resets.Sub(now)))
	h.Set("X-RateLimit-Bucket", fmt.Sprintf("%08x", hash(key)))
}

// millis writes seconds with three decimals, rounded up: whoever waits so long is not too early.
func millis(d time.Duration) string {
	return fmt.Sprintf("%.3f", math.Ceil(float64(d)/float64(time.Millisecond))/1000)
}

// hash is FNV-1a, 32 bits.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

func (s *Server) refuseGlobal(wait time.Duration, told *bool, c *call) *reply {
	h := http.Header{}
	h.Set("X-RateLimit-Global", "true")
	h.Set("X-RateLimit-Scope", "global")
	if s.cfg.GlobalResetAfter {
		h.Set("X-RateLimit-Reset-After", millis(wait))
	}
	return s.refuseFor(wait, h, true, told, c)
}

// refuseFor is a 429, and counts it as ignored if the bot had been told in the same window. The caller holds s.mu.
func (s *Server) refuseFor(wait time.Duration, h http.Header, global bool, told *bool, c *call) *reply {
	if *told {
		s.limiter.ignored++
		if n, limit := s.limiter.ignored, max(s.cfg.Patience, 0); n > limit {
			s.breach(Breach{RuleRateLimit, c.where, "requests sent in spite of a 429", fmt.Sprint(n), fmt.Sprint(limit)})
		}
	}
	*told = true
	h.Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
	return &reply{status: http.StatusTooManyRequests, header: h, body: encode(struct {
		Message    string  `json:"message"`
		RetryAfter float64 `json:"retry_after"`
		Global     bool    `json:"global"`
	}{"You are being rate limited.", wait.Seconds(), global})}
}

// countInvalid keeps the count that gets a bot banned by Discord's edge. The caller holds s.mu.
func (s *Server) countInvalid(c *call, status int) {
	if status == http.StatusTooManyRequests {
		s.limiter.refused++
	}
	if status != http.StatusUnauthorized && status != http.StatusForbidden && status != http.StatusTooManyRequests {
		return
	}
	l := &s.limiter
	l.invalid = append(keepSince(l.invalid, c.now.Add(-invalidWindow)), c.now)
	if n := len(l.invalid); n > maxInvalid {
		s.breach(Breach{RuleRateLimit, c.where, "invalid requests in 10 minutes", fmt.Sprint(n), fmt.Sprint(maxInvalid)})
	}
}
