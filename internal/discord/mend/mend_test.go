package mend

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"pilcrow/internal/discord/callback"
	"pilcrow/internal/discord/channel"
	"pilcrow/internal/discord/gateway"
	"pilcrow/internal/discord/journal"
	"pilcrow/internal/discord/render"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// bubbleBegins is when the clock of a bubble begins: its own begins in 2000, and ids of Discord's in 2015.
var bubbleBegins = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// A remnant is what a program left that was killed: messages in Discord, and a journal.
type remnant struct {
	t       *testing.T
	s       *discordtest.Server
	client  *rest.Client
	writer  *channel.Writer
	kept    *store.Store
	journal *journal.Journal
	log     *strings.Builder
}

const token = discordtest.DefaultToken

// leave is a remnant in which nothing is open. The test runs in a bubble of testing/synctest.
func leave(t *testing.T) *remnant {
	t.Helper()
	time.Sleep(time.Until(bubbleBegins))
	r := &remnant{t: t, log: &strings.Builder{}}
	r.s = discordtest.NewConfig(t, discordtest.Config{Memory: true, IdentifyGap: -1})
	logger := slog.New(slog.NewTextHandler(r.log, nil))
	r.client = rest.New(r.s.URL(), token, logger, nil)
	r.client.Dial = r.s.Dial
	t.Cleanup(r.client.CloseIdle)
	r.writer = channel.New(r.client, r.me)
	dir := t.TempDir()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := kept.Close(); err != nil {
			t.Error(err)
		}
	})
	r.kept = kept
	r.journal = r.sealed(token)
	return r
}

func (r *remnant) me() string { return string(r.s.BotID()) }

// sealed is a journal on the remnant's store with a bot's token.
func (r *remnant) sealed(token string) *journal.Journal {
	r.t.Helper()
	j, err := journal.New(r.kept, token, slog.New(slog.DiscardHandler))
	if err != nil {
		r.t.Fatal(err)
	}
	return j
}

// end ends a question of a state and an age, and wants it forgotten by the journal.
func (r *remnant) end(by *journal.Journal, s journal.State, age time.Duration) {
	r.t.Helper()
	ctx := r.t.Context()
	sealed, err := by.Encode(s)
	if err == nil {
		_, err = r.kept.OpenQuestion(ctx, time.Now().Add(-age), sealed, store.Arrival{})
	}
	open, failed := r.kept.OpenQuestions(ctx)
	if err != nil || failed != nil || len(open) != 1 {
		r.t.Fatal(err, failed, open)
	}
	New(r.client, r.writer, r.journal, slog.New(slog.NewTextHandler(r.log, nil)), r.me).End(ctx, open)
	if open, err := r.kept.OpenQuestions(ctx); err != nil || len(open) != 0 {
		r.t.Errorf("%d questions are open, %v", len(open), err)
	}
}

// say posts messages as the bot's answer to a message.
func (r *remnant) say(to discordtest.ID, texts ...string) (first string) {
	r.t.Helper()
	var bodies []render.Body
	for _, text := range texts {
		bodies = append(bodies, render.Body{Content: text})
	}
	made, err := r.writer.PostAll(r.t.Context(), string(r.s.General()), string(to), string(to), bodies, 0)
	if err != nil {
		r.t.Fatal(err)
	}
	return made.ID
}

// ours are the texts of the bot that stand in the channel.
func (r *remnant) ours() []string {
	var out []string
	for _, m := range r.s.Messages(r.s.General()) {
		if m.Author.Bot && !m.Deleted {
			out = append(out, m.Content)
		}
	}
	return out
}

// What stands under a message that was being answered becomes the ending, an answer that had arrived stays as it is,
// and nobody is told what they do not wait for. Who mends after a mender that was cut off says nothing more.
func TestMessages(t *testing.T) {
	const stage, answer = "Found something.", "It was raining."
	for name, test := range map[string]struct {
		stands []string
		shown  bool // the journal names the first of what stands
		state  journal.State
		undone bool // the message that asks was deleted
		age    time.Duration
		want   []string
	}{
		"nothing": {want: []string{restartedText}},
		"in German": {state: journal.State{Locale: "de"},
			want: []string{"Ich wurde mittendrin neu gestartet. Bitte frag noch einmal."}},
		"stage":          {stands: []string{stage}, shown: true, want: []string{restartedText}},
		"unnoted stage":  {stands: []string{stage}, want: []string{restartedText}},
		"answer, unsent": {stands: []string{stage}, state: sending(1, answer), want: []string{restartedText}},
		"answer":         {stands: []string{answer}, state: sending(1, answer), want: []string{answer}},
		"noted answer":   {stands: []string{answer}, shown: true, state: sending(1, answer), want: []string{answer}},
		"half an answer": {stands: []string{answer, "b"}, state: sending(3, answer),
			want: []string{answer, "b", "-# " + missingText}},
		"whole answer":   {stands: []string{answer, "b"}, state: sending(2, answer), want: []string{answer, "b"}},
		"withdrawn":      {undone: true},
		"stage, undone":  {stands: []string{stage}, undone: true},
		"overheard":      {state: journal.State{Overheard: true}},
		"stage, unasked": {stands: []string{stage}, state: journal.State{Overheard: true}},
		"answer, unasked": {stands: []string{answer}, state: journal.State{Overheard: true, Ending: journal.Checksum(answer)},
			want: []string{answer}},
		"almost a day": {age: messageLimit - time.Minute, want: []string{restartedText}},
		"a day":        {age: messageLimit},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := leave(t)
				ada := r.s.User("Ada")
				asked := ada.Mention(r.s.General(), "why?")
				s := test.state
				s.Channel, s.Message = string(r.s.General()), string(asked)
				if len(test.stands) > 0 {
					if first := r.say(asked, test.stands...); test.shown {
						s.Shown = first
					}
				}
				if test.undone {
					ada.Delete(asked)
				}
				for range 2 {
					r.end(r.journal, s, test.age)
					if diff := cmp.Diff(test.want, r.ours()); diff != "" {
						t.Error(diff)
					}
				}
				for _, m := range r.s.Messages(r.s.General()) {
					if m.Author.Bot && !test.undone && m.Reference == nil {
						t.Errorf("%q replies to nothing", m.Content)
					}
				}
			})
		})
	}
}

