package dispatch

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/answers"
	"pilcrow/internal/lang"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// liar drafts the same two sentences each time: the first is in the document, the second is not.
type liar struct{}

func (liar) Generate(_ context.Context, r rag.Request) (rag.Draft, error) {
	return rag.Draft{Text: "It took eleven months to repair the lantern [1]. It cost 4,000 crowns [1].", By: "liar"}, nil
}

func lyingTable(t *testing.T, files fstest.MapFS) *Table {
	t.Helper()
	return tableOver(t, ask.Config{
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(), Generator: liar{},
		Load: func() (*article.Corpus, error) { return article.Load(files) },
	})
}

func run(t *testing.T, table *Table, command string, in commands.Input) commands.Reply {
	t.Helper()
	r, err := table.Run(t.Context(), command, in)
	if err != nil {
		t.Fatalf("%s %v: %v", command, in.Args, err)
	}
	return r
}

// bold is what a reply shows in bold of the paragraph it opens.
func bold(r commands.Reply) string {
	for _, b := range r.Blocks {
		if b.Kind == commands.Quote && len(b.Bold) > 0 {
			return b.Bold[0].Of(b.Text)
		}
	}
	return ""
}

func TestReceipt(t *testing.T) {
	const storm = "A storm broke the lantern in 1902, and it took eleven months to repair it."
	files := fstest.MapFS{"lighthouse.md": {Data: []byte(
		"---\npublished: 2019-05-02\n---\nThe sea is wide.\n\n" + storm + " Nobody was hurt.\n")}}
	table := newTable(t, files)
	in := commands.Input{Args: commands.Args{"question": "How long did it take to repair the lantern?"},
		From: commands.Chat}
	reply := run(t, table, "ask", in)
	button := reply.Actions[0]
	opened := run(t, table, button.Command, commands.Input{Args: button.Args, From: commands.Chat})
	if got := bold(opened); got != storm {
		t.Errorf("bold is %q", got)
	}
	if got := text(opened); !strings.Contains(got, "Published 2019-05-02") || strings.Contains(got, "changed") {
		t.Errorf("opened:\n%s", got)
	}
	if len(opened.Actions) != 1 || opened.Actions[0].Label != "← ¶1" || !opened.Actions[0].Turn {
		t.Errorf("no way to the paragraph before: %+v", opened.Actions)
	}
	before := run(t, table, "paragraph", commands.Input{Args: opened.Actions[0].Args, From: commands.Chat})
	if !strings.Contains(text(before), "The sea is wide.") {
		t.Errorf("the paragraph before:\n%s", text(before))
	}

	for _, c := range []struct{ name, file, want, bold string }{
		{"moved", "The sea is wide.\n\nIt is deep.\n\n" + storm + " Nobody was hurt.\n", "this was ¶2", storm},
		{"changed", "The sea is wide.\n\nA storm broke the lantern in 1903.\n", "has changed since that answer", ""},
	} {
		files["lighthouse.md"] = &fstest.MapFile{Data: []byte(c.file)}
		run(t, table, "reload", commands.Input{Admin: true})
		opened := run(t, table, button.Command, commands.Input{Args: button.Args, From: commands.Chat})
		if got := text(opened); !strings.Contains(got, c.want) || bold(opened) != c.bold {
			t.Errorf("%s: bold %q in\n%s", c.name, bold(opened), got)
		}
	}
	files["lighthouse.md"] = &fstest.MapFile{Data: []byte("The sea is wide.\n")}
	run(t, table, "reload", commands.Input{Admin: true})
	if r := run(t, table, button.Command, commands.Input{Args: button.Args, From: commands.Chat}); !r.Nothing {
		t.Errorf("a paragraph that is gone: %s", text(r))
	}
}

func TestReceiptOfAModelsWords(t *testing.T) {
	table := lyingTable(t, folder)
	r := run(t, table, "ask", commands.Input{Args: commands.Args{"question": "How long did it take to repair the " +
		"lantern?"}, From: commands.Chat})
	opened := run(t, table, "paragraph", commands.Input{Args: r.Actions[0].Args})
	if got := bold(opened); !strings.Contains(got, "eleven months") {
		t.Errorf("bold is %q of\n%s", got, text(opened))
	}
}

func TestWithheld(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		table := lyingTable(t, folder)
		in := commands.Input{Args: commands.Args{"question": "How long did it take to repair the lantern?"},
			From: commands.Chat}
		r := run(t, table, "ask", in)
		i := slices.IndexFunc(r.Actions, func(a commands.Action) bool { return a.Command == "withheld" })
		if i < 0 || r.Actions[i].Label != "Withheld (1)" || r.Withheld != 1 {
			t.Fatalf("actions: %+v", r.Actions)
		}
		button := r.Actions[i]
		if got := text(run(t, table, button.Command, commands.Input{Args: button.Args,
			From: commands.Chat})); !strings.Contains(got,
			"4,000 crowns") ||
			!strings.Contains(got, "Why: ") {
			t.Errorf("withheld:\n%s", got)
		}
		refused := func(table *Table, in commands.Input) {
			t.Helper()
			_, err := table.Run(t.Context(), button.Command, in)
			if got, _ := table.Public(err, lang.Printer{}); !strings.Contains(got, "Ask again") {
				t.Errorf("%q, %v", got, err)
			}
		}
		refused(table, commands.Input{Args: button.Args, Scope: []string{"ferry"}})
		refused(lyingTable(t, folder), commands.Input{Args: button.Args}) // after a restart
		time.Sleep(answers.KeepAnswers + time.Second)
		refused(table, commands.Input{Args: button.Args})
		if in.From = commands.Terminal; len(run(t, table, "ask", in).Actions) != 1 {
			t.Error("a terminal is offered what it cannot open")
		}
	})
}
