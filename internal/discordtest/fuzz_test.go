package discordtest

import (
	"testing"
)

func FuzzParseBody(f *testing.F) {
	f.Add("application/json", []byte(`{"content":"x"}`))
	f.Add("multipart/form-data; boundary=b", []byte("--b\r\nContent-Disposition: form-data; "+
		"name=\"payload_json\"\r\n\r\n{}\r\n--b\r\n"+
		"Content-Disposition: form-data; name=\"files[0]\"; filename=\"a\"\r\n\r\nx\r\n--b--\r\n"))
	f.Add("text/plain", []byte("x"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		got, err := parseBody(kind, body)
		if err == nil && len(got.json) == 0 {
			t.Errorf("no JSON and no error for %q", body)
		}
	})
}

// FuzzHandlers gives any body to every endpoint: each must answer with JSON of a known kind, and none may panic.
func FuzzHandlers(f *testing.F) {
	s, err := Start(unlimited)
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(s.Close)
	for i := range routes() {
		f.Add(i, `{"content":"x","embeds":[{"title":"t","fields":[{}]}],"components":[{"type":9}],"name":"n","type":4,`+
			`"data":{"content":"y"}}`)
		f.Add(i, `[{"name":"a","description":"d","options":[{"type":2,"options":[{"type":1}]}]}]`)
		f.Add(i, `{"type":9,"data":{"title":"t","components":[{"type":18},{"type":1,"components":[{"type":4}]}]}}`)
	}
	it := s.User("Ada").failed(nil)
	f.Fuzz(func(t *testing.T, n int, body string) {
		parsed, err := parseBody("application/json", []byte(body))
		if err != nil || n < 0 || n >= len(routes()) {
			return
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.breaches = nil
		ch := s.world.channels[s.world.order[0]]
		m := s.newMessage(ch, s.world.bot)
		m.Content, m.byBot = "x", true
		s.post(m)
		it = s.world.people[0].start(kindComponent, ch, "", interactionData{}, m)
		rt := routes()[n]
		c := &call{method: rt.method, form: parsed, token: it.token, now: s.cfg.Now(), vars: map[string]ID{
			"app": s.world.app, "channel": ch.ID, "message": m.ID, "interaction": it.id, "guild": s.world.guilds[0].id,
			"user": s.world.app,
		}}
		if out := rt.handle(s, c); out.status < 200 || out.status >= 500 {
			t.Errorf("%s %s: %d for %s", rt.method, rt.pattern, out.status, body)
		}
		s.room(ch)
		delete(s.world.messages, m.ID)
		delete(s.world.interactions, it.id)
		delete(s.world.byToken, it.token)
		ch.messages, ch.uses = nil, nil
	})
}

// FuzzReceive gives any bytes to the gateway.
func FuzzReceive(f *testing.F) {
	s, err := Start(Config{IdentifyGap: -1})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(s.Close)
	f.Add([]byte(`{"op":2,"d":{"token":"` + DefaultToken + `","intents":1,"compress":true}}`))
	f.Add([]byte(`{"op":6,"d":{"token":"` + DefaultToken + `","session_id":"x","seq":-1}}`))
	f.Add([]byte(`{"op":1,"d":null}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		c := &conn{wake: make(chan struct{}, 1), done: make(chan struct{})}
		s.mu.Lock()
		defer s.mu.Unlock()
		s.breaches, s.gateway.starts = nil, nil
		s.receive(c, data)
		s.forget(c)
		s.gateway.sessions = nil
	})
}
