package dispatch

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/reading"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// builtIn is a table over the document that is compiled in; a generator, if not nil, must not be asked for examples.
func builtIn(t *testing.T, generator rag.Generator) *Table {
	t.Helper()
	return tableOver(t, ask.Config{
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(), Generator: generator,
		Load: func() (*article.Corpus, error) { return article.Load(docs.FS) },
	})
}

// tableOver is a table over an engine that has loaded its documents.
func tableOver(t *testing.T, c ask.Config) *Table {
	t.Helper()
	engine, err := ask.New(c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	table, err := New(Config{Engine: engine})
	if err != nil {
		t.Fatal(err)
	}
	return table
}

func TestWho(t *testing.T) {
	table := builtIn(t, nil)
	for _, c := range []struct {
		name string
		args commands.Args
		want []string
		not  []string
	}{
		{"everybody", nil, []string{"Zabihullah Mujahid – spokesman of the Taliban [¶6]",
			"Abdul Basit – a Pakistani expert on counterterrorism and security [¶18] [¶19]", "with the U.S. Institute of Peace",
			"Tehrik-e Taliban Pakistan – militant group"}, []string{"Seldom", "Durand Line", "Pakistani [", "Kabul ["}},
		{"the next page", commands.Args{"page": "2"}, []string{"Pakistan – the patron", "Kabul [¶2] [¶18]"},
			[]string{"Basit"}},
		{"one", commands.Args{"name": "basit"}, []string{"Abdul Basit\n", "Speaks in [¶18] [¶19]",
			"irrespective of who rules Kabul"},
			[]string{"Yousafzai"}},
		{"by an alias", commands.Args{"name": "TTP"}, []string{"Tehrik-e Taliban Pakistan\n", "Also: TTP"}, nil},
		{"misspelled", commands.Args{"name": "Yusafzai"}, []string{"Sami Yousafzai\n"}, nil},
		{"nobody", commands.Args{"name": "Napoleon"}, []string{"nobody like “Napoleon”"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := text(run(t, table, "who", commands.Input{Args: c.args, From: commands.Chat}))
			for _, want := range c.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in:\n%s", want, got)
				}
			}
			for _, not := range c.not {
				if strings.Contains(got, not) {
					t.Errorf("%q in:\n%s", not, got)
				}
			}
		})
	}
	if got := table.Complete(t.Context(), "who", "name", commands.Input{}, "ba"); len(got) == 0 ||
		got[0] != "Abdul Basit" {
		t.Errorf("offers %v", got)
	}
	if got := table.Complete(t.Context(), "who", "name", commands.Input{Scope: []string{}}, ""); got != nil {
		t.Errorf("offers out of scope: %v", got)
	}
}

func TestSummary(t *testing.T) {
	table := builtIn(t, nil)
	r := run(t, table, "summary", commands.Input{From: commands.Chat})
	sentences := 0
	for _, b := range r.Blocks {
		if b.Kind != commands.Item {
			continue
		}
		sentences++
		if i := slices.IndexFunc(r.Sources, func(p article.Passage) bool { return p.Ref == b.Cites[0] }); i < 0 ||
			!strings.Contains(r.Sources[i].Text, b.Text) {
			t.Errorf("%v does not say %q", b.Cites, b.Text)
		}
	}
	if sentences != reading.SummarySentences || len(r.Actions) == 0 || r.Actions[0].Args[commands.BoldParam] == "" {
		t.Errorf("%d sentences, actions %+v", sentences, r.Actions)
	}
	if again := text(run(t, table, "summary", commands.Input{From: commands.Chat})); again != text(r) {
		t.Error("another time it is another summary")
	}
	if _, err := newTable(t, folder).Run(t.Context(), "summary", commands.Input{}); err == nil ||
		!strings.Contains(err.Error(), "name one of") {
		t.Errorf("of several documents: %v", err)
	}
	if r := run(t, newTable(t, fstest.MapFS{"a.md": {Data: []byte("Yes.\n")}}), "summary", commands.Input{}); !r.Nothing {
		t.Errorf("of nothing: %s", text(r))
	}
}

// TestExamples asks what /help shows, as anybody would.
func TestExamples(t *testing.T) {
	for _, table := range []*Table{builtIn(t, nil), builtIn(t, liar{}), newTable(t, folder)} {
		v, err := table.View(commands.Input{})
		if err != nil {
			t.Fatal(err)
		}
		questions := table.examples(t.Context(), v)
		if len(questions) == 0 || len(questions) > exampleCount || len(v.Documents) == 1 && len(questions) < exampleCount {
			t.Errorf("%q", questions)
		}
		shown := helpOf(t, table)
		for _, q := range questions {
			if !strings.Contains(shown, q) {
				t.Errorf("no %q in:\n%s", q, shown)
			}
			if a, err := table.Engine.Ask(t.Context(), ask.Query{Text: q, Extract: true}); err != nil ||
				a.Outcome != ask.Answered {
				t.Errorf("%q is not answered: %v", q, err)
			}
		}
		t.Log(questions)
	}
}

// helpOf is what the help shows in a chat, with its buttons, each of which asks what it says.
func helpOf(t *testing.T, table *Table) string {
	t.Helper()
	r := run(t, table, "help", commands.Input{From: commands.Chat})
	shown := text(r)
	for _, a := range r.Actions {
		if a.Command == "ask" && a.Args["question"] != a.Label {
			t.Errorf("the button %q asks %q", a.Label, a.Args["question"])
		}
		shown += "[" + a.Label + "]\n"
	}
	return shown
}

// TestExamplesOfOneKind has nothing to choose from but one kind of question.
func TestExamplesOfOneKind(t *testing.T) {
	table := newTable(t, fstest.MapFS{"town.md": {Data: []byte("The mill at Orley was built in 1742 by two brothers.\n\n" +
		"The pier at Lund was opened in 1911 by the queen.\n\nThe lamp of the lighthouse was lit on 3 October 1871.\n")}})
	v, err := table.View(commands.Input{})
	if err != nil {
		t.Fatal(err)
	}
	if got := table.examples(t.Context(), v); len(got) != exampleCount {
		t.Errorf("%q", got)
	}
}

func TestExamplesFollowTheDocuments(t *testing.T) {
	files := fstest.MapFS{"mill.md": {Data: []byte("The mill at Orley was built in 1742 by two brothers.\n")}}
	table := newTable(t, files)
	if got := helpOf(t, table); !strings.Contains(got, "When was the mill at Orley built?") {
		t.Errorf("help:\n%s", got)
	}
	files["mill.md"] = &fstest.MapFile{Data: []byte("The pier at Lund was opened in 1911 by the queen.\n")}
	run(t, table, "reload", commands.Input{Admin: true})
	if got := helpOf(t, table); !strings.Contains(got,
		"When was the pier at Lund opened?") || strings.Contains(got, "mill") {
		t.Errorf("help after a reload:\n%s", got)
	}
}
