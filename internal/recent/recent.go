// Package recent keeps the last values by key within bounds: so many of them, so many bytes, for so long. It is the one
// door to the library that orders them.
package recent

import (
	"iter"
	"math"
	"sync"
	"time"

	"github.com/hashicorp/golang-lru/v2/simplelru"
)

// Config are the bounds of a Cache. A bound of 0 is none, but one of Entries and Bytes is needed.
type Config[V any] struct {
	Entries int
	Bytes   int64
	Size    func(V) int64 // about how many bytes a value takes; needed with Bytes

	Keep time.Duration    // how long a value is there after it was put
	Now  func() time.Time // nil: time.Now

	Gone func(V) // is told of each value that goes, whatever the reason; it must not call the cache. nil for nobody
}

// A Cache keeps the values that were put or asked for last. It is safe for use by several goroutines.
type Cache[K comparable, V any] struct {
	config Config[V]

	mu    sync.Mutex
	order *simplelru.LRU[K, entry[V]]
	bytes int64
}

type entry[V any] struct {
	value V
	since time.Time
	size  int64
}

// New returns an empty cache.
func New[K comparable, V any](c Config[V]) *Cache[K, V] {
	if c.Now == nil {
		c.Now = time.Now
	}
	cache := &Cache[K, V]{config: c}
	entries := c.Entries
	if entries <= 0 {
		entries = math.MaxInt
	}
	order, err := simplelru.NewLRU(entries, func(_ K, e entry[V]) {
		cache.bytes -= e.size
		if c.Gone != nil {
			c.Gone(e.value)
		}
	})
	if err != nil { // the library refuses a size below 1, and nothing else
		panic(err)
	}
	cache.order = order
	return cache
}

// Put keeps the value in place of what the key had. One that is larger than all there may be is not kept.
func (c *Cache[K, V]) Put(key K, value V) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order.Remove(key)
	e := entry[V]{value: value, since: c.config.Now()}
	if c.config.Size != nil {
		e.size = c.config.Size(value)
	}
	if c.config.Bytes > 0 && e.size > c.config.Bytes {
		if c.config.Gone != nil {
			c.config.Gone(value)
		}
		return
	}
	c.bytes += e.size
	c.order.Add(key, e)
	for c.config.Bytes > 0 && c.bytes > c.config.Bytes {
		c.order.RemoveOldest()
	}
	if c.config.Keep > 0 { // what is asked for again and again is not kept for longer
		for _, k := range c.order.Keys() {
			if old, _ := c.order.Peek(k); e.since.Sub(old.since) > c.config.Keep {
				c.order.Remove(k)
			}
		}
	}
}

// Get returns the value of the key and how long ago it was put. It is the last then that goes.
func (c *Cache[K, V]) Get(key K) (value V, age time.Duration, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.order.Get(key)
	if !ok {
		return value, 0, false
	}
	if age = c.config.Now().Sub(e.since); c.config.Keep > 0 && age > c.config.Keep {
		return value, 0, false
	}
	return e.value, age, true
}

// Remove forgets the value of the key, and tells whether there was one.
func (c *Cache[K, V]) Remove(key K) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Remove(key)
}

// Clear forgets all values.
func (c *Cache[K, V]) Clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.order.Purge()
}

// Len counts the values that are kept.
func (c *Cache[K, V]) Len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}

// Bytes is how many bytes they take.
func (c *Cache[K, V]) Bytes() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

// All are the values that are kept at the time of the call, from the one that goes next on.
func (c *Cache[K, V]) All() iter.Seq2[K, V] {
	c.mu.Lock()
	keys, entries := c.order.Keys(), c.order.Values()
	c.mu.Unlock()
	return func(yield func(K, V) bool) {
		for i, key := range keys {
			if !yield(key, entries[i].value) {
				return
			}
		}
	}
}
