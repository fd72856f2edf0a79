package limits

import "sync"

// A Crew counts goroutines and waits for them; unlike a sync.WaitGroup it may be given work while somebody waits.
type Crew struct {
	mu    sync.Mutex
	n     int
	idle  chan struct{} // closed when n has become 0 and somebody waits
	Limit int
}

// Do runs f in a goroutine, unless there are too many.
func (c *Crew) Do(f func()) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n >= c.Limit {
		return false
	}
	c.n++
	go func() { // wait waits for it
		defer c.done()
		f()
	}()
	return true
}

func (c *Crew) done() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n--
	if c.n == 0 && c.idle != nil {
		close(c.idle)
		c.idle = nil
	}
}

// Wait returns a channel that is closed when there is nothing left to do, perhaps at once.
func (c *Crew) Wait() <-chan struct{} {
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
