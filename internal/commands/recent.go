package commands

import (
	"slices"
	"sync"
	"time"
)

// A recent keeps the last values by key for a while, in memory alone: what it has forgotten is gone.
type recent[V any] struct {
	most int           // values that are kept
	keep time.Duration // how long each is

	mu    sync.Mutex
	now   func() time.Time
	order []string // keys, oldest first
	kept  map[string]dated[V]
}

type dated[V any] struct {
	value V
	since time.Time
}

func newRecent[V any](most int, keep time.Duration, now func() time.Time) *recent[V] {
	return &recent[V]{most: most, keep: keep, now: now, kept: map[string]dated[V]{}}
}

// store keeps the value in place of what the key had.
func (r *recent[V]) store(key string, value V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, known := r.kept[key]; known {
		r.order = slices.DeleteFunc(r.order, func(k string) bool { return k == key })
	}
	r.kept[key], r.order = dated[V]{value, r.now()}, append(r.order, key)
	for len(r.order) > r.most || len(r.order) > 0 && r.now().Sub(r.kept[r.order[0]].since) > r.keep {
		delete(r.kept, r.order[0])
		r.order = slices.Delete(r.order, 0, 1)
	}
}

// load returns the key's value and how old it is.
func (r *recent[V]) load(key string) (value V, age time.Duration, ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	d, ok := r.kept[key]
	if age = r.now().Sub(d.since); !ok || age > r.keep {
		var none V
		return none, 0, false
	}
	return d.value, age, true
}

// len counts what is kept.
func (r *recent[V]) len() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.order)
}
