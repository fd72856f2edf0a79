package openai

import (
	"errors"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/prompt"
	"pilcrow/internal/rag/ragtest"
)

func at(clock string) func() time.Time {
	return func() time.Time {
		now, _ := time.Parse(time.DateTime, clock)
		return now
	}
}

// What a server says is counted; where it says nothing, or something that cannot be true, the bytes are.
func TestTokensAreCounted(t *testing.T) {
	request := ragtest.Request()
	system, user := prompt.ForDraft(request)
	prompt := promptTokens(system, user).likely
	words := openaitest.Tokens(system) + openaitest.Tokens(user)
	for _, test := range []struct {
		name  string
		fault openaitest.Fault
		want  func(answer string) Tally
	}{
		{"as the server says", openaitest.None, func(answer string) Tally {
			return Tally{Prompt: words,
				Completion: openaitest.Tokens(answer)}
		}},
		{"a server that does not say", openaitest.NoUsage,
			func(answer string) Tally { return Tally{Prompt: prompt, Completion: tokens(answer).likely} }},
		{"a server that lies", openaitest.AbsurdUsage, func(answer string) Tally {
			return Tally{Prompt: prompt,
				Completion: tokens(answer).likely}
		}},
		{"a server that says far too much", openaitest.HugeUsage,
			func(answer string) Tally { return Tally{Prompt: prompt, Completion: tokens(answer).likely} }},
		{"a server that says one", openaitest.OneUsage, func(answer string) Tally {
			return Tally{Prompt: prompt,
				Completion: tokens(answer).likely}
		}},
		{"a server that does not know the option", openaitest.UsageRefused,
			func(answer string) Tally { return Tally{Prompt: prompt, Completion: tokens(answer).likely} }},
		{"a server that goes silent", openaitest.UsageLate,
			func(answer string) Tally { return Tally{Prompt: prompt, Completion: tokens(answer).likely} }},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := openaitest.NewMemory(t)
				s.Always(openaitest.Reply{Fault: test.fault})
				c := config(s)
				var book ledger
				c.Meter = NewMeter(MeterConfig{Now: at("2026-11-23 23:59:59"), Ledger: book.book()})
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
		})
	}
}

