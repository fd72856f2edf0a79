package openai

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"

	"pilcrow/internal/rag"
)

const (
	// ledgerTimeout bounds the writing down of one call.
	ledgerTimeout = 5 * time.Second
	// rereadAfter is how old the total may be when a call is refused for it: another process may have reset the day.
	rereadAfter = 10 * time.Second
	// maxUnkept bounds the calls whose tokens could not be written down yet.
	maxUnkept = 1000
)

// A Tally is a number of tokens by what they were for.
type Tally struct {
	Prompt, Completion, Embedding int
	Held                          int // what calls under way, or cut off by a crash, may have taken at most
}

// Sum is all of them: never less than was taken.
func (t Tally) Sum() int { return t.Prompt + t.Completion + t.Embedding + t.Held }

func (t Tally) plus(u Tally) Tally {
	return Tally{t.Prompt + u.Prompt, t.Completion + u.Completion, t.Embedding + u.Embedding, t.Held + u.Held}
}

// A Ledger keeps the tokens where a crash does not reach them. Days are as 2006-01-02 in UTC; a total is what a day
// comes to, with what others took and with all that is held.
type Ledger struct {
	// Hold writes down what a call may take at most, before it is made.
	Hold func(ctx context.Context, day string, most int) (id int64, total Tally, err error)
	// Settle ends a hold, 0 for none, and adds to its day what the call took.
	Settle func(ctx context.Context, day string, id int64, took Tally) (total Tally, err error)
	Read   func(ctx context.Context, day string) (total Tally, err error)
}

// MeterConfig says what a Meter counts by.
type MeterConfig struct {
	Budget int              // tokens a day; 0 means any number
	Now    func() time.Time // nil is the clock
	Ledger *Ledger          // nil keeps the tally in memory
	Logger *slog.Logger     // nil discards
}

// A Meter counts the tokens of the models that share it, by day in UTC, and stops them at the budget. What a call may
// take at most is written down before it is made, and what it took when it ends, so that a crash between makes a day
// look dearer than it was, never cheaper. Calls that are under way when the budget is reached are finished: a day may
// come to a little more. The nil Meter counts nothing. It is safe for use by several goroutines.
type Meter struct {
	config MeterConfig

	book sync.Mutex // held while the ledger is written, so that totals come in order

	mu     sync.Mutex
	day    string
	read   time.Time // when total was last as the ledger has it
	total  Tally     // of the day, as the ledger has it
	held   int       // of total.Held: by our own calls of the day
	least  int       // what our own calls under way will take at least
	unkept []settled // could not be written down yet
	told   bool      // that the budget is used up
	doubt  bool      // that a server's count was not believed was said today
}

// A hold is a call under way. The nil hold is nobody's.
type hold struct {
	day         string
	id          int64 // in the ledger; 0: it is not written down there
	least, most int
}

// settled is a call that ended.
type settled struct {
	hold
	took Tally
}

// NewMeter makes a meter. What today came to already is read at the first use.
func NewMeter(config MeterConfig) *Meter {
	if config.Now == nil {
		config.Now = time.Now
	}
	config.Logger = cmp.Or(config.Logger, slog.New(slog.DiscardHandler))
	return &Meter{config: config}
}

// Today is how many tokens were taken since midnight UTC, and the budget; 0 for none. What a call under way may take is
// not among them.
func (m *Meter) Today() (tokens, budget int) {
	if m == nil {
		return 0, 0
	}
	if m.book.TryLock() { // else somebody is about to say it
		m.turn(context.Background(), rereadAfter)
		m.book.Unlock()
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.day != m.today() {
		return 0, m.config.Budget
	}
	return m.taken(), m.config.Budget
}

// taken is what the day came to without our own calls under way. The caller holds mu.
func (m *Meter) taken() int {
	taken := m.total.Sum() - m.held
	for _, s := range m.unkept {
		if s.day == m.day {
			taken += s.took.Sum()
		}
	}
	return taken
}

// reserve asks whether a call may be made that takes at least and at most so many tokens. With a nil error, settle must
// be called.
func (m *Meter) reserve(ctx context.Context, least, most int) (*hold, error) {
	if m == nil {
		return nil, nil
	}
	m.book.Lock()
	defer m.book.Unlock()
	m.turn(ctx, 0)
	if m.over(least) {
		m.turn(ctx, rereadAfter) // it may have been reset
	}
	if m.over(least) {
		m.tell(least)
		return nil, rag.ErrBudget
	}
	h := &hold{day: m.day, least: least, most: most}
	if m.config.Ledger != nil {
		m.flush(ctx)
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), ledgerTimeout)
		defer cancel()
		id, total, err := m.config.Ledger.Hold(limited, h.day, most)
		switch {
		case err != nil && m.config.Budget > 0: // what nobody would count is not spent
			m.config.Logger.Warn("no model is asked: the tokens cannot be written down", "error", err)
			return nil, errUnwritten
		case err != nil:
			m.config.Logger.Warn("tokens are not written down before a call", "error", err)
		default:
			h.id = id
			m.now(total, most)
		}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.least += least
	return h, nil
}

