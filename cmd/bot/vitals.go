package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"pilcrow/internal/budget"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/convert"
	"pilcrow/internal/library"
	"pilcrow/internal/openai"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/rag/review"
	"pilcrow/internal/store"
	"pilcrow/internal/web"
)

// vitals is what the program knows of how it does, for those who manage a server. It is safe for use by several
// goroutines.
type vitals struct {
	now        func() time.Time
	models     []string
	conditions []*condition
	meter      *openai.Meter    // nil without a model
	library    *library.Library // nil without one
	running    atomic.Int64     // commands
	budget     *budget.Budget
	backlog    *ask.Backlog                        // nil for a command that ends
	store      func() []store.Trouble              // nil without one
	depot      func() (commands.Deposited, string) // with what is wrong there, "" for nothing; nil without one

	mu     sync.Mutex
	reload reloaded
	unsure map[string][]convert.Note // by file of the folder
	judge  string                    // what its examination says against it; "" before one and when it passed
}

// judgeTold keeps how many known pairs the judge told apart.
func (v *vitals) judgeTold(told int) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.judge = ""; told < review.ExamPass {
		v.judge = fmt.Sprintf("The judging model told %d of %d known pairs apart and is not used: name another in %s, or "+
			"none.", told, review.ExamPairs,
			envJudgeModel)
	}
}

// converted keeps what of a file's conversion is unsure.
func (v *vitals) converted(file string, notes []convert.Note) {
	unsure := slices.DeleteFunc(slices.Clone(notes), func(n convert.Note) bool { return !n.Unsure() })
	v.mu.Lock()
	defer v.mu.Unlock()
	if delete(v.unsure, file); len(unsure) > 0 {
		if v.unsure == nil {
			v.unsure = map[string][]convert.Note{}
		}
		v.unsure[file] = unsure
	}
}

// reloaded is how the documents were last read.
type reloaded struct {
	at   time.Time
	by   string
	took time.Duration
	err  string
}

// health is what a status shows.
func (v *vitals) health() commands.Health {
	h := commands.Health{Models: v.models, Queue: int(v.running.Load())}
	h.TokensToday, h.TokenBudget = v.meter.Today()
	h.MemoryUsed, h.MemoryLimit = budget.InUse(), v.budget.Limit()
	r := v.lastReload()
	h.LastReload, h.LastReloadBy, h.LastReloadTook, h.LastReloadError = r.at, r.by, r.took, r.err
	if v.store != nil {
		h.Store = v.store()
	}
	for _, c := range v.conditions {
		if text := c.String(); text != "" {
			h.Degraded = append(h.Degraded, text)
		}
	}
	if v.depot != nil {
		deposited, trouble := v.depot()
		if h.Deposited = &deposited; trouble != "" {
			h.Degraded = append(h.Degraded, trouble)
		}
	}
	if done, total, trouble := v.backlog.Progress(); total > 0 {
		h.Degraded = append(h.Degraded, notEmbedded(done, total, trouble))
	}
	v.mu.Lock()
	if v.judge != "" {
		h.Degraded = append(h.Degraded, v.judge)
	}
	for _, file := range slices.Sorted(maps.Keys(v.unsure)) {
		for _, n := range v.unsure[file] {
			h.Unsure = append(h.Unsure, commands.Unsure{File: file, Note: n})
		}
	}
	v.mu.Unlock()
	if h.TokenBudget > 0 && h.TokensToday >= h.TokenBudget {
		h.Degraded = append(h.Degraded, "Today's budget of tokens is used up: no model is asked until midnight UTC.")
	}
	return h
}

// lastReload is ours, or one that somebody asked the library for since.
func (v *vitals) lastReload() reloaded {
	v.mu.Lock()
	r := v.reload
	v.mu.Unlock()
	if v.library == nil {
		return r
	}
	if s := v.library.Status(""); s.LastReload.After(r.at.Add(r.took)) {
		return reloaded{s.LastReload, byCommand, s.LastReloadTook, s.LastReloadError}
	}
	return r
}

