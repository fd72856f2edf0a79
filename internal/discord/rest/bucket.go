package rest

import (
	"context"
	"errors"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// A Bucket keeps to one rate limit of Discord's: requests take turns, and wait until the limit is over when the last
// answer's headers said that it is reached. An interaction owns its bucket, and both are forgotten together; those of
// channels belong to buckets.
type Bucket struct {
	turn  chan struct{} // holds one token
	reset time.Time     // when the next request may be sent; guarded by turn
	left  int           // requests until the end of the window, as the last answer said; guarded by turn
	ends  time.Time     // of the window; guarded by turn
	users int           // guarded by buckets.mu
}

// NewBucket makes one of which nothing is known yet.
func NewBucket() *Bucket {
	b := &Bucket{turn: make(chan struct{}, 1)}
	b.turn <- struct{}{}
	return b
}

// take waits for the caller's turn. A nil bucket has no limit.
func (b *Bucket) take(ctx context.Context) error {
	if b == nil {
		return nil
	}
	select {
	case <-b.turn:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// ErrNoSpare says that a request, which is a courtesy, would take one that an answer may need.
var ErrNoSpare = errors.New("no request to spare")

// tryTake takes the turn if nobody has it and more than spare requests are left; else it is ErrNoSpare.
func (b *Bucket) tryTake(spare int) error {
	if b == nil {
		return nil
	}
	select {
	case <-b.turn:
	default:
		return ErrNoSpare
	}
	now := time.Now()
	if now.Before(b.reset) || b.left <= spare && now.Before(b.ends) {
		b.give()
		return ErrNoSpare
	}
	return nil
}

// give ends the turn.
func (b *Bucket) give() {
	if b != nil {
		b.turn <- struct{}{}
	}
}

// wait waits until the limit allows a request. The caller has the turn.
func (b *Bucket) wait(ctx context.Context) error {
	if b == nil {
		return nil
	}
	return sleepUntil(ctx, b.reset)
}

// learn reads the limit from an answer's headers. The caller has the turn.
// https://discord.com/developers/docs/topics/rate-limits
func (b *Bucket) learn(h http.Header) {
	if b == nil {
		return
	}
	after := seconds(h.Get("X-RateLimit-Reset-After"))
	left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	if err != nil || after <= 0 {
		return
	}
	b.left, b.ends = left, time.Now().Add(after)
	if left == 0 {
		b.reset = b.ends
	}
}

// lose notes that a request got no answer: it may have counted. The caller has the turn.
func (b *Bucket) lose() {
	if b != nil {
		b.left--
	}
}

// pause notes that a request was refused. The caller has the turn.
func (b *Bucket) pause(d time.Duration) {
	if b != nil {
		b.reset = time.Now().Add(d)
	}
}

const maxRetryAfter = time.Hour // ours: what a server asks for beyond it is a mistake or a ban; nobody waits for it

// seconds reads a header's number of seconds, up to the next millisecond: a request one nanosecond too early is refused
// again. 0 means that there is none.
func seconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || !(f > 0) {
		return 0
	}
	ms := math.Ceil(min(f, maxRetryAfter.Seconds())*1000 - 1e-6) // 1.001 s are not quite 1001 ms in binary
	return time.Duration(ms) * time.Millisecond
}

// Sleep waits for d or until ctx ends.
func Sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// sleepUntil waits until a time. Where ctx ends before it, there is nothing to wait for.
func sleepUntil(ctx context.Context, at time.Time) error {
	if deadline, ok := ctx.Deadline(); ok && deadline.Before(at) {
		return context.DeadlineExceeded
	}
	return Sleep(ctx, time.Until(at))
}

// Buckets are the limits of the channels in use, those of messages and of typing apart. Those that nobody uses and that
// hold no knowledge are dropped.
type Buckets struct {
	mu        sync.Mutex
	byChannel map[string]*Bucket
}

// Use finds or makes the channel's bucket; done says that the caller needs it no longer.
func (bs *Buckets) Use(channel string) (b *Bucket, done func()) {
	bs.mu.Lock()
	defer bs.mu.Unlock()
	if bs.byChannel == nil {
		bs.byChannel = map[string]*Bucket{}
	}
	b = bs.byChannel[channel]
	if b == nil {
		bs.sweep()
		b = NewBucket()
		bs.byChannel[channel] = b
	}
	b.users++
	return b, func() {
		bs.mu.Lock()
		defer bs.mu.Unlock()
		b.users--
	}
}

// Len is how many are known.
func (bs *Buckets) Len() int {
	bs.mu.Lock()
	defer bs.mu.Unlock()
	return len(bs.byChannel)
}

// sweep drops what is idle. The caller holds bs.mu; without users nobody has a bucket's turn.
func (bs *Buckets) sweep() {
	for channel, b := range bs.byChannel {
		if b.users == 0 && time.Now().After(b.reset) && time.Now().After(b.ends) {
			delete(bs.byChannel, channel)
		}
	}
}