// errUnwritten says that a model is not asked, as nobody could say afterwards what it took.
var errUnwritten = errors.New("the tokens that it would take cannot be written down")

// over tells whether so many more are beyond the budget.
func (m *Meter) over(least int) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.config.Budget > 0 && m.taken()+m.least+least > m.config.Budget
}

// tell says once a day that the budget is used up.
func (m *Meter) tell(next int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.told {
		m.told = true
		m.config.Logger.Warn("today's budget of tokens is used up: the models are not asked until midnight UTC, or until "+
			"bot usage reset",
			"tokens", m.taken()+m.least, "next", next, "budget", m.config.Budget)
	}
}

// settle ends a call, and counts what it took.
func (m *Meter) settle(h *hold, took Tally) {
	if m == nil || h == nil {
		return
	}
	m.book.Lock()
	defer m.book.Unlock()
	m.turn(context.Background(), 0)
	m.mu.Lock()
	if h.day == m.day {
		m.least -= h.least
	}
	if m.config.Ledger == nil {
		if h.day == m.day {
			m.total = m.total.plus(took)
		}
		m.mu.Unlock()
		return
	}
	if h.id != 0 || took != (Tally{}) {
		m.unkept = append(m.unkept, settled{*h, took})
	}
	m.mu.Unlock()
	m.flush(context.Background())
}

// flush writes down what ended. What cannot be written is counted in memory, and tried again with the next call. The
// caller holds book.
func (m *Meter) flush(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ledgerTimeout)
	defer cancel()
	for {
		m.mu.Lock()
		if len(m.unkept) == 0 {
			m.mu.Unlock()
			return
		}
		if over := len(m.unkept) - maxUnkept; over > 0 {
			m.config.Logger.Error("tokens are forgotten: they could not be written down for long", "calls", over)
			m.unkept = m.unkept[over:]
		}
		next := m.unkept[0]
		m.mu.Unlock()
		total, err := m.config.Ledger.Settle(ctx, next.day, next.id, next.took)
		if err != nil {
			m.config.Logger.Warn("tokens not written down", "error", err)
			return
		}
		m.mu.Lock()
		m.unkept = m.unkept[1:]
		m.mu.Unlock()
		if next.day != m.day {
			continue
		}
		if next.id == 0 {
			next.most = 0
		}
		m.now(total, -next.most)
	}
}

// now keeps what the ledger has just said of the day, and what our own holds changed by.
func (m *Meter) now(total Tally, held int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.total, m.read = total, m.config.Now()
	m.held = min(max(0, m.held+held), total.Held) // a reset ends holds that we still have
}

// turn begins a new day where one has come, and reads the day again where what is known of it is as old as given; 0 is
// never. A call counts for the day in which it began. The caller holds book.
func (m *Meter) turn(ctx context.Context, old time.Duration) {
	now, day := m.config.Now(), m.today()
	m.mu.Lock()
	fresh := day != m.day
	if fresh {
		m.day, m.total, m.held, m.least, m.told, m.doubt, m.read = day, Tally{}, 0, 0, false, false, time.Time{}
	}
	stale := old > 0 && now.Sub(m.read) >= old
	m.mu.Unlock()
	if m.config.Ledger == nil || !fresh && !stale {
		return
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), ledgerTimeout)
	defer cancel()
	total, err := m.config.Ledger.Read(ctx, day)
	if err != nil {
		m.config.Logger.Warn("today's tokens could not be read", "error", err)
		return
	}
	m.now(total, 0)
}

func (m *Meter) today() string { return m.config.Now().UTC().Format(time.DateOnly) }

// doubted says once a day that a server's number of tokens is not believed.
func (m *Meter) doubted(model string, said, counted int) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if !m.doubt {
		m.doubt = true
		m.config.Logger.Warn("the server's number of tokens cannot be true: they are counted by the text instead", "model",
			model,
			"said", said, "counted", counted)
	}
}
