package dispatch

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"pilcrow/internal/commands"
)

// Bounds of commands that go on although their time is over.
const (
	patience   = 500 * time.Millisecond // for one that ends by itself at its deadline, with a better reason
	maxOverdue = 8                      // at a time; as long as there are so many, no command begins
)

// An overseer runs commands, and answers for their ending: soon after the deadline the caller has one, whatever the
// command does. The zero overseer is ready for use.
type overseer struct {
	mu      sync.Mutex
	overdue int
}

// An errand is one command under way.
type errand struct {
	ended         chan struct{} // closed when reply and err are there
	reply         commands.Reply
	err           error
	over, overdue bool // it has ended; nobody waits for it any longer
}

// run calls a command, and waits for it little longer than its context lasts.
func (o *overseer) run(ctx context.Context, command func(context.Context) (commands.Reply, error)) (commands.Reply,
	error) {
	if o.count() >= maxOverdue {
		return commands.Reply{}, commands.ErrOverdue
	}
	e := &errand{ended: make(chan struct{})}
	go func() { // ends with the command, whose loops look at the context; count waits for it
		defer o.end(e)
		defer func() {
			if p := recover(); p != nil {
				e.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			}
		}()
		e.reply, e.err = command(ctx)
	}()
	select {
	case <-e.ended:
		return e.reply, e.err
	case <-ctx.Done():
	}
	timer := time.NewTimer(patience)
	defer timer.Stop()
	select {
	case <-e.ended:
		return e.reply, e.err
	case <-timer.C:
	}
	if o.leave(e) {
		return commands.Reply{}, context.Cause(ctx)
	}
	return e.reply, e.err
}

// end notes that a command has ended.
func (o *overseer) end(e *errand) {
	o.mu.Lock()
	defer o.mu.Unlock()
	e.over = true
	if e.overdue {
		o.overdue--
	}
	close(e.ended)
}

// leave stops waiting for a command; false if it has just ended.
func (o *overseer) leave(e *errand) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if e.over {
		return false
	}
	e.overdue = true
	o.overdue++
	return true
}

// count is how many commands go on although nobody waits for them.
func (o *overseer) count() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.overdue
}
