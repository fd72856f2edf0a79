package discordtest

import (
	"slices"
	"time"
)

const (
	maxRequests = 100_000 // ours: requests kept in the record
	maxRecorded = 1 << 16 // ours: bytes of each body kept
)

// A Request is one REST call as the fake got it.
type Request struct {
	At     time.Time
	Method string
	Path   string // without /api/v9
	Route  string // the pattern of its endpoint, "" for an unknown one
	Body   string // the first 64 KiB
	Status int    // 0 while it is not answered, and for ever if it was cut
}

// Requests are the calls so far, in the order in which they came.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.requests)
}

// record keeps a call, and gives its place in the record, or -1. The caller holds s.mu.
func (s *Server) record(c *call, pattern string, body []byte) int {
	if len(s.requests) >= maxRequests {
		return -1
	}
	body = body[:min(len(body), maxRecorded)]
	s.requests = append(s.requests, Request{At: c.now, Method: c.method, Path: c.path, Route: pattern, Body: string(body)})
	return len(s.requests) - 1
}

// answered notes the status of a recorded call.
func (s *Server) answered(entry, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if entry >= 0 {
		s.requests[entry].Status = status
		s.notify()
	}
}