func TestEmbeddingTokensAreCounted(t *testing.T) { synctest.Test(t, testEmbeddingTokensAreCounted) }
func testEmbeddingTokensAreCounted(t *testing.T) {
	texts := []string{"three short words", "and four more words"}
	for fault, want := range map[openaitest.Fault]int{
		openaitest.None: 7, openaitest.NoUsage: textTokens(texts).likely, openaitest.AbsurdUsage: textTokens(texts).likely,
		openaitest.HugeUsage: textTokens(texts).likely, openaitest.OneUsage: textTokens(texts).likely,
	} {
		s := openaitest.NewMemory(t)
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
	synctest.Test(t, testFailuresAreCountedWhereTheyCost)
}
func testFailuresAreCountedWhereTheyCost(t *testing.T) {
	for fault, costs := range map[openaitest.Fault]bool{
		openaitest.Unauthorized: false, openaitest.Refused: false, openaitest.RateLimited: false, openaitest.Failing: false,
		openaitest.Portal: false, openaitest.CutStream: true, openaitest.AbortedStream: true, openaitest.FinishLength: true,
	} {
		s := openaitest.NewMemory(t)
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
func TestBudget(t *testing.T) { synctest.Test(t, testBudget) }
func testBudget(t *testing.T) {
	s := openaitest.NewMemory(t)
	var book ledger
	var log strings.Builder
	c, kept := config(s), book.book()
	start := func(clock string, budget int) (*Generator, *Embedder) {
		c.Meter = NewMeter(MeterConfig{Budget: budget, Now: at(clock), Ledger: kept, Logger: logTo(&log)})
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
	var let []*hold
	for range 50 {
		wait.Go(func() {
			if h, err := m.reserve(t.Context(), 30, 50); err == nil {
				mu.Lock()
				let = append(let, h)
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	if len(let) != 3 {
		t.Errorf("%d calls of 30 within 100", len(let))
	}
	for _, h := range let {
		m.settle(h, Tally{Prompt: 20})
	}
	if _, err := m.reserve(t.Context(), 40, 40); err != nil {
		t.Errorf("40 of 100 are left: %v", err)
	}
}

// What could not be written down is counted all the same, and written with the next. With a budget nothing is spent
// that cannot be written down; without one it is.
func TestLedgerThatFails(t *testing.T) {
	var book ledger
	clock := at("2026-11-23 10:00:00")
	kept := book.book()
	m := NewMeter(MeterConfig{Budget: 100, Now: clock, Ledger: kept})
	h, err := m.reserve(t.Context(), 10, 50)
	if err != nil {
		t.Fatal(err)
	}
	book.err = errors.New("disk full")
	m.settle(h, Tally{Prompt: 30})
	if _, err := m.reserve(t.Context(), 80, 80); !errors.Is(err, rag.ErrBudget) {
		t.Errorf("30 of 100 are taken: %v", err)
	}
	if _, err := m.reserve(t.Context(), 30, 30); !errors.Is(err, errUnwritten) {
		t.Errorf("nothing can be written: %v", err)
	}
	if today, _ := m.Today(); today != 30 {
		t.Errorf("today %d", today)
	}
	free := NewMeter(MeterConfig{Now: clock, Ledger: kept})
	lost, err := free.reserve(t.Context(), 30, 30)
	if err != nil {
		t.Errorf("without a budget: %v", err)
	}
	book.err = nil
	free.settle(lost, Tally{Completion: 10})
	next, err := m.reserve(t.Context(), 1, 5)
	if err != nil {
		t.Fatal(err)
	}
	m.settle(next, Tally{Prompt: 2})
	if got := book.days["2026-11-23"]; got != (Tally{Prompt: 32, Completion: 10}) || len(book.holds) != 0 {
		t.Errorf("written: %+v, held %v", got, book.holds)
	}
	if today, _ := m.Today(); today != 42 {
		t.Errorf("today %d", today)
	}
}

// A crash between a call and its end leaves the day dearer than it was, never cheaper: what the call may take is
// written down before.
func TestCrashInACall(t *testing.T) { synctest.Test(t, testCrashInACall) }
func testCrashInACall(t *testing.T) {
	s := openaitest.NewMemory(t)
	var book ledger
	c, kept := config(s), book.book()
	c.Meter = NewMeter(MeterConfig{Now: at("2026-11-23 10:00:00"), Ledger: kept})
	g := newGenerator(t, c)
	r := ragtest.Request()
	seen := 0
	r.Partial = func(string) { seen = max(seen, book.total("2026-11-23").Held) } // this is where it would crash
	if _, err := g.Generate(t.Context(), r); err != nil {
		t.Fatal(err)
	}
	if took := book.total("2026-11-23"); took.Held != 0 || seen < took.Sum() {
		t.Errorf("%d were held, %+v were taken", seen, took)
	}
	crashed, _, err := kept.Hold(t.Context(), "2026-11-23", 5000)
	if err != nil || crashed == 0 {
		t.Fatal(err)
	}
	after := NewMeter(MeterConfig{Now: at("2026-11-23 10:00:00"), Ledger: kept})
	if today, _ := after.Today(); today != book.total("2026-11-23").Sum() || today < 5000 {
		t.Errorf("after a restart %d", today)
	}
}

// A call counts for the day in which it began.
func TestCallOverMidnight(t *testing.T) {
	now := at("2026-11-23 23:59:59")()
	var book ledger
	m := NewMeter(MeterConfig{Budget: 100, Now: func() time.Time { return now }, Ledger: book.book()})
	h, err := m.reserve(t.Context(), 60, 80)
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(2 * time.Second)
	if today, _ := m.Today(); today != 0 {
		t.Errorf("a new day begins with %d", today)
	}
	second, err := m.reserve(t.Context(), 90, 90)
	if err != nil {
		t.Errorf("of the new day all is left: %v", err)
	}
	m.settle(h, Tally{Prompt: 70})
	m.settle(second, Tally{Prompt: 90})
	if a, b := book.total("2026-11-23"), book.total("2026-11-24"); a != (Tally{Prompt: 70}) || b != (Tally{Prompt: 90}) {
		t.Errorf("%+v, %+v", a, b)
	}
	if today, _ := m.Today(); today != 90 {
		t.Errorf("today %d", today)
	}
}

// When another process resets the day, the models are asked again.
func TestReset(t *testing.T) {
	now := at("2026-11-23 10:00:00")()
	var book ledger
	m := NewMeter(MeterConfig{Budget: 100, Now: func() time.Time { return now }, Ledger: book.book()})
	h, err := m.reserve(t.Context(), 90, 95)
	if err != nil {
		t.Fatal(err)
	}
	m.settle(h, Tally{Prompt: 90})
	if _, err := m.reserve(t.Context(), 20, 20); !errors.Is(err, rag.ErrBudget) {
		t.Fatal(err)
	}
	clear(book.days)
	now = now.Add(rereadAfter)
	if h, err = m.reserve(t.Context(), 20, 20); err != nil {
		t.Fatal(err)
	}
	clear(book.holds) // once more, under the call
	m.settle(h, Tally{Prompt: 15})
	if today, _ := m.Today(); today != 15 {
		t.Errorf("today %d", today)
	}
}

// What a server says is believed within what the text can be.
func TestBelieve(t *testing.T) {
	prose := strings.Repeat("The lighthouse was lit in 1872. ", 100) // 3,200 bytes
	for _, test := range []struct {
		text string
		said int
		want int
		ok   bool
	}{
		{prose, 700, 700, true},
		{prose, 266, 266, true},
		{prose, 265, 800, false},
		{prose, 3200, 3200, true},
		{prose, 3201, 800, false},
		{prose, 1, 800, false},
		{prose, 0, 800, false},
		{prose, -7, 800, false},
		{prose, 9_999_999, 800, false},
		{"چراغ", 4, 4, true}, // eight bytes
		{"چراغ", 9, 4, false},
		{"", 1, 0, false},
	} {
		if got, ok := tokens(test.text).believe(test.said); got != test.want || ok != test.ok {
			t.Errorf("%.9q: said %d: %d, %v, want %d", test.text, test.said, got, ok, test.want)
		}
	}
	if e := promptTokens("a", "b"); e.most != 2+aroundTokens {
		t.Errorf("%+v", e)
	}
	if e := answerTokens("Yes.", 5000); e.most != 5000 || e.likely != 1 {
		t.Errorf("%+v", e)
	}
}

func TestNoMeter(t *testing.T) {
	var m *Meter
	h, err := m.reserve(t.Context(), 1<<40, 1<<40)
	if err != nil {
		t.Error(err)
	}
	m.settle(h, Tally{1, 1, 1, 1})
	m.doubted("m", 1, 2)
	if today, budget := m.Today(); today != 0 || budget != 0 {
		t.Error(today, budget)
	}
}

func logTo(b *strings.Builder) *slog.Logger { return slog.New(slog.NewTextHandler(b, nil)) }
