package dispatch

import (
	"errors"
	"runtime"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/article/articletest"
	"pilcrow/internal/budget"
	"pilcrow/internal/steps"
)

// readingFactorOff is how far what a reading says that it takes may be from what the heap grows by.
const readingFactorOff = 1.5

// TestReadingBytes reads documents of each worst kind, and holds what the readings say that they take against the
// growth of the heap.
func TestReadingBytes(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	heap := func() int64 {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	for _, k := range articletest.Worst() {
		text := k.Text(max(k.Most/16, 4), 1)
		d, err := article.Parse(k.File, text)
		if err != nil {
			t.Fatal(err)
		}
		for _, part := range []struct {
			name string
			read func() (any, int64)
		}{
			{"speech", func() (any, int64) { s := readSpeech(nil, d); return s, s.bytes() }},
			{"events", func() (any, int64) { e := readEvents(nil, d); return e, e.bytes() }},
			{"cast", func() (any, int64) { c := whoIn(nil, d); return c, bytesOfCast(c) }},
		} {
			part.read() // the first one of a process makes tables
			before := heap()
			kept, says := part.read()
			grown := heap() - before
			t.Logf("%s, %s: the heap grew by %.2f MB, the reading says %.2f; the text has %.2f", k.Name, part.name,
				float64(grown)/1e6,
				float64(says)/1e6, float64(len(text))/1e6)
			if grown > 200_000 && (float64(says) > float64(grown)*readingFactorOff ||
				float64(says) < float64(grown)/readingFactorOff) {
				t.Errorf("%s, %s: the heap grew by %d bytes, the reading says %d", k.Name, part.name, grown, says)
			}
			runtime.KeepAlive(kept)
		}
	}
}

// What is kept counts, leaves when others need the room, the last used at the end, and is not made where there is no
// room.
func TestKeptCounts(t *testing.T) {
	b := budget.New(8_000)
	k := keeper[int]{memory: b, size: func(n int) int64 { return int64(n) }}
	b.Reclaimer(func(bytes int64) { k.give(bytes) })
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
