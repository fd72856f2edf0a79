package store

import (
	"sync"
	"testing"
	"time"
)

// Tokens add up by day, across restarts and across processes that share the folder.
func TestUsage(t *testing.T) {
	dir := t.TempDir()
	one, other := open(t, dir), open(t, dir)
	const day, next = "2026-11-23", "2026-11-24"
	if got, err := one.AddUsage(t.Context(), day, Usage{}); err != nil || got != (Usage{}) {
		t.Errorf("a day without any: %+v, %v", got, err)
	}
	var wait sync.WaitGroup
	for n := range 20 {
		wait.Go(func() {
			s := one
			if n%2 == 1 {
				s = other
			}
			if _, err := s.AddUsage(t.Context(), day, Usage{1, 2, 3}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if _, err := one.AddUsage(t.Context(), next, Usage{Prompt: 7}); err != nil {
		t.Fatal(err)
	}
	for d, want := range map[string]Usage{day: {20, 40, 60}, next: {7, 0, 0}} {
		if got, err := open(t, dir).AddUsage(t.Context(), d, Usage{}); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", d, got, err, want)
		}
	}
}

func TestOldUsageIsForgotten(t *testing.T) {
	s := open(t, t.TempDir())
	first := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range maxUsageDays + 5 {
		if _, err := s.AddUsage(t.Context(), first.AddDate(0, 0, n).Format(time.DateOnly), Usage{Prompt: 1}); err != nil {
			t.Fatal(err)
		}
	}
	var days int
	if err := s.read.QueryRow("SELECT count(*) FROM usage").Scan(&days); err != nil || days != maxUsageDays {
		t.Errorf("%d days are kept, %v", days, err)
	}
	last := first.AddDate(0, 0, maxUsageDays+4).Format(time.DateOnly)
	if got, err := s.AddUsage(t.Context(), last, Usage{}); err != nil || got.Prompt != 1 {
		t.Errorf("the last day: %+v, %v", got, err)
	}
}
