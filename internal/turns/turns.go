// Package turns shares the processors out among those who ask at the same time.
//
// As many pieces of work run as there are processors; the others wait. Who has used much lately waits behind who has
// used little: what is counted is the time for which work ran, of a person and, less, of their server. Work that takes
// long goes on beside the others, so that it holds nobody up; work that waits for somebody else, a model's server,
// gives its seat away meanwhile.
package turns

import (
	"cmp"
	"context"
	"errors"
	"math"
	"slices"
	"sync"
	"time"
)

// ErrBusy refuses work because too much of it waits already, or has waited too long.
var ErrBusy = errors.New("too much is waiting to be done")

// Bounds of a queue.
const (
	Patience    = 8 * time.Second        // of who waits for a seat
	maxWaiting  = 512                    // who wait for a seat, of all
	maxPersonal = 16                     // of one person
	maxInside   = 64                     // who have a seat, gave it away, or go on beside
	slice       = 100 * time.Millisecond // for which work keeps its seat; then it goes on beside
	halfLife    = time.Minute            // after which half of what was used is forgotten
	serverShare = 8                      // a server's use counts so many times less than a person's
	expected    = 0.05                   // seconds that a piece of work takes, as long as nobody knows
	waitShare   = 8                      // so many seconds of waiting outweigh one second of use
	// people and servers of whom it is known what they used; those who used least are forgotten first
	maxAccounts = 10_000
)

// Who asks. "" is nobody in particular: their use is not counted.
type Who struct{ Person, Server string }

// A Queue hands out seats. It is safe for use by several goroutines.
type Queue struct {
	now   func() time.Time
	seats int

	mu      sync.Mutex
	seated  int
	beside  int // who go on beside
	inside  int // all of maxInside
	waiting []*turn
	used    map[string]account
}

// An account is what somebody has used, in seconds, as it stood at a time.
type account struct {
	seconds float64
	at      time.Time
}

// A place is where a turn is.
type place uint8

const (
	outside place = iota // it waits, or gave its seat away
	seat
	beside
)

// A turn is one piece of work. The queue's lock guards it.
type turn struct {
	queue   *Queue
	who     Who
	ahead   float64   // seconds that what its person, and its server, wait for already may take
	since   time.Time // it waits, or has what it has
	ready   chan struct{}
	place   place
	refused bool // it had to make room
	in      bool // it counts among those inside
	away    int  // how often it gave its seat away, and did not come back yet
	timer   *time.Timer
}

// New makes a queue of so many seats, at least one. now is the clock; nil is time.Now.
func New(seats int, now func() time.Time) *Queue {
	if now == nil {
		now = time.Now
	}
	return &Queue{now: now, seats: max(1, seats), used: map[string]account{}}
}

type key struct{}

// Enter waits for a seat. Whoever gets one leaves it when the work is done, which has the context that Enter returns. A
// nil Queue lets everybody in at once.
func (q *Queue) Enter(ctx context.Context, who Who) (inside context.Context, leave func(), err error) {
	if q == nil {
		return ctx, func() {}, nil
	}
	t := &turn{queue: q, who: who}
	if err := q.join(t); err != nil {
		return ctx, nil, err
	}
	patience, cancel := context.WithTimeoutCause(ctx, Patience, ErrBusy)
	defer cancel()
	if err := t.wait(patience); err != nil {
		return ctx, nil, err
	}
	return context.WithValue(ctx, key{}, t), t.leave, nil
}

// Away gives the seat of the work that has the context to others while it waits for somebody else. It comes back by
// calling back, which waits for a seat again. Work without a seat just goes on.
func Away(ctx context.Context) (back func()) {
	t, ok := ctx.Value(key{}).(*turn)
	if !ok {
		return func() {}
	}
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	if t.away++; t.away == 1 {
		t.stand()
		t.queue.next()
	}
	return func() { t.back(ctx) }
}

// Waiting is how many wait for a seat.
func (q *Queue) Waiting() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	return len(q.waiting)
}

// join puts a turn among the waiting, or refuses it.
func (q *Queue) join(t *turn) error {
	q.mu.Lock()
	defer q.mu.Unlock()
	theirs, servers := 0, 0
	for _, w := range q.waiting {
		if w.who.Person == t.who.Person && t.who.Person != "" {
			theirs++
		}
		if w.who.Server == t.who.Server && t.who.Server != "" {
			servers++
		}
	}
	t.ahead = expected * (float64(theirs) + float64(servers)/serverShare)
	if theirs >= maxPersonal {
		return ErrBusy
	}
	q.line(t)
	if len(q.waiting) > maxWaiting && q.last() == t {
		q.waiting = q.waiting[:len(q.waiting)-1]
		return ErrBusy
	}
	q.next()
	return nil
}

