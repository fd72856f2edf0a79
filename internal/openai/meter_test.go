package openai

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ragtest"
)

// A ledger stands for the store.
type ledger struct {
	mu   sync.Mutex
	days map[string]Tally
	err  error
}

func (l *ledger) record(_ context.Context, day string, t Tally) (Tally, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.err != nil {
		return Tally{}, l.err
	}
	if l.days == nil {
		l.days = map[string]Tally{}
	}
	l.days[day] = l.days[day].plus(t)
	return l.days[day], nil
}

func at(clock string) func() time.Time {
	return func() time.Time {
		now, _ := time.Parse(time.DateTime, clock)
		return now
	}
}

// What a server says is counted; where it says nothing, or something that cannot be true, the bytes are.
func TestTokensAreCounted(t *testing.T) {
	request := ragtest.Request()
	system, user := rag.Prompt(request)
	prompt := tokens(len(system) + len(user))
	words := openaitest.Tokens(system) + openaitest.Tokens(user)
	for _, test := range []struct {
		name  string
		fault openaitest.Fault
		want  func(answer string) Tally
	}{
		{"as the server says", openaitest.None, func(answer string) Tally { return Tally{words, openaitest.Tokens(answer), 0} }},
		{"a server that does not say", openaitest.NoUsage, func(answer string) Tally { return Tally{prompt, tokens(len(answer)), 0} }},
		{"a server that lies", openaitest.AbsurdUsage, func(answer string) Tally { return Tally{prompt, tokens(len(answer)), 0} }},
		{"a server that does not know the option", openaitest.UsageRefused,
			func(answer string) Tally { return Tally{prompt, tokens(len(answer)), 0} }},
		{"a server that goes silent", openaitest.UsageLate, func(answer string) Tally { return Tally{prompt, tokens(len(answer)), 0} }},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := openaitest.New(t)
			s.Always(openaitest.Reply{Fault: test.fault})
			c := config(s)
			var book ledger
			c.Meter = NewMeter(MeterConfig{Now: at("2026-11-23 23:59:59"), Record: book.record})
			draft, err := newGenerator(t, c).Generate(t.Context(), request)
			if err != nil || draft.Text == "" {
				t.Fatalf("%+v, %v", draft, err)
			}
			if got, want := book.days["2026-11-23"], test.want(draft.Text); got != want {
				t.Errorf("counted %+v, want %+v", got, want)
			}
			if today, budget := c.Meter.Today(); today != test.want(draft.Text).Sum() || budget != 0 {
				t.Errorf("today %d of %d", today, budget)
			}
		})
	}
}

func TestEmbeddingTokensAreCounted(t *testing.T) {
	texts := []string{"three short words", "and four more words"}
	for fault, want := range map[openaitest.Fault]int{
		openaitest.None: 7, openaitest.NoUsage: tokens(len(texts[0]) + len(texts[1])), openaitest.AbsurdUsage: tokens(len(texts[0]) + len(texts[1])),
	} {
		s := openaitest.New(t)
		s.Always(openaitest.Reply{Fault: fault})
		c := config(s)
		c.Meter = NewMeter(MeterConfig{})
		if _, err := newEmbedder(t, c).Embed(t.Context(), rag.Passage, texts); err != nil {
			t.Fatal(err)
		}
		if got, _ := c.Meter.Today(); got != want {
			t.Errorf("fault %d: %d tokens, want %d", fault, got, want)
		}
	}
}

// Calls that were refused cost nothing; one that broke off cost what had come, and its prompt.
func TestFailuresAreCountedWhereTheyCost(t *testing.T) {
	for fault, costs := range map[openaitest.Fault]bool{
		openaitest.Unauthorized: false, openaitest.Refused: false, openaitest.RateLimited: false, openaitest.Failing: false,
		openaitest.Portal: false, openaitest.CutStream: true, openaitest.AbortedStream: true, openaitest.FinishLength: true,
	} {
		s := openaitest.New(t)
		s.Always(openaitest.Reply{Fault: fault})
		c := config(s)
		c.Meter = NewMeter(MeterConfig{})
		if _, err := newGenerator(t, c).Generate(t.Context(), ragtest.Request()); err == nil {
			t.Fatalf("fault %d: no error", fault)
		}
		if got, _ := c.Meter.Today(); got > 0 != costs {
			t.Errorf("fault %d: %d tokens", fault, got)
		}
	}
}

