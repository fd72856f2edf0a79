package discord

import (
	"context"
	"errors"
	"sync"
)

// How much is done at once. All of these are ours.
const (
	maxRunning   = 512  // commands that run, or wait for a processor: see package turns
	maxHeld      = 1024 // questions that run or wait for their turn
	maxPerson    = 4    // commands that run for one person
	maxPersonal  = 20   // questions of one person that run or wait: fifty such people leave room for others
	maxRefusing  = 128  // messages beyond, whose authors are being told so
	maxRebuffs   = 512  // interactions beyond; each takes three seconds at most
	maxSuggested = 32   // autocompletions
)

var errBusy = errors.New("too many questions")

// A limiter says how many questions are in hand, and whose turn it is. The zero limiter is ready for use.
type limiter struct {
	mu      sync.Mutex
	held    int
	running int
	people  map[string]*person
	waiting []*turn // in the order in which they came
}

type person struct{ held, running int }

type turn struct {
	who    string
	person *person
	ready  chan struct{}
	taken  bool
	rests  bool // it runs no longer
}

// hold takes a question in hand, or refuses it with errBusy. Whoever holds one lets go of it.
func (l *limiter) hold(who string) (*turn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.people == nil {
		l.people = map[string]*person{}
	}
	p := l.people[who]
	if p == nil {
		p = &person{}
	}
	if l.held >= maxHeld || p.held >= maxPersonal {
		return nil, errBusy
	}
	l.people[who] = p
	l.held++
	p.held++
	t := &turn{who: who, person: p, ready: make(chan struct{})}
	l.waiting = append(l.waiting, t)
	l.next()
	return t, nil
}

// wait waits for the turn.
func (t *turn) wait(ctx context.Context) error {
	select {
	case <-t.ready:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// rest lets others have their turn while the question is still in hand: its answer is on its way.
func (l *limiter) rest(t *turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t.taken && !t.rests {
		t.rests = true
		l.running--
		t.person.running--
		l.next()
	}
}

// letGo ends the turn, whether it has come or not.
func (l *limiter) letGo(t *turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held--
	t.person.held--
	if t.person.held == 0 {
		delete(l.people, t.who)
	}
	switch {
	case !t.taken:
		t.taken = true // the queue drops it when it comes to it
	case !t.rests:
		l.running--
		t.person.running--
	}
	l.next()
}

// next starts those whose turn it is: the first in the queue who has not too much running already. The caller holds
// l.mu.
func (l *limiter) next() {
	kept := l.waiting[:0]
	for _, t := range l.waiting {
		switch {
		case t.taken:
		case l.running < maxRunning && t.person.running < maxPerson:
			t.taken = true
			l.running++
			t.person.running++
			close(t.ready)
		default:
			kept = append(kept, t)
		}
	}
	clear(l.waiting[len(kept):])
	l.waiting = kept
}

// A crew counts goroutines and waits for them; unlike a sync.WaitGroup it may be given work while somebody waits.
type crew struct {
	mu    sync.Mutex
	n     int
	idle  chan struct{} // closed when n has become 0 and somebody waits
	limit int
}

// do runs f in a goroutine, unless there are too many.
func (c *crew) do(f func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n >= c.limit {
		return false
	}
	c.n++
	go func() { // wait waits for it
		defer c.done()
		f()
	}()
	return true
}

func (c *crew) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n--
	if c.n == 0 && c.idle != nil {
		close(c.idle)
		c.idle = nil
	}
}

// wait returns a channel that is closed when there is nothing left to do, perhaps at once.
func (c *crew) wait() <-chan struct{} {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == 0 {
		idle := make(chan struct{})
		close(idle)
		return idle
	}
	if c.idle == nil {
		c.idle = make(chan struct{})
	}
	return c.idle
}
