package discord

import (
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/discordtest"
	"pilcrow/internal/library"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// libraryTable is the command table over one shared document and a real library in a folder of its own.
func libraryTable(t *testing.T) (*dispatch.Table, *library.Library) {
	t.Helper()
	shared := fstest.MapFS{"mill.md": &fstest.MapFile{Data: []byte("---\ntitle: The mill at Orley\n---\n\n" +
		"The mill at Orley was built in 1742 by the brothers Hask.\n\nSince 1990 the mill has been a museum.\n")}}
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
	parts := ask.Config{Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
		Vectors: kept}
	whole := parts
	whole.Load = func() (*article.Corpus, error) { return article.Load(shared) }
	engine, err := ask.New(whole)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	books, err := library.Open(t.Context(), library.Config{Store: kept, Shared: engine, Engine: parts})
	if err != nil {
		t.Fatal(err)
	}
	table, err := dispatch.New(dispatch.Config{Engine: engine, Library: books})
	if err != nil {
		t.Fatal(err)
	}
	return table, books
}

const harborText = "---\ntitle: The harbor of Velm\npublished: 2024-05-02\n---\n\n" +
	"The harbor of Velm was dredged in 1911 by the Corrigan company.\n\nIts lighthouse burned down in 1934.\n"

// What a server has been given is known there, on every way in, and nowhere else.
func TestDocumentsOfAServer(t *testing.T) { synctest.Test(t, testDocumentsOfAServer) }
func testDocumentsOfAServer(t *testing.T) {
	free := discordtest.Bucket{Requests: -1}
	s := fake(t, discordtest.Config{Message: free, Webhook: free})
	table, _ := libraryTable(t)
	start(t, s, table, nil)
	grace, ada, mona := s.Admin(), s.User("Ada"), s.User("Mona")
	_, second := s.AddGuild("Second House")
	_, abroad := s.AddForeignGuild("Elsewhere")

	file := discordtest.File{Name: "harbor.md", MediaType: "text/markdown", Data: []byte(harborText)}
	wantAnswer(t, s, ada.Slash(s.General(), "documents add", discordtest.OptFile("file", file)),
		"Only those who manage the server")
	preview := wantAnswer(t, s, grace.Slash(s.General(), "documents add", discordtest.OptFile("file", file)),
		"The harbor of Velm")
	wantAnswer(t, s, grace.Click(preview.ID, "Confirm"), "The harbor of Velm")

	const question = "Who dredged the harbor of Velm?"
	ask := func(p *discordtest.Person, where discordtest.ID) *discordtest.Interaction {
		return p.Slash(where, "ask", discordtest.Opt("question", question))
	}
	answered := wantAnswer(t, s, ask(ada, s.General()), "Corrigan")
	wantAnswer(t, s, ada.Click(answered.ID, "¶1"), "Corrigan")
	wantReply(t, s, ada.Mention(s.Thread(), question), "Corrigan")
	offers, err := ada.Autocomplete(t.Context(), s.General(), "ask", "document", "har")
	if err != nil || len(offers) != 1 {
		t.Errorf("offers: %v, %v", offers, err)
	}

	mona.InstallForUser()
	for where, it := range map[string]*discordtest.Interaction{
		"another server": ask(ada, second), "a conversation": ask(ada, ada.Direct()),
		"a server without the bot": ask(mona, abroad),
	} {
		if m := wantAnswer(t, s, it, ""); strings.Contains(m.Content, "Corrigan") || strings.Contains(m.Content, "Velm was") {
			t.Errorf("%s: %q", where, m.Content)
		}
	}
	if m := wantReply(t, s, ada.DM(question), ""); strings.Contains(m.Content, "Corrigan") {
		t.Errorf("a direct message: %q", m.Content)
	}
	offers, err = ada.Autocomplete(t.Context(), second, "ask", "document", "har")
	if err != nil || len(offers) != 0 {
		t.Errorf("offers in another server: %v, %v", offers, err)
	}
}

// A role may manage the documents, and a channel be tied to some of them: its threads, too.
func TestRolesAndChannels(t *testing.T) { synctest.Test(t, testRolesAndChannels) }
func testRolesAndChannels(t *testing.T) {
	free := discordtest.Bucket{Requests: -1}
	s := fake(t, discordtest.Config{Message: free, Webhook: free})
	table, books := libraryTable(t)
	start(t, s, table, nil)
	grace, ada := s.Admin(), s.User("Ada")
	role := s.AddRole(s.Guild(), "Librarians")
	ada.SetRoles(role)
	file := discordtest.OptFile("file", discordtest.File{Name: "harbor.md", Data: []byte(harborText)})
	wantAnswer(t, s, ada.Slash(s.General(), "documents add", file), "Only those who manage the server")
	wantAnswer(t, s, grace.Slash(s.General(), "documents role", discordtest.Opt("role", string(role))), "")
	preview := wantAnswer(t, s, ada.Slash(s.General(), "documents add", file), "The harbor of Velm")
	if it := s.User("Bert").Click(preview.ID, "Confirm"); it.Err() == nil {
		t.Error("somebody else sees the preview")
	}
	wantAnswer(t, s, ada.Click(preview.ID, "Confirm"), "The harbor of Velm")

	who := library.Who{ID: string(grace.ID()), Name: grace.Name()}
	if err := books.SetScope(t.Context(), string(s.Guild()), string(s.General()), []string{"mill"}, who); err != nil {
		t.Fatal(err)
	}
	const question = "Who dredged the harbor of Velm?"
	other := s.AddChannel(s.Guild(), "harbor-talk")
	wantReply(t, s, ada.Mention(other, question), "Corrigan")
	for where, m := range map[string]discordtest.Message{
		"the channel": wantReply(t, s, ada.Mention(s.General(), question), ""),
		"its thread":  wantReply(t, s, ada.Mention(s.Thread(), question), ""),
		"the thread, by a command": wantAnswer(t, s, ada.Slash(s.Thread(), "ask", discordtest.Opt("question", question)),
			""),
		"the channel, by a command": wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", question)),
			""),
	} {
		if strings.Contains(m.Content, "Corrigan") {
			t.Errorf("%s: %q", where, m.Content)
		}
	}
}
