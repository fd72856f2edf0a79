package discordtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestTranscript(t *testing.T) {
	s, k, _ := asked(t, Config{Message: Bucket{Requests: -1}})
	ada, grace := s.User("Ada"), s.Admin()
	path := "/channels/" + string(s.General()) + "/messages"
	question := ada.Mention(s.General(), "Why?\nReally?")
	body := `{"content":"See <@` + string(ada.ID()) + `> in <#` + string(s.Thread()) +
		`>","message_reference":{"message_id":"` + string(question) + `"},
		"embeds":[{"title":"Title","description":"Two\nlines","footer":{"text":"small"}}],` + strings.TrimPrefix(rowOf(
		`{"type":2,"style":1,"label":"¶ 4","custom_id":"p"},{"type":2,"style":5,"label":"Read","url":"https://a.example"}`),
		`{"content":"x",`) + `,` + noMentions + `}`
	s.rest(t, "POST", path, body).want(t, 200, 0)
	gone := s.rest(t, "POST", path, answerBody)
	grace.Delete(gone.ID)
	ada.Edit(question, "Why not?")
	reload := grace.Slash(s.General(), "reload")
	await[interactionWire](k, "INTERACTION_CREATE")
	s.rest(t, "POST", reload.callbackPath(), `{"type":5,"data":{"flags":64}}`).want(t, 204, 0)
	s.rest(t, "POST", "/channels/"+string(s.Thread())+"/messages",
		v2(`{"type":17,"components":[{"type":10,"content":"Text"}]}`)+","+noMentions+"}").want(t, 200, 0)
	ada.DM("Hello")

	const want = `== #general ==
Ada uses /ask question: Why?
Ada: Why not?
Pilcrow to Ada: See @Ada in #questions
  | Title
  | Two
  | lines
  | small
  [¶ 4] [Read -> https://a.example]
Pilcrow: (deleted)
Grace uses /reload
Pilcrow to Grace (only Grace sees this): is thinking…

== #general > questions ==
Pilcrow:
  | Text

== Ada and Pilcrow ==
Ada: Hello
`
	if got := s.Transcript(); got != want {
		t.Errorf("transcript:\n%s\nwant:\n%s", got, want)
	}
}

func TestWaits(t *testing.T) {
	s, _, it := asked(t, Config{})
	if _, err := s.WaitAnswer(it, time.Millisecond); !errors.Is(err, ErrTimeout) ||
		!errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("unanswered: %v", err)
	}
	if err := s.WaitReady(testTimeout); err != nil {
		t.Error(err)
	}
	id := s.User("Ada").Mention(s.General(), "Why?")
	got := make(chan string, 1)
	go func() {
		m, err := s.WaitReply(id, testTimeout)
		got <- fmt.Sprint(m.Content, err)
	}()
	s.rest(t, "POST", "/channels/"+string(s.General())+"/messages",
		`{"content":"So.","message_reference":{"message_id":"`+string(id)+`"},`+noMentions+`}`).want(t, 200, 0)
	if text := <-got; text != "So.<nil>" {
		t.Errorf("reply %s", text)
	}
	if last, ok := s.Channel(s.General()).Last(); !ok || last.Content != "So." {
		t.Errorf("last %+v", last)
	}
	s.Close()
	if err := s.WaitFor(t.Context(), func() bool { return false }); !errors.Is(err, net.ErrClosed) {
		t.Errorf("after Close: %v", err)
	}
}

func TestRequestsAreRecorded(t *testing.T) {
	s := New(t)
	s.rest(t, "POST", "/channels/"+string(s.General())+"/messages", answerBody)
	r := s.Requests()
	if len(r) != 1 || r[0].Status != 200 || r[0].Route != "/channels/{channel}/messages" || r[0].Body != answerBody ||
		r[0].At.IsZero() {
		t.Errorf("requests %+v", r)
	}
}

// recorder is a TB that notes what a real test would have been told.
type recorder struct {
	errors   []string
	cleanups []func()
}

func (r *recorder) Helper() {}
func (r *recorder) Errorf(format string, args ...any) {
	r.errors = append(r.errors, fmt.Sprintf(format, args...))
}
func (r *recorder) Fatalf(format string, args ...any) { r.Errorf(format, args...) }
func (r *recorder) Cleanup(f func())                  { r.cleanups = append(r.cleanups, f) }

func TestBreachesFailTheTest(t *testing.T) {
	for _, forgive := range []bool{false, true} {
		r := &recorder{}
		s := New(r)
		s.rest(t, "GET", "/nothing", "").want(t, 404, 0)
		if forgive {
			s.Forgive(RuleRoute)
		}
		for _, f := range r.cleanups {
			f()
		}
		if told := len(r.errors) == 1 && strings.Contains(r.errors[0], "GET /nothing"); told == forgive {
			t.Errorf("forgiven %t: the test was told %q", forgive, r.errors)
		}
	}
}

func TestNothingIsLeftBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	for range 3 {
		s := New(t)
		k, _ := s.login(t, smallIntents)
		s.dial(t)
		s.User("Ada").Say(s.General(), "x")
		s.Close()
		s.Close()
		for {
			if _, err := k.next(); err != nil {
				break
			}
		}
	}
	deadline := time.Now().Add(testTimeout)
	for runtime.NumGoroutine() > before && time.Now().Before(deadline) {
		runtime.Gosched()
	}
	if now := runtime.NumGoroutine(); now > before {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines, before %d:\n%s", now, before, buf[:runtime.Stack(buf, true)])
	}
}

// On a clock that stands still meanwhile: forty at once take a slow machine longer than an acknowledgement may.
func TestManyAtOnce(t *testing.T) { synctest.Test(t, testManyAtOnce) }
func testManyAtOnce(t *testing.T) {
	cfg := unlimited
	cfg.Memory = true
	s := NewConfig(t, cfg)
	s.rest(t, "PUT", s.commandsPath(), askCommand).want(t, 200, 0)
	k, _ := s.login(t, smallIntents)
	const n = 40
	var all sync.WaitGroup
	for i := range n {
		p := s.User(fmt.Sprint("User ", i))
		all.Go(func() {
			m, err := s.WaitAnswer(p.Slash(s.General(), "ask", Opt("question", p.Name())), testTimeout)
			if err != nil || m.Content != p.Name() {
				t.Errorf("%s got %q, %v", p.Name(), m.Content, err)
			}
		})
	}
	for range n {
		w := await[interactionWire](k, "INTERACTION_CREATE")
		all.Go(func() {
			path := "/webhooks/" + string(s.BotID()) + "/" + w.Token + "/messages/@original"
			if _, err := s.try("POST", "/interactions/"+string(w.ID)+"/"+w.Token+"/callback", "application/json",
				`{"type":5}`); err != nil {
				t.Error(err)
			}
			if _, err := s.try("PATCH", path, "application/json",
				`{"content":`+string(w.Data.Options[0].Value)+`,`+noMentions+`}`); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
