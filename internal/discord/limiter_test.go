package discord

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestSeen(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var s seen
		for _, step := range []struct {
			wait time.Duration
			id   string
			want bool
		}{
			{0, "a", true}, {0, "a", false}, {14 * time.Minute, "a", false}, {0, "b", true},
			{2 * time.Minute, "c", true}, {0, "b", false}, {12 * time.Minute, "b", false},
			{40 * time.Minute, "b", true},
		} {
			time.Sleep(step.wait)
			if got := s.first(step.id); got != step.want {
				t.Errorf("%s after %v: %t", step.id, step.wait, got)
			}
		}
		for n := range 3 * maxSeen {
			s.first(time.Duration(n).String())
		}
		if n := len(s.now) + len(s.old); n > 2*maxSeen {
			t.Errorf("%d ids are kept", n)
		}
	})
}

func TestLimiterIsFair(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var l limiter
		var greedy []*turn
		for range maxPersonal {
			turn, err := l.hold("greedy")
			if err != nil {
				t.Fatal(err)
			}
			greedy = append(greedy, turn)
		}
		if _, err := l.hold("greedy"); err == nil {
			t.Error("one person may hold any number of questions")
		}
		modest, err := l.hold("modest")
		if err != nil {
			t.Fatal(err)
		}
		if err := modest.wait(t.Context()); err != nil {
			t.Error("somebody waits for another person's questions:", err)
		}
		ctx, cancel := context.WithTimeoutCause(t.Context(), time.Second, errBusy)
		defer cancel()
		if err := greedy[maxPerson].wait(ctx); !errors.Is(err, errBusy) {
			t.Errorf("too many run for one person: %v", err)
		}
		l.letGo(greedy[maxPerson]) // gives up waiting
		l.letGo(greedy[0])
		if err := greedy[maxPerson+1].wait(t.Context()); err != nil {
			t.Error(err)
		}
		for i, turn := range greedy {
			if i != 0 && i != maxPerson {
				l.letGo(turn)
			}
		}
		l.letGo(modest)
		if l.held != 0 || l.running != 0 || len(l.waiting) != 0 || len(l.people) != 0 {
			t.Errorf("left over: %d held, %d running, %d waiting, %d people", l.held, l.running, len(l.waiting), len(l.people))
		}
	})
}

func TestCrew(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := crew{limit: 2}
		release := make(chan struct{})
		for n := range 3 {
			if ok := c.do(func() { <-release }); ok != (n < 2) {
				t.Errorf("%d: %t", n, ok)
			}
		}
		idle := c.wait()
		synctest.Wait()
		select {
		case <-idle:
			t.Error("idle with work to do")
		default:
		}
		close(release)
		<-idle
		<-c.wait()
	})
}
