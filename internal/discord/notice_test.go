package discord

import (
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
)

func TestNotify(t *testing.T) { synctest.Test(t, testNotify) }
func testNotify(t *testing.T) {
	s := fake(t, discordtest.Config{})
	r := start(t, s, &smallTable{}, nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	reply := says("Your question is answered now. @everyone")
	lost := s.Fault(discordtest.Match{Method: "POST", Path: "/channels/*/messages"},
		discordtest.Fault{Times: 1, Status: 500, Applied: true}) // it is there, and we are told it is not
	if err := r.Notify(t.Context(), string(ada.ID()), reply); err != nil {
		t.Fatal(err)
	}
	list := s.Messages(ada.Direct())
	if len(list) != 1 || lost.Hits() != 1 || !strings.Contains(list[0].Content, `answered now. \@everyone`) {
		t.Errorf("%+v", list)
	}
	bert.CloseDirect()
	if err := r.Notify(t.Context(), string(bert.ID()), reply); err != nil {
		t.Errorf("who takes no messages: %v", err)
	}
	if err := r.Notify(t.Context(), "1", reply); err != nil {
		t.Errorf("nobody: %v", err)
	}
	s.Fault(discordtest.Match{Method: "POST", Path: "/users/@me/channels"}, discordtest.Fault{Times: 1, Status: 403})
	if err := r.Notify(t.Context(), string(ada.ID()), reply); err == nil {
		t.Error("a failure is not told")
	}
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	if err := r.Notify(t.Context(), string(ada.ID()), reply); err == nil {
		t.Error("it still writes although it was stopped")
	}
}
