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
	if got, err := one.Usage(t.Context(), day); err != nil || got != (Usage{}) {
		t.Errorf("a day without any: %+v, %v", got, err)
	}
	var wait sync.WaitGroup
	for n := range 20 {
		wait.Go(func() {
			s := one
			if n%2 == 1 {
				s = other
			}
			if _, err := s.AddUsage(t.Context(), day, 0, Usage{1, 2, 3, 0}); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
	if _, err := one.AddUsage(t.Context(), next, 0, Usage{Prompt: 7}); err != nil {
		t.Fatal(err)
	}
	for d, want := range map[string]Usage{day: {20, 40, 60, 0}, next: {7, 0, 0, 0}} {
		if got, err := open(t, dir).Usage(t.Context(), d); err != nil || got != want {
			t.Errorf("%s: %+v, %v, want %+v", d, got, err, want)
		}
	}
}

func TestOldUsageIsForgotten(t *testing.T) {
	s := open(t, t.TempDir())
	first := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	for n := range maxUsageDays + 5 {
		if _, err := s.AddUsage(t.Context(), first.AddDate(0, 0, n).Format(time.DateOnly), 0, Usage{Prompt: 1}); err != nil {
			t.Fatal(err)
		}
	}
	var days int
	if err := s.read.QueryRow("SELECT count(*) FROM usage").Scan(&days); err != nil || days != maxUsageDays {
		t.Errorf("%d days are kept, %v", days, err)
	}
	last := first.AddDate(0, 0, maxUsageDays+4).Format(time.DateOnly)
	if got, err := s.Usage(t.Context(), last); err != nil || got.Prompt != 1 {
		t.Errorf("the last day: %+v, %v", got, err)
	}
}

// What is held counts until it is settled, and for good where nobody settles it. A reset ends it, and a call that ends
// later counts from there on.
func TestHolds(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	const day, before = "2026-11-23", "2026-11-22"
	if _, err := s.AddUsage(t.Context(), before, 0, Usage{Completion: 4}); err != nil {
		t.Fatal(err)
	}
	first, total, err := s.HoldUsage(t.Context(), day, 100)
	if err != nil || total != (Usage{Held: 100}) {
		t.Fatal(total, err)
	}
	second, total, err := s.HoldUsage(t.Context(), day, 50)
	if err != nil || total != (Usage{Held: 150}) || second == first {
		t.Fatal(second, total, err)
	}
	if total, err = s.AddUsage(t.Context(), day, first, Usage{Prompt: 30, Completion: 5}); err != nil ||
		total != (Usage{30, 5, 0, 50}) || total.Sum() != 85 {
		t.Error(total, err)
	}
	if got, err := open(t, dir).Usage(t.Context(), day); err != nil || got != total {
		t.Error(got, err)
	}
	days, err := s.UsageDays(t.Context(), 7)
	if err != nil || len(days) != 2 || days[0] != (DayUsage{day, total}) ||
		days[1] != (DayUsage{before, Usage{Completion: 4}}) {
		t.Error(days, err)
	}
	if was, err := s.ResetUsage(t.Context(), day); err != nil || was != total {
		t.Error(was, err)
	}
	third, _, err := s.HoldUsage(t.Context(), day, 10)
	if err != nil || third <= second {
		t.Error(third, err)
	}
	if total, err = s.AddUsage(t.Context(), day, second, Usage{Prompt: 20}); err != nil || total != (Usage{20, 0, 0, 10}) {
		t.Error(total, err)
	}
	if got, err := s.Usage(t.Context(), before); err != nil || got.Sum() != 4 {
		t.Error(got, err)
	}
}
