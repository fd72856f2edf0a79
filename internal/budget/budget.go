// Package budget counts, in bytes, what the process holds in memory beside the program itself: the editions of all
// servers, what is read of documents, what is cached, what is being brought in. Who wants to hold more asks first; what
// does not fit is not held, so that the process lives whatever it is asked.
//
// The bytes are estimates of those who hold, and tests keep each near what the heap grows by. A nil *Budget has room
// for everything.
package budget

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// What part of the limit holds may fill, and one server's documents. The rest is the program, what a question needs
// while it is answered, and the garbage between two collections.
const (
	roomEighths = 5
	shareOfRoom = 2 // one of so many: no server can push out all others
)

// A Budget is what one process may hold. It is safe for use by several goroutines.
type Budget struct {
	limit   int64
	applied atomic.Bool // it is the process's

	mu         sync.Mutex
	held       int64
	most       int64         // that was held at once
	refused    int64         // holds that were
	changed    chan struct{} // closed and replaced when something was given back
	collected  time.Time     // when Pressed had garbage collected
	reclaimers []func(bytes int64)
}

// New makes a budget of so many bytes for the whole process.
func New(limit int64) *Budget {
	return &Budget{limit: limit, changed: make(chan struct{})}
}

// ErrCrowded says that there is no room just now: what others hold may be given back.
var ErrCrowded = errors.New("there is no memory left just now")

// A TooLarge says that something does not fit, whatever is given back.
type TooLarge struct{ Need, Most int64 } // bytes

// Error names both sizes.
func (e *TooLarge) Error() string {
	return fmt.Sprintf("it needs about %s of memory, and may take %s", Size(e.Need), Size(e.Most))
}

// Limit is the whole budget, in bytes.
func (b *Budget) Limit() int64 { return b.limit }

// Room is how many bytes holds may fill.
func (b *Budget) Room() int64 { return b.limit / 8 * roomEighths }

// Share is the most that the documents of one server may take.
func (b *Budget) Share() int64 { return b.Room() / shareOfRoom }

// Use is how a budget is used, in bytes.
type Use struct {
	Limit, Room int64
	Held, Most  int64 // now; at once so far
	Refused     int64 // how often there was no room
}

// Use returns how the budget is used now.
func (b *Budget) Use() Use {
	if b == nil {
		return Use{}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	return Use{b.limit, b.Room(), b.held, b.most, b.refused}
}

// Reclaimer adds a function that gives back about so many bytes, by releasing holds, as far as it can. Those added
// first are asked first. It may be called by any goroutine that takes.
func (b *Budget) Reclaimer(give func(bytes int64)) {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.reclaimers = append(b.reclaimers, give)
}

// A Hold is a part of the budget that somebody has. A nil Hold is one of a nil Budget.
type Hold struct {
	budget *Budget
	bytes  int64 // guarded by budget.mu
}

// Try takes so many bytes if there is room for them or can be made at once. The error is ErrCrowded or a *TooLarge.
func (b *Budget) Try(bytes int64) (*Hold, error) {
	if b == nil {
		return nil, nil
	}
	if bytes > b.Room() {
		b.refuse()
		return nil, &TooLarge{bytes, b.Room()}
	}
	for _, give := range append([]func(int64){nil}, b.reclaiming()...) {
		if lack := b.lack(bytes); give != nil && lack > 0 {
			give(lack)
		}
		if h := b.take(bytes); h != nil {
			return h, nil
		}
	}
	b.refuse()
	return nil, ErrCrowded
}

// Take is Try for who can wait until ctx ends, which gives ErrCrowded.
func (b *Budget) Take(ctx context.Context, bytes int64) (*Hold, error) {
	for {
		if b == nil {
			return nil, nil
		}
		b.mu.Lock()
		changed := b.changed // before the try: what is given back during it is not missed
		b.mu.Unlock()
		h, err := b.Try(bytes)
		if !errors.Is(err, ErrCrowded) {
			return h, err
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return nil, fmt.Errorf("%w: %w", ErrCrowded, context.Cause(ctx))
		}
	}
}

func (b *Budget) reclaiming() []func(int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.reclaimers // only ever appended to
}

// lack is how many bytes must be given back before so many fit.
func (b *Budget) lack(bytes int64) int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.held + bytes - b.Room()
}

func (b *Budget) take(bytes int64) *Hold {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.held+bytes > b.Room() {
		return nil
	}
	b.held += bytes
	b.most = max(b.most, b.held)
	return &Hold{b, bytes}
}

func (b *Budget) refuse() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.refused++
}

// Relieve tells whether there is room for another question: what the heap held when garbage was last collected, whoever
// holds it, is below the limit, or is so after holds were given back. It is the last line, for what no hold counts, of
// a budget that was applied.
func (b *Budget) Relieve() bool {
	if b == nil || !b.applied.Load() || liveHeap() < b.pressed() {
		return true
	}
	b.mu.Lock()
	again := time.Since(b.collected) > collectEvery
	if again {
		b.collected = time.Now()
	}
	b.mu.Unlock()
	if !again { // somebody has just tried
		return false
	}
	for _, give := range b.reclaiming() {
		give(b.limit / 8)
	}
	runtime.GC()
	return liveHeap() < b.pressed()
}

// pressed is from how many live bytes on the heap questions are turned away. The runtime collects ever more often above
// it.
func (b *Budget) pressed() int64 { return b.limit - b.limit/8 }

// collectEvery is how often Relieve has garbage collected: it takes some tenths of a second.
const collectEvery = time.Second

// Wake tells those who wait that a reclaimer may give back what it could not before.
func (b *Budget) Wake() {
	if b == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.wake()
}

// wake lets those who wait look again. The caller holds mu.
func (b *Budget) wake() {
	close(b.changed)
	b.changed = make(chan struct{})
}

// Note holds what is there already, and so cannot be refused.
func (b *Budget) Note(bytes int64) *Hold {
	if b == nil {
		return nil
	}
	h := &Hold{budget: b}
	h.Resize(bytes)
	return h
}

// Resize sets what is held to what it turned out to be. It cannot be refused: it is there already.
func (h *Hold) Resize(bytes int64) {
	if h == nil || h.budget == nil {
		return
	}
	b := h.budget
	b.mu.Lock()
	defer b.mu.Unlock()
	less := bytes < h.bytes
	b.held += bytes - h.bytes
	b.most = max(b.most, b.held)
	if h.bytes = bytes; less {
		b.wake()
	}
}

// Release gives everything back. Again it does nothing.
func (h *Hold) Release() { h.Resize(0) }

// Bytes is what is held.
func (h *Hold) Bytes() int64 {
	if h == nil || h.budget == nil {
		return 0
	}
	h.budget.mu.Lock()
	defer h.budget.mu.Unlock()
	return h.bytes
}
