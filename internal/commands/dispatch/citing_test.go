package dispatch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/paragraph"
)

// BenchmarkAnchors gives ten buttons of a document of 1,000 paragraphs what they carry of its neighbors, when it has
// been read.
func BenchmarkAnchors(b *testing.B) {
	files := fstest.MapFS{}
	r := rand.New(rand.NewPCG(1, 2))
	var text strings.Builder
	for range 1000 {
		for range 4 + r.IntN(40) {
			fmt.Fprintf(&text, "w%d ", r.IntN(120))
		}
		text.WriteString("\n\n")
	}
	files["sea.txt"] = &fstest.MapFile{Data: []byte(text.String())}
	table := newTable(b, files)
	edition := table.Engine.Edition()
	d, _ := edition.Corpus.Document("sea")
	for b.Loop() {
		var actions []commands.Action
		for n := range commands.MaxActions {
			actions = append(actions, paragraph.Receipt(commands.Pilcrow(n+1), d.Passages[90*n], nil))
		}
		table.paragraphs.AnchorActions(b.Context(), actions, edition)
	}
}

// TestCitedParagraphs reads a document as it was, cites, edits the file, and opens what was cited.
func TestCitedParagraphs(t *testing.T) {
	const (
		sea     = "The sea off Skarvik is cold all year round."
		storm   = "A storm broke the lantern in 1902, and it took eleven months to repair it."
		storm3  = "A storm broke the lantern in 1903, and it took eleven months to repair it."
		keeper  = "Since 1984 the light has worked without a keeper."
		harbor  = "The harbor freezes in January."
		tourism = "Visitors come for the puffins, and stay for the soup."
	)
	file := func(paragraphs ...string) string { return strings.Join(paragraphs, "\n\n") + "\n" }
	for _, c := range []struct {
		name, slug, text string
		want             []string
		not              string
	}{
		{"the same", "light", file(sea, storm, keeper), []string{storm + " [¶2]"}, "answer"},
		{"moved", "light", file(harbor, sea, storm, keeper), []string{storm + " [¶3]", "this was ¶2, and is ¶3 today."}, ""},
		{"changed", "light", file(sea, storm3, keeper), []string{storm3 + " [¶2]", "has changed since that answer"}, ""},
		{"changed and moved", "light", file(harbor, sea, storm3, keeper), []string{storm3 + " [¶3]", "has changed since"},
			""},
		{"replaced", "light", file(sea, tourism, keeper), []string{tourism + " [¶2]", "no longer in the document. This " +
			"stands in its place."}, ""},
		{"split", "light", file(sea, "A storm broke the lantern in 1902.", "And it took eleven months to repair it.", keeper),
			[]string{"[¶2]"}, ""},
		{"removed", "light", file(sea, keeper), []string{"The paragraph that was cited (¶2 then) is no longer in “Light”.",
			"still there"}, "storm"},
		{"renamed", "lamp", file(sea, storm, keeper), []string{storm, "cited from another document"}, ""},
		{"renamed and changed", "lamp", file(sea, storm3, keeper), []string{storm3, "has changed since"}, ""},
		{"renamed and removed", "lamp", file(sea, keeper), []string{"no longer in the documents."}, "storm"},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := fstest.MapFS{"light.txt": {Data: []byte(file(sea, storm, keeper))},
				"other.txt": {Data: []byte(file(harbor, tourism))}}
			table := newTable(t, files)
			in := commands.Input{Args: commands.Args{"question": "How long did it take to repair the lantern?"},
				From: commands.Chat}
			button := run(t, table, "ask", in).Actions[0]
			if got := len(button.Args[commands.TextParam]); got != mostOf(t, table, commands.TextParam) || !button.Fits() {
				t.Fatalf("%d characters of anchor in %+v", got, button)
			}
			delete(files, "light.txt")
			files[c.slug+".txt"] = &fstest.MapFile{Data: []byte(c.text)}
			run(t, table, "reload", commands.Input{Admin: true})
			r := run(t, table, button.Command, commands.Input{Args: button.Args, From: commands.Chat})
			for _, want := range c.want {
				if !strings.Contains(text(r), want) {
					t.Errorf("no %q in:\n%s", want, text(r))
				}
			}
			if c.not != "" && strings.Contains(text(r), c.not) {
				t.Errorf("%q in:\n%s", c.not, text(r))
			}
			hidden := run(t, table, button.Command, commands.Input{Args: button.Args, From: commands.Chat,
				Scope: []string{"other"}})
			if !hidden.Nothing || strings.Contains(strings.ToLower(text(hidden)), "light") {
				t.Errorf("a document out of scope shows:\n%s", text(hidden))
			}
		})
	}
}

// mostOf is how many characters a button that opens a paragraph may carry in a parameter.
func mostOf(t *testing.T, table *Table, param string) int {
	t.Helper()
	c, _ := table.Lookup(commands.ParagraphCommand)
	i := slices.IndexFunc(c.Params, func(p commands.Param) bool { return p.Name == param })
	if i < 0 {
		t.Fatalf("no parameter %s", param)
	}
	return c.Params[i].MaxRunes
}

// TestOldButtons opens what buttons say that were made before a button knew of its neighbors.
func TestOldButtons(t *testing.T) {
	table := newTable(t, folder)
	const storm = "A storm broke the lantern in 1902, and it took eleven months to repair it."
	sum := sha256.Sum256([]byte(storm))
	for mark, want := range map[string]string{hex.EncodeToString(sum[:3]): storm,
		"000000": "no longer in “The lighthouse at Skarvik”"} {
		r := run(t, table, commands.ParagraphCommand, commands.Input{Args: commands.Args{"number": "2",
			"document": "lighthouse", commands.TextParam: mark},
			From: commands.Chat})
		if !strings.Contains(text(r), want) {
			t.Errorf("%s opens\n%s", mark, text(r))
		}
	}
}
