package dispatch

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/reading"
)

// crowd has many quotations, one to a paragraph.
func crowd(n int, words string) fstest.MapFS {
	var b strings.Builder
	b.WriteString("---\ntitle: The crowd\n---\n\n")
	for i := range n {
		fmt.Fprintf(&b, "\"Number %d %s,\" said Ada Stone.\n\n", i+1, words)
	}
	return fstest.MapFS{"crowd.md": {Data: []byte(b.String())}}
}

// TestPages turns the pages of a chat by the buttons alone, to the end and back.
func TestPages(t *testing.T) {
	table := newTable(t, crowd(12, "is here today"))
	var seen [][]string
	for action := (commands.Action{Command: "quote", Args: commands.Args{"speaker": "stone"}}); action.Command != ""; {
		reply, err := table.Run(t.Context(), action.Command, commands.Input{Args: action.Args, From: commands.Chat})
		if err != nil {
			t.Fatal(err)
		}
		var page []string
		for _, b := range reply.Blocks {
			if b.Kind == commands.Quote {
				page = append(page, b.Text)
			}
		}
		seen = append(seen, page)
		var next, previous commands.Action
		opens := 0
		for _, a := range reply.Actions {
			switch {
			case a.Label == "Next →":
				next = a
			case a.Label == "← Previous":
				previous = a
			case a.Command == "paragraph":
				opens++
			}
		}
		if opens != len(page) {
			t.Errorf("%d buttons open %d paragraphs", opens, len(page))
		}
		if (previous.Command == "") != (len(seen) == 1) ||
			previous.Command != "" && (!previous.Turn || previous.Args["speaker"] != "stone") {
			t.Errorf("page %d: the button back is %+v", len(seen), previous)
		}
		if got := len(reply.JSON.(commands.Form[reading.QuoteJSON]).Value.Quotations); got != 12 {
			t.Errorf("JSON has %d of 12", got)
		}
		action = next
	}
	if len(seen) != 3 || len(seen[0]) != 5 || len(seen[1]) != 5 || len(seen[2]) != 2 ||
		seen[2][1] != "Number 12 is here today" {
		t.Errorf("pages: %q", seen)
	}
}

func TestPageBounds(t *testing.T) {
	table := newTable(t, crowd(12, "is here today"))
	for page, want := range map[string]string{"3": "11–12 of 12", "4": "11–12 of 12", "999999": "11–12 of 12",
		"1": "1–5 of 12"} {
		reply, err := table.Run(t.Context(), "quote", commands.Input{Args: commands.Args{"page": page}, From: commands.Chat})
		if err != nil || !strings.Contains(text(reply), want) {
			t.Errorf("page %s: %v\n%s", page, err, text(reply))
		}
	}
	reply, err := table.Run(t.Context(), "quote", commands.Input{From: commands.Terminal})
	if err != nil || strings.Count(text(reply), "Number") != 12 || strings.Contains(text(reply), " of 12") {
		t.Errorf("a terminal shows: %v\n%s", err, text(reply))
	}
	about := strings.Repeat("number ", 20)
	reply, err = table.Run(t.Context(), "quote", commands.Input{Args: commands.Args{"about": about}, From: commands.Chat})
	if err != nil || !strings.Contains(text(reply), "1–5 of 12 · the next with the option page: 2") {
		t.Errorf("a call too long for a button: %v\n%s", err, text(reply))
	}
}

// Two fragments of one sentence show it once, below the last of them on the page.
func TestSentenceOnce(t *testing.T) {
	words := []string{"one", "two", "three", "four", "five", "six"}
	text := "Ada Stone said that it was “" + strings.Join(words, "” and “") + "” again."
	table := newTable(t, fstest.MapFS{"a.md": {Data: []byte(text)}})
	for page, want := range map[string]int{"1": 5, "2": 1} {
		reply, err := table.Run(t.Context(), "quote", commands.Input{Args: commands.Args{"page": page}, From: commands.Chat})
		if err != nil {
			t.Fatal(err)
		}
		last := len(reply.Blocks) - 2 // in front of the number of the page
		if reply.Blocks[last].Kind != commands.Small || !strings.HasPrefix(reply.Blocks[last].Text, "in: Ada Stone said") ||
			strings.Count(fmt.Sprint(reply.Blocks), "in: ") != 1 || len(reply.Blocks) != 2*want+3 {
			t.Errorf("page %s: %+v", page, reply.Blocks)
		}
	}
}

// Everybody who asks at once reads the same, and a call that is over reads nothing.
func TestReadingsTogether(t *testing.T) {
	table := newTable(t, village)
	var asking sync.WaitGroup
	texts := make([]string, 8)
	for i := range texts {
		asking.Go(func() {
			reply, err := table.Run(t.Context(), []string{"quote", "timeline"}[i%2], commands.Input{From: commands.Terminal})
			if err != nil {
				t.Error(err)
			}
			texts[i] = text(reply)
		})
	}
	asking.Wait()
	for i := range texts {
		if texts[i] != texts[i%2] || texts[i] == "" {
			t.Errorf("%d differs:\n%s", i, texts[i])
		}
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := newTable(t, village).Run(over, "quote", commands.Input{}); !errors.Is(err, context.Canceled) {
		t.Errorf("a call that is over: %v", err)
	}
}
