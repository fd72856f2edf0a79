package discord

import (
	"bytes"
	"fmt"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"

	"pilcrow/internal/commands/dispatch"
	"pilcrow/internal/discordtest"
)

// diary has twelve quotations, each with its year, one to a paragraph.
func diary(t *testing.T) *dispatch.Table {
	t.Helper()
	var b strings.Builder
	b.WriteString("---\ntitle: The *diary*\npublished: 2020-01-01\n---\n\n")
	for i := range 12 {
		fmt.Fprintf(&b, "\"Entry %d is about the sea_,\" said Ada Stone in %d.\n\n", i+1, 1901+i)
	}
	return tableOf(t, fstest.MapFS{"diary.md": &fstest.MapFile{Data: []byte(b.String())}})
}

func TestQuotePages(t *testing.T) { synctest.Test(t, testQuotePages) }
func testQuotePages(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, diary(t), nil)
	ada, bert := s.User("Ada"), s.User("Bert")
	first := wantAnswer(t, s, ada.Slash(s.General(), "quote", discordtest.Opt("speaker", "stone")),
		"12 quotations of Ada Stone:\n\n> Entry 1 is about the sea\\_\n— **Ada Stone**\n\n> Entry 2")
	if !strings.Contains(first.Text(), "-# 1–5 of 12") || strings.Contains(first.Text(), "Entry 6") {
		t.Errorf("the first page: %s", first.Text())
	}
	wantAnswer(t, s, ada.Click(first.ID, "¶3"), "> \"Entry 3 is about the sea")

	// Who asked turns the pages in place.
	turned := wantAnswer(t, s, ada.Click(first.ID, "Next →"), "> Entry 6")
	if turned.ID != first.ID || !strings.Contains(turned.Text(), "6–10 of 12") ||
		strings.Contains(turned.Text(), "Entry 5 ") {
		t.Errorf("turned to %s: %s", turned.ID, turned.Text())
	}
	// Others get the page for themselves, and turn that.
	other := wantAnswer(t, s, bert.Click(first.ID, "Next →"), "> Entry 11")
	if other.ID == first.ID || !other.Ephemeral() {
		t.Error("somebody's page was turned by another")
	}
	if back := wantAnswer(t, s, bert.Click(other.ID, "← Previous"), "> Entry 6"); back.ID != other.ID {
		t.Error("a private page was not turned in place")
	}
	if kept, _ := s.Message(first.ID); kept.Text() != turned.Text() {
		t.Errorf("the page of the asker: %s", kept.Text())
	}
	offers, err := ada.Autocomplete(t.Context(), s.General(), "quote", "speaker", "ston")
	if err != nil || len(offers) != 1 || offers[0].Name != "Ada Stone" {
		t.Errorf("offers: %v, %v", offers, err)
	}
}

func TestTimelinePages(t *testing.T) { synctest.Test(t, testTimelinePages) }
func testTimelinePages(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, diary(t), nil)
	ada := s.User("Ada")
	first := wantAnswer(t, s, ada.Slash(s.General(), "timeline"), "12 dated events:\n\n- **1901** [¶1]\n- **1902** [¶2]\n")
	if !strings.Contains(first.Text(), "-# 1–8 of 12") {
		t.Errorf("the first page: %s", first.Text())
	}
	before := onePicture(t, first, "A timeline: 1901 ¶1; 1902 ¶2;")
	turned := wantAnswer(t, s, ada.Click(first.ID, "Next →"), "- **1909** [¶9]\n")
	if turned.ID != first.ID {
		t.Error("not turned in place")
	}
	if after := onePicture(t, turned, "A timeline: 1909 ¶9; "); bytes.Equal(before, after) {
		t.Error("the picture was not turned")
	}
	none := wantAnswer(t, s, ada.Slash(s.General(), "timeline", discordtest.Opt("to", "1800")),
		"No dated event to 1800-12-31.")
	if len(none.Attachments) > 0 {
		t.Error("a picture of nothing")
	}
	wantAnswer(t, s, ada.Slash(s.General(), "timeline", discordtest.Opt("from", "some day")),
		`from: want a date such as 2021`)
}

// onePicture wants one PNG with its description.
func onePicture(t *testing.T, m discordtest.Message, alt string) []byte {
	t.Helper()
	if len(m.Attachments) != 1 {
		t.Fatalf("%d files", len(m.Attachments))
	}
	a := m.Attachments[0]
	if a.Filename != "timeline.png" || a.ContentType != "image/png" || !strings.HasPrefix(a.Description, alt) {
		t.Errorf("%s, %s, %q", a.Filename, a.ContentType, a.Description)
	}
	if _, err := png.Decode(bytes.NewReader(a.Data)); err != nil {
		t.Error(err)
	}
	return a.Data
}

// A page that cannot be turned stays, and the reader alone is told.
func TestTurnFails(t *testing.T) { synctest.Test(t, testTurnFails) }
func testTurnFails(t *testing.T) {
	s := fake(t, discordtest.Config{})
	table := &turningTable{}
	start(t, s, table, nil)
	ada := s.User("Ada")
	first := wantAnswer(t, s, ada.Slash(s.General(), "list"), "page one")
	click := ada.Click(first.ID, "Next →")
	told := wantAnswer(t, s, click, "Something went wrong")
	if !told.Ephemeral() {
		t.Errorf("told: %+v", told)
	}
	if kept, _ := s.Message(first.ID); kept.Text() != first.Text() || len(kept.Components) == 0 {
		t.Errorf("the page has become %q", kept.Text())
	}
}
