package limits

import (
	"context"
	"errors"
	"sync"
)

// How much is done at once. All of these are ours.
const (
	maxRunning = 512 // commands that run, or wait for a processor: see package turns
	// MaxHeld is for all people.
	MaxHeld     = 1024 // questions that run or wait for their turn
	maxPerson   = 4    // commands that run for one person
	maxPersonal = 20   // questions of one person that run or wait: fifty such people leave room for others
)

// ErrBusy says that there is no room for a question, or that its turn does not come in time.
var ErrBusy = errors.New("too many questions")

// A Queue says how many questions are in hand, and whose turn it is. The zero Queue is ready for use.
type Queue struct {
	mu      sync.Mutex
	held    int
	running int
	people  map[string]*person
	waiting []*Turn // in the order in which they came
}

type person struct{ held, running int }

// A Turn is that of a question, which may be still to come.
type Turn struct {
	who    string
	person *person
	ready  chan struct{}
	taken  bool
	rests  bool // it runs no longer
}

// Size is how many people have questions in hand, and how many.
func (l *Queue) Size() (people, questions int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.people), l.held
}

// Hold takes a question in hand, or refuses it with ErrBusy. Whoever holds one lets go of it.
func (l *Queue) Hold(who string) (*Turn, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.people == nil {
		l.people = map[string]*person{}
	}
	p := l.people[who]
	if p == nil {
		p = &person{}
	}
	if l.held >= MaxHeld || p.held >= maxPersonal {
		return nil, ErrBusy
	}
	l.people[who] = p
	l.held++
	p.held++
	t := &Turn{who: who, person: p, ready: make(chan struct{})}
	l.waiting = append(l.waiting, t)
	l.next()
	return t, nil
}

// Wait waits for the turn.
func (t *Turn) Wait(ctx context.Context) error {
	select {
	case <-t.ready:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Rest lets others have their turn while the question is still in hand: its answer is on its way.
func (l *Queue) Rest(t *Turn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t.taken && !t.rests {
		t.rests = true
		l.running--
		t.person.running--
		l.next()
	}
}

// LetGo ends the turn, whether it has come or not.
func (l *Queue) LetGo(t *Turn) {
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
func (l *Queue) next() {
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
