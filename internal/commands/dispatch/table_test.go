package dispatch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/commandstest"
	"pilcrow/internal/lang"
	"pilcrow/internal/local"
	"pilcrow/internal/rag/ask"
)

var folder = fstest.MapFS{
	"lighthouse.md": {Data: []byte(`---
title: The lighthouse at Skarvik
published: 2019-05-02
---

The lighthouse at Skarvik was lit for the first time in 1871. Its keeper was Henrik Dahl, a retired sailor.

## The storm

A storm broke the lantern in 1902, and it took eleven months to repair it.

Since 1984 the light has worked without a keeper.
`)},
	"ferry.md": {Data: []byte(`---
title: The ferry to Oster
---

The ferry to Oster carries 40 passengers and sails twice a day in summer.
`)},
}

// newTable makes a real engine over the folder: no model, no key.
func newTable(t testing.TB, folder fstest.MapFS) *Table {
	t.Helper()
	engine, err := ask.New(ask.Config{
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
		Load: func() (*article.Corpus, error) { return article.Load(folder) },
	})
	if err != nil {
		t.Fatal(err)
	}
	table, err := New(Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	if folder != nil {
		if _, err := engine.Reload(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	return table
}

func text(r commands.Reply) string { return commandstest.Text(r) }

func TestRun(t *testing.T) {
	cases := []struct {
		name    string
		command string
		in      commands.Input
		want    []string // in the reply's text
		nothing bool
		refusal string
	}{
		{name: "ask", command: "ask", in: commands.Input{Args: commands.Args{"question": "When was the lighthouse first " +
			"lit?"}},
			want: []string{"1871", "[¶1]"}},
		{name: "ask one document", command: "ask",
			in: commands.Input{Args: commands.Args{"question": "How many passengers does the ferry carry?",
				"document": "FERRY"}},
			want: []string{"40 passengers", "[¶1]"}},
		{name: "ask by title", command: "ask",
			in: commands.Input{Args: commands.Args{"question": "How many passengers does the ferry carry?",
				"document": "the ferry to oster"}},
			want: []string{"40 passengers"}},
		{name: "ask what is not there", command: "ask",
			in: commands.Input{Args: commands.Args{"question": "Who won the chess championship in Baku?"}}, nothing: true},
		{name: "no question", command: "ask", in: commands.Input{}, refusal: "The question is empty."},
		{name: "long question", command: "ask", in: commands.Input{Args: commands.Args{"question": strings.Repeat("x",
			100_000)}},
			refusal: "The question is 100,000 characters long; at most 2,000 are read."},
		{name: "unknown document", command: "ask", in: commands.Input{Args: commands.Args{"question": "q",
			"document": "sea"}},
			refusal: `There is no document “sea”. There is: ferry, lighthouse.`},
		{name: "document out of scope", command: "ask",
			in:      commands.Input{Args: commands.Args{"question": "q", "document": "lighthouse"}, Scope: []string{"ferry"}},
			refusal: `There is no document “lighthouse”. There is: ferry.`},
		{name: "empty scope", command: "ask", in: commands.Input{Args: commands.Args{"question": "q"}, Scope: []string{}},
			refusal: "There are no documents here."},
		{name: "find", command: "find", in: commands.Input{Args: commands.Args{"question": "storm lantern", "k": "1"}},
			want: []string{"A storm broke the lantern", "[¶2]"}},
		{name: "find too many", command: "find", in: commands.Input{Args: commands.Args{"question": "storm", "k": "101"}},
			refusal: "k: want 1 to 100, got 101."},
		{name: "paragraph", command: "paragraph", in: commands.Input{Args: commands.Args{"number": "2",
			"document": "lighthouse"}},
			want: []string{"The lighthouse at Skarvik · The storm", "eleven months", "Since 1984", "1871"}},
		{name: "paragraph of the only one", command: "paragraph",
			in: commands.Input{Args: commands.Args{"number": "¶1"}, Scope: []string{"ferry"}}, want: []string{"twice a day"}},
		{name: "paragraph of several", command: "paragraph", in: commands.Input{Args: commands.Args{"number": "1"}},
			refusal: "There are several documents: name one of ferry, lighthouse."},
		{name: "no such paragraph", command: "paragraph", in: commands.Input{Args: commands.Args{"number": "9",
			"document": "ferry"}},
			want: []string{"“The ferry to Oster” has no ¶9: it has 1 paragraph."}, nothing: true},
		{name: "documents", command: "documents", in: commands.Input{},
			want: []string{"The ferry to Oster (ferry, 1 paragraph)",
				"The lighthouse at Skarvik (lighthouse, published 2019-05-02, 3 paragraphs)"}},
		{name: "documents in scope", command: "documents", in: commands.Input{Scope: []string{"ferry", "gone"}},
			want: []string{"The ferry to Oster (ferry, 1 paragraph)"}},
		{name: "help in a chat", command: "help", in: commands.Input{From: commands.Chat},
			want: []string{"2 documents", "/ask /quote /timeline /who /summary /check /documents list"}},
		{name: "all commands in a chat", command: "help", in: commands.Input{From: commands.Chat,
			Args: commands.Args{allParam: "true"}},
			want: []string{"/ask – Ask a question", "/paragraph – Show one paragraph"}},
		{name: "help in a terminal", command: "help", in: commands.Input{From: commands.Terminal},
			want: []string{"bot find QUESTION… [--document DOCUMENT] [--k K]"}},
		{name: "reload", command: "reload", in: commands.Input{Admin: true},
			want: []string{"Nothing changed: 2 documents with 4 " +
				"paragraphs, in "}},
		{name: "reload by anybody", command: "reload", in: commands.Input{},
			refusal: "Only those who manage the server may use " +
				"reload."},
		{name: "no such command", command: "sing", in: commands.Input{}, refusal: `There is no command “sing”.`},
	}
	table := newTable(t, folder)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			reply, err := table.Run(t.Context(), c.command, c.in)
			if c.refusal != "" {
				if got, ref := table.Public(err, lang.Printer{}); err == nil || got != c.refusal || ref != "" {
					t.Errorf("got %q (%v), want %q", got, err, c.refusal)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			for _, want := range c.want {
				if got := text(reply); !strings.Contains(got, want) {
					t.Errorf("no %q in:\n%s", want, got)
				}
			}
			if reply.Nothing != c.nothing {
				t.Errorf("Nothing = %v:\n%s", reply.Nothing, text(reply))
			}
			if c.in.Scope != nil && !slices.Contains(c.in.Scope, "lighthouse") && strings.Contains(text(reply), "Skarvik") {
				t.Errorf("a document out of scope shows:\n%s", text(reply))
			}
			if b, err := reply.JSON.MarshalJSON(); err != nil || !json.Valid(b) {
				t.Errorf("JSON: %s, %v", b, err)
			}
		})
	}
}

func TestHelpHidesWhatTheCallerCannotUse(t *testing.T) {
	table := newTable(t, folder)
	for _, c := range []struct {
		in           commands.Input
		reload, find bool
	}{
		{commands.Input{From: commands.Chat, Args: commands.Args{allParam: "true"}}, false, false},
		{commands.Input{From: commands.Chat, Admin: true, Args: commands.Args{allParam: "true"}}, true, false},
		{commands.Input{From: commands.Chat, Admin: true}, false, false},
		{commands.Input{From: commands.Terminal, Admin: true}, false, true},
	} {
		reply, err := table.Run(t.Context(), "help", c.in)
		if err != nil {
			t.Fatal(err)
		}
		if got := text(reply); strings.Contains(got, "reload") != c.reload || strings.Contains(got, "find ") != c.find {
			t.Errorf("%+v:\n%s", c.in, got)
		}
	}
}

func TestAskActionsOpenTheCitedParagraphs(t *testing.T) {
	table := newTable(t, folder)
	reply, err := table.Run(t.Context(), "ask",
		commands.Input{Args: commands.Args{"question": "How long did it take to repair the lantern?"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(reply.Actions) == 0 || len(reply.Sources) == 0 {
		t.Fatalf("no actions or sources: %+v", reply)
	}
	for i, action := range reply.Actions {
		opened, err := table.Run(t.Context(), action.Command, commands.Input{Args: action.Args})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text(opened), reply.Sources[i].Text) {
			t.Errorf("%s does not open %s", action.Label, reply.Sources[i].Ref)
		}
	}
}

// TestTableFitsDiscord holds the rows against the limits of application commands.
func TestTableFitsDiscord(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z-]{0,31}( [a-z][a-z-]{0,31})?$`)
	for _, c := range newTable(t, folder).Commands() {
		if !name.MatchString(c.Name) || c.Summary == "" || utf8.RuneCountInString(c.Summary) > 100 {
			t.Errorf("%s: name or summary", c.Name)
		}
		optional, rest := false, 0
		for _, p := range c.Params {
			if !name.MatchString(p.Name) || p.Summary == "" || utf8.RuneCountInString(p.Summary) > 100 || p.MaxRunes > 6000 {
				t.Errorf("%s %s: name, summary or length", c.Name, p.Name)
			}
			if p.Required && optional {
				t.Errorf("%s %s: required behind an optional one", c.Name, p.Name)
			}
			optional = optional || !p.Required
			if p.Rest {
				rest++
			}
		}
		if rest > 1 {
			t.Errorf("%s: %d parameters take the rest", c.Name, rest)
		}
	}
}

func TestNotLoadedYet(t *testing.T) {
	table := newTable(t, nil)
	for _, command := range []string{"ask", "find", "documents", "paragraph"} {
		args := commands.Args{"question": "q"}
		switch command {
		case "paragraph":
			args = commands.Args{"number": "1"}
		case "documents":
			args = nil
		}
		_, err := table.Run(t.Context(), command, commands.Input{Args: args})
		if got, _ := table.Public(err, lang.Printer{}); !strings.Contains(got, "still being loaded") {
			t.Errorf("%s: %q (%v)", command, got, err)
		}
	}
	if _, err := table.Run(t.Context(), "help", commands.Input{}); err != nil {
		t.Errorf("help: %v", err)
	}
}

func TestCompleteDocument(t *testing.T) {
	table := newTable(t, folder)
	for _, c := range []struct {
		typed string
		scope []string
		want  []string
	}{
		{"", nil, []string{"ferry", "lighthouse"}},
		{"LIGHT", nil, []string{"lighthouse"}},
		{"oster", nil, []string{"ferry"}}, // in the title
		{"", []string{"ferry"}, []string{"ferry"}},
		{"light", []string{"ferry"}, nil},
		{"zzz", nil, nil},
	} {
		if got := table.CompleteDocument(t.Context(), commands.Input{Scope: c.scope}, c.typed); !slices.Equal(got, c.want) {
			t.Errorf("%q in %v: got %v, want %v", c.typed, c.scope, got, c.want)
		}
	}
}

func TestPublic(t *testing.T) {
	var log strings.Builder
	table := newTable(t, folder)
	table.Logger = slog.New(slog.NewTextHandler(&log, nil))
	for _, c := range []struct {
		err  error
		want string
	}{
		{fmt.Errorf("ask: %w", commands.Refuse("Not like this.")), "Not like this."},
		{fmt.Errorf("ask: %w", context.DeadlineExceeded), "That took too long and was ended. Please try again."},
		{fmt.Errorf("ask: %w", context.Canceled), "That was canceled before it was finished."},
	} {
		if got, ref := table.Public(c.err, lang.Printer{}); got != c.want || ref != "" || log.Len() > 0 {
			t.Errorf("%v: %q, %q, logged %q", c.err, got, ref, log.String())
		}
	}
	got, ref := table.Public(errors.New("dial 10.0.0.7: key hunter2"), lang.Printer{})
	if !regexp.MustCompile(`^Something went wrong \(ref [0-9a-f]{4}\)\.$`).MatchString(got) {
		t.Errorf("an internal cause shows: %q", got)
	}
	said, known := table.Public(fmt.Errorf("ask: %w", &commands.Referred{Ref: "00c0fe", Err: errors.New("down")}),
		lang.Printer{})
	if said != "Something went wrong (ref 00c0fe)." || known != "00c0fe" || !strings.Contains(log.String(), "ref=00c0fe") {
		t.Errorf("%q, %q, logged %q", said, known, log.String())
	}
	if !strings.Contains(got, ref) || !strings.Contains(log.String(), ref) || !strings.Contains(log.String(), "10.0.0.7") {
		t.Errorf("%q (%s) is logged as %q", got, ref, log.String())
	}
}

func TestDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		wait := func(ctx context.Context, _ commands.Input) (commands.Reply, error) {
			<-ctx.Done()
			return commands.Reply{}, ctx.Err()
		}
		table := &Table{Control: &access.Control{}, commands: []commands.Command{{Name: "default", Run: wait},
			{Name: "short", Timeout: time.Second, Run: wait}}}
		for name, want := range map[string]time.Duration{"default": defaultTimeout, "short": time.Second} {
			began := time.Now()
			_, err := table.Run(t.Context(), name, commands.Input{})
			if took := time.Since(began); took != want || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: ended after %v with %v", name, took, err)
			}
			began = time.Now()
			if _, err = table.Run(t.Context(), name,
				commands.Input{From: commands.Terminal}); time.Since(began) != access.MakeTimeout || err == nil {
				t.Errorf("%s in a terminal: ended after %v with %v", name, time.Since(began), err)
			}
		}
	})
}

func TestReload(t *testing.T) {
	folder := maps.Clone(folder)
	table := newTable(t, folder)
	run := func() string {
		t.Helper()
		reply, err := table.Run(t.Context(), "reload", commands.Input{Admin: true})
		if err != nil {
			t.Fatal(err)
		}
		return text(reply)
	}
	folder["harbor.txt"] = &fstest.MapFile{Data: []byte("The harbor freezes in January.\n\nIt thaws in April.\n")}
	if got := run(); !strings.Contains(got, "Reloaded: 3 documents with 6 paragraphs, ") {
		t.Errorf("one added:\n%s", got)
	}
	folder["paper.pdf"] = &fstest.MapFile{Data: []byte("%PDF-1.7")}
	if got := run(); !strings.Contains(got, "Mend this first:\npaper.pdf:1: ") {
		t.Errorf("one bad:\n%s", got)
	}
	clear(folder)
	if got := run(); !strings.Contains(got, "Mend this first") {
		t.Errorf("an empty folder:\n%s", got)
	}
	reply, err := table.Run(t.Context(), "ask", commands.Input{Args: commands.Args{"question": "When does the harbor " +
		"freeze?"}})
	if err != nil || !strings.Contains(text(reply), "January") {
		t.Errorf("after a failed reload: %v, %v", text(reply), err)
	}
}