// last makes room: it refuses whoever has the last place in the line, and returns it. The caller holds q.mu.
func (q *Queue) last() *turn {
	worst := slices.MaxFunc(q.waiting, func(a, b *turn) int {
		return cmp.Or(cmp.Compare(b.room(), a.room()), cmp.Compare(q.rank(a), q.rank(b)))
	})
	if newest := q.waiting[len(q.waiting)-1]; worst == newest || worst.in {
		return newest
	}
	q.waiting = slices.DeleteFunc(q.waiting, func(t *turn) bool { return t == worst })
	worst.refused = true
	close(worst.ready)
	return worst
}

// room is 1 for who was inside already, and is refused nothing.
func (t *turn) room() int {
	if t.in {
		return 1
	}
	return 0
}

// line puts a turn among the waiting. The caller holds q.mu.
func (q *Queue) line(t *turn) {
	t.ready, t.since = make(chan struct{}), q.now()
	q.waiting = append(q.waiting, t)
}

// wait waits for the seat; whoever does not get one is not in the line any longer.
func (t *turn) wait(ctx context.Context) error {
	select {
	case <-t.ready:
	case <-ctx.Done():
	}
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	if t.refused {
		return ErrBusy
	}
	i := slices.Index(t.queue.waiting, t)
	if i < 0 { // it has just got its seat
		return nil
	}
	t.queue.waiting = slices.Delete(t.queue.waiting, i, i+1)
	return context.Cause(ctx)
}

// back takes a seat again. Where the context ends before there is one, the work goes on to its end without.
func (t *turn) back(ctx context.Context) {
	t.queue.mu.Lock()
	if t.away--; t.away > 0 || !t.in {
		t.queue.mu.Unlock()
		return
	}
	t.queue.line(t)
	t.queue.next()
	t.queue.mu.Unlock()
	_ = t.wait(ctx)
}

// leave ends the turn.
func (t *turn) leave() {
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	if !t.in {
		return
	}
	t.stand()
	t.in = false
	t.queue.inside--
	t.queue.next()
}

// sit gives a turn its seat. The caller holds q.mu.
func (q *Queue) sit(t *turn) {
	if !t.in {
		t.in = true
		q.inside++
	}
	t.place, t.since = seat, q.now()
	q.seated++
	t.timer = time.AfterFunc(slice, t.step)
	close(t.ready)
}

// step lets the work go on beside the others: it takes long.
func (t *turn) step() {
	q := t.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if t.place != seat {
		return
	}
	if q.beside >= q.seats { // there are enough of those: it keeps its seat
		t.timer.Reset(slice)
		return
	}
	t.stand()
	t.place = beside
	t.since = q.now()
	q.beside++
	q.next()
}

// stand takes from a turn what it has, and counts for how long it had it. The caller holds the lock, and calls next.
func (t *turn) stand() {
	q := t.queue
	switch t.place {
	case outside:
		return
	case seat:
		q.seated--
	case beside:
		q.beside--
	}
	t.timer.Stop()
	t.place = outside
	seconds := q.now().Sub(t.since).Seconds()
	q.charge("person "+t.who.Person, t.who.Person != "", seconds)
	q.charge("server "+t.who.Server, t.who.Server != "", seconds)
}

// charge adds to an account. The caller holds q.mu.
func (q *Queue) charge(name string, known bool, seconds float64) {
	if !known {
		return
	}
	if _, has := q.used[name]; !has && len(q.used) >= maxAccounts {
		least, found := "", math.Inf(1)
		for other := range q.used {
			if s := q.use(other); s < found {
				least, found = other, s
			}
		}
		delete(q.used, least)
	}
	q.used[name] = account{q.use(name) + seconds, q.now()}
}

// use is what somebody has used lately, in seconds. The caller holds q.mu.
func (q *Queue) use(name string) float64 {
	a, ok := q.used[name]
	if !ok {
		return 0
	}
	return a.seconds * math.Exp2(-q.now().Sub(a.at).Seconds()/halfLife.Seconds())
}

// rank orders those who wait: the least comes first. The caller holds q.mu.
func (q *Queue) rank(t *turn) float64 {
	return q.use("person "+t.who.Person) + q.use("server "+t.who.Server)/serverShare +
		t.ahead - q.now().Sub(t.since).Seconds()/waitShare
}

// next seats those whose turn it is. The caller holds q.mu.
func (q *Queue) next() {
	for q.seated < q.seats && len(q.waiting) > 0 {
		best := -1
		rank := 0.0
		for i, t := range q.waiting {
			if !t.in && q.inside >= maxInside {
				continue
			}
			if r := q.rank(t); best < 0 || cmp.Less(r, rank) {
				best, rank = i, r
			}
		}
		if best < 0 {
			return
		}
		t := q.waiting[best]
		q.waiting = slices.Delete(q.waiting, best, best+1)
		q.sit(t)
	}
}
