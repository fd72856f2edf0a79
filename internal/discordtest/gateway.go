package discordtest

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// Gateway operations.
const (
	opDispatch   = 0
	opHeartbeat  = 1
	opIdentify   = 2
	opPresence   = 3
	opVoice      = 4
	opResume     = 6
	opReconnect  = 7
	opMembers    = 8
	opInvalid    = 9
	opHello      = 10
	opAck        = 11
	opSoundboard = 31
)

// Gateway close codes that the fake uses.
const (
	CloseUnknownOp     = 4001
	CloseDecode        = 4002
	CloseNotIdentified = 4003
	CloseBadToken      = 4004
	CloseIdentified    = 4005
	CloseBadSequence   = 4007
	CloseRateLimited   = 4008
	CloseTimedOut      = 4009
	CloseBadShard      = 4010
	CloseTooFewShards  = 4011
	CloseBadVersion    = 4012
	CloseBadIntents    = 4013
	CloseDisallowed    = 4014
)

const (
	maxPayload = 4096             // bytes; gateway docs: larger ones close with 4002
	maxRead    = 1 << 20          // bytes, ours: what is larger is not even looked at
	maxSends   = 120              // gateway docs: events a connection may send …
	sendWindow = 60 * time.Second // … in this time
	linger     = 2 * time.Second  // ours: how long a closed peer may take to say goodbye
	writeWait  = 10 * time.Second // ours: a peer that does not read is cut off
)

// A payload is one gateway message.
type payload struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  *int64          `json:"s"`
	T  *string         `json:"t"`
}

// gateway is the state of all connections. Guarded by Server.mu.
type gateway struct {
	conns    []*conn
	sessions []*session

	connections, identifies, resumes int
	starts                           []time.Time // identifies of the last day
	turns                            map[int]time.Time
	shards                           map[shard]*shardCount
	closing                          map[shard][]int // codes for the next IDENTIFYs

	muteAcks    bool
	refuse      bool // hold READY back
	early7      int  // connections that get op 7 right after HELLO
	op9s        int  // identifies that get op 9
	closeOnOpen []int
}

// conn is one WebSocket.
type conn struct {
	ws       *websocket.Conn
	session  *session // nil before READY or RESUMED
	compress bool
	opened   time.Time
	sends    []time.Time // within sendWindow

	mu     sync.Mutex
	queue  []frame
	closed bool
	wake   chan struct{} // holds one token when there is something in queue
	done   chan struct{} // closed when the writer has ended
}

// frame is what the writer writes: a payload, or a close.
type frame struct {
	data    []byte
	binary  bool
	code    int // not 0: close with this code
	reason  string
	written func() // after it has left; nil for nothing
}

// serveGateway is a connection from upgrade to end. It is the reader; the writer ends before it returns.
func (s *Server) serveGateway(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	ws, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &conn{ws: ws, wake: make(chan struct{}, 1), done: make(chan struct{}), opened: s.cfg.Now()}
	ws.SetReadLimit(maxRead)
	go c.write() // waited for below
	defer func() {
		c.cut()
		<-c.done
	}()

	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.gateway.conns = append(s.gateway.conns, c)
	s.gateway.connections++
	s.greet(c, r)
	s.notify()
	s.mu.Unlock()

	s.read(c)

	s.mu.Lock()
	s.forget(c)
	s.notify()
	s.mu.Unlock()
}

// greet says HELLO, or what the test has asked for instead. The caller holds s.mu.
func (s *Server) greet(c *conn, r *http.Request) {
	q := r.URL.Query()
	if v := q.Get("v"); v != "9" && v != "10" {
		c.shut(CloseBadVersion, "Invalid API version.")
		return
	}
	if z := q.Get("compress"); z != "" {
		s.protocolError(c, CloseDecode, "transport compression", z, "none: the fake compresses payloads")
		return
	}
	if len(s.gateway.closeOnOpen) > 0 {
		code := s.gateway.closeOnOpen[0]
		s.gateway.closeOnOpen = s.gateway.closeOnOpen[1:]
		c.shut(code, "")
		return
	}
	c.send(payload{Op: opHello, D: encode(struct {
		Interval int64    `json:"heartbeat_interval"`
		Trace    []string `json:"_trace"`
	}{s.cfg.Heartbeat.Milliseconds(), []string{"discordtest"}})}, nil)
	if s.gateway.early7 > 0 {
		s.gateway.early7--
		c.send(payload{Op: opReconnect}, nil)
	}
}

