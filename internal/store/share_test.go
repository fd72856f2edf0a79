package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// rounds has processes take and hand over until nothing changes, and returns how many shards came to another process.
func rounds(t *testing.T, count int, all []holder) (moved int) {
	t.Helper()
	for range 2*len(all) + 2 {
		changed := false
		for i := range all {
			s, take := shareOf(all[i].id, count, all)
			if !all[i].shares {
				continue
			}
			all[i].shards = append(slices.DeleteFunc(slices.Clone(s.Mine), func(shard int) bool {
				return slices.Contains(s.Surplus, shard)
			}), take...)
			moved += len(take)
			changed = changed || len(take)+len(s.Surplus) > 0
		}
		if !changed {
			return moved
		}
	}
	t.Fatalf("it does not come to rest: %v", all)
	return 0
}

// balanced looks whether each shard is one process's, and none has two more than another.
func balanced(t *testing.T, count int, all []holder) {
	t.Helper()
	var has []int
	least, most := count, 0
	for _, h := range all {
		has = append(has, h.shards...)
		if h.shares {
			least, most = min(least, len(h.shards)), max(most, len(h.shards))
		}
	}
	slices.Sort(has)
	for shard := range count {
		if len(has) != count || has[shard] != shard {
			t.Fatalf("of %d shards there are %v", count, has)
		}
	}
	if most-least > 1 {
		t.Errorf("one has %d shards, another %d", most, least)
	}
}

// Whoever comes gets their share, and whoever goes leaves theirs to the others, with no more moves than that needs:
// those that who comes should have, and those that who went had.
func TestShareOf(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for count := 1; count < 40; count += 3 {
		all := []holder{{"fixed", false, []int{0}}, {"a", true, nil}}
		rounds(t, count, all)
		for n := range 30 {
			var want int
			sharing := len(all) - 1
			if sharing > 1 && random.IntN(2) == 0 {
				gone := 1 + random.IntN(sharing)
				want = len(all[gone].shards)
				all = slices.Delete(all, gone, gone+1)
			} else {
				all = append(all, holder{fmt.Sprint("p", n), true, nil})
				want = (count - 1) / (sharing + 1)
			}
			before := fmt.Sprint(all)
			if moved := rounds(t, count, all); moved != want {
				t.Errorf("%d shards, %s: %d were moved, want %d: %v", count, before, moved, want, all)
			}
			balanced(t, count, all)
		}
	}
}

// Processes that share take what is free, hand over what another should have, and get what one leaves that dies.
func TestShare(t *testing.T) {
	one, two := peers(t)
	sharing := func(s *Store, name string) func() error {
		t.Helper()
		leave, err := s.Join(t.Context(), Process{Name: name, Shares: true}, quiet, func(err error) { t.Error(err) })
		if err != nil {
			t.Fatal(err)
		}
		return leave
	}
	share := func(s *Store, count, least int, want string) Share {
		t.Helper()
		got, err := s.Share(t.Context(), count, least)
		if err != nil || fmt.Sprint(got) != want {
			t.Errorf("%v, %v, want %s", got, err, want)
		}
		return got
	}
	first := sharing(one, "first")
	share(one, 4, 0, "{4 [0 1 2 3] [] true}")
	all := Process{Name: "whole", Shards: []Lease{{}}}
	if _, err := two.Join(t.Context(), all, quiet, nil); !errors.Is(err, ErrServed) {
		t.Errorf("%v, want %v", err, ErrServed)
	}
	second := sharing(two, "second")
	share(two, 6, 0, "{4 [] [] true}") // as many as there are
	s := share(one, 4, 0, "{4 [0 1 2 3] [2 3] true}")
	err := one.Yield(t.Context(), []Lease{{4, 2}, {4, 3}}, []ShardSession{{Lease{4, 3}, 7, []byte("three")}})
	if err != nil || len(s.Surplus) != 2 {
		t.Error(err)
	}
	share(one, 4, 0, "{4 [0 1] [] false}")
	share(two, 4, 0, "{4 [2 3] [] true}")
	if all, err := two.TakeSessions(t.Context(), 4, 2, 3); err != nil || len(all) != 1 || all[0].Seq != 7 {
		t.Errorf("%v, %v", all, err)
	}
	share(one, 4, 6, "{6 [0 1 2] [] false}") // Discord demands more
	share(two, 4, 0, "{6 [3 4 5] [] true}")
	late(t, one, one.process.Load().id())
	share(two, 4, 0, "{6 [0 1 2 3 4 5] [] true}")
	if err := one.process.Load().beat(t.Context()); err != nil { // it was taken for dead, and comes back
		t.Error(err)
	}
	share(one, 4, 0, "{6 [] [] true}")
	share(two, 4, 0, "{6 [0 1 2 3 4 5] [3 4 5] true}")
	if err := two.HandOver(t.Context(), nil); err != nil { // it ends
		t.Error(err)
	}
	share(two, 4, 0, "{4 [] [] false}")
	share(one, 4, 0, "{4 [0 1 2 3] [] true}")
	if err := errors.Join(first(), second()); err != nil {
		t.Error(err)
	}
	whole := join(t, one, "whole", Lease{})
	if _, err := two.Join(t.Context(), Process{Name: "late", Shares: true}, quiet, nil); !errors.Is(err, ErrServed) {
		t.Errorf("%v, want %v", err, ErrServed)
	}
	if err := whole(); err != nil {
		t.Error(err)
	}
}
