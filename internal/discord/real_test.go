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
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
)

// realTable is the command table over a whole engine without a key, with one document.
func realTable(t *testing.T) *dispatch.Table {
	t.Helper()
	return tableOf(t, fstest.MapFS{"mill.md": &fstest.MapFile{Data: []byte("---\ntitle: The mill at Orley\n---\n\n" +
		"The mill at Orley was built in 1742 by the brothers Hask.\n\n" +
		"A flood carried off its *wheel* in 1803, and @everyone in the village helped to find it.\n\n" +
		"Since 1990 the mill has been a museum.\n")}})
}

func tableOf(t *testing.T, files fstest.MapFS) *dispatch.Table {
	t.Helper()
	engine, err := ask.New(ask.Config{
		Load:     func() (*article.Corpus, error) { return article.Load(files) },
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	table, err := dispatch.New(dispatch.Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestRealTable(t *testing.T) { synctest.Test(t, testRealTable) }
func testRealTable(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, realTable(t), nil)
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "ask", discordtest.Opt("question", "When was the mill at Orley built?")),
		"1742")
	if !strings.Contains(m.Content, "[¶1]") || labels(m) != "The mill at Orley ¶1" {
		t.Errorf("no citation or source: %q", m.Content)
	}
	wantAnswer(t, s, ada.Click(m.ID, "¶1"), "> **The mill at Orley was built")
	wantAnswer(t, s, ada.Slash(s.General(), "paragraph", discordtest.Opt("number", "2")), `\@everyone in the village`)
	wantAnswer(t, s, ada.Slash(s.General(), "documents list"), "The mill at Orley")
	wantAnswer(t, s, ada.Slash(s.General(), "help"), "/ask")
	wantReply(t, s, ada.DM("Who built the mill at Orley?"), "brothers Hask")
	wantAnswer(t, s, s.Admin().Slash(s.General(), "reload"), "")
	offers, err := ada.Autocomplete(t.Context(), s.General(), "ask", "document", "mi")
	if err != nil || len(offers) != 1 {
		t.Errorf("offers: %v, %v", offers, err)
	}
	if it := ada.Slash(s.General(), "find"); it.Err() == nil {
		t.Error("Discord offers a command that is for terminals")
	}
}
