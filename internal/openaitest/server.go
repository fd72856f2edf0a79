// Package openaitest is a model server for tests: it speaks the OpenAI protocol over real HTTP on loopback, keeps its
// limits, and misbehaves when told to.
//
// Without any configuration it works: embeddings are hashed words, so that texts with words in common are near, and
// chat answers with the first sentence of the passage that is nearest to the question and its citation marker, or with
// NOT_COVERED where there is no passage. It does not share code with the client under test: it is an independent
// witness.
//
// Limits are those of https://platform.openai.com/docs/api-reference as of 2026. A request that the real server would
// refuse as malformed is answered with 400 and fails the test as well (a breach), unless the test expects it.
package openaitest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pilcrow/internal/pipenet"
)

// Server is a running server. Its methods may be called while it serves.
type Server struct {
	URL string // what a client is given as base URL: http://127.0.0.1:port/v1
	// Client is what reaches a server that listens in memory; nil for one that listens on a socket.
	Client *http.Client

	http *httptest.Server
	done chan struct{} // closed at the end of the test: whatever hangs or waits lets go

	mu         sync.Mutex
	key        string
	models     []string
	script     func(Request) Reply
	requests   []Request
	breaches   []string
	expected   bool
	inFlight   int
	concurrent int
}

// New starts a server that ends with the test. If it has seen a breach by then, the test fails.
func New(t testing.TB) *Server {
	t.Helper()
	return start(t, nil)
}

// NewMemory is New in this process alone, for a bubble of testing/synctest: its clock stands still while anything
// computes.
func NewMemory(t testing.TB) *Server {
	t.Helper()
	l := pipenet.Listen()
	s := start(t, l)
	s.Client = &http.Client{Transport: &http.Transport{DialContext: l.Dial, DisableKeepAlives: true}}
	return s
}

// start starts a server that listens there; nil is a socket of its own.
func start(t testing.TB, l *pipenet.Listener) *Server {
	t.Helper()
	s := &Server{done: make(chan struct{}), script: func(Request) Reply { return Reply{} }}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /v1/chat/completions", s.handle(s.chat))
	mux.HandleFunc("POST /v1/embeddings", s.handle(s.embeddings))
	mux.HandleFunc("GET /v1/models", s.handle(s.list))
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8") // as Ollama and llama.cpp: no JSON here
		w.WriteHeader(http.StatusNotFound)
		_, _ = fmt.Fprintln(w, "404 page not found")
	})
	if l == nil {
		s.http = httptest.NewServer(mux)
	} else {
		s.http = &httptest.Server{Listener: l, Config: &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}}
		s.http.Start()
	}
	s.URL = s.http.URL + "/v1"
	t.Cleanup(func() {
		close(s.done)
		s.http.Close()
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, breach := range s.breaches {
			if !s.expected {
				t.Errorf("openaitest: a request broke the protocol: %s", breach)
			}
		}
	})
	return s
}

// RequireKey makes the server refuse every request that does not carry the key, with a 401 that repeats what it got.
func (s *Server) RequireKey(key string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.key = key
}

// Offer restricts the server to these models; before, it takes any name.
func (s *Server) Offer(models ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.models = models
}

// Script decides how each request is answered from now on. It may be called by several goroutines at once.
func (s *Server) Script(script func(Request) Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.script = script
}

// Always answers every request from now on in the same way.
func (s *Server) Always(r Reply) { s.Script(func(Request) Reply { return r }) }

// Sequence answers the next requests one by one, and all that follow in the ordinary way.
func (s *Server) Sequence(replies ...Reply) {
	next := make(chan Reply, len(replies))
	for _, r := range replies {
		next <- r
	}
	close(next)
	s.Script(func(Request) Reply { return <-next })
}

// ExpectBreaches keeps breaches from failing the test, for a test that is about them.
func (s *Server) ExpectBreaches() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expected = true
}

// Breaches returns what requests did that the protocol forbids.
func (s *Server) Breaches() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.breaches)
}

// Requests returns what was understood so far, in the order of arrival.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// MaxConcurrent is how many requests were served at the same time at most.
func (s *Server) MaxConcurrent() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.concurrent
}

// handle reads and checks a request, asks the script, and does what is the same for every endpoint.
func (s *Server) handle(answer func(http.ResponseWriter, *http.Request, Request, Reply)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.enter()
		defer s.leave()
		bearer := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		key, models, script := s.settings()
		if key != "" && bearer != key {
			unauthorized(w, bearer)
			return
		}
		request, breach := read(r)
		if breach != "" {
			s.mu.Lock()
			s.breaches = append(s.breaches, r.URL.Path+": "+breach)
			s.mu.Unlock()
			refuse(w, http.StatusBadRequest, "invalid_request_error", "", "", breach)
			return
		}
		request.Key = bearer
		s.mu.Lock()
		s.requests = append(s.requests, request)
		s.mu.Unlock()
		reply := script(request)
		if !s.wait(r, reply.Delay) {
			return
		}
		if models != nil && request.Model != "" && !slices.Contains(models, request.Model) {
			reply.Fault = ModelNotFound
		}
		if s.misbehave(w, r, request, reply) {
			return
		}
		answer(w, r, request, reply)
	}
}

func (s *Server) settings() (key string, models []string, script func(Request) Reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.key, s.models, s.script
}

func (s *Server) enter() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inFlight++
	s.concurrent = max(s.concurrent, s.inFlight)
}

func (s *Server) leave() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.inFlight--
}

// wait reports false if the client or the test went away first.
func (s *Server) wait(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
	case <-s.done:
	}
	return false
}

func (s *Server) list(w http.ResponseWriter, _ *http.Request, _ Request, _ Reply) {
	_, models, _ := s.settings()
	type model struct {
		ID      string `json:"id"`
		Object  string `json:"object"`
		Created int64  `json:"created"`
		OwnedBy string `json:"owned_by"`
	}
	data := []model{}
	for _, id := range models {
		data = append(data, model{ID: id, Object: "model", Created: 1_700_000_000, OwnedBy: "openaitest"})
	}
	respond(w, http.StatusOK, struct {
		Object string  `json:"object"`
		Data   []model `json:"data"`
	}{"list", data})
}

func respond[T any](w http.ResponseWriter, status int, body T) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // the client may have gone
}
