package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"

	"pilcrow/internal/discord/rest"
)

// The gateway's operations. https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
const (
	opDispatch  = 0
	opHeartbeat = 1
	opIdentify  = 2
	opResume    = 6
	opReconnect = 7
	opInvalid   = 9
	opHello     = 10
	opACK       = 11
)

const (
	maxFrame     = 16 << 20 // bytes, ours: far above the description of the largest server
	closeResume  = 4000     // any code but 1000 and 1001 keeps the session for RESUME
	closeNormal  = websocket.CloseNormalClosure
	minHeartbeat = 10 * time.Millisecond // ours: less is a mistake of the server's
	maxHeartbeat = 10 * time.Minute
)

// A payload is one message of the gateway's.
type payload struct {
	Op int             `json:"op"`
	D  json.RawMessage `json:"d"`
	S  *int64          `json:"s,omitempty"`
	T  string          `json:"t,omitempty"`

	retold bool // another process may have been told, too
}

// A session is what is needed to resume after a broken connection; the zero session begins a new one.
type session struct {
	id  string
	url string // where Discord wants it to be resumed
	seq int64
}

type ready struct {
	SessionID string `json:"session_id"`
	ResumeURL string `json:"resume_gateway_url"`
	User      struct {
		ID string `json:"id"`
	} `json:"user"`
	Application struct {
		ID string `json:"id"`
	} `json:"application"`
	Guilds []roster `json:"guilds"` // all that have the bot, also those that cannot be reached just now
}

// A socket is one connection to the gateway. One goroutine reads frames; the one that calls run does the rest.
type socket struct {
	ws       *websocket.Conn
	token    string
	times    Times
	session  *session
	handle   func(event payload) // must not block; gets READY first
	up       bool                // READY or RESUMED has come …
	since    time.Time           // … at that time
	interval time.Duration
	intents  discordgo.Intent
	shard    Shard
	begun    *permit             // leave to begin a session; nil where one is resumed
	heard    func(time.Duration) // how long a heartbeat took there and back
	beaten   time.Time           // the last heartbeat that was not acknowledged; zero for none
}

// dial opens the connection; the address has been checked.
func (g *gateway) dial(ctx context.Context, address string) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, g.times.Ready)
	defer cancel()
	dialer := websocket.Dialer{HandshakeTimeout: g.times.Ready, Proxy: http.ProxyFromEnvironment,
		NetDialContext: g.client.Dial}
	ws, resp, err := dialer.DialContext(ctx, address, nil)
	if resp != nil {
		defer resp.Body.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("connect to the gateway: %w", rest.WithoutURL(err))
	}
	ws.SetReadLimit(maxFrame)
	return ws, nil
}

type frameRead struct {
	payload payload
	err     error
}

// run speaks with the gateway until the connection ends, and says why. When ctx ends it says goodbye for good, unless
// another process is to go on with the session, and returns the context's error. The reader has ended when it returns.
func (s *socket) run(ctx context.Context) error {
	frames := make(chan frameRead)
	gone := make(chan struct{})
	finished := make(chan struct{})
	go func() { // ends with the connection; run waits for it
		defer close(finished)
		s.read(frames, gone)
	}()
	code := closeResume
	defer func() {
		deadline := time.Now().Add(s.times.Write)
		_ = s.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), deadline)
		_ = s.ws.Close()
		close(gone)
		<-finished
	}()

	beat, ack := time.NewTimer(time.Hour), time.NewTimer(s.times.Ready)
	defer beat.Stop()
	defer ack.Stop()
	late := time.NewTimer(s.times.Ready)
	defer late.Stop()
	for {
		select {
		case <-ctx.Done():
			if !errors.Is(context.Cause(ctx), ErrHandOver) {
				code = closeNormal
			}
			return ctx.Err()
		case <-late.C:
			if !s.up {
				return &closed{reason: "the gateway did not become ready in time"}
			}
		case <-ack.C:
			return &closed{reason: "the gateway stopped acknowledging heartbeats"}
		case <-beat.C:
			if err := s.heartbeat(); err != nil {
				return err
			}
			beat.Reset(s.interval)
		case f := <-frames:
			if f.err != nil {
				return f.err
			}
			err := s.receive(f.payload)
			if err != nil {
				return err
			}
			switch f.payload.Op {
			case opHello:
				beat.Reset(time.Duration(rand.Float64() * float64(s.interval))) // a herd of bots must not beat as one
				ack.Reset(s.patience() + s.interval)
			case opACK:
				ack.Reset(s.patience())
				s.acknowledged()
			}
		}
	}
}

