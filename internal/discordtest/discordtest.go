// Package discordtest is a Discord on loopback for tests: the REST interface and the gateway over real HTTP and
// WebSocket, with wire types of its own, so that it is an independent witness of what a bot does.
//
// New needs no configuration: there is a guild with a text channel and a thread, people, an application with its bot,
// and a token. The fake enforces Discord's limits as Discord does, with its status codes and error bodies; and
// because a bot may swallow an error, each breach is also kept, and fails the test when it ends. Point the bot at
// URL, drive it as a person would with User, and read what people would see with Messages and Transcript.
//
// A Server may be used by any number of goroutines. All of its own end before Close returns.
package discordtest

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"pilcrow/internal/pipenet"
)

// TB is the part of testing.TB that the fake uses, so that a program without tests may bring its own.
type TB interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
	Cleanup(func())
}

// Bucket is a rate limit: so many requests in each window.
type Bucket struct {
	Requests int
	Per      time.Duration
}

// Config changes what New gives; the zero Config is Discord's own behavior as far as it is known.
type Config struct {
	Memory bool             // listen in this process alone, see Server.Dial
	Addr   string           // where to listen; "" means a free port of 127.0.0.1
	Token  string           // the bot's token; "" means DefaultToken
	Now    func() time.Time // the clock of every rule about time; nil means time.Now

	Message  Bucket // per channel and kind of request: create, edit; zero means 5 in 5 s, negative Requests no limit
	Webhook  Bucket // the same per interaction token, for edits and follow-ups
	Global   int    // requests in one second, interaction endpoints exempt; 0 means 50, negative no limit
	Patience int    // requests sent in spite of a known 429 before that is a breach; 0 means 10, negative none

	GlobalResetAfter bool // also send X-RateLimit-Reset-After with a global 429, which Discord does not document

	Heartbeat      time.Duration // 0 means 41.25 s
	IdentifyGap    time.Duration // the least time between two IDENTIFYs; 0 means 5 s, negative none
	IdentifyPerDay int           // 0 means 1000
	Concurrency    int           // max_concurrency: 0 means 1
	Shards         int           // what /gateway/bot recommends; 0 means as many as the guilds need
	GuildsPerShard int           // above it an IDENTIFY is closed with 4011; 0 means 2500
	Privileged     int           // bits of privileged intents that the application may use
	AllowParse     bool          // let allowed_mentions be absent or parse; otherwise that is a breach
	Spec           *Spec         // if not nil, every call is held against Discord's own description, too
	// WaitAnswer: how long an answer must stay as it is to be final; 0 means 150 ms and as long again as it took to
	// come
	Quiet time.Duration
}

// DefaultToken is the token of a bot that was given none.
const DefaultToken = "discordtest.token.of-no-value"

const (
	defaultHeartbeat   = 41250 * time.Millisecond // what Discord's gateway says in HELLO
	defaultIdentifyGap = 5 * time.Second          // gateway docs: max_concurrency identifies per 5 seconds
	defaultIdentifies  = 1000                     // gateway docs: session starts in 24 hours
	defaultPerShard    = 2500                     // gateway docs: guilds of one shard
	defaultGlobal      = 50                       // rate limit docs: requests per second
	defaultPatience    = 10                       // ours: a 429 may cross requests that are on their way
	defaultQuiet       = 150 * time.Millisecond   // and what a slow machine needs besides
)

// A Server is a running fake. Its zero value is of no use; see New and Start.
type Server struct {
	cfg      Config
	listener net.Listener
	http     *http.Server
	done     chan struct{}  // closed at Close: what delays and waits look at
	handlers sync.WaitGroup // requests and sockets in flight

	mu      sync.Mutex // guards all below
	closed  bool
	changed chan struct{} // closed and replaced at every change that a person or a test could see
	lastID  uint64

	world    world
	gateway  gateway
	limiter  limiter
	faults   []*ActiveFault
	requests []Request
	breaches []Breach
	forgiven map[Rule]bool
	pings    []Ping
}

// New starts a fake for a test and closes it when the test ends; breaches fail the test then.
func New(t TB) *Server {
	t.Helper()
	return NewConfig(t, Config{})
}

