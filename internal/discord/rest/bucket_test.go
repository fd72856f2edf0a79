package rest

import (
	"context"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

func TestBucket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var bs Buckets
		b, done := bs.Use("1")
		if same, undo := bs.Use("1"); same != b {
			t.Error("a channel has two limits")
		} else {
			undo()
		}
		if err := b.take(t.Context()); err != nil {
			t.Fatal(err)
		}
		b.learn(http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset-After": {"2.5"}})
		began := time.Now()
		if err := b.wait(t.Context()); err != nil || time.Since(began) != 2500*time.Millisecond {
			t.Errorf("waited %v, %v", time.Since(began), err)
		}
		b.learn(http.Header{"X-Ratelimit-Remaining": {"0"}, "X-Ratelimit-Reset-After": {"60"}})
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if b.wait(ctx) == nil || time.Since(began) != 2500*time.Millisecond {
			t.Error("a wait begins that cannot end in time")
		}
		b.give()
		done()
		bs.Use("2")
		if len(bs.byChannel) != 2 {
			t.Error("a limit that still holds was forgotten")
		}
		time.Sleep(time.Minute + time.Second)
		bs.Use("3")
		if len(bs.byChannel) != 2 { // 2 is in use
			t.Errorf("%d limits are kept", len(bs.byChannel))
		}
	})
}

func TestSeconds(t *testing.T) {
	for in, want := range map[string]time.Duration{
		"1": time.Second, "0.25": 250 * time.Millisecond, "": 0, "x": 0, "-3": 0, "NaN": 0, "Inf": maxRetryAfter,
		"1e300": maxRetryAfter, "3.999999998": 4 * time.Second, "1.001": 1001 * time.Millisecond,
		"0.0001": time.Millisecond, "2.0004": 2001 * time.Millisecond,
	} {
		if got := seconds(in); got != want {
			t.Errorf("seconds(%q) = %v, want %v", in, got, want)
		}
	}
}
