package openai

import (
	"context"
	"sync"
)

// A ledger stands for the store.
type ledger struct {
	mu    sync.Mutex
	days  map[string]Tally // without what is held
	holds map[int64]settled
	last  int64
	err   error
}

func (l *ledger) total(day string) Tally {
	t := l.days[day]
	for _, h := range l.holds {
		if h.day == day {
			t.Held += h.most
		}
	}
	return t
}

func (l *ledger) book() *Ledger {
	l.days, l.holds = map[string]Tally{}, map[int64]settled{}
	return &Ledger{
		Hold: func(_ context.Context, day string, most int) (int64, Tally, error) {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.err != nil {
				return 0, Tally{}, l.err
			}
			l.last++
			l.holds[l.last] = settled{hold: hold{day: day, most: most}}
			return l.last, l.total(day), nil
		},
		Settle: func(_ context.Context, day string, id int64, took Tally) (Tally, error) {
			l.mu.Lock()
			defer l.mu.Unlock()
			if l.err != nil {
				return Tally{}, l.err
			}
			delete(l.holds, id)
			l.days[day] = l.days[day].plus(took)
			return l.total(day), nil
		},
		Read: func(_ context.Context, day string) (Tally, error) {
			l.mu.Lock()
			defer l.mu.Unlock()
			return l.total(day), l.err
		},
	}
}
