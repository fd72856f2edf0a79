package discordtest

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

const testTimeout = time.Minute

// answer is what a REST call brought.
type answer struct {
	status int
	header http.Header
	text   string
	Code   int             `json:"code"`
	ID     ID              `json:"id"`
	Global bool            `json:"global"`
	Flags  int             `json:"flags"`
	Errors json.RawMessage `json:"errors"`
}

// call makes a REST call as the bot would.
func (s *Server) rest(t *testing.T, method, path, body string) answer {
	t.Helper()
	a, err := s.try(method, path, "application/json", body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}
	return a
}

func (s *Server) try(method, path, kind, body string) (answer, error) {
	r, err := http.NewRequest(method, s.URL()+"/api/v9"+path, strings.NewReader(body))
	if err != nil {
		return answer{}, err
	}
	r.Header.Set("Authorization", "Bot "+s.Token())
	r.Header.Set("Content-Type", kind)
	wire := http.Client{Transport: &http.Transport{DialContext: s.Dial, DisableKeepAlives: true}}
	res, err := wire.Do(r)
	if err != nil {
		return answer{}, err
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	a := answer{status: res.StatusCode, header: res.Header, text: string(data)}
	_ = json.Unmarshal(data, &a)
	return a, err
}

func (a answer) want(t *testing.T, status, code int) answer {
	t.Helper()
	if a.status != status || a.Code != code {
		t.Fatalf("status %d, code %d, want %d, %d: %s", a.status, a.Code, status, code, a.text)
	}
	return a
}

// socket is a hand-written gateway client.
type socket struct {
	t    *testing.T
	ws   *websocket.Conn
	last int64
}

func (s *Server) dial(t *testing.T) *socket {
	t.Helper()
	dialer := websocket.Dialer{NetDialContext: s.Dial, HandshakeTimeout: testTimeout}
	ws, _, err := dialer.Dial(s.GatewayURL()+"/?v=9&encoding=json", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.Close() })
	return &socket{t: t, ws: ws}
}

func (k *socket) send(op int, d string) {
	k.t.Helper()
	if err := k.ws.WriteMessage(websocket.TextMessage, fmt.Appendf(nil, `{"op":%d,"d":%s}`, op, d)); err != nil {
		k.t.Fatal(err)
	}
}

// next reads one payload, compressed or not.
func (k *socket) next() (payload, error) {
	_ = k.ws.SetReadDeadline(time.Now().Add(testTimeout))
	kind, data, err := k.ws.ReadMessage()
	if err != nil {
		return payload{}, err
	}
	if kind == websocket.BinaryMessage {
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return payload{}, err
		}
		if data, err = io.ReadAll(z); err != nil {
			return payload{}, err
		}
	}
	var p payload
	err = json.Unmarshal(data, &p)
	if p.S != nil {
		k.last = *p.S
	}
	return p, err
}

// op reads until an operation.
func (k *socket) op(op int) payload {
	k.t.Helper()
	for {
		p, err := k.next()
		if err != nil {
			k.t.Fatalf("waiting for op %d: %v", op, err)
		}
		if p.Op == op {
			return p
		}
	}
}

// await reads until an event of that name, and decodes its data into v.
func await[T any](k *socket, name string) T {
	k.t.Helper()
	for {
		p, err := k.next()
		if err != nil {
			k.t.Fatalf("waiting for %s: %v", name, err)
		}
		if p.T != nil && *p.T == name {
			var v T
			if err := json.Unmarshal(p.D, &v); err != nil {
				k.t.Fatal(err)
			}
			return v
		}
	}
}

// closed reads until the connection is closed, and gives the code.
func (k *socket) closed() int {
	k.t.Helper()
	for {
		_, err := k.next()
		if closed, ok := errors.AsType[*websocket.CloseError](err); ok {
			return closed.Code
		}
		if err != nil {
			k.t.Fatalf("closed without a code: %v", err)
		}
	}
}

type readyEvent struct {
	SessionID string `json:"session_id"`
	User      User   `json:"user"`
}

const smallIntents = intentGuilds | intentMessages | intentDirect

// ready is a connection that has identified.
func (s *Server) login(t *testing.T, intents int) (*socket, readyEvent) {
	t.Helper()
	k := s.dial(t)
	k.op(opHello)
	k.send(opIdentify, fmt.Sprintf(`{"token":%q,"intents":%d,"compress":true,"properties":{}}`, s.Token(), intents))
	return k, await[readyEvent](k, "READY")
}

const noMentions = `"allowed_mentions":{"parse":[]}`

const askCommand = `[{"name":"ask","description":"Ask the documents","options":[
	{"type":3,"name":"question","description":"What to ask","required":true,"max_length":300},
	{"type":3,"name":"document","description":"Which one","autocomplete":true},
	{"type":5,"name":"private","description":"For you alone"}]},
	{"name":"reload","description":"Read again","default_member_permissions":"32"},
	{"name":"Check this","type":3}]`

func (s *Server) commandsPath() string { return "/applications/" + string(s.BotID()) + "/commands" }

func (s *Server) hook(it *Interaction, rest string) string {
	return "/webhooks/" + string(s.BotID()) + "/" + it.token + rest
}

func (it *Interaction) callbackPath() string {
	return "/interactions/" + string(it.id) + "/" + it.token + "/callback"
}

func within(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), testTimeout)
	t.Cleanup(cancel)
	return ctx
}

func TestSlashDeferEditFollowUp(t *testing.T) {
	s := New(t)
	k, r := s.login(t, smallIntents)
	if r.User.ID != s.BotID() {
		t.Fatalf("READY for %s", r.User.ID)
	}
	s.rest(t, "PUT", s.commandsPath(), askCommand).want(t, 200, 0)

	it := s.User("Ada").Slash(s.General(), "ask", Opt("question", "Why?"), Opt("private", "true"))
	w := await[interactionWire](k, "INTERACTION_CREATE")
	if w.Data.Name != "ask" || string(w.Data.Options[1].Value) != "true" || w.Member.Permissions == "" ||
		w.Token != it.token {
		t.Fatalf("interaction %+v", w)
	}
	s.rest(t, "POST", it.callbackPath(), `{"type":5,"data":{"flags":64}}`).want(t, 204, 0)
	if m := it.Messages()[0]; !m.Loading() || !m.Ephemeral() || m.For != s.User("Ada").ID() {
		t.Fatalf("deferred: %+v", m)
	}
	s.rest(t, "PATCH", s.hook(it, "/messages/@original"), `{"content":"Because.",`+noMentions+`}`).want(t, 200, 0)
	m, err := s.WaitAnswer(it, testTimeout)
	if err != nil || m.Content != "Because." || m.Loading() {
		t.Fatalf("answer %+v, %v", m, err)
	}
	s.rest(t, "POST", s.hook(it, ""), `{"content":"More.",`+noMentions+`}`).want(t, 200, 0)
	if got := it.Messages(); len(got) != 2 || got[1].Content != "More." || got[1].Ephemeral() {
		t.Fatalf("messages %+v", got)
	}
	want := "== #general ==\nAda uses /ask question: Why? private: true\n" +
		"Pilcrow to Ada (only Ada sees this): Because.\nPilcrow to Ada: More.\n"
	if got := s.Transcript(); got != want {
		t.Errorf("transcript:\n%swant:\n%s", got, want)
	}
}
