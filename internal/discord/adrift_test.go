package discord

import (
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/discordtest"
	"pilcrow/internal/library"
)

// Where a channel is tied to some documents, a thread of which nobody knows the channel is not answered from others;
// and where none is, it is answered as ever.
func TestThreadOfAnUnknownChannel(t *testing.T) { synctest.Test(t, testThreadOfAnUnknownChannel) }
func testThreadOfAnUnknownChannel(t *testing.T) {
	free := discordtest.Bucket{Requests: -1}
	s := fake(t, discordtest.Config{Message: free, Webhook: free})
	table, books := libraryTable(t)
	r := start(t, s, table, nil)
	ada, guild := s.User("Ada"), string(s.Guild())
	const question = "Who built the mill at Orley?"
	broken := func() *discordtest.ActiveFault {
		r.forgetRooms() // as if the gateway had not told
		return s.Fault(discordtest.Match{Method: http.MethodGet, Path: "/channels/*"},
			discordtest.Fault{Status: http.StatusInternalServerError, Times: 1})
	}
	broken()
	wantReply(t, s, ada.Mention(s.Thread(), question), "Hask")

	by := library.Who{ID: "1", Name: "Grace"}
	other := s.AddChannel(s.Guild(), "other")
	if err := books.SetScope(t.Context(), guild, string(other), []string{"mill"}, by); err != nil {
		t.Fatal(err)
	}
	if f := broken(); true {
		m := wantReply(t, s, ada.Mention(s.Thread(), question), "Please try again in a minute")
		if strings.Contains(m.Content, "Hask") || strings.Contains(m.Content, "Orley was") || f.Hits() != 1 {
			t.Errorf("%q", m.Content)
		}
	}
	wantReply(t, s, ada.Mention(s.Thread(), question), "Hask") // the next try finds out
	if err := books.SetScope(t.Context(), guild, string(s.Thread()), []string{"mill"}, by); err != nil {
		t.Fatal(err)
	}
	broken()
	wantReply(t, s, ada.Mention(s.Thread(), question), "Hask") // what the thread itself is tied to is known
}
