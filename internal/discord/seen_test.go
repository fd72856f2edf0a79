package discord

import (
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
