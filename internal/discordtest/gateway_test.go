package discordtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// clock is a Now that tests move by hand.
type clock struct{ ch chan time.Time }

func newClock() *clock {
	c := &clock{make(chan time.Time, 1)}
	c.ch <- time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	return c
}

func (c *clock) now() time.Time {
	t := <-c.ch
	c.ch <- t
	return t
}

func (c *clock) add(d time.Duration) {
	t := <-c.ch
	c.ch <- t.Add(d)
}

// breached wants breaches of exactly these rules, in order, and forgives them.
func (s *Server) breached(t *testing.T, rules ...Rule) {
	t.Helper()
	var got []Rule
	for _, b := range s.Breaches() {
		got = append(got, b.Rule)
	}
	if fmt.Sprint(got) != fmt.Sprint(rules) {
		t.Errorf("breaches %v, want of %v", s.Breaches(), rules)
	}
	s.Forgive(rules...)
}

func TestGatewayCloseCodes(t *testing.T) {
	identify := func(token string, intents string) string {
		return fmt.Sprintf(`{"op":2,"d":{"token":%q,"intents":%s,"properties":{}}}`, token, intents)
	}
	good := identify(DefaultToken, "1")
	beats := strings.Split(strings.Repeat(`{"op":1,"d":null}|`, maxSends)+`{"op":1,"d":null}`, "|")
	for name, c := range map[string]struct {
		send []string
		code int
		rule Rule
	}{
		"bad token":          {[]string{identify("wrong", "1")}, CloseBadToken, ""},
		"no intents":         {[]string{identify(DefaultToken, "null")}, CloseBadIntents, RuleGateway},
		"unknown intents":    {[]string{identify(DefaultToken, "1073741824")}, CloseBadIntents, RuleGateway},
		"privileged intents": {[]string{identify(DefaultToken, "32768")}, CloseDisallowed, ""},
		"twice":              {[]string{good, good}, CloseIdentified, RuleGateway},
		"too early":          {[]string{`{"op":3,"d":{}}`}, CloseNotIdentified, RuleGateway},
		"unknown op":         {[]string{good, `{"op":99,"d":{}}`}, CloseUnknownOp, RuleGateway},
		"not JSON":           {[]string{"{"}, CloseDecode, RuleGateway},
		"too large":          {[]string{`{"op":1,"d":"` + strings.Repeat("x", maxPayload) + `"}`}, CloseDecode, RuleGateway},
		"too many":           {beats, CloseRateLimited, RuleGateway},
	} {
		t.Run(name, func(t *testing.T) {
			s := New(t)
			k := s.dial(t)
			k.op(opHello)
			for _, text := range c.send {
				if err := k.ws.WriteMessage(websocket.TextMessage, []byte(text)); err != nil {
					t.Fatal(err)
				}
			}
			if code := k.closed(); code != c.code {
				t.Errorf("closed with %d, want %d", code, c.code)
			}
			if c.rule == "" {
				s.breached(t)
			} else {
				s.breached(t, c.rule)
			}
		})
	}
}

func TestSendsAreCountedInAWindow(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now})
	k := s.dial(t)
	k.op(opHello)
	for range 3 {
		for range maxSends {
			k.send(opHeartbeat, "null")
			k.op(opAck)
		}
		tick.add(sendWindow + time.Millisecond)
	}
}

func TestMissedHeartbeats(t *testing.T) {
	s := NewConfig(t, Config{Heartbeat: 20 * time.Millisecond})
	k := s.dial(t)
	if code := k.closed(); code != CloseTimedOut {
		t.Errorf("closed with %d", code)
	}
}

func TestResumeReplays(t *testing.T) {
	s := New(t)
	k, r := s.login(t, smallIntents)
	await[guildWire](k, "GUILD_CREATE")
	seen := k.last
	s.Drop()
	if _, err := k.next(); err == nil {
		t.Fatal("still connected")
	}
	s.User("Ada").Mention(s.General(), "one")
	s.User("Ada").Mention(s.General(), "two")

	k = s.dial(t)
	k.op(opHello)
	k.send(opResume, fmt.Sprintf(`{"token":%q,"session_id":%q,"seq":%d}`, s.Token(), r.SessionID, seen))
	for i, want := range []string{"one", "two"} {
		var m Message
		p, err := k.next()
		if err != nil || json.Unmarshal(p.D, &m) != nil || !strings.HasSuffix(m.Content, want) || k.last != seen+int64(i)+1 {
			t.Errorf("replayed %q as %d, want %q after %d", m.Content, k.last, want, seen)
		}
	}
	await[json.RawMessage](k, "RESUMED")
	if s.Resumes() != 1 || s.Identifies() != 1 || s.Opened() != 2 || s.Connections() != 1 {
		t.Errorf("resumes %d, identifies %d, opened %d, open %d", s.Resumes(), s.Identifies(), s.Opened(), s.Connections())
	}
}

