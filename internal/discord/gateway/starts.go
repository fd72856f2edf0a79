package gateway

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"

	"pilcrow/internal/discord/rest"
	"pilcrow/internal/store"
)

const (
	askEvery     = time.Minute     // ours: what Discord says of its gateway is believed for that long
	keepTimeout  = 2 * time.Second // ours: for writing a start down
	maxStartWait = 24 * time.Hour  // Discord: the limit is for a day

	leastStartWait = time.Second // ours: before Discord is asked again whether a session may begin
)

// starts gives the shards of the program leave to begin sessions. Discord allows one in five seconds to all shards
// that are the same modulo max_concurrency, and so many in a day to the bot; it replaces the token of one that begins
// more. https://discord.com/developers/docs/events/gateway#session-start-limit-object
type starts struct {
	client *rest.Client
	logger *slog.Logger
	times  Times
	kept   *store.Store // remembers over restarts; nil for nowhere

	asking chan struct{} // holds one value while somebody asks Discord

	mu     sync.Mutex
	wanted holding // who is given leave
	info   gatewayInfo
	asked  time.Time
	keys   map[int]*startKey
	last   map[Shard]time.Time // when each last began
	read   bool                // last holds what was kept
}

// gatewayInfo is what GET /gateway/bot says.
type gatewayInfo struct {
	URL    string      `json:"url"`
	Shards int         `json:"shards"` // recommended
	Limit  *startLimit `json:"session_start_limit"`
}

type startLimit struct {
	Total       int   `json:"total"`
	Remaining   int   `json:"remaining"`
	ResetAfter  int64 `json:"reset_after"` // milliseconds
	Concurrency int   `json:"max_concurrency"`
}

// A startKey is shared by the shards that may not begin at the same time.
type startKey struct {
	turn chan struct{} // holds one value while somebody's turn
	last time.Time     // guarded by the turn
}

func newStarts(c *rest.Client, logger *slog.Logger, t Times, kept *store.Store) *starts {
	return &starts{
		client: c,
		logger: logger,
		times:  t,
		kept:   kept,
		asking: make(chan struct{}, 1),
		keys:   map[int]*startKey{},
		last:   map[Shard]time.Time{},
	}
}

// want says which shards are given leave from now on. Others may resume what they have.
func (s *starts) want(set holding) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.wanted = set
}

func (s *starts) wants(shard Shard) (among int, yes bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.wanted), slices.Contains(s.wanted, shard)
}

// ask is what Discord says of its gateway, at most askEvery ago, and what was begun since subtracted.
func (s *starts) ask(ctx context.Context) (gatewayInfo, error) {
	select {
	case s.asking <- struct{}{}:
		defer func() { <-s.asking }()
	case <-ctx.Done():
		return gatewayInfo{}, ctx.Err()
	}
	if info, fresh := s.known(); fresh {
		return info, nil
	}
	limited, cancel := context.WithTimeout(ctx, s.times.Ready)
	defer cancel()
	info, err := rest.Fetch[gatewayInfo](
		limited,
		s.client,
		rest.Request{What: "ask for the gateway", Method: http.MethodGet, Path: "/gateway/bot"},
	)
	if e, ok := errors.AsType[*rest.Error](err); ok && e.Status == http.StatusUnauthorized {
		return gatewayInfo{}, &Fatal{badToken}
	}
	if err != nil {
		return gatewayInfo{}, err
	}
	s.mu.Lock()
	s.info, s.asked = info, time.Now()
	s.mu.Unlock()
	info, _ = s.known()
	return info, nil
}

// known is what Discord said last, as a copy, and whether that still holds.
func (s *starts) known() (info gatewayInfo, fresh bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	info = s.info
	if info.Limit != nil {
		limit := *info.Limit
		info.Limit = &limit
	}
	return info, !s.asked.IsZero() && time.Since(s.asked) < askEvery
}

// forget has Discord asked again: what it said may no longer hold.
func (s *starts) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = time.Time{}
}

// address is where sessions begin; "" while that is not known.
func (s *starts) address() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.info.URL
}

