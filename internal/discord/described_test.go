package discord

import (
	"context"
	"os"
	"path/filepath"
	"testing"

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
	return discordtest.NewConfig(t, discordtest.Config{Spec: spec, Message: free, Webhook: free})
}

// All that the bot sends is as Discord describes it.
func TestAsDescribed(t *testing.T) {
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
	wantAnswer(t, s, grace.Slash(s.General(), "documents add", discordtest.OptFile("file", discordtest.File{Name: "a.md", Data: []byte("a")})), "holds 1 bytes")
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
	if err := r.Notify(t.Context(), string(ada.ID()), text("It is answered.")); err != nil {
		t.Error(err)
	}
}

func TestTheRealTableAsDescribed(t *testing.T) {
	s := described(t)
	start(t, s, realTable(t), nil)
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "When was the mill at Orley built?"),
		discordtest.Opt("private", "true")), "1742")
	ada.Click(m.ID, shareLabel)
	eventually(t, "nothing was shared", func() bool { n, _ := public(s, "Shared by Ada"); return n == 1 })
	wantAnswer(t, s, ada.Slash(s.General(), "help"), "/ask")
	claim := s.User("Bert").Say(s.General(), "The mill at Orley was built in 1801.")
	wantAnswer(t, s, ada.MessageMenu("Check with Pilcrow", claim), "Contradicted")
}
