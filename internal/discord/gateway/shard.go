package gateway

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Discord parts the servers of a large bot into shards, each with a connection of its own. Direct messages go to the
// first. https://discord.com/developers/docs/events/gateway#sharding

// maxShards is the most that is believed, of a setting and of Discord; ours. It is enough for 40 million servers.
const maxShards = 16_384

// snowflakeTime is how many bits of an id stand below its time.
const snowflakeTime = 22

// A Shard is one of Count parts of a bot's servers.
type Shard struct{ ID, Count int }

// String is the shard as PILCROW_SHARDS and the log have it: 3/16.
func (s Shard) String() string { return fmt.Sprintf("%d/%d", s.ID, s.Count) }

// shardOf is the number of the shard that serves a server; 0 for what is no id.
func shardOf(server string, count int) int {
	id, err := strconv.ParseUint(server, 10, 64)
	if err != nil {
		return 0
	}
	return int((id >> snowflakeTime) % uint64(max(count, 1))) //nolint:gosec // below count
}

// Shards are those that a process serves: First to Last of Count. The zero Shards are all that Discord recommends,
// and more when it demands more.
type Shards struct{ First, Last, Count int }

// ParseShards reads "auto", "4" for all of four, "0-3/16" for four of sixteen, and "5/16" for one. "" is auto.
func ParseShards(text string) (Shards, error) {
	if text == "" || text == "auto" {
		return Shards{}, nil
	}
	some, of, parted := strings.Cut(text, "/")
	if !parted {
		some, of = "", text
	}
	count, err := strconv.Atoi(of)
	s := Shards{Last: count - 1, Count: count}
	if parted {
		first, last, ranged := strings.Cut(some, "-")
		if !ranged {
			last = first
		}
		var errFirst, errLast error
		s.First, errFirst = strconv.Atoi(first)
		s.Last, errLast = strconv.Atoi(last)
		err = errors.Join(err, errFirst, errLast)
	}
	if err != nil || count < 1 || count > maxShards || s.First < 0 || s.First > s.Last || s.Last >= count {
		return Shards{}, fmt.Errorf(
			"want auto, a number of shards up to %d, or some of them, such as 0-3/16, got %q",
			maxShards,
			text,
		)
	}
	return s, nil
}

// Auto tells that Discord says how many there are.
func (s Shards) Auto() bool { return s.Count == 0 }

// Whole tells that no other process serves a part of the bot.
func (s Shards) Whole() bool { return s.Auto() || s.len() == s.Count }

func (s Shards) len() int { return s.Last - s.First + 1 }

// String is the text that ParseShards reads.
func (s Shards) String() string {
	switch {
	case s.Auto():
		return "auto"
	case s.Whole():
		return strconv.Itoa(s.Count)
	}
	return fmt.Sprintf("%d-%d/%d", s.First, s.Last, s.Count)
}

// All are the shards, in order; none where Discord says how many there are.
func (s Shards) All() []Shard {
	if s.Auto() {
		return nil
	}
	list := make([]Shard, 0, s.len())
	for id := s.First; id <= s.Last; id++ {
		list = append(list, Shard{id, s.Count})
	}
	return list
}

// A holding is the shards that a process has, of one count, in order; nil where that is not known yet.
type holding []Shard

func (h holding) count() int {
	if len(h) == 0 {
		return 0
	}
	return h[0].Count
}

// ranges are the shards as those that follow each other.
func (h holding) ranges() (all []Shards) {
	for i, shard := range h {
		if i > 0 && h[i-1].ID+1 == shard.ID {
			all[len(all)-1].Last = shard.ID
			continue
		}
		all = append(all, Shards{shard.ID, shard.ID, shard.Count})
	}
	return all
}

// String is the holding for the log: 4, 0-3/16, "0-3/16 7-7/16", none.
func (h holding) String() string {
	var parts []string
	for _, r := range h.ranges() {
		parts = append(parts, r.String())
	}
	return cmp.Or(strings.Join(parts, " "), "none")
}

// A ShardState is how a shard does.
type ShardState struct {
	Shard

	Connected bool
	Since     time.Time     // when it was connected or disconnected last; zero where it never was connected
	Latency   time.Duration // from the last heartbeat to its acknowledgment; 0 where none was acknowledged
	Sessions  int           // that were begun
	Resumed   int           // connections that went on with a session
}

// A board is how the shards do. It is safe for use by several goroutines; the zero board has none.
type board struct {
	mu  sync.Mutex
	set holding // that are to be connected
	of  map[Shard]*ShardState
}

// expect says which shards are to be connected, and forgets those of another count.
func (b *board) expect(set holding) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.set = set
	for shard := range b.of {
		if shard.Count != set.count() {
			delete(b.of, shard)
		}
	}
}

// change changes the state of a shard, which may be one that is to be expected next.
func (b *board) change(shard Shard, f func(s *ShardState)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.of == nil {
		b.of = map[Shard]*ShardState{}
	}
	if b.of[shard] == nil {
		b.of[shard] = &ShardState{Shard: shard}
	}
	f(b.of[shard])
}

func (b *board) up(shard Shard, resumed bool) {
	b.change(shard, func(s *ShardState) {
		s.Connected, s.Since = true, time.Now()
		if resumed {
			s.Resumed++
		} else {
			s.Sessions++
		}
	})
}

func (b *board) down(shard Shard) {
	b.change(shard, func(s *ShardState) {
		if s.Connected {
			s.Connected, s.Since = false, time.Now()
		}
	})
}

// list is the state of each shard that is to be connected, in order; nil where it is not known which these are.
func (b *board) list() []ShardState {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.set == nil {
		return nil
	}
	list := make([]ShardState, 0, len(b.set))
	for _, shard := range b.set {
		s := ShardState{Shard: shard}
		if known := b.of[shard]; known != nil {
			s = *known
		}
		list = append(list, s)
	}
	return list
}

// Shards is how each shard of this process does, in order; none until it is known how many there are.
func (f *Fleet) Shards() []ShardState { return f.board.list() }

// Serves tells whether this process gets the events of a server; it is not known while Discord has not said how many
// shards there are.
func (f *Fleet) Serves(server string) bool {
	f.board.mu.Lock()
	set := f.board.set
	f.board.mu.Unlock()
	return set == nil && f.share == nil || slices.Contains(set, Shard{shardOf(server, set.count()), set.count()})
}
