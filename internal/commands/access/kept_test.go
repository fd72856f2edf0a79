package access

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/budget"
	"pilcrow/internal/steps"
)

// What is made is made to the end although whoever asked first has gone, once for all who ask; what could not be made
// is tried again.
func TestKeeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var k keeper[int]
		built := 0
		slow := func(*steps.Counter) int {
			time.Sleep(10 * time.Second)
			built++
			return 7
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := k.get(ctx, "a", 2, 0, slow); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("who waits a second for what takes ten has %v", err)
		}
		for range 2 {
			if v, err := k.get(t.Context(), "a", 2, 0, slow); v != 7 || err != nil || built != 1 {
				t.Errorf("later: %d, %v, made %d times", v, err, built)
			}
		}
		endless := func(c *steps.Counter) int {
			for c.Take(1 << 12) {
				time.Sleep(time.Second)
			}
			return 8
		}
		if _, err := k.get(t.Context(), "b", 2, 0, endless); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("what does not end has %v", err)
		}
		if _, err := k.get(t.Context(), "c", 2, 0, func(*steps.Counter) int { panic("no") }); err == nil {
			t.Error("a panic is no error")
		}
		if v, err := k.get(t.Context(), "b", 2, 0, func(*steps.Counter) int { return 9 }); v != 9 || err != nil {
			t.Errorf("tried again: %d, %v", v, err)
		}
	})
}

// What is kept counts, leaves when others need the room, the last used at the end, and is not made where there is no
// room.
func TestKeptCounts(t *testing.T) {
	b := budget.New(8_000)
	k := keeper[int]{memory: b, size: func(n int) int64 { return int64(n) }}
	b.Reclaimer(func(bytes int64) { k.Give(bytes) })
	keep := func(key string, size int) error {
		got, err := k.get(t.Context(), key, 100, int64(size), func(*steps.Counter) int { return size })
		if err == nil && got != size {
			t.Errorf("%s is %d", key, got)
		}
		return err
	}
	for _, key := range []string{"a", "b", "c"} {
		if err := keep(key, 1500); err != nil {
			t.Fatal(err)
		}
	}
	if err := keep("a", 1500); err != nil { // used again
		t.Fatal(err)
	}
	if held := b.Use().Held; held != 4500 {
		t.Errorf("%d bytes are held", held)
	}
	if err := keep("d", 1500); err != nil {
		t.Fatal(err)
	}
	if k.made["b"] != nil || k.made["a"] == nil || k.made["d"] == nil {
		t.Errorf("left are %v", k.made)
	}
	if large, ok := errors.AsType[*budget.TooLarge](keep("e", 6000)); !ok || large.Need != 6000 {
		t.Error("what never fits is made")
	}
	if u := b.Use(); u.Most > u.Room {
		t.Errorf("%+v", u)
	}
	other, err := b.Try(4000)
	if err != nil || len(k.made) > 0 {
		t.Errorf("%v; left are %v", err, k.made)
	}
	if err := keep("f", 4000); !errors.Is(err, budget.ErrCrowded) {
		t.Errorf("without room: %v", err)
	}
	other.Release()
	if err := keep("f", 4000); err != nil {
		t.Error(err)
	}
}
