package discord

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// member is a store of a process that runs with others on the database of the folder, until leave is called.
func member(t *testing.T, dir string, shards ...store.Lease) (kept *store.Store, leave func() error) {
	t.Helper()
	return enter(t, dir, store.Process{Name: "a member", Shards: shards})
}

// joined is the database of a process that runs on it until the test is over.
func joined(t *testing.T, dir string, as store.Process) *store.Store {
	t.Helper()
	kept, _ := enter(t, dir, as)
	return kept
}

func enter(t *testing.T, dir string, as store.Process) (kept *store.Store, leave func() error) {
	t.Helper()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	leave, err = kept.Join(t.Context(), as, func() (int64, string) { return 0, "" }, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	leave = sync.OnceValue(leave)
	t.Cleanup(func() {
		if err := errors.Join(leave(), kept.Close()); err != nil {
			t.Error(err)
		}
	})
	return kept, leave
}

// A question of a process that died is ended by another that runs on the same database, once; one of a process that
// lives is left alone.
func TestMendOthers(t *testing.T) { synctest.Test(t, testMendOthers) }
func testMendOthers(t *testing.T) {
	s := quick(t, discordtest.Config{})
	dir := t.TempDir()
	dying, die := member(t, dir, store.Lease{Count: 2, Shard: 0})
	living, leave := member(t, dir, store.Lease{Count: 2, Shard: 1})
	start(t, s, &journaling{held(t), dying}, func(t *times) {
		t.grace, t.hurry = 200*time.Millisecond, 100*time.Millisecond // nobody waits for the dead
	})
	ada := s.User("Ada")
	ada.Slash(s.General(), "ask", discordtest.Opt("question", "why?"))
	eventually(t, "it is not written down", func() bool {
		open, err := dying.OpenQuestions(t.Context())
		return err == nil && len(open) == 1
	})
	eventually(t, "it is not acknowledged", func() bool { return len(ours(s, s.General())) == 1 })
	second := launch(t, s, &journaling{&smallTable{}, living}, func(t *times) {
		t.adopt = 5 * time.Millisecond
	})
	eventually(t, "the second is connected", func() bool { return second.identity.Load() != nil })
	time.Sleep(100 * time.Millisecond) // of the bubble's clock: it has looked many times
	if m := ours(s, s.General()); len(m) != 1 || !m[0].Loading() {
		t.Errorf("a question of a process that lives was ended: %+v", m)
	}
	if err := die(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is still open", func() bool {
		open, err := living.OpenQuestions(t.Context())
		return err == nil && len(open) == 0
	})
	m := ours(s, s.General())
	if len(m) != 1 || m[0].Content != restartedText {
		t.Errorf("%+v", m)
	}
	if err := second.stopped(t); err != nil {
		t.Error(err)
	}
	if log := second.log.String(); strings.Count(log, "questions that were cut off are ended") != 1 {
		t.Error(log)
	}
	if err := leave(); err != nil {
		t.Error(err)
	}
}
