package delivery

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/event"
	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/lang"
)

// bubbleBegins is when the clock of a bubble begins: its own begins in 2000, and ids of Discord's in 2015.
var bubbleBegins = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// An office is a courier with a Discord, and what somebody asked there.
type office struct {
	*Courier
	t    *testing.T
	s    *discordtest.Server
	ada  *discordtest.Person
	came chan event.Interaction
}

// opened is an office that is connected. The test runs in a bubble of testing/synctest.
func opened(t *testing.T) *office {
	t.Helper()
	time.Sleep(time.Until(bubbleBegins))
	s := discordtest.NewConfig(t, discordtest.Config{Memory: true, IdentifyGap: -1})
	logger := slog.New(slog.DiscardHandler)
	client := rest.New(s.URL(), s.Token(), logger, nil)
	client.Dial = s.Dial
	t.Cleanup(client.CloseIdle)
	fleet := gateway.New(gateway.Config{Client: client, Logger: logger})
	fleet.Times.FirstWait, fleet.Times.Identify = 20*time.Millisecond, 0
	me := func() string { return string(s.BotID()) }
	w := channel.New(client, me)
	o := &office{t: t, s: s, ada: s.User("Ada"), came: make(chan event.Interaction, 1)}
	o.Courier = New(Config{Client: client, Writer: w, Rooms: channel.NewRooms(w), Parties: channel.NewParties(w), Me: me,
		Public: func(err error, _ lang.Printer) (text, ref string) {
			r, _ := errors.AsType[*commands.Referred](err)
			return "It failed (ref " + r.Ref + ").", r.Ref
		}})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		ended <- fleet.Run(ctx, func(_ gateway.Shard, e gateway.Event) {
			var it event.Interaction
			if e.Type == "INTERACTION_CREATE" && json.Unmarshal(e.Data, &it) == nil {
				o.came <- it
			}
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	if err := s.WaitReady(time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Do(ctx, rest.Request{What: "register", Method: http.MethodPut,
		Path: "/applications/" + me() + "/commands",
		Data: []byte(`[{"type": 1, "name": "ask", "description": "asks"}]`)}); err != nil {
		t.Fatal(err)
	}
	return o
}

// asked is what is known of a question at a place.
func (o *office) asked(at Place) Asked {
	return Asked{Place: at, Event: "77", Ref: "7f3a00", Who: string(o.ada.ID()), Server: string(o.s.Guild()),
		Channel: string(o.s.General())}
}

// mentioned is a message of Ada's that asks, and its place.
func (o *office) mentioned(thread string) (discordtest.ID, *Message) {
	id := o.ada.Mention(o.s.General(), "why?")
	return id, o.Message(event.Message{ID: string(id), ChannelID: string(o.s.General()),
		Author: event.Author{User: event.User{ID: string(o.ada.ID())}}}, thread)
}

// called is a command of Ada's, and its place.
func (o *office) called() (*discordtest.Interaction, *Interaction) {
	o.t.Helper()
	it := o.ada.Slash(o.s.General(), "ask")
	if err := it.Err(); err != nil {
		o.t.Fatal(err)
	}
	e := <-o.came
	return it, o.Interaction(e, callback.New(o.client, string(o.s.BotID()), e.ID, e.Token, time.Now()))
}

// ours are the texts of the bot that stand somewhere.
func (o *office) ours(where discordtest.ID) []string {
	var out []string
	for _, m := range o.s.Messages(where) {
		if m.Author.Bot && !m.Deleted {
			out = append(out, m.Content)
		}
	}
	return out
}

func (o *office) want(where discordtest.ID, want ...string) {
	o.t.Helper()
	if diff := cmp.Diff(want, o.ours(where)); diff != "" {
		o.t.Error(diff)
	}
}
