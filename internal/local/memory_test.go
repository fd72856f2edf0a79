package local

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/rag/ask"
)

// What an edition may take beside its vectors, in bytes for each byte of text. It is measured after a collection, and
// so nearly the same on every machine.
const (
	mostKept      = 8   // text, words, and who says what; was 16
	mostAllocated = 120 // while it is loaded, the vectors among it: what the peak grows with; was 150
	mostReadings  = 40 << 20
)

// TestMemory loads a book of 1 MB with 6,000 different words, whose vectors a store has, and asks about forty places of
// it.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	dir := t.TempDir()
	p := newProse(1, 6_000)
	var b strings.Builder
	for b.Len() < 1<<20 {
		b.WriteString(p.paragraph() + " " + p.paragraph() + "\n\n")
	}
	text := float64(b.Len())
	if err := os.WriteFile(filepath.Join(dir, "book.txt"), []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	b.Reset()
	vectors := opened(t)
	started(t, dir, vectors)

	before, allocated := heap()
	e, r := started(t, dir, vectors)
	loaded, after := heap()
	if r.Embedded != 0 {
		t.Fatalf("%+v", r)
	}
	kept := float64(loaded-before-int64(r.Passages)*Dimension*4) / text
	passed := float64(after-allocated) / text
	t.Logf("%d passages: %.1f bytes are kept for each of the text, %.1f were allocated", r.Passages, kept, passed)
	if kept > mostKept || passed > mostAllocated {
		t.Errorf("%.1f bytes are kept for each of the text, %.1f were allocated: at most %d and %d", kept, passed, mostKept,
			mostAllocated)
	}

	for n := range 40 {
		p, _ := e.Edition().Corpus.Passage(article.Ref{Slug: "book", N: 1 + n*r.Passages/40})
		if _, err := e.Ask(t.Context(), ask.Query{Text: "What " + strings.Join(strings.Fields(p.Text)[:7], " ") +
			"?"}); err != nil {
			t.Fatal(err)
		}
	}
	asked, _ := heap()
	t.Logf("%.1f MiB more after forty questions", float64(asked-loaded)/(1<<20))
	if asked-loaded > mostReadings {
		t.Errorf("%d bytes more after forty questions, at most %d", asked-loaded, mostReadings)
	}
	runtime.KeepAlive(e)
}

// heap returns what is in use after a collection, and what was allocated so far, in bytes.
func heap() (used, allocated int64) {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc), int64(m.TotalAlloc)
}
