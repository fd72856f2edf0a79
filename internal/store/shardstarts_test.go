package store

import (
	"slices"
	"testing"
	"time"
)

// Of each shard the last start is kept, for a day, over restarts.
func TestShardStarts(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2031, 5, 4, 12, 0, 0, 0, time.UTC)
	hour, morrow := now.Add(time.Hour), now.Add(24*time.Hour+time.Second)
	for _, c := range []struct {
		start ShardStart
		want  []ShardStart
	}{
		{ShardStart{1, 4, now}, []ShardStart{{1, 4, now}}},
		{ShardStart{0, 4, hour}, []ShardStart{{0, 4, hour}, {1, 4, now}}},
		{ShardStart{1, 2, hour}, []ShardStart{{1, 2, hour}, {0, 4, hour}, {1, 4, now}}},
		{ShardStart{1, 2, now.Add(2 * time.Hour)}, []ShardStart{{1, 2, now.Add(2 * time.Hour)}, {0, 4, hour}, {1, 4, now}}},
		{ShardStart{1, 2, morrow}, []ShardStart{{1, 2, morrow}, {0, 4, hour}}},
	} {
		s, err := openAt(t, dir)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.StartShard(t.Context(), c.start); err != nil {
			t.Error(err)
		}
		if got, err := s.ShardStarts(t.Context()); err != nil || !slices.Equal(got, c.want) {
			t.Errorf("%v, %v; want %v", got, err, c.want)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
