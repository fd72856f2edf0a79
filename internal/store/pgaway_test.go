package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/store/storetest"
)

// While the server cannot be reached, that is said at once, each time, and told once; then all goes on by itself.
func TestPostgresAway(t *testing.T) {
	dir, address := needPostgres(t)
	w, through := storetest.NewWire(t, address)
	s, err := Config{URL: through}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	told := make(chan string, 64)
	ctx, end := context.WithCancel(t.Context())
	var watch sync.WaitGroup
	watch.Go(func() {
		s.Watch(ctx, Watch{every: 10 * time.Millisecond, Tell: func(t Trouble, over bool) {
			told <- fmt.Sprint(t.Kind, " ", over)
		}})
	})
	defer watch.Wait()
	defer end()
	wait := func(want string) {
		t.Helper()
		select {
		case got := <-told:
			if got != want {
				t.Errorf("told %q, want %q", got, want)
			}
		case <-time.After(time.Minute):
			t.Fatalf("nobody told %q", want)
		}
	}
	for range 2 {
		w.Cut()
		wait("unreachable false")
		for range 3 {
			if _, err := s.Asked(t.Context(), "a"); !errors.Is(err, ErrNotKept) {
				t.Errorf("reading: %v", err)
			}
			if err := s.SetAsked(t.Context(), "a", "lost"); !errors.Is(err, ErrNotKept) {
				t.Errorf("writing: %v", err)
			}
		}
		if all := s.Troubles(); len(all) != 1 || all[0].Kind != Away {
			t.Errorf("%v", all)
		}
		w.Mend()
		wait("unreachable true")
		if err := s.SetAsked(t.Context(), "a", "kept"); err != nil {
			t.Error(err)
		}
		if got, err := s.Asked(t.Context(), "a"); err != nil || got != "kept" {
			t.Errorf("%q, %v", got, err)
		}
	}
}