// begin waits until the shard may begin a session. The caller says use when it does, and end in any case.
func (s *starts) begin(ctx context.Context, shard Shard) (*permit, error) {
	s.recall(ctx)
	var info gatewayInfo
	for {
		var err error
		if info, err = s.ask(ctx); err != nil {
			return nil, err
		}
		among, wanted := s.wants(shard)
		if !wanted { // another set of shards takes over
			<-ctx.Done()
			return nil, ctx.Err()
		}
		wait := s.spread(shard, among, info.Limit)
		if wait <= 0 {
			break
		}
		s.logger.Warn(
			"many sessions were started today",
			"shard",
			shard.String(),
			"remaining",
			info.Limit.Remaining,
			"wait",
			wait,
		)
		if err := rest.Sleep(ctx, wait); err != nil {
			return nil, err
		}
	}
	key := s.key(shard, info.Limit)
	select {
	case key.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := rest.Sleep(ctx, time.Until(key.last.Add(s.times.Identify))); err != nil {
		<-key.turn
		return nil, err
	}
	if err := s.turnOfAll(ctx, shard, info.Limit); err != nil {
		<-key.turn
		return nil, err
	}
	return &permit{starts: s, shard: shard, key: key, url: info.URL}, nil
}

// spread is how long a shard should wait so that the starts that are left last for the day: each of the shards may
// begin again as often as the others. While most are left nobody waits.
func (s *starts) spread(shard Shard, among int, l *startLimit) time.Duration {
	if l == nil || l.Remaining > 0 && l.Remaining >= l.Total/2 {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	reset := min(time.Duration(l.ResetAfter)*time.Millisecond, maxStartWait)
	if l.Remaining <= 0 {
		wait := max(time.Until(s.asked.Add(reset)), leastStartWait)
		s.asked = time.Time{} // Discord is asked again then
		return wait
	}
	last, known := s.last[shard]
	if !known && s.kept != nil { // not within a day
		return 0
	}
	if !known {
		last = time.Now()
		s.last[shard] = last
	}
	return time.Until(last.Add(reset / time.Duration(l.Remaining) * time.Duration(among)))
}

// key is the one of the shards that share a turn with this one.
func (s *starts) key(shard Shard, l *startLimit) *startKey {
	concurrency := 1
	if l != nil {
		concurrency = max(l.Concurrency, 1)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	at := shard.ID % concurrency
	if s.keys[at] == nil {
		s.keys[at] = &startKey{turn: make(chan struct{}, 1)}
	}
	return s.keys[at]
}

// recall reads what was kept before, once.
func (s *starts) recall(ctx context.Context) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.read || s.kept == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, keepTimeout)
	defer cancel()
	list, err := s.kept.ShardStarts(ctx)
	if err != nil {
		s.logger.Warn("it cannot be read which sessions were started before", "error", err)
		return
	}
	s.read = true
	for _, one := range list {
		s.last[Shard{one.Shard, one.Count}] = one.At
	}
}

// turnOfAll waits for the turn of this process among all that run on the database, and writes down that the shard
// begins. A database that does not answer keeps nobody waiting.
func (s *starts) turnOfAll(ctx context.Context, shard Shard, l *startLimit) error {
	if s.kept == nil || !s.kept.Joined() {
		s.keep(ctx, shard)
		return nil
	}
	concurrency := 1
	if l != nil {
		concurrency = max(l.Concurrency, 1)
	}
	for {
		limited, cancel := context.WithTimeout(ctx, keepTimeout)
		wait, err := s.kept.TurnToStart(limited, store.ShardStart{Shard: shard.ID, Count: shard.Count, At: time.Now()},
			concurrency, s.times.Identify)
		cancel()
		if err != nil && ctx.Err() == nil {
			s.logger.Warn("it cannot be written down that a session is started", "error", err)
		}
		if err != nil || wait <= 0 {
			return ctx.Err()
		}
		if err := rest.Sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// keep writes down that a shard begins, before it does.
func (s *starts) keep(ctx context.Context, shard Shard) {
	if s.kept == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, keepTimeout)
	defer cancel()
	if err := s.kept.StartShard(ctx, store.ShardStart{Shard: shard.ID, Count: shard.Count, At: time.Now()}); err != nil {
		s.logger.Warn("it cannot be written down that a session is started", "error", err)
	}
}

// A permit is leave to begin one session.
type permit struct {
	starts *starts
	shard  Shard
	key    *startKey
	url    string
	over   sync.Once
}

// use says that the session begins now.
func (s *permit) use() {
	s.over.Do(func() {
		now := time.Now()
		s.key.last = now
		<-s.key.turn
		s.starts.mu.Lock()
		defer s.starts.mu.Unlock()
		s.starts.last[s.shard] = now
		if l := s.starts.info.Limit; l != nil {
			l.Remaining--
		}
	})
}

// end gives the leave back if it was not used. A nil permit gives none.
func (s *permit) end() {
	if s != nil {
		s.over.Do(func() { <-s.key.turn })
	}
}
