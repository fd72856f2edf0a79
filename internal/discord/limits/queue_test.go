package limits

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestLimiterIsFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l Queue
		var greedy []*Turn
		for range maxPersonal {
			turn, err := l.Hold("greedy")
			if err != nil {
				t.Fatal(err)
			}
			greedy = append(greedy, turn)
		}
		if _, err := l.Hold("greedy"); err == nil {
			t.Error("one person may hold any number of questions")
		}
		modest, err := l.Hold("modest")
		if err != nil {
			t.Fatal(err)
		}
		if err := modest.Wait(t.Context()); err != nil {
			t.Error("somebody waits for another person's questions:", err)
		}
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, ErrBusy)
		defer cancel()
		if err := greedy[maxPerson].Wait(ctx); !errors.Is(err, ErrBusy) {
			t.Errorf("too many run for one person: %v", err)
		}
		l.LetGo(greedy[maxPerson]) // gives up waiting
		l.LetGo(greedy[0])
		if err := greedy[maxPerson+1].Wait(t.Context()); err != nil {
			t.Error(err)
		}
		for i, turn := range greedy {
			if i != 0 && i != maxPerson {
				l.LetGo(turn)
			}
		}
		l.LetGo(modest)
		if l.held != 0 || l.running != 0 || len(l.waiting) != 0 || len(l.people) != 0 {
			t.Errorf("left over: %d held, %d running, %d waiting, %d people", l.held, l.running, len(l.waiting), len(l.people))
		}
	})
}
