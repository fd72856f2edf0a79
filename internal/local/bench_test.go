package local

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync/atomic"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/ragtest"
)

// counter counts the texts that are embedded as passages.
type counter struct {
	Embedder
	passages atomic.Int64
}

func (c *counter) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if kind == rag.Passage {
		c.passages.Add(int64(len(texts)))
	}
	return c.Embedder.Embed(ctx, kind, texts)
}

// written makes documents of 40 paragraphs of invented words, paragraphs in all; changed makes one paragraph another.
func written(t testing.TB, paragraphs int, changed bool) *article.Corpus {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	word := func() string {
		var b strings.Builder
		for range 2 + random.IntN(2) {
			b.WriteByte("bdfgklmnprstvz"[random.IntN(14)])
			b.WriteByte("aeiou"[random.IntN(5)])
		}
		return b.String()
	}
	vocabulary := make([]string, 5000)
	for i := range vocabulary {
		vocabulary[i] = word()
	}
	pick := func() string { return vocabulary[int(float64(len(vocabulary))*random.Float64()*random.Float64())] }
	var documents []article.Document
	for n := 0; n < paragraphs; n += 40 {
		var b strings.Builder
		for k := range min(40, paragraphs-n) {
			for range 4 {
				b.WriteString("The " + pick() + " " + pick() + " of " + pick() + " was " + pick() + " in " + pick() + " with the " +
					pick() + " of " + pick() + ". ")
			}
			if changed && n == 0 && k == 7 {
				b.WriteString("It was changed later.")
			}
			b.WriteString("\n\n")
		}
		d, err := article.Parse(fmt.Sprintf("d%04d.txt", n/40), []byte(b.String()))
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, d)
	}
	c, err := article.NewCorpus(documents...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// loaded makes an engine over what corpus gives at each load.
func loaded(t testing.TB, corpus func() *article.Corpus) (*ask.Engine, *counter) {
	t.Helper()
	c := &counter{}
	e, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return corpus(), nil },
		Embedder: c, Index: chromemindex.New(), Extractor: NewExtractor(), Vectors: &ragtest.Memory{},
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return e, c
}

// TestReloadEmbedsOnlyWhatIsNew holds one changed paragraph of a thousand to one embedding, and no change to none.
func TestReloadEmbedsOnlyWhatIsNew(t *testing.T) {
	corpora := []*article.Corpus{written(t, 1000, false), written(t, 1000, false), written(t, 1000, true)}
	i := -1
	e, c := loaded(t, func() *article.Corpus { i++; return corpora[i] })
	if got := c.passages.Load(); got != 1000 {
		t.Fatalf("%d texts embedded at first", got)
	}
	r, err := e.Reload(t.Context(), nil)
	if err != nil || r.Changed || c.passages.Load() != 1000 {
		t.Fatalf("no change: %+v, %v, %d texts in all", r, err, c.passages.Load())
	}
	r, err = e.Reload(t.Context(), nil)
	if err != nil || !r.Changed || r.Embedded != 1 || r.Reused != 999 || c.passages.Load() != 1001 {
		t.Fatalf("one change: %+v, %v, %d texts in all", r, err, c.passages.Load())
	}
}

func BenchmarkAsk(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		corpus := written(b, n, false)
		e, _ := loaded(b, func() *article.Corpus { return corpus })
		p, _ := corpus.Passage(article.Ref{Slug: "d0003", N: 7})
		first, _, _ := strings.Cut(p.Text, ".")
		query := ask.Query{Text: "What " + strings.TrimPrefix(first, "The ") + "?"}
		if _, err := e.Ask(b.Context(), query); err != nil {
			b.Fatal(err)
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				if _, err := e.Ask(b.Context(), query); err != nil {
					b.Fatal(err)
				}
			}
		})
		// The reference: what a bare loop over as many vectors takes.
		vectors := make([]float32, n*Dimension)
		question := make([]float32, Dimension)
		for i := range vectors {
			vectors[i] = float32(i%7) / 7
		}
		b.Run(fmt.Sprintf("%d-dot-products", n), func(b *testing.B) {
			for b.Loop() {
				best := float32(0)
				for i := range n {
					sum := float32(0)
					for k, x := range question {
						sum += x * vectors[i*Dimension+k]
					}
					best = max(best, sum)
				}
			}
		})
	}
}

func BenchmarkReload(b *testing.B) {
	for _, n := range []int{1000, 10_000} {
		corpora := []*article.Corpus{written(b, n, false), written(b, n, true)}
		i := 0
		e, _ := loaded(b, func() *article.Corpus { return corpora[i%2] })
		b.Run(fmt.Sprintf("%d-one-changed", n), func(b *testing.B) {
			for b.Loop() {
				i++
				if _, err := e.Reload(b.Context(), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
		b.Run(fmt.Sprintf("%d-nothing-changed", n), func(b *testing.B) {
			for b.Loop() {
				if _, err := e.Reload(b.Context(), nil); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