// Above the budget no model is asked, until midnight in UTC; a restart does not forget.
func TestBudget(t *testing.T) {
	s := openaitest.New(t)
	var book ledger
	var log strings.Builder
	c := config(s)
	start := func(clock string, budget int) (*Generator, *Embedder) {
		c.Meter = NewMeter(MeterConfig{Budget: budget, Now: at(clock), Record: book.record, Logger: logTo(&log)})
		return newGenerator(t, c), newEmbedder(t, c)
	}
	g, _ := start("2026-11-23 10:00:00", 0)
	if _, err := g.Generate(t.Context(), ragtest.Request()); err != nil {
		t.Fatal(err)
	}
	spent := book.days["2026-11-23"].Sum()
	asked := len(s.Requests())

	g, e := start("2026-11-23 23:59:59", spent)
	for range 3 {
		if _, err := g.Generate(t.Context(), ragtest.Request()); !errors.Is(err, rag.ErrBudget) {
			t.Errorf("over budget: %v", err)
		}
	}
	if _, err := e.Embed(t.Context(), rag.Passage, []string{"a text"}); !errors.Is(err, rag.ErrBudget) {
		t.Errorf("over budget: %v", err)
	}
	if len(s.Requests()) != asked {
		t.Error("the server was asked")
	}
	if n := strings.Count(log.String(), "budget of tokens is used up"); n != 1 {
		t.Errorf("said %d times:\n%s", n, log.String())
	}
	if today, budget := c.Meter.Today(); today != spent || budget != spent {
		t.Errorf("today %d of %d, want %d of %[3]d", today, budget, spent)
	}

	g, _ = start("2026-11-24 00:00:01", 100_000)
	if _, err := g.Generate(t.Context(), ragtest.Request()); err != nil {
		t.Errorf("the next day: %v", err)
	}
	if today, _ := c.Meter.Today(); today != spent {
		t.Errorf("the next day: %d, want %d", today, spent)
	}
}

// Calls at once do not overrun the budget together: each holds its prompt while it runs.
func TestBudgetHoldsForCallsAtOnce(t *testing.T) {
	m := NewMeter(MeterConfig{Budget: 100})
	var mu sync.Mutex
	var wait sync.WaitGroup
	let := 0
	for range 50 {
		wait.Go(func() {
			if m.reserve(30) == nil {
				mu.Lock()
				let++
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if let != 3 {
		t.Errorf("%d calls of 30 within 100", let)
	}
	for range let {
		m.settle(30, Tally{Prompt: 20})
	}
	if err := m.reserve(40); err != nil {
		t.Errorf("40 of 100 are left: %v", err)
	}
}

// What could not be written down is counted all the same, and written with the next.
func TestLedgerThatFails(t *testing.T) {
	var book ledger
	m := NewMeter(MeterConfig{Budget: 50, Now: at("2026-11-23 10:00:00"), Record: book.record})
	book.err = errors.New("disk full")
	m.settle(0, Tally{Prompt: 30})
	if err := m.reserve(30); !errors.Is(err, rag.ErrBudget) {
		t.Errorf("30 of 50 are taken: %v", err)
	}
	book.err = nil
	m.settle(0, Tally{Completion: 10})
	if got := book.days["2026-11-23"]; got != (Tally{30, 10, 0}) {
		t.Errorf("written: %+v", got)
	}
}

func TestNoMeter(t *testing.T) {
	var m *Meter
	if err := m.reserve(1 << 40); err != nil {
		t.Error(err)
	}
	m.settle(1, Tally{1, 1, 1})
	if today, budget := m.Today(); today != 0 || budget != 0 {
		t.Error(today, budget)
	}
}

func logTo(b *strings.Builder) *slog.Logger { return slog.New(slog.NewTextHandler(b, nil)) }
