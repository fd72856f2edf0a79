package dispatch

import (
	"errors"
	"strings"
	"testing"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/feedback"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

func TestForget(t *testing.T) {
	storetest.OfSQLite(t)
	w := newTown(t)
	for _, server := range []string{home, away2} {
		w.click(as(ann, server), w.run(as(ann, server), "ask", commands.Args{"question": covered}), "👎",
			commands.Args{"comment": "Blatant nonsense."})
		kept := w.click(as(ann, server), w.run(as(ann, server), "ask", commands.Args{"question": notCovered}),
			"Tell the admins", nil)
		w.click(as(ann, server), kept, "Tell me", nil)
	}
	admin := as(ann, home)
	admin.Admin = true
	w.run(admin, "gaps", commands.Args{"record": "on"}) // stands in the history
	if w.traces(ann) == nil || w.traces("blatant") == nil {
		t.Fatal("there is nothing to forget")
	}
	privacy := w.run(as(ann, ""), "privacy", nil)
	w.want(w.click(as(ann, ""), privacy, "Delete my data", nil), "2 votes", "2 questions", "2 wishes", "from 1 change")
	for _, of := range []string{ann, "blatant", "zinc"} {
		if found := w.traces(of); found != nil {
			t.Errorf("%q is in %v", of, found)
		}
	}
	w.want(w.click(as(ann, ""), privacy, "Delete my data", nil), "nothing of yours")
	if err := errors.Join(w.store.Close()); err != nil {
		t.Fatal(err)
	}
	if found := w.traces(ann); found != nil {
		t.Errorf("after closing, the user id is in %v", found)
	}
	w.open()
}

func TestKeptAsLong(t *testing.T) {
	if store.KeepVotes != feedback.KeepDays || store.KeepGaps != feedback.KeepDays {
		t.Error("what readers are told is not how long it is kept")
	}
}

// Where PostgreSQL keeps what people give, it is said what that holds for a while after a deletion.
func TestPrivacyOfPostgres(t *testing.T) {
	w := newTown(t)
	got := text(w.run(as(ann, home), "privacy", commands.Args{commands.DetailsParam: "true"}))
	if strings.Contains(got, "PostgreSQL keeps what was deleted in its write-ahead log") != w.store.Shared() {
		t.Error(got)
	}
}
