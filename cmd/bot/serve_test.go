//go:build unix && !solaris && !aix

package main

import (
	"errors"
	"log/slog"
	"testing"
	"time"

	"pilcrow/internal/store"
)

// A second bot on a folder waits for the first to end, and gives up.
func TestTwoBots(t *testing.T) {
	a := &app{logger: slog.New(slog.DiscardHandler), config: config{data: t.TempDir()}}
	release, err := a.alone(t.Context(), &parts{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := a.alone(t.Context(), &parts{}, lookAfterward); !errors.Is(err, store.ErrServed) {
		t.Fatalf("two bots: %v", err)
	}
	time.AfterFunc(2*lookAfterward, func() { _ = release() })
	second, err := a.alone(t.Context(), &parts{}, otherBot)
	if err != nil {
		t.Fatal(err)
	}
	if err := second(); err != nil {
		t.Error(err)
	}
}
