package access

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"pilcrow/internal/budget"
	"pilcrow/internal/rag/corpus"
	"pilcrow/internal/steps"
	"pilcrow/internal/turns"
)

// Bounds of what is kept of what was made: of so many documents, and for so many sets of documents. Many servers ask at
// once, each of its own edition; what they share is made once.
const (
	maxKeptDocuments = 512
	maxKeptEditions  = 64
)

// readingFactor is about how many times a document's text reading it takes while it lasts, and roomPatience how long it
// waits for so much memory.
const (
	readingFactor = 20
	roomPatience  = 3 * time.Second
)

// MakeTimeout ends the making of something that is kept: a document of 10 MB is read in some seconds, and on a busy
// machine in a minute.
const MakeTimeout = 2 * time.Minute

// maxMaking is how many things are made at a time, of all kinds together. The others wait for their turn.
const maxMaking = 2

// Makers are the turns of those who make something that is kept.
type Makers chan struct{}

// NewMakers gives turns to so many at a time as may make something.
func NewMakers() Makers { return make(Makers, maxMaking) }

// Bound has those who make something wait for their turn, and what is kept counted by its size. It is called before the
// keeper is used.
func (k *keeper[V]) Bound(turns Makers, memory *budget.Budget, size func(V) int64) {
	k.turns, k.memory, k.size = turns, memory, size
}

// A keeper keeps what was made under the last keys that were asked for, each made once. The zero keeper is ready for
// use, and makes without waiting for a turn.
type keeper[V any] struct {
	turns  Makers
	memory *budget.Budget // nil: there is room for everything
	size   func(V) int64  // about how many bytes a value takes; nil: they are too small to be counted

	mu    sync.Mutex
	clock int64
	made  map[string]*made[V]
}

type made[V any] struct {
	ready chan struct{} // closed when value or err is there
	value V
	err   error
	used  int64
	hold  *budget.Hold // guarded by the keeper's mu
}

// get returns what belongs to the key, and has it made where it is not there. Two that ask at once wait for one; those
// who ask for something else do not wait for them. It is made to the end although whoever asked first goes: the next
// who asks finds it. need is about how many bytes making it takes; where there is no room for them the error is
// budget.ErrCrowded or a *budget.TooLarge.
func (k *keeper[V]) get(ctx context.Context, key string, most int, need int64,
	build func(c *steps.Counter) V) (V, error) {
	k.mu.Lock()
	if k.made == nil {
		k.made = map[string]*made[V]{}
	}
	m, ok := k.made[key]
	if !ok {
		if len(k.made) >= most {
			k.forget()
		}
		m = &made[V]{ready: make(chan struct{})}
		k.made[key] = m
		go k.make(context.WithoutCancel(ctx), key, m, need, build) // ends within makeTimeout; whoever needs it waits for it
	}
	k.clock++
	m.used = k.clock
	k.mu.Unlock()
	select {
	case <-m.ready:
		return m.value, m.err
	default:
	}
	defer turns.Away(ctx)() // others may compute meanwhile
	select {
	case <-m.ready:
		return m.value, m.err
	case <-ctx.Done():
		var none V
		return none, context.Cause(ctx)
	}
}

// make makes one value. What could not be made is not kept.
func (k *keeper[V]) make(ctx context.Context, key string, m *made[V], need int64, build func(c *steps.Counter) V) {
	ctx, cancel := context.WithTimeout(ctx, MakeTimeout)
	defer cancel()
	defer close(m.ready)
	defer func() {
		if p := recover(); p != nil { // a document that cannot be read costs its own answers, and not the program
			m.err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
		if m.err != nil {
			k.drop(key, m)
		}
	}()
	if k.turns != nil {
		select {
		case k.turns <- struct{}{}:
			defer func() { <-k.turns }()
		case <-ctx.Done():
			m.err = context.Cause(ctx)
			return
		}
	}
	if k.size == nil {
		need = 0
	}
	room, err := k.room(ctx, need)
	if err != nil {
		m.err = err
		return
	}
	c := steps.Until(ctx)
	m.value = build(c)
	if m.err = c.Err(); m.err != nil || k.size == nil {
		room.Release()
		return
	}
	room.Resize(k.size(m.value))
	k.mu.Lock()
	defer k.mu.Unlock()
	if m.hold = room; k.made[key] != m { // it was pushed out while it was made
		room.Release()
	}
}

// room takes the memory that making something needs, waiting a little for others to give it back.
func (k *keeper[V]) room(ctx context.Context, bytes int64) (*budget.Hold, error) {
	ctx, cancel := context.WithTimeout(ctx, roomPatience)
	defer cancel()
	return k.memory.Take(ctx, bytes)
}

// Give drops what was not asked for the longest until about so many bytes are given back, and returns how many are
// still to be. What is used just now lives on until its command has ended.
func (k *keeper[V]) Give(bytes int64) int64 {
	k.mu.Lock()
	defer k.mu.Unlock()
	for bytes > 0 {
		key, ok := k.oldest(func(m *made[V]) bool { return m.hold.Bytes() > 0 })
		if !ok {
			break
		}
		bytes -= k.made[key].hold.Bytes()
		k.made[key].hold.Release()
		delete(k.made, key)
	}
	return bytes
}

func (k *keeper[V]) drop(key string, m *made[V]) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.made[key] == m {
		delete(k.made, key)
	}
}

// forget drops what was not asked for the longest. The caller holds mu.
func (k *keeper[V]) forget() {
	if key, ok := k.oldest(func(*made[V]) bool { return true }); ok {
		k.made[key].hold.Release()
		delete(k.made, key)
	}
}

// oldest finds what was not asked for the longest, of those that fit. The caller holds mu.
func (k *keeper[V]) oldest(fits func(*made[V]) bool) (oldest string, found bool) {
	for key, m := range k.made {
		if fits(m) && (!found || m.used < k.made[oldest].used) {
			oldest, found = key, true
		}
	}
	return oldest, found
}

// A PerDocument keeps what is made of one document, by its content: whichever edition has it, it is the same.
type PerDocument[V any] struct{ keeper[V] }

// Of returns what belongs to the edition's document of that slug.
func (p *PerDocument[V]) Of(ctx context.Context, edition *corpus.Edition, slug string,
	build func(c *steps.Counter) V) (V, error) {
	d, _ := edition.Corpus.Document(slug)
	need := int64(0)
	for _, passage := range d.Passages {
		need += int64(len(passage.Text))
	}
	return p.get(ctx, d.Digest(), maxKeptDocuments, need*readingFactor, build)
}

// A PerEdition keeps what is made of several documents of an edition.
type PerEdition[V any] struct{ keeper[V] }

// Of returns what belongs to the key in all editions of the same content.
func (p *PerEdition[V]) Of(ctx context.Context, edition *corpus.Edition, key string,
	build func(c *steps.Counter) V) (V, error) {
	return p.get(ctx, edition.Corpus.Digest()+" "+key, maxKeptEditions, 0, build)
}

// BytesPerWord is how many bytes of a text count as one step.
const BytesPerWord = 6