func TestResumeTakesTheSessionFromAnotherConnection(t *testing.T) {
	s := New(t)
	old, r := s.login(t, smallIntents)
	k := s.dial(t)
	k.op(opHello)
	k.send(opResume, fmt.Sprintf(`{"token":%q,"session_id":%q,"seq":1}`, s.Token(), r.SessionID))
	await[guildWire](k, "GUILD_CREATE")
	await[json.RawMessage](k, "RESUMED")
	for {
		if _, err := old.next(); err != nil {
			break
		}
	}
	s.User("Ada").DM("Hello")
	if m := await[Message](k, "MESSAGE_CREATE"); m.Content != "Hello" {
		t.Errorf("message %+v", m)
	}
}

func TestReplayHasAnEnd(t *testing.T) {
	s := New(t)
	_, r := s.login(t, 0)
	s.Drop()
	for range maxReplay + 1 {
		s.Dispatch("X", json.RawMessage("1"))
	}
	k := s.dial(t)
	k.op(opHello)
	k.send(opResume, fmt.Sprintf(`{"token":%q,"session_id":%q,"seq":1}`, s.Token(), r.SessionID))
	k.op(opInvalid)
}

func TestResumeRefused(t *testing.T) {
	for name, c := range map[string]struct {
		before func(*Server, *socket)
		seq    int
		op     int
		code   int
	}{
		"unknown session": {func(s *Server, k *socket) { s.ForgetSessions() }, 1, opInvalid, 0},
		"closed normally": {func(s *Server, k *socket) {
			_ = k.ws.WriteMessage(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""))
			k.closed()
		}, 1, opInvalid, 0},
		"sequence ahead":     {func(s *Server, k *socket) { s.Drop() }, 99, 0, CloseBadSequence},
		"told to start anew": {func(s *Server, k *socket) { s.CloseWith(CloseTimedOut); k.closed() }, 1, opInvalid, 0},
		"invalidated":        {func(s *Server, k *socket) { s.Op9(false); k.op(opInvalid) }, 1, opInvalid, 0},
	} {
		t.Run(name, func(t *testing.T) {
			s := New(t)
			k, r := s.login(t, 0)
			c.before(s, k)
			if err := s.WaitFor(within(t), func() bool { return !s.Online() }); err != nil {
				t.Fatal(err)
			}
			k = s.dial(t)
			k.op(opHello)
			k.send(opResume, fmt.Sprintf(`{"token":%q,"session_id":%q,"seq":%d}`, s.Token(), r.SessionID, c.seq))
			if c.code != 0 {
				if code := k.closed(); code != c.code {
					t.Errorf("closed with %d", code)
				}
				return
			}
			if p := k.op(c.op); string(p.D) != "false" {
				t.Errorf("op 9 with %s", p.D)
			}
		})
	}
}

func TestIdentifyLimits(t *testing.T) {
	tick := newClock()
	s := NewConfig(t, Config{Now: tick.now, IdentifyPerDay: 2})
	s.login(t, 0)
	again := func() *socket {
		k := s.dial(t)
		k.op(opHello)
		k.send(opIdentify, fmt.Sprintf(`{"token":%q,"intents":0}`, s.Token()))
		return k
	}
	if p := again().op(opInvalid); string(p.D) != "false" {
		t.Errorf("op 9 with %s", p.D)
	}
	var bot struct {
		Limit struct {
			Total, Remaining int
			MaxConcurrency   int `json:"max_concurrency"`
		} `json:"session_start_limit"`
	}
	a := s.rest(t, "GET", "/gateway/bot", "")
	if err := json.Unmarshal([]byte(a.text), &bot); err != nil || bot.Limit.Total != 2 || bot.Limit.Remaining != 0 ||
		bot.Limit.MaxConcurrency != 1 {
		t.Errorf("gateway/bot: %s, %v", a.text, err)
	}
	tick.add(time.Hour)
	if code := again().closed(); code != CloseBadToken {
		t.Errorf("closed with %d", code)
	}
	s.breached(t, RuleGateway)
	tick.add(24 * time.Hour)
	await[readyEvent](again(), "READY")
}

func TestHeartbeatsAndRequests(t *testing.T) {
	s := New(t)
	k, _ := s.login(t, 0)
	k.send(opHeartbeat, "1")
	k.op(opAck)
	s.Op1()
	k.op(opHeartbeat)
	s.Op7()
	k.op(opReconnect)
	s.Dispatch("SOMETHING_NEW", json.RawMessage(`{"x":1}`))
	await[json.RawMessage](k, "SOMETHING_NEW")
	s.CloseWith(4000)
	if code := k.closed(); code != 4000 {
		t.Errorf("closed with %d", code)
	}
}

func TestMutedHeartbeats(t *testing.T) {
	s := New(t)
	k, _ := s.login(t, 0)
	s.MuteACKs(true)
	k.send(opHeartbeat, "1")
	k.send(99, "null") // ends the connection behind the heartbeat
	for {
		p, err := k.next()
		if err != nil {
			break
		}
		if p.Op == opAck {
			t.Error("acknowledged")
		}
	}
	s.breached(t, RuleGateway)
}

