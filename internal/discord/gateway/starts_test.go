package gateway

import (
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/store"
)

func TestSpread(t *testing.T) {
	day := int64(24 * time.Hour / time.Millisecond)
	shard := Shard{1, 4}
	for name, c := range map[string]struct {
		limit *startLimit
		last  time.Duration // ago; 0 for never
		kept  bool
		want  time.Duration
	}{
		"no limit":            {nil, time.Second, true, 0},
		"most are left":       {&startLimit{1000, 500, day, 1}, time.Second, true, 0},
		"fewer are left":      {&startLimit{1000, 240, day, 1}, time.Minute, true, 24*time.Minute - time.Minute},
		"long ago":            {&startLimit{1000, 240, day, 1}, time.Hour, true, -36 * time.Minute},
		"not within a day":    {&startLimit{1000, 240, day, 1}, 0, true, 0},
		"nobody knows":        {&startLimit{1000, 240, day, 1}, 0, false, 24 * time.Minute},
		"none is left":        {&startLimit{1000, 0, day / 2, 1}, 0, true, 12 * time.Hour},
		"none, for no time":   {&startLimit{1000, 0, 0, 1}, 0, true, leastStartWait},
		"none, for ever":      {&startLimit{1000, -3, 100 * day, 1}, 0, true, maxStartWait},
		"of a day of nothing": {&startLimit{0, 0, day, 1}, 0, true, 24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newStarts(nil, nil, usualTimes, nil)
				if c.kept {
					s.kept = &store.Store{}
				}
				s.asked = time.Now()
				if c.last > 0 {
					s.last[shard] = time.Now().Add(-c.last)
				}
				if got := s.spread(shard, 4, c.limit); got != c.want {
					t.Errorf("%v, want %v", got, c.want)
				}
			})
		})
	}
}
