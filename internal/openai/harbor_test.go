package openai

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/flatindex"
	"pilcrow/internal/local"
	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/ragtest"
	"pilcrow/internal/rag/vectors"
)

// A harbor is an engine over a model server that misbehaves, asked all the time.
type harbor struct {
	*ask.Engine
	t         *testing.T
	server    *openaitest.Server
	config    Config
	vectors   rag.Vectors
	backlog   *ask.Backlog
	log       *lockedLog
	unrelated float64 // see rag.Meaning; 0 measures it
	patience  time.Duration
	skip      atomic.Int64 // what the encoder's clock is ahead, ns
	asked     atomic.Int64
	stop      context.CancelFunc
	done      sync.WaitGroup
	asking    sync.Mutex // held while the one in the background asks

	mu    sync.Mutex
	texts map[string]string // the document, by slug
	given map[string]int    // how often a text got its vector, by model and text
	fault func(r openaitest.Request) openaitest.Fault
}

type lockedLog struct {
	mu   sync.Mutex
	text strings.Builder
}

func (l *lockedLog) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

func (l *lockedLog) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// counted is how often each text got its vector so far; the server may still be answering.
func (h *harbor) counted() map[string]int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return maps.Clone(h.given)
}

func newHarbor(t *testing.T, paragraphs int) *harbor {
	h := &harbor{t: t, server: openaitest.NewMemory(t), unrelated: 0.05, vectors: &ragtest.Memory{},
		texts: map[string]string{},
		given: map[string]int{}}
	h.config = config(h.server)
	var b strings.Builder
	for i := range paragraphs {
		fmt.Fprintf(&b, "Crane number %d lifts %d tons of grain.\n\n", i, 100+i)
	}
	h.texts["cranes"] = b.String()
	h.server.Script(func(r openaitest.Request) openaitest.Reply {
		h.mu.Lock()
		defer h.mu.Unlock()
		fault := openaitest.None
		if h.fault != nil {
			fault = h.fault(r)
		}
		switch fault {
		case openaitest.None, openaitest.OtherModel, openaitest.OtherDimension:
			for _, text := range r.Input {
				h.given[fmt.Sprint(fault, " ", text)]++
			}
		}
		return openaitest.Reply{Fault: fault}
	})
	return h
}

// misbehaves has the server answer so from now on; nil: well.
func (h *harbor) misbehaves(fault func(r openaitest.Request) openaitest.Fault) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.fault = fault
}

func always(fault openaitest.Fault) func(openaitest.Request) openaitest.Fault {
	return func(openaitest.Request) openaitest.Fault { return fault }
}

// start starts the program, with what it kept.
func (h *harbor) start() ask.Report {
	h.t.Helper()
	h.log = &lockedLog{}
	meaning := rag.SentenceModel()
	meaning.Unrelated = h.unrelated
	logger := slog.New(slog.NewTextHandler(h.log, nil))
	encoder, err := vectors.NewEncoder(h.t.Context(), vectors.EncoderConfig{Embedder: newEmbedder(h.t, h.config),
		Vectors: h.vectors, Logger: logger,
		Now: func() time.Time { return time.Now().Add(time.Duration(h.skip.Load())) }})
	if err != nil {
		h.t.Fatal(err)
	}
	h.backlog = ask.NewBacklog(ask.BacklogConfig{Logger: logger, Wait: time.Millisecond})
	h.Engine, err = ask.New(ask.Config{Load: h.load, Embedder: encoder, Index: flatindex.New(),
		Extractor: local.NewExtractor(),
		Vectors:   h.vectors, Meaning: meaning, Backlog: h.backlog, Patience: h.patience, Logger: logger})
	if err != nil {
		h.t.Fatal(err)
	}
	report, err := h.Reload(h.t.Context(), nil)
	if err != nil {
		h.t.Fatalf("the documents are not loaded: %v", err)
	}
	ctx, stop := context.WithCancel(h.t.Context())
	h.stop = stop
	h.done.Go(func() { h.backlog.Run(ctx) })
	h.done.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			h.asking.Lock()
			h.ask(ctx, i%5)
			h.asking.Unlock()
			time.Sleep(time.Millisecond << min(i/10, 8)) // a question computes, while the clock stands still
		}
	})
	h.t.Cleanup(h.end)
	return report
}

func (h *harbor) end() {
	h.stop()
	h.done.Wait()
}

func (h *harbor) load() (*article.Corpus, error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	var all []article.Document
	for slug, text := range h.texts {
		d, err := article.Parse(slug+".txt", []byte(text))
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return article.NewCorpus(all...)
}

// ask asks what has one answer.
func (h *harbor) ask(ctx context.Context, i int) {
	a, err := h.Ask(ctx, ask.Query{Text: fmt.Sprintf("How many tons does crane number %d lift?", i)})
	if ctx.Err() != nil {
		return
	}
	h.asked.Add(1)
	if want := fmt.Sprint(100 + i); err != nil || a.Outcome != ask.Answered || !strings.Contains(a.Text, want) {
		h.t.Errorf("question %d is answered with %q, %v", i, a.Text, err)
	}
}

// whole waits until nothing lacks a vector.
func (h *harbor) whole() {
	h.t.Helper()
	h.ask(h.t.Context(), 2)
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(10 * time.Millisecond) {
		if _, total, _ := h.backlog.Progress(); total == 0 && h.Lacking() == 0 {
			return
		}
		if time.Now().After(deadline) {
			h.t.Fatalf("%d texts lack a vector; %s", h.Lacking(), h.log)
		}
	}
}

// once checks that no passage got a vector of one model twice, and that so many did.
func (h *harbor) once(model openaitest.Fault, want int) {
	h.t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	n := 0
	for text, times := range h.given {
		if !strings.HasPrefix(text, fmt.Sprint(model, " ")) || strings.Contains(text, "?") ||
			strings.HasSuffix(text, vectors.ProbeText) {
			continue
		}
		if n++; times > 1 {
			h.t.Errorf("%q was embedded %d times", text, times)
		}
	}
	if n != want {
		h.t.Errorf("%d texts were embedded, want %d", n, want)
	}
	if h.asked.Load() == 0 {
		h.t.Error("nothing was asked meanwhile")
	}
}
