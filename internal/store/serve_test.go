package store

import (
	"errors"
	"testing"
)

func TestOneBot(t *testing.T) {
	dir := t.TempDir()
	release, err := Serve(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Serve(dir); !errors.Is(err, ErrServed) {
		t.Errorf("a second bot: %v", err)
	}
	s, err := openAt(t, dir) // a command beside the bot
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Close(), release()); err != nil {
		t.Fatal(err)
	}
	if release, err = Serve(dir); err != nil {
		t.Fatal(err)
	}
	if err := release(); err != nil {
		t.Error(err)
	}
	if _, err := Serve(dir + "/none"); !errors.Is(err, ErrNotWritable) {
		t.Errorf("no folder: %v", err)
	}
}
