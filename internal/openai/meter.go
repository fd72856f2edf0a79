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
	// bytesPerToken is for texts of which a server does not say how many tokens they were: English has some 4.6, other
	// languages less. It is meant to count rather too much than too little.
	bytesPerToken = 4
	// maxReported is the most tokens that one call is believed to have taken: larger windows are not offered. What a server
	// says beyond it, or below zero, is a mistake, and counted by the bytes.
	maxReported = 10_000_000
	// recordTimeout bounds the writing down of what one call took.
	recordTimeout = 5 * time.Second
)

// A Tally is a number of tokens by what they were for.
type Tally struct{ Prompt, Completion, Embedding int }

// Sum is all of them.
func (t Tally) Sum() int { return t.Prompt + t.Completion + t.Embedding }

func (t Tally) plus(u Tally) Tally {
	return Tally{t.Prompt + u.Prompt, t.Completion + u.Completion, t.Embedding + u.Embedding}
}

// MeterConfig says what a Meter counts by.
type MeterConfig struct {
	Budget int              // tokens a day; 0 means any number
	Now    func() time.Time // nil is the clock
	// Record adds to the tally of a day, as 2006-01-02 in UTC, and returns what it comes to then; a zero tally only reads. nil
	// keeps the tally in memory.
	Record func(ctx context.Context, day string, t Tally) (Tally, error)
	Logger *slog.Logger // nil discards
}

// A Meter counts the tokens of the models that share it, by day in UTC, and stops them at the budget. Calls that are under way when
// it is reached are finished, so that a day may come to a little more. The nil Meter counts nothing. It is safe for use by several
// goroutines.
type Meter struct {
	config MeterConfig

	mu       sync.Mutex
	day      string
	total    Tally // of the day, as last recorded
	unkept   Tally // of the day, not recorded yet: the last attempt failed
	reserved int   // what the calls under way will take at least
	told     bool  // that the budget is used up
}

// NewMeter makes a meter. What today came to already is read at the first use.
func NewMeter(config MeterConfig) *Meter {
	if config.Now == nil {
		config.Now = time.Now
	}
	config.Logger = cmp.Or(config.Logger, slog.New(slog.DiscardHandler))
	return &Meter{config: config}
}

// Today is how many tokens were taken since midnight UTC, and the budget; 0 for none.
func (m *Meter) Today() (tokens, budget int) {
	if m == nil {
		return 0, 0
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn()
	return m.total.plus(m.unkept).Sum(), m.config.Budget
}

// reserve asks whether a call may be made that takes at least so many tokens. With a nil error, settle must be called.
func (m *Meter) reserve(tokens int) error {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.turn()
	taken := m.total.plus(m.unkept).Sum() + m.reserved
	if m.config.Budget > 0 && taken+tokens > m.config.Budget {
		if !m.told {
			m.told = true
			m.config.Logger.Warn("today's budget of tokens is used up: the models are not asked until midnight UTC",
				"tokens", taken, "next", tokens, "budget", m.config.Budget)
		}
		return rag.ErrBudget
	}
	m.reserved += tokens
	return nil
}

// settle ends a call for which tokens were reserved, and counts what it took.
func (m *Meter) settle(reserved int, took Tally) {
	if m == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.reserved -= reserved
	m.turn()
	m.unkept = m.unkept.plus(took)
	if m.unkept == (Tally{}) {
		return
	}
	if m.config.Record == nil {
		m.total, m.unkept = m.total.plus(m.unkept), Tally{}
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), recordTimeout)
	defer cancel()
	total, err := m.config.Record(ctx, m.day, m.unkept)
	if err != nil { // counted in memory, and written with the next call's
		m.config.Logger.Warn("tokens not written down", "error", err)
		return
	}
	m.total, m.unkept = total, Tally{}
}

// turn begins a new day where one has come. What is not recorded of the old one is forgotten: it is over. A call that began
// before midnight counts for the day in which it ends.
func (m *Meter) turn() {
	day := m.config.Now().UTC().Format(time.DateOnly)
	if day == m.day {
		return
	}
	m.day, m.total, m.unkept, m.told = day, Tally{}, Tally{}, false
	if m.config.Record == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), recordTimeout)
	defer cancel()
	total, err := m.config.Record(ctx, day, Tally{})
	if err != nil {
		m.config.Logger.Warn("today's tokens could not be read; they are counted anew", "error", err)
	}
	m.total = total
}

// tokens estimates how many a text has.
func tokens(bytes int) int { return (bytes + bytesPerToken - 1) / bytesPerToken }

// reported takes a server's own count if it can be true, else the estimate.
func reported(count, estimate int) int {
	if count <= 0 || count > maxReported {
		return estimate
	}
	return count
}

// mayHaveCost reports whether a call that failed may have been answered in part, and be billed. A refusal is not.
func mayHaveCost(err error) bool {
	return errors.Is(err, ErrTimeout) || errors.Is(err, ErrCutShort) || errors.Is(err, ErrTooLarge) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}
