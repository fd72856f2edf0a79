package local

import (
	"fmt"
	"runtime"
	"slices"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/vectors"
	"pilcrow/internal/static"
)

// BenchmarkServers gives 500 servers 20 paragraphs of their own over 1,000 shared ones, and then changes a shared one
// for all of them. It says how much memory each server takes, its text among it, and how long the change would take for
// 1,000: found by words alone, and with the table of word vectors, as without a setting.
func BenchmarkServers(b *testing.B) {
	b.Run("words", func(b *testing.B) { servers(b, vectors.Unembedded{}, rag.WordsAlone()) })
	b.Run("table", func(b *testing.B) { servers(b, static.New(), rag.StaticTable()) })
}

func servers(b *testing.B, embedder rag.Embedder, meaning rag.Meaning) {
	const servers = 500
	p := newProse(1, 5000)
	shared := map[string][]string{}
	for d := range 20 {
		for range 50 {
			slug := fmt.Sprintf("shared-%02d", d)
			shared[slug] = append(shared[slug], p.paragraph())
		}
	}
	index := vectors.BySize{Few: chromemindex.New(), Many: flatindex.New()}
	engine := func(kin *ask.Engine) *ask.Engine {
		e, err := ask.New(ask.Config{Embedder: embedder, Meaning: meaning, Index: index, Extractor: NewExtractor(),
			Kin: kin})
		if err != nil {
			b.Fatal(err)
		}
		return e
	}
	common := corpusOf(b, shared)
	replace := func(e *ask.Engine, own ...article.Document) {
		corpus, err := article.NewCorpus(append(slices.Clone(common.Documents()), own...)...)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := e.Replace(b.Context(), corpus, nil, nil); err != nil {
			b.Fatal(err)
		}
	}
	kin := engine(nil)
	replace(kin)
	engines, own := make([]*ask.Engine, servers), make([]article.Document, servers)
	before, _ := heap()
	for i := range own {
		var paragraphs []string
		for range 20 {
			paragraphs = append(paragraphs, p.paragraph())
		}
		own[i] = corpusOf(b, map[string][]string{"own": paragraphs}).Documents()[0]
	}
	for i := range engines {
		engines[i] = engine(kin)
		replace(engines[i], own[i])
	}
	after, _ := heap()
	n, took := 0, time.Duration(0)
	for b.Loop() {
		n++
		shared["shared-07"][3] += fmt.Sprintf(" It was changed %d times.", n)
		common = corpusOf(b, shared)
		began := time.Now()
		replace(kin)
		for i, e := range engines {
			replace(e, own[i])
		}
		took += time.Since(began)
	}
	b.ReportMetric(float64(after-before)/servers/1000, "kB/server")
	b.ReportMetric(took.Seconds()*1000/servers/float64(n), "s/change-of-1000")
	runtime.KeepAlive(engines)
}