func TestOpeningGoesWrong(t *testing.T) {
	s := NewConfig(t, Config{IdentifyGap: -1})
	login := fmt.Sprintf(`{"token":%q,"intents":0}`, s.Token())
	s.CloseNext(CloseDisallowed)
	if code := s.dial(t).closed(); code != CloseDisallowed {
		t.Errorf("closed with %d", code)
	}
	s.Op7BeforeReady(1)
	s.dial(t).op(opReconnect)
	s.Op9Next(1)
	k := s.dial(t)
	k.send(opIdentify, login)
	k.op(opInvalid)
	k.send(opIdentify, login)
	await[readyEvent](k, "READY")
	s.RefuseReady(true)
	k = s.dial(t)
	k.send(opIdentify, login)
	k.send(opHeartbeat, "null")
	k.op(opHello)
	if p, err := k.next(); err != nil || p.Op != opAck {
		t.Errorf("READY was not refused: %+v, %v", p, err)
	}
}

func TestContentNeedsAnIntentOrAReason(t *testing.T) {
	s := NewConfig(t, Config{Privileged: IntentMessageContent, IdentifyGap: -1})
	plain, _ := s.login(t, smallIntents)
	full, _ := s.login(t, smallIntents|IntentMessageContent)
	none, _ := s.login(t, intentGuilds|intentMessages)
	ada := s.User("Ada")
	s.rest(t, "POST", "/channels/"+string(s.General())+"/messages", `{"content":"from the bot",`+noMentions+`}`)
	first := await[Message](plain, "MESSAGE_CREATE")
	if first.Content != "from the bot" {
		t.Errorf("own message is %q", first.Content)
	}
	steps := []struct {
		name string
		say  func() ID
		read bool
	}{
		{"plain", func() ID { return ada.Say(s.General(), "x") }, false},
		{"mention", func() ID { return ada.Mention(s.General(), "x") }, true},
		{"reply", func() ID { return ada.Reply(first.ID, "x") }, true},
		{"silent reply", func() ID {
			return ada.Post(Draft{Channel: s.General(), Text: "x", ReplyTo: first.ID,
				Silent: true})
		}, false},
		{"thread", func() ID { return ada.Say(s.Thread(), "x") }, false},
		{"direct", func() ID { return ada.DM("x") }, true},
	}
	await[Message](full, "MESSAGE_CREATE")
	await[Message](none, "MESSAGE_CREATE")
	for _, c := range steps {
		id := c.say()
		m, f := await[Message](plain, "MESSAGE_CREATE"), await[Message](full, "MESSAGE_CREATE")
		if m.ID != id || (m.Content != "") != c.read || f.Content == "" {
			t.Errorf("%s: the bot reads %q, with the intent %q", c.name, m.Content, f.Content)
		}
		if m.Reference != nil && (m.Referenced == nil || m.Referenced.Content != first.Content) {
			t.Errorf("%s: referenced %+v", c.name, m.Referenced)
		}
		if c.name != "direct" {
			await[Message](none, "MESSAGE_CREATE")
		}
	}
	s.AddChannel(s.Guild(), "later")
	if p, err := none.next(); err != nil || *p.T != "CHANNEL_CREATE" {
		t.Errorf("without DIRECT_MESSAGES the bot gets %+v, %v", p, err)
	}
}

func TestUnseenMessagesGiveNoEvents(t *testing.T) {
	s, k, it := asked(t, Config{})
	hidden := s.AddChannel(s.Guild(), "hidden")
	s.Hide(hidden)
	s.User("Ada").Mention(hidden, "invisible")
	s.rest(t, "POST", it.callbackPath(), `{"type":4,"data":{"content":"private","flags":64,`+noMentions+`}}`).want(t, 204,
		0)
	s.rest(t, "PATCH", s.hook(it, "/messages/@original"), answerBody).want(t, 200, 0)
	s.User("Ada").Mention(s.General(), "seen")
	await[Channel](k, "CHANNEL_CREATE")
	if p, err := k.next(); err != nil || !strings.Contains(string(p.D), " seen") {
		t.Errorf("the bot gets %s, %v", p.D, err)
	}
}

func TestTextFramesWithoutCompression(t *testing.T) {
	s := New(t)
	for _, compress := range []bool{false, true} {
		k := s.dial(t)
		k.op(opHello)
		k.send(opIdentify, fmt.Sprintf(`{"token":%q,"intents":0,"compress":%t}`, s.Token(), compress))
		kind, _, err := k.ws.ReadMessage()
		if want := frameType(compress); err != nil || kind != want {
			t.Errorf("compress %t: frame type %d, want %d, %v", compress, kind, want, err)
		}
		s.mu.Lock()
		s.gateway.starts = nil
		s.mu.Unlock()
	}
}
