package gateway

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"pilcrow/internal/store"
)

// Where several processes share the shards that Discord recommends, each looks again and again which are its own: it
// begins those that it was given, goes on with their sessions, and hands over those that another is to have. Where
// Discord demands more, each begins its share of the new ones beside the old ones.

const (
	shareEvery = time.Second      // between two looks; ours
	overlap    = 30 * time.Second // ours: from when all new shards are somebody's, for others to have them connected
)

// A partition is what runShared knows from one look to the next. It is for one goroutine.
type partition struct {
	fleet   *Fleet
	current *generation // nil before the first look
	before  []*generation
	least   int       // shards that Discord demands
	calm    time.Time // since when all shards of the count are somebody's, and this process's are connected
	told    bool      // that it cannot be found out
	// left are sessions of shards that ended here and are not handed over yet, since the database could not be reached.
	left map[Shard]session
}

// runShared is run for a process that takes its share.
func (f *Fleet) runShared(ctx context.Context, count int) error {
	s := &partition{fleet: f, left: map[Shard]session{}}
	defer func() {
		if s.current != nil {
			end(ctx, append(s.before, s.current)...)
			f.left = s.current.sessions()
			maps.Copy(f.left, s.left)
		}
	}()
	look := time.NewTimer(0)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case failed := <-f.failed:
			if s.current == nil || failed.shard.Count != s.current.count || failed.shard.Count < s.least {
				continue // others come in its place
			}
			if _, few := errors.AsType[tooFew](failed.err); !few {
				return failed.err
			}
			more, err := f.more(ctx, failed.shard.Count)
			if err != nil {
				return err
			}
			f.logger.Warn("Discord wants more shards", "had", failed.shard.Count, "now", more)
			s.least = more
		case <-look.C:
			s.look(ctx, count)
			look.Reset(shareEvery)
		}
	}
}

// look finds out what is this process's share, and takes it up.
func (s *partition) look(ctx context.Context, count int) {
	limited, cancel := context.WithTimeout(ctx, handOverTimeout)
	defer cancel()
	share, err := s.fleet.share(limited, count, s.least)
	if err != nil {
		if !s.told && ctx.Err() == nil {
			s.fleet.logger.Warn("it cannot be found out which shards are whose: all stays as it is", "error", err)
		}
		s.told = true
		return
	}
	s.told = false
	first := s.current == nil
	if first || share.Count > s.current.count {
		if !first {
			s.before = append(s.before, s.current)
		}
		s.current = newGeneration(share.Count)
	}
	if share.Count < s.current.count {
		return // what others began anew while this one was taken for dead
	}
	if s.adjust(ctx, share) || first {
		s.calm = time.Time{}
		if len(s.before) == 0 {
			s.fleet.settle(s.current.holding())
		}
	}
	s.retire(ctx, share)
}

// adjust ends and begins gateways, so that this process has its share. It tells whether it had to.
func (s *partition) adjust(ctx context.Context, share store.Share) bool {
	f, has := s.fleet, s.current.holding()
	var keep, begun, given, lost holding
	for _, id := range share.Mine {
		shard := Shard{id, share.Count}
		switch {
		case slices.Contains(share.Surplus, id):
			given = append(given, shard)
		case slices.Contains(has, shard):
			keep = append(keep, shard)
		default:
			keep, begun = append(keep, shard), append(begun, shard)
		}
	}
	for _, shard := range has {
		if !slices.Contains(share.Mine, shard.ID) {
			lost = append(lost, shard) // this process was taken for dead, and another has it
		}
	}
	s.current.remove(lost)
	maps.DeleteFunc(s.left, func(shard Shard, _ session) bool {
		return shard.Count == share.Count && !slices.Contains(share.Mine, shard.ID) // it is another's by now
	})
	if len(given) > 0 {
		maps.Copy(s.left, s.current.remove(given))
		if err := f.yield(ctx, leases(given), s.left); err != nil {
			f.logger.Warn("shards cannot be handed over: it is tried again", "error", err)
		} else {
			clear(s.left)
		}
	}
	if len(begun) > 0 {
		f.starts.want(keep)
		f.add(ctx, s.current, begun, s.goOn(begun, f.takeOver(ctx, begun)))
	}
	return len(begun)+len(given)+len(lost) > 0
}

// goOn has shards that were to be another's, and are this process's again, go on where they ended here.
func (s *partition) goOn(begun holding, taken map[Shard]legacy) map[Shard]legacy {
	for _, shard := range begun {
		if l, ok := taken[shard]; ok && l.ID == s.left[shard].id {
			l.Seq = max(l.Seq, s.left[shard].seq)
			taken[shard] = l
		}
		delete(s.left, shard)
	}
	return taken
}

// retire ends shards of a count that Discord does not want any more, when those of the new one have been there for a
// while.
func (s *partition) retire(ctx context.Context, share store.Share) {
	switch {
	case len(s.before) == 0:
		return
	case !share.Whole || !s.current.whole():
		s.calm = time.Time{}
		return
	case s.calm.IsZero():
		s.calm = time.Now()
	}
	if time.Since(s.calm) < overlap {
		return
	}
	s.fleet.settle(s.current.holding())
	end(ctx, s.before...)
	for _, old := range s.before {
		if err := s.fleet.yield(ctx, leases(old.holding()), nil); err != nil {
			s.fleet.logger.Warn("shards that nobody wants are not given up", "error", err)
		}
	}
	s.before = nil
}

// whole tells that each of its shards has been ready.
func (g *generation) whole() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.missing) == 0
}

// leases are shards as the store has them.
func leases(set holding) (all []store.Lease) {
	for _, shard := range set {
		all = append(all, store.Lease{Count: shard.Count, Shard: shard.ID})
	}
	return all
}
