// Package steps counts the work of code that only computes, and ends it when nobody waits for it any longer.
//
// A loop over names, marks, dates or paragraphs takes its steps from a Counter, and stops where Take says no. What has
// then been made is not whole: the caller asks Err before it uses it. Tests read the same count, so that growth is
// measured without a clock.
//
//	for i := range paragraphs {
//		if !c.Take(len(paragraphs[i].tokens)) {
//			return
//		}
//		…
//	}
package steps

import (
	"context"
	"errors"
	"fmt"
)

// every is how many steps pass between two looks at the context: a step is one token, mark or name, some 20 to 500 ns,
// so a look comes every millisecond or so and costs nothing that can be measured.
const every = 1 << 12

// ErrCeiling ends work that took more steps than it may.
var ErrCeiling = errors.New("more steps than are allowed")

// A Counter counts the steps of one piece of work. It belongs to one goroutine. A nil Counter counts nothing and never
// stops.
type Counter struct {
	taken int64
	look  int64 // at how many steps the context is looked at again
	most  int64 // 0 for no ceiling
	ended func() error
	err   error
}

// Until returns a Counter that stops once the context has ended.
func Until(ctx context.Context) *Counter {
	return &Counter{ended: func() error { return context.Cause(ctx) }}
}

// AtMost returns a Counter that stops at a ceiling of steps, whatever the time.
func AtMost(n int64) *Counter {
	return &Counter{most: n, ended: func() error { return nil }}
}

// Take counts n steps and reports whether the work may go on. Once it has said no it says so for ever.
func (c *Counter) Take(n int) bool {
	if c == nil {
		return true
	}
	if c.err != nil {
		return false
	}
	c.taken += int64(n)
	if c.most > 0 && c.taken > c.most {
		c.err = fmt.Errorf("%w: %d", ErrCeiling, c.most)
		return false
	}
	if c.taken >= c.look {
		c.look = c.taken + every
		if cause := c.ended(); cause != nil {
			c.err = fmt.Errorf("stopped after %d steps: %w", c.taken, cause)
			return false
		}
	}
	return true
}

// Err says why the work was stopped; nil where it was not. It wraps the cause of the context's end, or ErrCeiling.
func (c *Counter) Err() error {
	if c == nil {
		return nil
	}
	return c.err
}

// Taken is how many steps were counted so far.
func (c *Counter) Taken() int64 {
	if c == nil {
		return 0
	}
	return c.taken
}
