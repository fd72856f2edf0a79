package eval

import (
	"cmp"
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// stopwatch notes when a draft was handed over.
type stopwatch struct {
	rag.Generator
	handed time.Duration // 0: no draft was asked for
}

func (s *stopwatch) Generate(ctx context.Context, r rag.Request) (rag.Draft, error) {
	d, err := s.Generator.Generate(ctx, r)
	s.handed = cpuTime()
	return d, err
}

// BenchmarkVerification measures what an answer costs of our own from the model's draft to its ending: guards, doubts,
// what a judge is shown, the document's own words, disputes. The calls to models take no time here. finding is the
// reference in the same run: what it takes to find the passages of the same questions. The bar is 2 ms an answer, of
// this process's own time.
func BenchmarkVerification(b *testing.B) {
	b.Run("own", func(b *testing.B) { benchmarkVerification(b, "testdata/drafts") })
	if shared := os.Getenv("PILCROW_SHARED"); shared != "" {
		b.Run("shared", func(b *testing.B) { benchmarkVerification(b, filepath.Join(shared, "data", "audit")) })
	}
}

func benchmarkVerification(b *testing.B, dir string) {
	var g Gold
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no labeled drafts in %s: %v", dir, err)
	}
	for _, name := range files {
		f, err := os.Open(name)
		if err == nil {
			err = g.Read(name, f)
			f.Close()
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	c := draftsConfig(b, DraftsConfig{Recorded: true})
	c.Drafts.Documents = func(file, folder string) (*article.Corpus, error) {
		return article.Load(os.DirFS(filepath.Join(filepath.Dir(file), "docs", folder)))
	}
	r := &run{Config: c}
	records := r.draftsOf(g.drafts)
	corpora, err := r.corpora(records)
	if err != nil {
		b.Fatal(err)
	}
	type asking struct {
		record *draftsRecord
		engine *ask.Engine
		watch  *stopwatch
	}
	var all []asking
	for key, corpus := range corpora {
		p := newReplay(honest, JudgeOracle, true)
		watch := &stopwatch{Generator: p}
		engine, err := c.Drafts.Open(b.Context(), corpus, watch, p.Judge)
		if err != nil {
			b.Fatal(err)
		}
		for _, d := range records {
			if d.folder() == key && len(d.Honest.Sentences) > 0 {
				p.records[d.Question] = d
				all = append(all, asking{d, engine, watch})
			}
		}
	}
	slices.SortFunc(all, func(a, b asking) int { return cmp.Compare(a.record.ID, b.record.ID) })
	var verifying, finding time.Duration
	asked := 0
	for i := 0; b.Loop(); i++ {
		a := all[i%len(all)]
		q := ask.Query{Text: a.record.Question, Passages: a.record.refs(corpora[a.record.folder()])}
		began := cpuTime()
		if _, err := a.engine.Prepare(b.Context(), q); err != nil {
			b.Fatal(err)
		}
		finding += cpuTime() - began
		a.watch.handed = 0
		if _, err := a.engine.Ask(b.Context(), q); err != nil {
			b.Fatal(err)
		}
		if a.watch.handed > 0 {
			verifying += cpuTime() - a.watch.handed
			asked++
		}
	}
	if asked > 0 {
		b.ReportMetric(float64(verifying.Microseconds())/1000/float64(asked), "ms/answer")
		b.ReportMetric(float64(verifying)/float64(asked)/(float64(finding)/float64(b.N)), "x-finding")
	}
}