// sending is the state of a question whose answer is about to be sent in so many messages.
func sending(parts int, first string) journal.State {
	return journal.State{Ending: journal.Checksum(first), Parts: parts}
}

// A question of another bot, and one that says not where it was asked, is forgotten. Discord being away is waited for.
func TestForgottenOrWaitedFor(t *testing.T) { synctest.Test(t, testForgottenOrWaitedFor) }
func testForgottenOrWaitedFor(t *testing.T) {
	r := leave(t)
	asked := r.s.User("Ada").Mention(r.s.General(), "why?")
	s := journal.State{Channel: string(r.s.General()), Message: string(asked)}
	r.end(r.sealed("another token"), s, 0)
	r.end(r.journal, journal.State{}, 0)
	r.end(r.journal, journal.State{Channel: "99", Message: "98"}, 0)
	if said := r.ours(); len(said) != 0 {
		t.Errorf("%q", said)
	}
	began := time.Now()
	r.s.Fault(discordtest.Match{Method: http.MethodGet, Path: "/channels/**"},
		discordtest.Fault{Status: http.StatusServiceUnavailable, Times: 25})
	r.end(r.journal, s, 0)
	if said := r.ours(); !slices.Equal(said, []string{restartedText}) {
		t.Errorf("%q", said)
	}
	if took := time.Since(began); took < again {
		t.Errorf("it was ended in %v, while Discord was away", took)
	}
	if n := strings.Count(r.log.String(), "questions that were cut off are ended"); n != 1 {
		t.Errorf("%d notes in %s", n, r.log)
	}
}

// What an interaction shows becomes the ending, by its token alone, for as long as that lives.
func TestInteractions(t *testing.T) {
	const answer = "It was raining."
	at := func(b render.Body) callback.Response {
		data, err := b.JSON()
		if err != nil {
			t.Fatal(err)
		}
		return callback.Response{Type: 4, Data: data} // a message
	}
	shows := at(render.Body{Content: answer})
	for name, test := range map[string]struct {
		first callback.Response
		state journal.State
		age   time.Duration
		want  []string
	}{
		"loading":        {first: callback.Deferred(false), want: []string{restartedText}},
		"loading, alone": {first: callback.Deferred(true), want: []string{restartedText}},
		"too late":       {first: callback.Deferred(false), age: callback.Life, want: []string{""}},
		"stage":          {first: shows, want: []string{restartedText}},
		"answer":         {first: shows, state: sending(1, answer), want: []string{answer}},
		"half an answer": {first: shows, state: sending(2, answer), want: []string{answer, "-# " + missingText}},
		"page": {first: shows, state: journal.State{Turns: true, Was: journal.Checksum(answer)},
			want: []string{answer, restartedText}},
		"stage on a page": {first: shows, state: journal.State{Turns: true, Was: journal.Checksum("a page")},
			want: []string{restartedText}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := leave(t)
				it := r.asked(t, test.first)
				s := test.state
				s.Application, s.Token = r.me(), it.Token()
				r.end(r.journal, s, test.age)
				if diff := cmp.Diff(test.want, r.ours()); diff != "" {
					t.Error(diff)
				}
				r.s.Forgive(discordtest.RuleInteraction)
				s.Token = "unknown"
				r.end(r.journal, s, 0)
				if n := len(r.ours()); n != len(test.want) {
					t.Errorf("%d messages, want %d", n, len(test.want))
				}
			})
		})
	}
}

// asked is a command that somebody called, with its first response.
func (r *remnant) asked(t *testing.T, first callback.Response) *discordtest.Interaction {
	t.Helper()
	fleet := gateway.New(gateway.Config{Client: r.client, Logger: slog.New(slog.DiscardHandler)})
	fleet.Times.FirstWait, fleet.Times.Identify = 20*time.Millisecond, 0
	ctx, stop := context.WithCancel(t.Context())
	ended, came := make(chan error, 1), make(chan string, 1)
	go func() {
		ended <- fleet.Run(ctx, func(_ gateway.Shard, e gateway.Event) {
			var it struct{ ID string }
			if e.Type == "INTERACTION_CREATE" && json.Unmarshal(e.Data, &it) == nil {
				came <- it.ID
			}
		})
	}()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	if err := r.s.WaitReady(time.Minute); err != nil {
		t.Fatal(err)
	}
	if _, err := r.client.Do(ctx, rest.Request{What: "register", Method: http.MethodPut,
		Path: "/applications/" + r.me() + "/commands",
		Data: []byte(`[{"type": 1, "name": "ask", "description": "asks"}]`)}); err != nil {
		t.Fatal(err)
	}
	it := r.s.User("Ada").Slash(r.s.General(), "ask")
	if err := it.Err(); err != nil {
		t.Fatal(err)
	}
	at := callback.New(r.client, r.me(), <-came, it.Token(), time.Now())
	if err := at.Respond(ctx, time.Minute, first); err != nil {
		t.Fatal(err)
	}
	return it
}