// NewConfig is New with a Config.
func NewConfig(t TB, cfg Config) *Server {
	t.Helper()
	s, err := Start(cfg)
	if err != nil {
		t.Fatalf("discordtest: %v", err)
		return nil
	}
	t.Cleanup(func() {
		t.Helper()
		s.Close()
		for _, b := range s.Unforgiven() {
			t.Errorf("discordtest: %s", b)
		}
	})
	return s
}

// Start starts a fake without a test. The caller closes it, and looks at Breaches.
func Start(cfg Config) (*Server, error) {
	cfg.Token = cmp.Or(cfg.Token, DefaultToken)
	cfg.Addr = cmp.Or(cfg.Addr, "127.0.0.1:0")
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	cfg.Global = cmp.Or(cfg.Global, defaultGlobal)
	cfg.Patience = cmp.Or(cfg.Patience, defaultPatience)
	cfg.Message = cmp.Or(cfg.Message, Bucket{Requests: 5, Per: 5 * time.Second})
	cfg.Webhook = cmp.Or(cfg.Webhook, Bucket{Requests: 5, Per: 5 * time.Second})
	cfg.Heartbeat = cmp.Or(cfg.Heartbeat, defaultHeartbeat)
	cfg.IdentifyGap = cmp.Or(cfg.IdentifyGap, defaultIdentifyGap)
	cfg.IdentifyPerDay = cmp.Or(cfg.IdentifyPerDay, defaultIdentifies)
	cfg.Concurrency = cmp.Or(cfg.Concurrency, 1)
	cfg.GuildsPerShard = cmp.Or(cfg.GuildsPerShard, defaultPerShard)

	l, err := listen(cfg)
	if err != nil {
		return nil, fmt.Errorf("listen for the fake Discord: %w", err)
	}
	s := &Server{
		cfg: cfg, listener: l,
		done:     make(chan struct{}),
		changed:  make(chan struct{}),
		forgiven: map[Rule]bool{},
		limiter:  newLimiter(),
	}
	s.world = s.newWorld()
	s.http = &http.Server{Handler: http.HandlerFunc(s.serve), ReadHeaderTimeout: 10 * time.Second}
	s.handlers.Go(func() { _ = s.http.Serve(l) })
	return s, nil
}

func listen(cfg Config) (net.Listener, error) {
	if cfg.Memory {
		return pipenet.Listen(), nil
	}
	return (&net.ListenConfig{}).Listen(context.Background(), "tcp", cfg.Addr)
}

// Close ends all connections and waits for everything that the fake has started. It may be called more than once.
func (s *Server) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.checkUnanswered()
	s.closed = true
	for _, c := range s.gateway.conns {
		c.cut()
	}
	s.notify()
	s.mu.Unlock()
	close(s.done)
	_ = s.http.Close()
	s.handlers.Wait()
}

// URL is where the bot is pointed at: scheme, host and port, without a path.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// GatewayURL is what GET /gateway answers.
func (s *Server) GatewayURL() string { return "ws://" + s.listener.Addr().String() }

// Token is what the bot logs in with.
func (s *Server) Token() string { return s.cfg.Token }

// serve is the whole of the fake: the gateway for WebSockets, REST for the rest.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		panic(http.ErrAbortHandler)
	}
	s.handlers.Add(1)
	s.mu.Unlock()
	defer s.handlers.Done()
	if r.URL.Path == "/" && r.Header.Get("Upgrade") != "" {
		s.serveGateway(w, r)
		return
	}
	if strings.HasPrefix(r.URL.Path, filesPath) {
		s.serveFile(w, r)
		return
	}
	s.serveREST(w, r)
}

// notify wakes all who wait for a change. The caller holds s.mu.
func (s *Server) notify() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// WaitFor calls done, which may use all methods of the server, after each change until it is true.
func (s *Server) WaitFor(ctx context.Context, done func() bool) error {
	for {
		s.mu.Lock()
		changed := s.changed
		s.mu.Unlock()
		if done() {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return ctx.Err()
		case <-s.done:
			return net.ErrClosed
		}
	}
}

const discordEpoch = 1420070400000 // ms: 2015-01-01, where snowflakes begin

// newID is a snowflake of now, greater than all before. The caller holds s.mu (or is Start).
func (s *Server) newID() ID {
	ms := s.cfg.Now().UnixMilli() - discordEpoch
	s.lastID = max(s.lastID+1, uint64(max(ms, 0))<<22)
	return ID(fmt.Sprint(s.lastID))
}

// stamp is a time as Discord writes it.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000000-07:00") }
