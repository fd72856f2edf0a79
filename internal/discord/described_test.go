package discord

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"pilcrow/internal/commands"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/discordtest"
)

// described is a fake that holds every call against Discord's own description of its interface.
func described(t *testing.T) *discordtest.Server {
	t.Helper()
	shared := os.Getenv("PILCROW_SHARED")
	if shared == "" {
		t.Skip("PILCROW_SHARED is not set")
	}
	spec, err := discordtest.LoadSpec(filepath.Join(shared, "discord", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	free := discordtest.Bucket{Requests: -1}
	return fake(t, discordtest.Config{Spec: spec, Message: free, Webhook: free})
}

// All that the bot sends is as Discord describes it.
func TestAsDescribed(t *testing.T) { synctest.Test(t, testAsDescribed) }
func testAsDescribed(t *testing.T) {
	s := described(t)
	r := start(t, s, &officeTable{}, nil)
	ada, grace := s.User("Ada"), s.Admin()
	ask := func(text string, more ...discordtest.Option) *discordtest.Interaction {
		return ada.Slash(s.General(), "ask", append(more, discordtest.Opt("question", text))...)
	}
	m := wantAnswer(t, s, ask("why?"), "why?")
	wantAnswer(t, s, ada.Click(m.ID, "¶16"), "The words of")
	wantAnswer(t, s, ask("long"), "long road")
	wantAnswer(t, s, ask("endless"), "long road")
	wantAnswer(t, s, ask("fail"), "Something went wrong")
	wantReply(t, s, ada.Mention(s.Thread(), "why?"), "why?")
	wantReply(t, s, ada.Reply(m.ID, "and then?"), "and then?")
	wantReply(t, s, ada.DM("endless"), "long road")
	wantAnswer(t, s, grace.Slash(s.General(), "documents add",
		discordtest.OptFile("file", discordtest.File{Name: "a.md", Data: []byte("a")})), "holds 1 bytes")
	if _, err := grace.Autocomplete(t.Context(), s.General(), "documents replace", "document", "m"); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	m = wantAnswer(t, s, ask("vote"), "An answer.")
	click := ada.Click(m.ID, "👎")
	if _, err := click.WaitModal(ctx); err != nil {
		t.Fatal(err)
	}
	wantAnswer(t, s, ada.SubmitModal(click, discordtest.Opt("reason", "other")), "reason other")
	m = wantAnswer(t, s, ask("all fields"), "An answer.")
	click = ada.Click(m.ID, "Fill in")
	if _, err := click.WaitModal(ctx); err != nil {
		t.Fatal(err)
	}
	wantAnswer(t, s, ada.SubmitModal(click, discordtest.Opt("place", string(s.General()))), "every field")
	if err := r.Notify(t.Context(), string(ada.ID()), says("It is answered.")); err != nil {
		t.Error(err)
	}
}

// A tardy table thinks about what is long, so that the question is acknowledged before it is answered.
type tardy struct{ *stagedTable }

func (t tardy) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	if in.Args[questionParam] == "long" {
		if err := rest.Sleep(ctx, 300*time.Millisecond); err != nil {
			return commands.Reply{}, err
		}
	}
	return t.stagedTable.Run(ctx, name, in)
}

// Every endpoint that the bot uses is used here, and as Discord describes it: stages, what is read of a conversation,
// what is taken back.
func TestEveryEndpointAsDescribed(t *testing.T) { synctest.Test(t, testEveryEndpointAsDescribed) }
func testEveryEndpointAsDescribed(t *testing.T) {
	s := described(t)
	table := &stagedTable{steps: make(chan string)}
	r := start(t, s, tardy{table}, func(ts *times) { briefly(ts); ts.delivery.Typing, ts.delivery.Instant = 20*time.Millisecond, 0 })
	ada := s.User("Ada")
	withdrawn := ada.DM("a secret?")
	stage := table.step(t, s, ada.Direct(), "Found ¶9.", "Found ¶9.")
	ada.Delete(withdrawn)
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.WaitFor(ctx, func() bool { m, _ := s.Message(stage.ID); return m.Deleted }); err != nil {
		t.Fatal(err)
	}
	ada.Mention(s.General(), "why?")
	table.step(t, s, s.General(), "Found ¶4.", "Found ¶4.")
	table.step(t, s, s.General(), "It was raining.", "It was raining.")
	close(table.steps)
	if _, err := s.WaitMessage(s.General(), patience,
		func(m discordtest.Message) bool { return strings.Contains(m.Content, "You asked: why?") }); err != nil {
		t.Fatal(err)
	}
	r.forgetRooms() // as if the gateway had not told
	wantReply(t, s, ada.Mention(s.Thread(), "and in 1990?"), "and in 1990?")
	answer := wantReply(t, s, ada.Mention(s.General(), "long"), "long road")
	wantReply(t, s, ada.Reply(answer.ID, "and in 1991?"), "and in 1991?")
	wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "long")), "long road")
	if err := r.NotifyMember(t.Context(), string(s.Guild()), string(ada.ID()), says("It is answered.")); err != nil {
		t.Error(err)
	}
	if err := r.stopped(t); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{}
	for _, req := range s.Requests() {
		used[req.Method+" "+req.Route] = true
	}
	for _, endpoint := range []string{"GET /gateway/bot", "GET /applications/{app}/commands",
		"PUT /applications/{app}/commands",
		"POST /interactions/{interaction}/{token}/callback", "PATCH /webhooks/{app}/{token}/messages/{message}",
		"POST /webhooks/{app}/{token}", "GET /channels/{channel}", "GET /channels/{channel}/messages",
		"GET /channels/{channel}/messages/{message}", "POST /channels/{channel}/messages",
		"PATCH /channels/{channel}/messages/{message}",
		"DELETE /channels/{channel}/messages/{message}", "POST /channels/{channel}/typing", "POST /users/@me/channels",
		"GET /guilds/{guild}/members/{user}"} {
		if !used[endpoint] {
			t.Errorf("not used: %s", endpoint)
		}
		delete(used, endpoint)
	}
	if len(used) > 0 {
		t.Errorf("used besides: %v", used)
	}
}

func TestTheRealTableAsDescribed(t *testing.T) { synctest.Test(t, testTheRealTableAsDescribed) }
func testTheRealTableAsDescribed(t *testing.T) {
	s := described(t)
	start(t, s, realTable(t), nil)
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "When was the mill at Orley built?"),
		discordtest.Opt("private", "true")), "1742")
	ada.Click(m.ID, shareLabel)
	eventually(t, "nothing was shared", func() bool { n, _ := public(s, "Shared by Ada"); return n == 1 })
	help := wantAnswer(t, s, ada.Slash(s.General(), "help"), "/ask")
	wantAnswer(t, s, ada.Click(help.ID, "All commands"), "/privacy")
	list := wantAnswer(t, s, ada.Slash(s.General(), "documents list"), "The mill at Orley")
	wantAnswer(t, s, ada.Click(list.ID, "Details"), "Digest of the text")
	claim := s.User("Bert").Say(s.General(), "The mill at Orley was built in 1801.")
	wantAnswer(t, s, ada.MessageMenu("Check with Pilcrow", claim), "Contradicted")
}
