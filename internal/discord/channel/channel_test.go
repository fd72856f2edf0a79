package channel

import (
	"log/slog"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/discordtest"
)

// What is posted twice for the same event is there once; what is taken away twice is gone.
func TestOnce(t *testing.T) { synctest.Test(t, testOnce) }
func testOnce(t *testing.T) {
	s := discordtest.NewConfig(t, discordtest.Config{Memory: true})
	defer s.Close()
	client := rest.New(s.URL(), s.Token(), slog.New(slog.DiscardHandler), nil)
	client.Dial = s.Dial
	defer client.CloseIdle()
	w := New(client, func() string { return "" })
	where := string(s.General())
	var ids []string
	for range 2 {
		first, err := w.PostAll(t.Context(), where, "", "77", render.Notice("It is *there*.").Bodies(), 0)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, first.ID)
	}
	if n := len(s.Messages(s.General())); n != 1 || ids[0] != ids[1] {
		t.Errorf("%d messages, as %v", n, ids)
	}
	if err := w.Edit(t.Context(), where, ids[0], render.Body{Content: "another"}); err != nil {
		t.Error(err)
	}
	if m := s.Messages(s.General()); m[0].Content != "another" {
		t.Errorf("%q", m[0].Content)
	}
	for range 2 {
		if err := w.Delete(t.Context(), where, ids[0]); err != nil {
			t.Error(err)
		}
	}
	if n := len(s.Messages(s.General())); n != 0 {
		t.Errorf("%d messages are left", n)
	}
	if w.Limits() == 0 {
		t.Error("no limit is known of a channel that was just used")
	}
}