// patience is how long an acknowledgement may be missing. After the first missing one a connection may only be slow;
// the second beat has been sent for a quarter of an interval when it is over.
func (s *socket) patience() time.Duration {
	if s.interval == 0 {
		return s.times.Ready
	}
	return s.interval*2 + s.interval/4
}

// read passes frames on until the connection ends or nobody takes them.
func (s *socket) read(frames chan<- frameRead, gone <-chan struct{}) {
	for {
		var f frameRead
		kind, data, err := s.ws.ReadMessage()
		switch code, isClose := errors.AsType[*websocket.CloseError](err); {
		case isClose:
			f.err = judge(code.Code)
		case err != nil:
			f.err = &closed{reason: "the connection to the gateway broke"}
		case kind != websocket.TextMessage:
			f.err = &closed{reason: "the gateway sent what was not asked for", lost: true}
		default:
			if err := json.Unmarshal(data, &f.payload); err != nil {
				f.err = &closed{reason: "the gateway sent what is not JSON"}
			}
		}
		select {
		case frames <- f:
		case <-gone:
			return
		}
		if f.err != nil {
			return
		}
	}
}

// receive handles one message; an error ends the connection.
func (s *socket) receive(p payload) error {
	switch p.Op {
	case opHello:
		return s.hello(p)
	case opHeartbeat:
		return s.heartbeat()
	case opReconnect:
		return &closed{reason: "the gateway asked to reconnect", at: true}
	case opInvalid:
		resumable := string(p.D) == "true"
		return &closed{reason: "the gateway refused the session", lost: !resumable, slow: true}
	case opDispatch:
		return s.dispatch(p)
	}
	return nil
}

func (s *socket) hello(p payload) error {
	var hello struct {
		Interval int64 `json:"heartbeat_interval"` // milliseconds
	}
	err := json.Unmarshal(p.D, &hello)
	s.interval = time.Duration(hello.Interval) * time.Millisecond
	if err != nil || s.interval < minHeartbeat || s.interval > maxHeartbeat {
		return &closed{reason: "the gateway's greeting cannot be understood"}
	}
	if s.session.id != "" {
		return send(s, opResume, struct {
			Token     string `json:"token"`
			SessionID string `json:"session_id"`
			Seq       int64  `json:"seq"`
		}{s.token, s.session.id, s.session.seq})
	}
	s.begun.use()
	type properties struct {
		OS      string `json:"os"`
		Browser string `json:"browser"`
		Device  string `json:"device"`
	}
	return send(s, opIdentify, struct {
		Token      string           `json:"token"`
		Properties properties       `json:"properties"`
		Intents    discordgo.Intent `json:"intents"`
		Shard      [2]int           `json:"shard"`
	}{s.token, properties{"linux", "pilcrow", "pilcrow"}, s.intents, [2]int{s.shard.ID, s.shard.Count}})
}

func (s *socket) dispatch(p payload) error {
	if p.S != nil {
		s.session.seq = *p.S
	}
	switch p.T {
	case "READY":
		var r ready
		if err := json.Unmarshal(p.D, &r); err != nil || r.SessionID == "" || r.User.ID == "" {
			return &closed{reason: "the gateway's READY cannot be understood", lost: true}
		}
		s.session.id, s.session.url = r.SessionID, r.ResumeURL
		s.up, s.since = true, time.Now()
	case "RESUMED":
		s.up, s.since = true, time.Now()
	}
	s.handle(p)
	return nil
}

func (s *socket) heartbeat() error {
	if s.beaten.IsZero() {
		s.beaten = time.Now()
	}
	if s.session.seq == 0 {
		return send[*int64](s, opHeartbeat, nil)
	}
	return send(s, opHeartbeat, &s.session.seq)
}

func (s *socket) acknowledged() {
	if !s.beaten.IsZero() {
		s.heard(time.Since(s.beaten))
		s.beaten = time.Time{}
	}
}

// send writes one message.
func send[T any](s *socket, op int, d T) error {
	raw, err := json.Marshal(d)
	if err != nil {
		return fmt.Errorf("write to the gateway: %w", err)
	}
	_ = s.ws.SetWriteDeadline(time.Now().Add(s.times.Write))
	if err := s.ws.WriteJSON(payload{Op: op, D: raw}); err != nil {
		return &closed{reason: "the connection to the gateway broke"}
	}
	return nil
}
