package dispatch

import (
	"bytes"
	"context"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/budget"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/intake"
	"pilcrow/internal/lang"
	"pilcrow/internal/library"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/store"
	"pilcrow/internal/store/storetest"
)

// A town is a table over a store and a library, with the people who use it.
type town struct {
	*Table
	t       *testing.T
	data    string
	store   *store.Store
	library *library.Library
	clock   time.Time
	model   rag.Generator               // nil: extracts
	told    map[string][]commands.Reply // by person
	deaf    error                       // what writing to people ends with
	memory  int64                       // bytes that the documents may take; 0: any
}

func newTown(t *testing.T) *town {
	t.Helper()
	w := &town{t: t, data: t.TempDir(), clock: time.Date(2026, 11, 23, 20, 0, 0, 0, time.UTC),
		told: map[string][]commands.Reply{}}
	w.open()
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

func (w *town) open() {
	w.t.Helper()
	var err error
	if w.store, err = (store.Config{URL: storetest.URL(w.t, w.data)}).Open(w.data); err != nil {
		w.t.Fatal(err)
	}
	parts := ask.Config{Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(),
		Load: func() (*article.Corpus, error) { return article.Load(folder) }}
	parts.Generator = w.model
	engine, err := ask.New(parts)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, err := engine.Reload(w.t.Context(), nil); err != nil {
		w.t.Fatal(err)
	}
	parts.Load = nil
	now := func() time.Time { return w.clock }
	config := library.Config{Store: w.store, Shared: engine, Engine: parts, Now: now}
	if w.memory > 0 {
		config.Budget = budget.New(w.memory)
	}
	if w.library, err = library.Open(w.t.Context(), config); err != nil {
		w.t.Fatal(err)
	}
	w.Table, err = New(Config{Engine: engine, Library: w.library, People: w.store, Now: now,
		Notify: func(_ context.Context, _, person string, r commands.Reply) error {
			if w.deaf == nil {
				w.told[person] = append(w.told[person], r)
			}
			return w.deaf
		}})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *town) restart() {
	w.t.Helper()
	if err := w.store.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.open()
}

// ids that stand nowhere else, so that their traces can be looked for.
const (
	ann   = "700000000000000001"
	bob   = "700000000000000002"
	home  = "800000000000000001" // a server
	away2 = "800000000000000002" // another
	plaza = "900000000000000001" // a channel
)

// as is an input of a person in a channel of a server.
func as(person, server string) commands.Input {
	return commands.Input{Person: person, Name: "name of " + person, Server: server, Channels: []string{plaza},
		From: commands.Chat}
}

func (w *town) run(in commands.Input, command string, args commands.Args) commands.Reply {
	w.t.Helper()
	r, err := w.try(in, command, args)
	if err != nil {
		w.t.Fatalf("%s %v: %v", command, args, err)
	}
	return r
}

func (w *town) try(in commands.Input, command string, args commands.Args) (commands.Reply, error) {
	in.Args = args
	return w.Run(w.t.Context(), command, in)
}

// click runs what a reply's button carries. form are the fields that a form asks for.
func (w *town) click(in commands.Input, r commands.Reply, label string, form commands.Args) commands.Reply {
	w.t.Helper()
	got, err := w.tryClick(in, r, label, form)
	if err != nil {
		w.t.Fatalf("%s: %v", label, err)
	}
	return got
}

func (w *town) tryClick(in commands.Input, r commands.Reply, label string, form commands.Args) (commands.Reply, error) {
	w.t.Helper()
	i := slices.IndexFunc(r.Actions, func(a commands.Action) bool { return strings.Contains(a.Label, label) })
	if i < 0 {
		w.t.Fatalf("no button %q in %+v", label, r.Actions)
	}
	a := r.Actions[i]
	if !a.Fits() || a.Form && a.Runes() >= commands.MaxCallRunes {
		w.t.Errorf("a button that no message can carry: %+v", a)
	}
	args := commands.Args{}
	for _, from := range []commands.Args{a.Args, form} {
		maps.Copy(args, from)
	}
	return w.try(in, a.Command, args)
}

// want reports what a reply does not say.
func (w *town) want(r commands.Reply, texts ...string) {
	w.t.Helper()
	for _, wanted := range texts {
		if got := text(r); !strings.Contains(got, wanted) {
			w.t.Errorf("no %q in:\n%s", wanted, got)
		}
	}
}

// refused wants a refusal that says so.
func (w *town) refused(err error, says string) {
	w.t.Helper()
	if got, ok := commands.Known(err, lang.Printer{}); !ok || !strings.Contains(got, says) {
		w.t.Errorf("got %v, want a refusal with %q", err, says)
	}
}

func (w *town) traces(of string) (files []string) {
	w.t.Helper()
	err := filepath.WalkDir(w.data, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		if bytes.Contains(bytes.ToLower(content), []byte(strings.ToLower(of))) {
			files = append(files, d.Name())
		}
		return err
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return files
}

const (
	covered    = "How many passengers does the ferry carry?"
	notCovered = "Who paints the ferry with zinc?"
)

// put adds a document to a server.
func (w *town) put(server, name, text string) {
	w.t.Helper()
	by := library.Who{ID: bob, Name: "Bob"}
	p, err := w.library.Propose(w.t.Context(), server, library.Request{File: &intake.File{Name: name, Data: []byte(text)}},
		by)
	if err != nil {
		w.t.Fatal(err)
	}
	if _, _, err := w.library.Confirm(w.t.Context(), server, p.ID, by, nil); err != nil {
		w.t.Fatal(err)
	}
}
