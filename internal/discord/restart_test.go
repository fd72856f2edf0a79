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

// tableIn is the command table over a folder with a database, as a program that starts there would have it.
func tableIn(t *testing.T, dir string) (*dispatch.Table, *store.Store) {
	t.Helper()
	kept, err := store.Config{URL: storetest.URL(t, dir)}.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	parts := ask.Config{Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
		Vectors: kept}
	whole := parts
	whole.Load = func() (*article.Corpus, error) {
		return article.Load(fstest.MapFS{"mill.txt": &fstest.MapFile{Data: []byte("The mill was built in 1742.\n")}})
	}
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
	table, err := dispatch.New(dispatch.Config{Engine: engine, Library: books, People: kept})
	if err != nil {
		t.Fatal(err)
	}
	return table, kept
}

// After a restart the buttons of before do what they say or say why not, once each, and for whoever they are.
func TestOldButtons(t *testing.T) { synctest.Test(t, testOldButtons) }
func testOldButtons(t *testing.T) {
	free := discordtest.Bucket{Requests: -1}
	s := fake(t, discordtest.Config{Message: free, Webhook: free, IdentifyGap: -1})
	dir := t.TempDir()
	table, kept := tableIn(t, dir)
	first := start(t, s, table, nil)
	grace := s.Admin()
	add := func(name, text string) discordtest.Message {
		return wantAnswer(t, s, grace.Slash(s.General(), "documents add",
			discordtest.OptFile("file", discordtest.File{Name: name, Data: []byte(text)})), "Add ")
	}
	p := add("harbor.md", harborText)
	done := wantAnswer(t, s, grace.Click(p.ID, "Confirm"), "is added")
	waiting := add("ferry.md", "The ferry was lost in 1950.\n")
	answered := wantAnswer(t, s, s.User("Ada").Slash(s.General(), "ask",
		discordtest.Opt("question", "Who dredged the harbor of Velm?")), "Corrigan")
	if err := first.stopped(t); err != nil {
		t.Fatal(err)
	}
	if err := kept.Close(); err != nil {
		t.Fatal(err)
	}
	table, kept = tableIn(t, dir)
	t.Cleanup(func() { _ = kept.Close() })
	start(t, s, table, nil)

	for n, label := range []string{"Confirm", "Cancel"} { // the page stays, and why is said below
		grace.Click(waiting.ID, label)
		eventually(t, label+" says nothing", func() bool {
			said := 0
			for _, m := range s.Messages(s.General()) {
				if strings.Contains(m.Content, "I no longer have that preview") && m.Ephemeral() {
					said++
				}
			}
			return said == n+1
		})
	}
	wantAnswer(t, s, s.User("Ada").Click(answered.ID, "¶1"), "Corrigan")
	wantAnswer(t, s, s.User("Ada").Click(answered.ID, "👍"), "is counted")
	wantAnswer(t, s, grace.Click(done.ID, "Undo"), "is not here any more")
	wantAnswer(t, s, grace.Click(done.ID, "Undo"), "nothing to undo")
	wantAnswer(t, s, s.User("Ada").Click(answered.ID, "¶1"), "no longer in the documents")
	wantAnswer(t, s, grace.Slash(s.General(), "documents undo"), "nothing to undo")
}
