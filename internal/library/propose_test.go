package library

import (
	"errors"
	"fmt"
	"testing"
	"testing/fstest"
	"time"
)

// Previews end: after a quarter of an hour, when they are canceled, when there are many, and when what they stand on
// has changed.
func TestProposalsEnd(t *testing.T) {
	w := newWorld(t)
	ctx := t.Context()
	propose := func(name string) string {
		t.Helper()
		p, err := w.Propose(ctx, "1", upload(name, "Text of "+name+"."), ada)
		if err != nil {
			t.Fatal(err)
		}
		return p.ID
	}
	gone := func(id, what string, want error) {
		t.Helper()
		if _, _, err := w.Confirm(ctx, "1", id, ada, nil); !errors.Is(err, want) {
			t.Errorf("%s: %v", what, err)
		}
	}
	late := propose("a.txt")
	w.now = w.now.Add(keepProposal + time.Second)
	gone(late, "late", ErrGone)
	canceled := propose("a.txt")
	cancel := func(server string, by Who, want error) {
		t.Helper()
		if err := w.Cancel(server, canceled, by); !errors.Is(err, want) {
			t.Errorf("cancel: %v, want %v", err, want)
		}
	}
	cancel("2", ada, ErrGone)
	cancel("1", Who{ID: "999", Name: "Eve"}, ErrNotYours)
	cancel("1", ada, nil)
	cancel("1", ada, ErrGone)
	gone(canceled, "canceled", ErrGone)
	many := propose("a.txt")
	for i := range maxProposals {
		propose(fmt.Sprintf("m%d.txt", i))
	}
	gone(many, "one of many", ErrGone)
	twin := propose("a.txt")
	w.put("1", upload("a.txt", "Somebody was faster."))
	gone(twin, "the name is taken meanwhile", ErrChanged)
	q := upload("x.txt", "Replaced.")
	q.Replace = "a"
	p, err := w.Propose(ctx, "1", q, ada)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := w.Undo(ctx, "1", 0, ada); err != nil {
		t.Fatal(err)
	}
	gone(p.ID, "what it replaces is gone", ErrChanged)
	q.Replace = "mill"
	if p, err = w.Propose(ctx, "1", q, ada); err != nil {
		t.Fatal(err)
	}
	w.folder["mill.txt"] = &fstest.MapFile{Data: []byte(mill + "\n\nIts stones lie in the river.")}
	if _, err := w.Renew(ctx, nil); err != nil {
		t.Fatal(err)
	}
	gone(p.ID, "the shared document that it replaces is another", ErrChanged)
	w.want("1", "ferry mill")
}
