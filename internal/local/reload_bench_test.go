package local

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
)

// folder writes documents of so many paragraphs each.
func folder(t testing.TB, documents, each int) string {
	t.Helper()
	dir := t.TempDir()
	p := newProse(1, 5000)
	for d := range documents {
		var b strings.Builder
		for range each {
			b.WriteString(p.paragraph() + "\n\n")
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("d%04d.txt", d)), []byte(b.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// started makes an engine over a folder and a store, as the program does, and loads it.
func started(t testing.TB, dir string, vectors rag.Vectors) (*ask.Engine, ask.Report) {
	t.Helper()
	loader := article.NewLoader(nil)
	e, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return loader.Load(os.DirFS(dir)) },
		Embedder: NewEmbedder(), Index: chromemindex.New(), Extractor: NewExtractor(), Vectors: vectors,
	})
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Reload(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return e, r
}

func opened(t testing.TB) *store.Store {
	t.Helper()
	s, err := store.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// BenchmarkReloadOneOfThousand reloads 1,000 paragraphs on disk of which one was changed, and says what share of a cold
// start in the same run that is.
func BenchmarkReloadOneOfThousand(b *testing.B) {
	for _, shape := range []struct{ documents, each int }{{1, 1000}, {50, 20}} {
		b.Run(fmt.Sprintf("%dx%d", shape.documents, shape.each), func(b *testing.B) {
			dir, vectors := folder(b, shape.documents, shape.each), opened(b)
			e, _ := started(b, dir, vectors)
			began := time.Now()
			const colds = 3
			for range colds {
				started(b, dir, vectors)
			}
			cold := time.Since(began) / colds
			file := filepath.Join(dir, "d0000.txt")
			text, err := os.ReadFile(file)
			if err != nil {
				b.Fatal(err)
			}
			middle := bytes.Index(text[len(text)/2:], []byte("\n\n")) + len(text)/2
			n := 0
			for b.Loop() {
				b.StopTimer()
				n++
				changed := fmt.Sprintf("%s It was changed %d times.%s", text[:middle], n, text[middle:])
				if err := os.WriteFile(file, []byte(changed), 0o600); err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
				if r, err := e.Reload(b.Context(), nil); err != nil || r.Embedded != 1 {
					b.Fatalf("%+v, %v", r, err)
				}
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(cold), "of-a-cold-start")
		})
		b.Run(fmt.Sprintf("%dx%d-nothing-changed", shape.documents, shape.each), func(b *testing.B) {
			e, _ := started(b, folder(b, shape.documents, shape.each), opened(b))
			for b.Loop() {
				if r, err := e.Reload(b.Context(), nil); err != nil || r.Changed {
					b.Fatalf("%+v, %v", r, err)
				}
			}
		})
	}
}

// BenchmarkColdStart10k starts with 10,000 paragraphs in 250 documents on disk, whose vectors a store has.
func BenchmarkColdStart10k(b *testing.B) {
	dir, vectors := folder(b, 250, 40), opened(b)
	started(b, dir, vectors)
	for b.Loop() {
		if _, r := started(b, dir, vectors); r.Embedded != 0 || r.Passages != 10_000 {
			b.Fatalf("%+v", r)
		}
	}
}