// reloadedNow keeps how a reload ended that began at the given time.
func (v *vitals) reloadedNow(by string, began time.Time, err error) {
	r := reloaded{at: began, by: by, took: v.now().Sub(began)}
	if err != nil {
		r.err = err.Error()
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.reload = r
}

// A condition is whether one part that is not ours works.
type condition struct {
	what string // "the chat model m"
	now  func() time.Time

	calls web.Model // so far; Stage never changes

	mu    sync.Mutex
	since time.Time // zero while it works
	why   string
}

// ended keeps how a call ended that began at the given time.
func (c *condition) ended(began time.Time, err error) {
	c.note(err)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.calls.Calls++
	c.calls.Took += c.now().Sub(began)
	if err != nil {
		c.calls.Failed++
	}
}

// counted are the calls so far.
func (c *condition) counted() web.Model {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.calls
}

// note keeps how a call ended. One that was given up by the caller, and one that the budget forbids, says nothing of
// the server.
func (c *condition) note(err error) {
	if errors.Is(err, context.Canceled) || errors.Is(err, rag.ErrBudget) || errors.Is(err, rag.ErrTextTooLong) {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err == nil {
		c.since, c.why = time.Time{}, ""
		return
	}
	if c.since.IsZero() {
		c.since = c.now()
	}
	c.why = "its answers cannot be used"
	switch bad, ok := errors.AsType[*openai.Error](err); {
	case ok && !errors.Is(bad.Kind, rag.ErrBadVector): // its address, and what the server says itself, are for the log
		c.why = "the server " + bad.Kind.Error()
	case errors.Is(err, context.DeadlineExceeded):
		c.why = "the server did not answer in time"
	}
}

// notEmbedded says how far the embedding has come.
func notEmbedded(done, total int, trouble error) string {
	text := fmt.Sprintf("Embedded so far: %d of %d texts; the others are found by their words.", done, total)
	if trouble != nil {
		text += " It does not go on for now, and is tried again."
	}
	return text
}

// String is a sentence, or "" while it works.
func (c *condition) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.since.IsZero() {
		return ""
	}
	return fmt.Sprintf("Since %s %s fails: %s.", c.since.UTC().Format("2006-01-02 15:04 UTC"), c.what, c.why)
}

// watchModel adds a model to what is watched. stage is what it does for an answer.
func (v *vitals) watchModel(stage web.Stage, what string) *condition {
	c := &condition{what: "the " + what, now: v.now, calls: web.Model{Stage: stage}}
	v.models = append(v.models, what)
	v.conditions = append(v.conditions, c)
	return c
}

// A watchedGenerator notes how each call ended.
type watchedGenerator struct {
	rag.Generator
	condition *condition
}

// Generate implements rag.Generator.
func (g watchedGenerator) Generate(ctx context.Context, r rag.Request) (rag.Draft, error) {
	began := g.condition.now()
	d, err := g.Generator.Generate(ctx, r)
	g.condition.ended(began, err)
	return d, err
}

// A watchedEmbedder notes how each call ended.
type watchedEmbedder struct {
	rag.Embedder
	condition *condition
}

// Embed implements rag.Embedder.
func (e watchedEmbedder) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	began := e.condition.now()
	vectors, err := e.Embedder.Embed(ctx, kind, texts)
	e.condition.ended(began, err)
	return vectors, err
}

func watchedJudge(judge rag.Judge, c *condition) rag.Judge {
	return func(ctx context.Context, k rag.Case) ([]rag.Opinion, error) {
		began := c.now()
		opinions, err := judge(ctx, k)
		c.ended(began, err)
		return opinions, err
	}
}

// A countedTable counts the commands that run.
type countedTable struct {
	*dispatch.Table
	running *atomic.Int64
}

// Run implements discord.Table.
func (t countedTable) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	if name != statusCommand { // it shows the others
		t.running.Add(1)
		defer t.running.Add(-1)
	}
	return t.Table.Run(ctx, name, in)
}

// statusCommand is the command that shows the vitals.
const statusCommand = "status"

// ledger keeps the tokens in the store.
func ledger(s *store.Store) *openai.Ledger {
	tally := func(u store.Usage, err error) (openai.Tally, error) {
		return openai.Tally{Prompt: int(u.Prompt), Completion: int(u.Completion), Embedding: int(u.Embedding),
			Held: int(u.Held)}, err
	}
	return &openai.Ledger{
		Hold: func(ctx context.Context, day string, most int) (int64, openai.Tally, error) {
			id, u, err := s.HoldUsage(ctx, day, int64(most))
			total, err := tally(u, err)
			return id, total, err
		},
		Settle: func(ctx context.Context, day string, id int64, took openai.Tally) (openai.Tally, error) {
			return tally(s.AddUsage(ctx, day, id, store.Usage{Prompt: int64(took.Prompt), Completion: int64(took.Completion),
				Embedding: int64(took.Embedding)}))
		},
		Read: func(ctx context.Context, day string) (openai.Tally, error) { return tally(s.Usage(ctx, day)) },
	}
}
