package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// peers are two stores on one database, as two processes have them.
func peers(t *testing.T) (one, two *Store) {
	t.Helper()
	dir := t.TempDir()
	return open(t, dir), open(t, dir)
}

func quiet() (int64, string) { return 0, "" }

// join has a bot run until the test is over.
func join(t *testing.T, s *Store, name string, shards ...Lease) func() error {
	t.Helper()
	leave, err := s.Join(t.Context(), Process{Name: name, Shards: shards}, quiet, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	return leave
}

// What one process changes, the other is told of, by server, once.
func TestNews(t *testing.T) {
	one, two := peers(t)
	since, err := two.Edits(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	look := func(want News) {
		t.Helper()
		got, err := two.News(t.Context(), since)
		since = got.Edits
		if got.Edits = want.Edits; err != nil || fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%+v, %v, want %+v", got, err, want)
		}
	}
	apply := func(edits ...Edit) {
		t.Helper()
		for _, e := range edits {
			if _, err := one.Apply(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
	}
	scope := Edit{Server: "b", At: noon, Action: "scope", Setting: "scope 1", Value: "mill", ByID: "7", ByName: "Ada"}
	look(News{})
	apply(put("a", "mill", "one"), put("a", "mill", "two"), scope)
	look(News{Servers: []string{"a", "b"}})
	look(News{})
	if c, err := two.Chosen(t.Context(), "a"); err != nil || len(c.Documents) != 1 || c.Broken || len(c.Settings) > 0 {
		t.Errorf("%+v, %v", c, err)
	}
	if c, err := two.Chosen(t.Context(), "b"); err != nil || len(c.Documents) > 0 || c.Settings["scope 1"] != "mill" {
		t.Errorf("%+v, %v", c, err)
	}
	apply(put("a", "mill", "three"))
	look(News{Servers: []string{"a"}})
	if _, err := one.Forget(t.Context(), "nobody"); err != nil { // nothing has that name
		t.Fatal(err)
	}
	look(News{})
	if _, err := one.Forget(t.Context(), "7"); err != nil {
		t.Fatal(err)
	}
	look(News{All: true})
	if err := one.DropServer(t.Context(), "a"); err != nil {
		t.Fatal(err)
	}
	look(News{All: true})
	since = 1000 // an older state was brought back
	look(News{All: true})
	look(News{})
}

// A process that listens hears of a change at once; see lookForEdits for who does not.
func TestFollow(t *testing.T) {
	one, two := peers(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	since, err := two.Edits(ctx)
	if err != nil {
		t.Fatal(err)
	}
	applied := false
	two.Follow(ctx, func(looking context.Context) {
		if !applied {
			applied = true
			if _, err := one.Apply(ctx, put("a", "mill", "one")); err != nil {
				t.Error(err)
			}
			return
		}
		news, err := two.News(looking, since)
		if err != nil && ctx.Err() == nil {
			t.Error(err)
		}
		if !news.Nothing() {
			cancel()
		}
	})
	if !errors.Is(ctx.Err(), context.Canceled) {
		t.Error("the change was not heard of")
	}
}

// Two admins at two processes replace the same document: the second is told that it was changed.
func TestOvertaken(t *testing.T) {
	one, two := peers(t)
	c, err := one.Apply(t.Context(), put("a", "mill", "one"))
	if err != nil {
		t.Fatal(err)
	}
	e := put("a", "mill", "two")
	e.Held, e.Over = true, c.After.ID
	if _, err := one.Apply(t.Context(), e); err != nil {
		t.Fatal(err)
	}
	if _, err := two.Apply(t.Context(), e); !errors.Is(err, ErrConflict) {
		t.Errorf("%v, want %v", err, ErrConflict)
	}
	e.Slug, e.Over = "tower", 0
	if _, err := two.Apply(t.Context(), e); err != nil {
		t.Error(err)
	}
	if _, err := one.Apply(t.Context(), e); !errors.Is(err, ErrConflict) {
		t.Errorf("%v, want %v", err, ErrConflict)
	}
}

// Nobody gets the shards of another, nor those of another count, until that one has left or is taken for dead.
func TestJoin(t *testing.T) {
	one, two := peers(t)
	leave := join(t, one, "first", Lease{4, 0}, Lease{4, 1})
	for _, test := range []struct {
		shards []Lease
		says   string
	}{
		{[]Lease{{4, 1}, {4, 2}}, "first"},
		{[]Lease{{8, 5}}, "first, which counts 4 shards and not 8"},
		{[]Lease{{0, 0}}, "first"},
	} {
		_, err := two.Join(t.Context(), Process{Name: "second", Shards: test.shards}, quiet, func(error) {})
		if !errors.Is(err, ErrServed) || !strings.HasSuffix(fmt.Sprint(err), test.says) {
			t.Errorf("%v: %v, want %q", test.shards, err, test.says)
		}
	}
	second := join(t, two, "second", Lease{4, 2}, Lease{4, 3})
	all, err := one.Processes(t.Context())
	if err != nil || len(all) != 2 || all[0].Name != "first" || Holding(all[1].Shards) != "2-3 of 4" ||
		all[0].Left <= 0 || all[0].Left > leaseTime {
		t.Errorf("%+v, %v", all, err)
	}
	if err := errors.Join(leave(), second()); err != nil {
		t.Error(err)
	}
	if all, err := one.Processes(t.Context()); err != nil || len(all) > 0 {
		t.Errorf("%+v, %v", all, err)
	}
	if err := errors.Join(join(t, two, "whole", Lease{})()); err != nil {
		t.Error(err)
	}
}

// late has a process be taken for dead: nothing was heard of it for too long.
func late(t *testing.T, s *Store, id string) {
	t.Helper()
	if _, err := s.write.Exec("UPDATE processes SET until = 0 WHERE id = ?", id); err != nil {
		t.Fatal(err)
	}
}

// The shards of a process that does not say that it runs are free, and its open questions go to one that does. If it
// comes back it gets its shards where nobody has them, and knows it where somebody does.
func TestTakenForDead(t *testing.T) {
	one, two := peers(t)
	first := join(t, one, "first", Lease{2, 0})
	id := one.process.Load().id()
	if _, err := one.OpenQuestion(t.Context(), evening, []byte("q"), Arrival{}); err != nil {
		t.Fatal(err)
	}
	second := join(t, two, "second", Lease{2, 1})
	if open, err := two.AdoptQuestions(t.Context()); err != nil || len(open) > 0 {
		t.Errorf("taken from one that runs: %v, %v", open, err)
	}
	late(t, one, id)
	if all, err := two.Processes(t.Context()); err != nil || len(all) != 1 {
		t.Errorf("%+v, %v", all, err)
	}
	if open, err := two.AdoptQuestions(t.Context()); err != nil || len(open) != 1 || string(open[0].Sealed) != "q" {
		t.Errorf("%v, %v", open, err)
	}
	if open, err := two.AdoptQuestions(t.Context()); err != nil || len(open) > 0 {
		t.Errorf("taken twice: %v, %v", open, err)
	}
	if err := one.process.Load().beat(t.Context()); err != nil {
		t.Error(err)
	}
	late(t, one, id)
	third := open(t, one.dir)
	leave := join(t, third, "third", Lease{2, 0})
	if err := one.process.Load().beat(t.Context()); !errors.Is(err, ErrServed) {
		t.Errorf("%v, want %v", err, ErrServed)
	}
	if err := errors.Join(leave(), one.process.Load().beat(t.Context()), first(), second()); err != nil {
		t.Error(err)
	}
}

// Each process bounds its own open questions: those of another are not forgotten.
func TestQuestionsOfOthersStay(t *testing.T) {
	one, two := peers(t)
	defer join(t, one, "first", Lease{2, 0})()
	defer join(t, two, "second", Lease{2, 1})()
	if _, err := one.OpenQuestion(t.Context(), evening, []byte("first"), Arrival{}); err != nil {
		t.Fatal(err)
	}
	if _, err := one.write.Exec("INSERT INTO open_questions (at, sealed, process) SELECT 0, ?3, ?1 FROM (WITH RECURSIVE "+
		"n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2) SELECT i FROM n) AS n",
		two.process.Load().id(), maxOpenQuestions+5, []byte("x")); err != nil {
		t.Fatal(err)
	}
	if _, err := two.OpenQuestion(t.Context(), evening, []byte("x"), Arrival{}); err != nil {
		t.Fatal(err)
	}
	all, err := one.OpenQuestions(t.Context())
	if err != nil || len(all) != maxOpenQuestions+1 || string(all[0].Sealed) != "first" {
		t.Errorf("%d, %v", len(all), err)
	}
}

// What models took is counted over processes: it is money.
func TestUsageOfAll(t *testing.T) {
	one, two := peers(t)
	const day = "2026-11-30"
	id, _, err := one.HoldUsage(t.Context(), day, 100)
	if err != nil {
		t.Fatal(err)
	}
	if _, total, err := two.HoldUsage(t.Context(), day, 10); err != nil || total.Sum() != 110 {
		t.Errorf("%+v, %v", total, err)
	}
	if _, err := one.AddUsage(t.Context(), day, id, Usage{Prompt: 30}); err != nil {
		t.Fatal(err)
	}
	if total, err := two.Usage(t.Context(), day); err != nil || total.Sum() != 40 {
		t.Errorf("%+v, %v", total, err)
	}
}

func TestHolding(t *testing.T) {
	of := func(shards ...int) (list []Lease) {
		for _, s := range shards {
			list = append(list, Lease{16, s})
		}
		return list
	}
	got := []string{Holding(nil), Holding([]Lease{{}}), Holding(of(3)), Holding(of(7, 0, 1, 2, 9, 8)), Holding(of(15, 14))}
	want := []string{"none", "all", "3 of 16", "0-2, 7-9 of 16", "14-15 of 16"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

// Shards of all processes that are the same modulo Discord's number begin their sessions one after another.
func TestTurnToStart(t *testing.T) {
	one, two := peers(t)
	at := evening
	for _, test := range []struct {
		s     *Store
		shard int
		after time.Duration
		wait  time.Duration
	}{
		{one, 0, 0, 0}, {two, 2, time.Second, 5 * time.Second}, {two, 1, 0, 0}, {one, 3, 0, 6 * time.Second},
		{two, 2, 5 * time.Second, 0}, {one, 0, 0, 6 * time.Second}, {one, 3, time.Second, 0},
	} {
		at = at.Add(test.after)
		got, err := test.s.TurnToStart(t.Context(), ShardStart{Shard: test.shard, Count: 4, At: at}, 2, 5*time.Second)
		if err != nil || got != test.wait {
			t.Errorf("shard %d at %v waits %v, %v, want %v", test.shard, at.Sub(evening), got, err, test.wait)
		}
	}
	// A clock that was ahead holds nobody up.
	early := ShardStart{Count: 4, At: at.Add(-time.Hour)}
	if got, err := one.TurnToStart(t.Context(), early, 1, time.Second); err != nil ||
		got != 0 {
		t.Errorf("%v, %v", got, err)
	}
}