// read takes messages until the connection ends. A peer that misses two heartbeats is closed with 4009.
func (s *Server) read(c *conn) {
	_ = c.ws.SetReadDeadline(time.Now().Add(2 * s.cfg.Heartbeat))
	for {
		_, data, err := c.ws.ReadMessage()
		if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
			s.mu.Lock()
			if c.session != nil && (closed.Code == websocket.CloseNormalClosure || closed.Code == websocket.CloseGoingAway) {
				s.end(c.session)
			}
			s.mu.Unlock()
			return
		}
		if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() && !c.isClosed() {
			c.shut(CloseTimedOut, "Session timed out.")
			<-c.done
			return
		}
		if err != nil {
			return
		}
		s.mu.Lock()
		beat := s.receive(c, data)
		s.mu.Unlock()
		if beat {
			_ = c.ws.SetReadDeadline(time.Now().Add(2 * s.cfg.Heartbeat))
		}
	}
}

// receive handles one message, and tells whether it was a heartbeat. The caller holds s.mu.
func (s *Server) receive(c *conn, data []byte) bool {
	if c.isClosed() {
		return false
	}
	now := s.cfg.Now()
	if len(data) > maxPayload {
		s.protocolError(c, CloseDecode, "payload", fmt.Sprint(len(data), " bytes"), fmt.Sprint(maxPayload, " bytes"))
		return false
	}
	c.sends = append(keepSince(c.sends, now.Add(-sendWindow)), now)
	if len(c.sends) > maxSends {
		s.protocolError(c, CloseRateLimited, "messages sent in 60 s", fmt.Sprint(len(c.sends)), fmt.Sprint(maxSends))
		return false
	}
	var p payload
	if err := json.Unmarshal(data, &p); err != nil {
		s.protocolError(c, CloseDecode, "payload", err.Error(), "JSON")
		return false
	}
	switch {
	case p.Op == opHeartbeat:
		if !s.gateway.muteAcks {
			c.send(payload{Op: opAck}, nil)
		}
		return true
	case p.Op == opIdentify && c.session != nil:
		s.protocolError(c, CloseIdentified, "IDENTIFY", "the second one", "one in a connection")
	case p.Op == opIdentify:
		s.identify(c, p.D)
	case p.Op == opResume && c.session != nil:
		s.protocolError(c, CloseIdentified, "RESUME", "in a session", "before one")
	case p.Op == opResume:
		s.resume(c, p.D)
	case p.Op == opPresence || p.Op == opVoice || p.Op == opMembers || p.Op == opSoundboard:
		if c.session == nil {
			s.protocolError(c, CloseNotIdentified, fmt.Sprint("op ", p.Op), "before IDENTIFY", "after it")
		}
	default:
		s.protocolError(c, CloseUnknownOp, "op", fmt.Sprint(p.Op), "one that a client may send")
	}
	return false
}

// protocolError records a breach and closes the connection. The caller holds s.mu.
func (s *Server) protocolError(c *conn, code int, what, value, limit string) {
	s.breach(Breach{Rule: RuleGateway, Where: "gateway", What: what, Value: value, Limit: limit})
	c.shut(code, what)
}

// send queues a payload. It never blocks: a peer that does not read is cut off by the writer's deadline.
func (c *conn) send(p payload, written func()) {
	data := []byte(encode(p))
	f := frame{data: data, written: written}
	if c.compress {
		var b bytes.Buffer
		z := zlib.NewWriter(&b)
		_, _ = z.Write(data)
		_ = z.Close()
		f.data, f.binary = b.Bytes(), true
	}
	c.enqueue(f)
}

// shut queues a close frame behind what is already queued.
func (c *conn) shut(code int, reason string) { c.enqueue(frame{code: code, reason: reason}) }

func (c *conn) enqueue(f frame) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.queue = append(c.queue, f)
	if f.code != 0 {
		c.closed = true
	}
	c.signal()
}

func (c *conn) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

func (c *conn) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

// cut ends the connection without a word. It may be called more than once.
func (c *conn) cut() {
	c.mu.Lock()
	c.closed = true
	c.queue = nil
	c.mu.Unlock()
	_ = c.ws.NetConn().Close()
	c.signal()
}

// write is the writer: it ends with the connection.
func (c *conn) write() {
	defer close(c.done)
	for range c.wake {
		c.mu.Lock()
		queue, closed := c.queue, c.closed
		c.queue = nil
		c.mu.Unlock()
		for _, f := range queue {
			_ = c.ws.SetWriteDeadline(time.Now().Add(writeWait))
			switch {
			case f.code != 0:
				_ = c.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(f.code, f.reason))
				_ = c.ws.SetReadDeadline(time.Now().Add(linger))
			case c.ws.WriteMessage(frameType(f.binary), f.data) != nil:
				_ = c.ws.NetConn().Close()
			case f.written != nil:
				f.written()
			}
		}
		if closed {
			return
		}
	}
}

func frameType(binary bool) int {
	if binary {
		return websocket.BinaryMessage
	}
	return websocket.TextMessage
}

// keepSince drops the times before t; times are in order.
func keepSince(times []time.Time, t time.Time) []time.Time {
	for len(times) > 0 && times[0].Before(t) {
		times = times[1:]
	}
	return times
}
