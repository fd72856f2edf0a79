package channel

import (
	"log/slog"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/discordtest"
)

// The bot takes part where it opened the thread or has written: that is read once, and a thread without it is looked at
// again only after a while.
func TestTookPart(t *testing.T) { synctest.Test(t, testTookPart) }
func testTookPart(t *testing.T) {
	time.Sleep(time.Until(time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC))) // Discord's ids begin in 2015, a bubble in 2000
	s := discordtest.NewConfig(t, discordtest.Config{Memory: true})
	defer s.Close()
	client := rest.New(s.URL(), s.Token(), slog.New(slog.DiscardHandler), nil)
	client.Dial = s.Dial
	defer client.CloseIdle()
	me := string(s.BotID())
	w := New(client, func() string { return me })
	thread := s.User("Ada").OpenThread(s.General(), "mills")
	ps, where := NewParties(w), string(thread)
	took := func(r Room, want bool) {
		t.Helper()
		if got, err := ps.TookPart(t.Context(), where, r); err != nil || got != want {
			t.Errorf("%t, %v; want %t", got, err, want)
		}
	}
	s.User("Ada").Say(thread, "hello")
	took(Room{Owner: "1"}, false)
	if err := w.Post(t.Context(), where, "", "77", render.Notice("An answer.")); err != nil {
		t.Fatal(err)
	}
	took(Room{Owner: "1"}, false) // it is not read again at once
	took(Room{Owner: me}, true)
	time.Sleep(strangerFor)
	took(Room{Owner: "1"}, true)
	asked := len(s.Requests())
	time.Sleep(strangerFor)
	took(Room{Owner: "1"}, true)
	ps.Store(where, false)
	time.Sleep(strangerFor)
	took(Room{Owner: me}, true)
	if n := len(s.Requests()); n != asked {
		t.Errorf("%d requests for what was known", n-asked)
	}
}

// Who just got an answer is told once how to go on, and nobody else.
func TestHint(t *testing.T) { synctest.Test(t, testHint) }
func testHint(t *testing.T) {
	ps := NewParties(nil)
	hint := func(where, who string, want bool) {
		t.Helper()
		if got := ps.Hint(where, who); got != want {
			t.Errorf("%s in %s: %t, want %t", who, where, got, want)
		}
	}
	hint("1", "Ada", false)
	ps.Answered("1", "Ada")
	hint("1", "Bert", false)
	hint("1", "Ada", true)
	hint("1", "Ada", false)
	ps.Answered("2", "Ada")
	time.Sleep(hintWithin + time.Second)
	hint("2", "Ada", false)
}

func TestPartiesStayFew(t *testing.T) {
	ps := NewParties(nil)
	for n := range 3 * maxParties {
		ps.Answered(strconv.Itoa(n), "Ada")
	}
	if len(ps.byID) > maxParties {
		t.Errorf("%d threads", len(ps.byID))
	}
}
