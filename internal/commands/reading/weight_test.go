package reading

import (
	"runtime"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/article/articletest"
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
