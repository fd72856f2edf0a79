package store

import (
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"
)

// Who ends hands its shards over with their sessions, once, and is not taken for dead while it still answers.
func TestHandOver(t *testing.T) {
	one, two := peers(t)
	leave := join(t, one, "first", Lease{2, 0}, Lease{2, 1})
	if _, err := one.OpenQuestion(t.Context(), evening, []byte("q"), Arrival{}); err != nil {
		t.Fatal(err)
	}
	sessions := []ShardSession{{Lease{2, 0}, 7, []byte("zero")}, {Lease{2, 1}, 8, []byte("one")}}
	if err := one.HandOver(t.Context(), sessions); err != nil {
		t.Fatal(err)
	}
	if err := one.process.Load().beat(t.Context()); err != nil { // it takes nothing back
		t.Error(err)
	}
	late(t, one, one.process.Load().id())
	if err := one.process.Load().enter(t.Context()); err != nil {
		t.Error(err)
	}
	second := join(t, two, "second", Lease{2, 0})
	all, err := two.TakeSessions(t.Context(), 2, 0, 0)
	if err != nil || len(all) != 1 || string(all[0].Sealed) != "zero" {
		t.Errorf("%v, %v", all, err)
	}
	if all, err := two.TakeSessions(t.Context(), 2, 0, 0); err != nil || len(all) > 0 {
		t.Errorf("twice: %v, %v", all, err)
	}
	if open, err := two.AdoptQuestions(t.Context()); err != nil || len(open) > 0 {
		t.Errorf("taken from one that still answers: %v, %v", open, err)
	}
	if err := leave(); err != nil {
		t.Error(err)
	}
	if open, err := two.AdoptQuestions(t.Context()); err != nil || len(open) != 1 {
		t.Errorf("%v, %v", open, err)
	}
	if _, err := one.write.Exec("UPDATE shard_sessions SET at = 0"); err != nil {
		t.Fatal(err)
	}
	if all, err := two.TakeSessions(t.Context(), 2, 1, 1); err != nil || len(all) > 0 {
		t.Errorf("too old: %v, %v", all, err)
	}
	late(t, two, two.process.Load().id()) // what it had is another's by now
	third := open(t, two.dir)
	out := join(t, third, "third", Lease{2, 0})
	if err := two.HandOver(t.Context(), []ShardSession{{Lease{2, 0}, 7, []byte("of before")}}); err != nil {
		t.Fatal(err)
	}
	if all, err := third.TakeSessions(t.Context(), 2, 0, 0); err != nil || len(all) > 0 {
		t.Errorf("of one that was taken for dead: %v, %v", all, err)
	}
	if err := errors.Join(out(), second()); err != nil {
		t.Error(err)
	}
}

// What a process writes down of its sessions is for who has the shards after it; of shards that are another's it writes
// nothing.
func TestKeepSessions(t *testing.T) {
	one, two := peers(t)
	leave := join(t, one, "first", Lease{4, 0}, Lease{4, 1})
	keep := func(of *Store, list ...ShardSession) {
		t.Helper()
		if err := of.KeepSessions(t.Context(), list); err != nil {
			t.Fatal(err)
		}
	}
	keep(one, ShardSession{Lease{4, 0}, 5, []byte("zero")}, ShardSession{Lease{4, 3}, 5, []byte("another's")})
	keep(one, ShardSession{Lease{4, 0}, 8, nil}, ShardSession{Lease{4, 1}, 1, nil})
	late(t, one, one.process.Load().id())
	whole := join(t, two, "whole", Lease{})
	keep(one, ShardSession{Lease{4, 0}, 9, []byte("too late")})
	all, err := two.TakeSessions(t.Context(), 4, 0, 3)
	want := ShardSession{Lease{4, 0}, 8, []byte("zero")}
	if err != nil || len(all) != 1 || fmt.Sprint(all[0]) != fmt.Sprint(want) {
		t.Errorf("%v, %v, want %v", all, err, want)
	}
	keep(two, ShardSession{Lease{4, 3}, 2, []byte("three")})
	if err := two.HandOver(t.Context(), []ShardSession{{Lease{4, 2}, 6, []byte("two")}}); err != nil {
		t.Fatal(err)
	}
	keep(two, ShardSession{Lease{4, 2}, 4, nil}) // it has handed them over
	all, err = two.TakeSessions(t.Context(), 4, 0, 3)
	if err != nil || len(all) != 2 || all[0].Seq+all[1].Seq != 8 {
		t.Errorf("%v, %v", all, err)
	}
	if err := errors.Join(leave(), whole()); err != nil {
		t.Error(err)
	}
}

// What is written down of a session while its shard is handed over does not stand above that.
func TestKeepWhileHandedOver(t *testing.T) {
	one, two := peers(t)
	if one.pg == nil {
		t.Skip("one file has one writer at a time")
	}
	leave := join(t, one, "first", Lease{2, 0})
	if err := one.KeepSessions(t.Context(), []ShardSession{{Lease{2, 0}, 4, []byte("zero")}}); err != nil {
		t.Fatal(err)
	}
	kept := make(chan error, 1)
	err := two.transact(t.Context(), "hand over, slowly", func(tx *sql.Tx) error { // as Yield does
		if err := one.process.Load().hold(t.Context(), tx); err != nil {
			return err
		}
		if _, err := tx.Exec("DELETE FROM leases WHERE count = 2 AND shard = 0"); err != nil {
			return err
		}
		if err := two.keepSession(t.Context(), tx, ShardSession{Lease{2, 0}, 9, []byte("zero")}); err != nil {
			return err
		}
		go func() { kept <- one.KeepSessions(t.Context(), []ShardSession{{Lease{2, 0}, 5, nil}}) }() // read below
		for waiting := 0; waiting == 0 && len(kept) == 0; time.Sleep(time.Millisecond) {
			const locks = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'transactionid'"
			if err := two.read.QueryRow(locks).Scan(&waiting); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(err, <-kept); err != nil {
		t.Fatal(err)
	}
	all, err := two.TakeSessions(t.Context(), 2, 0, 0)
	if err != nil || len(all) != 1 || all[0].Seq != 9 {
		t.Errorf("%v, %v, want event 9", all, err)
	}
	if err := leave(); err != nil {
		t.Error(err)
	}
}

// A question that one process has taken is no other's, whatever became of it, until nobody is told of it again.
func TestTakenOnce(t *testing.T) {
	one, two := peers(t)
	of := Arrival{Event: "7", Of: []Allowance{{"person", "ada", 1, time.Hour}}}
	id, err := one.OpenQuestion(t.Context(), evening, []byte("q"), of)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := two.OpenQuestion(t.Context(), evening, []byte("q"), of); !errors.Is(err, ErrTaken) {
			t.Errorf("%v, want %v", err, ErrTaken)
		}
		if err := one.CloseQuestion(t.Context(), id); err != nil {
			t.Error(err)
		}
	}
	of.Event = "8"
	for range 2 { // what may not be asked is not taken
		if _, err := two.OpenQuestion(t.Context(), evening, []byte("q"), of); errors.Is(err, ErrTaken) || err == nil {
			t.Errorf("%v, want that nothing is left", err)
		}
	}
	if _, err := one.write.Exec("UPDATE taken SET at = 0"); err != nil {
		t.Fatal(err)
	}
	if err := one.forgive(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := two.OpenQuestion(t.Context(), evening, []byte("q"), Arrival{Event: "7"}); err != nil {
		t.Error(err)
	}
	if open, err := one.OpenQuestions(t.Context()); err != nil || len(open) != 1 {
		t.Errorf("%d are written down, %v", len(open), err)
	}
}
