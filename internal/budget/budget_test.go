package budget

import (
	"context"
	"errors"
	"math"
	"runtime"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestParseSize(t *testing.T) {
	for in, want := range map[string]int64{
		"256MiB": 256 << 20, "1GiB": 1 << 30, "268435456": 268435456, "1.5 GiB": 3 << 29, "512mb": 512e6, "300M": 300 << 20,
		" 2g ":      2 << 30,
		"90000000B": 90000000, "0": 0,
	} {
		if got, err := ParseSize(in); err != nil || got != want {
			t.Errorf("%q: %d, %v; want %d", in, got, err, want)
		}
	}
	for _, in := range []string{"", "MiB", "many", "-1GiB", "+1GiB", "1e9", "inf", "NaN", "1.2.3MB", "1 GiB 2", "0x10",
		"9999999TiB", "5 Mbit", "½GiB"} {
		if got, err := ParseSize(in); err == nil {
			t.Errorf("%q: %d", in, got)
		}
	}
}

func FuzzParseSize(f *testing.F) {
	f.Add("256MiB")
	f.Add("1.e")
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := ParseSize(s); n < 0 || err != nil && n != 0 {
			t.Errorf("%q: %d, %v", s, n, err)
		}
	})
}

func TestSize(t *testing.T) {
	for in, want := range map[int64]string{0: "under 1 MB", 999_999: "under 1 MB", 1e6: "1 MB", 1_600_000: "2 MB",
		412e6: "412 MB", 31_500_000_000: "31.5 GB"} {
		if got := Size(in); got != want {
			t.Errorf("%d: %q, want %q", in, got, want)
		}
	}
}

func TestHalf(t *testing.T) {
	says := func(n uint64) func() (uint64, error) { return func() (uint64, error) { return n, nil } }
	silent := func() (uint64, error) { return 0, errors.New("no cgroup") }
	for _, c := range []struct {
		name           string
		cgroup, system func() (uint64, error)
		want           int64
	}{
		{"the control group gives less", says(1 << 30), says(8 << 30), 512 << 20},
		{"the machine has less", says(8 << 30), says(2 << 30), 1 << 30},
		{"no control group", silent, says(2 << 30), 1 << 30},
		{"nobody knows", silent, silent, Assumed},
		{"a tiny box", says(32 << 20), says(8 << 30), Least},
		{"no limit", says(math.MaxUint64), silent, Assumed},
	} {
		if got := half(c.cgroup, c.system); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if Default() < Least {
		t.Error("the default is too small")
	}
}

// What is held never passes the room, whoever takes; what is given back lets those in who wait.
func TestRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := New(64 << 20)
		h, err := b.Try(b.Room() - 10)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Try(11); !errors.Is(err, ErrCrowded) {
			t.Errorf("over the room: %v", err)
		}
		if _, ok := errors.AsType[*TooLarge](func() error { _, err := b.Try(b.Room() + 1); return err }()); !ok {
			t.Error("what never fits is not told so")
		}
		ctx, cancel := context.WithCancel(t.Context())
		var wait sync.WaitGroup
		wait.Go(func() {
			if _, err := b.Take(ctx, 1000); err != nil {
				t.Errorf("who waited: %v", err)
			}
		})
		synctest.Wait()
		h.Resize(b.Room() - 1000)
		wait.Wait()
		if u := b.Use(); u.Held != b.Room() || u.Most > b.Room() || u.Refused == 0 {
			t.Errorf("%+v", u)
		}
		wait.Go(func() {
			if _, err := b.Take(ctx, 1000); !errors.Is(err, ErrCrowded) || !errors.Is(err, context.Canceled) {
				t.Errorf("who gave up: %v", err)
			}
		})
		synctest.Wait()
		cancel()
		wait.Wait()
		h.Release()
		h.Release()
		if u := b.Use(); u.Held != 1000 {
			t.Errorf("released twice: %+v", u)
		}
	})
}

// Those that were added first give first, and no more are asked than needed.
func TestReclaim(t *testing.T) {
	b := New(64 << 20)
	cache, err := b.Try(b.Room() / 2)
	if err != nil {
		t.Fatal(err)
	}
	edition, err := b.Try(b.Room() / 2)
	if err != nil {
		t.Fatal(err)
	}
	var asked []string
	give := func(name string, h *Hold) func(int64) {
		return func(n int64) {
			if n <= 0 {
				t.Errorf("%s is asked for %d bytes", name, n)
			}
			asked = append(asked, name)
			h.Release()
		}
	}
	b.Reclaimer(give("cache", cache))
	b.Reclaimer(give("edition", edition))
	if _, err := b.Try(b.Room() / 4); err != nil || len(asked) != 1 || asked[0] != "cache" {
		t.Errorf("%v, asked %v", err, asked)
	}
	if _, err := b.Try(b.Room() / 2); err != nil || len(asked) != 3 {
		t.Errorf("%v, asked %v", err, asked)
	}
}

// Above the limit questions are turned away until what is held by somebody is given back.
func TestRelieve(t *testing.T) { synctest.Test(t, testRelieve) } // or a slow machine collects again after a second
func testRelieve(t *testing.T) {
	runtime.GC()
	b := New(liveHeap() + 32<<20) // before there is more: a collection in between would count it
	held := make([]byte, 64<<20)
	runtime.GC()
	if !b.Relieve() {
		t.Error("a budget that is not the process's turns somebody away")
	}
	b.applied.Store(true)
	if b.Relieve() {
		t.Error("there is room above the limit")
	}
	if b.Relieve() {
		t.Error("there is room when somebody has just tried")
	}
	runtime.KeepAlive(held)
	b.Reclaimer(func(int64) { held = nil })
	b.collected = time.Time{}
	if !b.Relieve() {
		t.Error("what was given back makes no room")
	}
	if !New(1 << 40).Relieve() {
		t.Error("there is no room below the limit")
	}
}

func TestNil(t *testing.T) {
	var b *Budget
	h, err := b.Take(t.Context(), 1<<60)
	h.Resize(5)
	h.Release()
	b.Reclaimer(nil)
	if err != nil || h.Bytes() != 0 || b.Use() != (Use{}) {
		t.Error(h, err)
	}
}
