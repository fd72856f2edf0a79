package discord

import (
	"encoding/json"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/discordtest"
)

// A server that cannot be reached still has the bot; one that has removed it does not.
func TestServersThatHaveTheBot(t *testing.T) { synctest.Test(t, testServersThatHaveTheBot) }
func testServersThatHaveTheBot(t *testing.T) {
	s := fake(t, discordtest.Config{})
	r := start(t, s, &smallTable{}, nil)
	first := string(s.Guild())
	second, _ := s.AddGuild("Second House")
	want := func(ids ...string) {
		t.Helper()
		slices.Sort(ids)
		deadline := time.After(patience)
		for {
			got, known := r.Servers()
			if known && slices.Equal(got, ids) {
				return
			}
			select {
			case <-deadline:
				t.Fatalf("%v, %t; want %v", got, known, ids)
			case <-time.After(5 * time.Millisecond):
			}
		}
	}
	tell := func(event, data string) { s.Dispatch(event, json.RawMessage(data)) }
	want(first, string(second))
	tell("GUILD_DELETE", `{"id":"`+first+`","unavailable":true}`) // events come in order: the next shows that it was read
	tell("GUILD_DELETE", `{"id":"`+string(second)+`"}`)
	want(first)
	tell("GUILD_CREATE", `{"id":"`+string(second)+`"}`)
	want(first, string(second))
	if _, known := (&gateway.Fleet{}).Servers(); known {
		t.Error("known before Discord has said anything")
	}
}
