package steps_test

import (
	"context"
	"errors"
	"testing"

	"pilcrow/internal/steps"
)

func TestCounterStopsWithTheContext(t *testing.T) {
	why := errors.New("nobody waits any longer")
	ctx, cancel := context.WithCancelCause(t.Context())
	c := steps.Until(ctx)
	for range 10_000 {
		if !c.Take(1) {
			t.Fatalf("stopped before the context ended: %v", c.Err())
		}
	}
	cancel(why)
	taken := 0
	for c.Take(1) {
		if taken++; taken > 10_000 {
			t.Fatal("the context ended 10,000 steps ago")
		}
	}
	if !errors.Is(c.Err(), why) {
		t.Errorf("Err() = %v, want the cause of the context's end", c.Err())
	}
	before := c.Taken()
	if c.Take(1) || c.Taken() != before {
		t.Error("a stopped counter goes on")
	}
}

func TestCounterLooksAtOnce(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if c := steps.Until(ctx); c.Take(1) || !errors.Is(c.Err(), context.Canceled) {
		t.Error("work begins although the context has ended")
	}
}

func TestCounterStopsAtItsCeiling(t *testing.T) {
	c := steps.AtMost(100)
	if !c.Take(100) {
		t.Fatal("the ceiling itself is allowed")
	}
	if c.Take(1) || !errors.Is(c.Err(), steps.ErrCeiling) {
		t.Errorf("step 101 was allowed, or Err() = %v", c.Err())
	}
}

func TestNoCounter(t *testing.T) {
	var c *steps.Counter
	if !c.Take(1<<30) || c.Err() != nil || c.Taken() != 0 {
		t.Error("a nil Counter counts")
	}
}

func BenchmarkTake(b *testing.B) {
	c := steps.Until(b.Context())
	for b.Loop() {
		c.Take(1)
	}
}
