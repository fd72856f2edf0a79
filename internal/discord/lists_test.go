package discord

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/discordtest"
)

// ferries is a list of so many paragraphs, each with its button; rows says that each has a row of its own.
func ferries(n int, rows bool) commands.Reply {
	r := commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: fmt.Sprint(n, " rows:")}}}
	for i := 1; i <= n; i++ {
		ref := article.Ref{Slug: "ferry", N: i}
		text := fmt.Sprintf("Words of ferry %d.", i)
		r.Sources = append(r.Sources, article.Passage{Ref: ref, Title: "The ferry", Text: text})
		act := commands.Action{Label: fmt.Sprint("¶", i), Command: "paragraph",
			Args: commands.Args{"document": "ferry", "number": fmt.Sprint(i)}}
		if rows {
			act.Row = i
			r.Blocks = append(r.Blocks, commands.Block{Kind: commands.Quote, Text: fmt.Sprintf("Row %d.", i), Row: i,
				Cites: []article.Ref{ref}})
		}
		r.Actions = append(r.Actions, act)
	}
	return r
}

// listTable answers with a list, or in its place with words.
type listTable struct{ smallTable }

func (l *listTable) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	if name != "paragraph" || in.Args["number"] == "16" {
		return l.smallTable.Run(ctx, name, in)
	}
	var r commands.Reply
	switch in.Args["number"] {
	case "1", "2":
		r = ferries(3, true)
		r.Share = true
		r.Actions = append(r.Actions,
			commands.Action{Label: "Mine", Command: "paragraph", Args: commands.Args{"number": "1"}},
			commands.Action{Label: "Words", Command: "paragraph", Turn: true, Args: commands.Args{"number": "8"}},
			commands.Action{Label: "List", Command: "paragraph", Turn: true, Args: commands.Args{"number": "2"}})
	case "7":
		r = ferries(6, false)
		r.Blocks = []commands.Block{{Text: "Choose."}}
	default:
		r.Blocks = []commands.Block{{Text: "Words in its place."}}
		r.Actions = []commands.Action{
			{Label: "List", Command: "paragraph", Turn: true, Args: commands.Args{"number": "2"}}}
	}
	return r, nil
}

// A message of components stays one, whatever takes its place; the fake refuses another. Shared it looks the same.
func TestCardsInTheirPlace(t *testing.T) { synctest.Test(t, testCardsInTheirPlace) }

func testCardsInTheirPlace(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &listTable{}, nil)
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "paragraph", discordtest.Opt("number", "1")), "Row 3.")
	if m.Content != "" || m.Flags&discordtest.FlagComponentsV2 == 0 {
		t.Fatalf("no components: %q, flags %x", m.Content, m.Flags)
	}
	turned := wantAnswer(t, s, ada.Click(m.ID, "Words"), "Words in its place.")
	if turned.ID != m.ID {
		t.Error("it was not turned in its place")
	}
	back := wantAnswer(t, s, ada.Click(m.ID, "List"), "Row 2.")
	if back.ID != m.ID {
		t.Fatal("a page that was turned is another message")
	}
	mine := wantAnswer(t, s, ada.Click(m.ID, "Mine"), "Row 2.")
	if !mine.Ephemeral() {
		t.Fatal("a list of one's own is seen by all")
	}
	ada.Click(mine.ID, shareLabel)
	eventually(t, "nothing was shared", func() bool {
		for _, shown := range s.Messages(s.General()) {
			if !shown.Ephemeral() && strings.HasPrefix(shown.Text(), "-# Shared by Ada") &&
				strings.Contains(shown.Text(), "Row 3.") {
				return true
			}
		}
		return false
	})
}

// What is chosen in a menu is called as a button's is.
func TestMenu(t *testing.T) { synctest.Test(t, testMenu) }

func testMenu(t *testing.T) {
	s := fake(t, discordtest.Config{})
	start(t, s, &listTable{}, nil)
	ada := s.User("Ada")
	m := wantAnswer(t, s, ada.Slash(s.General(), "paragraph", discordtest.Opt("number", "7")), "Choose.")
	wantAnswer(t, s, ada.Choose(m.ID, "Open a paragraph of “The ferry”", "¶5"), "Words in its place.")
}
