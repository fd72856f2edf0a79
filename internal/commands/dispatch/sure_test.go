package dispatch

import (
	"context"
	"os"
	"strings"
	"sync/atomic"
	"testing"

	"pilcrow/docs"
	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/local"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/static"
)

// channelTable is a table over the built-in document, as the program has it without a model.
func channelTable(t *testing.T) *Table {
	t.Helper()
	return tableOver(t, ask.Config{Embedder: static.New(), Meaning: rag.StaticTable(), Index: chromemindex.New(),
		Extractor: local.NewExtractor(), Load: func() (*article.Corpus, error) { return article.Load(docs.FS) }})
}

func sure(t *testing.T, table *Table, said string) bool {
	t.Helper()
	return table.Sure(t.Context(), commands.Input{From: commands.Chat, Args: commands.Args{"question": said}})
}

// Of what people say to each other at most one line in a hundred is taken for a question to the documents.
func TestSmallTalk(t *testing.T) {
	if testing.Short() {
		t.Skip("it computes in one goroutine: the race detector sees nothing there")
	}
	data, err := os.ReadFile("testdata/smalltalk.txt")
	if err != nil {
		t.Fatal(err)
	}
	table := channelTable(t)
	var lines, taken []string
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' || line[0] == '=' {
			continue
		}
		lines = append(lines, line)
		if sure(t, table, line) {
			taken = append(taken, line)
		}
	}
	if len(lines) < 300 || len(taken)*100 > len(lines) {
		t.Errorf("%d of %d lines are answered: %q", len(taken), len(lines), taken)
	}
	t.Logf("answered: %d of %d lines %q", len(taken), len(lines), taken)
}

// What is asked of the documents is answered, in whatever way it is asked; what they only speak of is not.
func TestSure(t *testing.T) {
	table := channelTable(t)
	for _, said := range []string{
		"When did Pakistan strike eastern Afghanistan from the air?",
		"For how long was Pakistan the patron of the Afghan Taliban",
		"Hi all! Does anyone know how many attacks militants carried out in Pakistan in 2021? Thanks",
	} {
		if !sure(t, table, said) {
			t.Errorf("not sure: %q", said)
		}
	}
	for _, said := range []string{
		"When did Pakistan strike western Afghanistan from the sea?",
		"How many attacks did militants carry out in Pakistan in 1999?",
		"Who called the raids a triumph?",
		"strikes April 2022",
	} {
		if sure(t, table, said) {
			t.Errorf("sure: %q", said)
		}
	}
	elsewhere := commands.Input{From: commands.Chat, Scope: []string{"other"},
		Args: commands.Args{"question": "For how long was Pakistan the patron of the Afghan Taliban"}}
	if table.Sure(t.Context(), elsewhere) {
		t.Error("a document that the channel may not see is answered from")
	}
}

// An askedServer stands for a server that embeds.
type askedServer struct {
	*static.Embedder
	questions atomic.Int32
}

func (s *askedServer) Embed(ctx context.Context, kind rag.Kind, texts []string) ([][]float32, error) {
	if kind == rag.Question {
		s.questions.Add(1)
	}
	return s.Embedder.Embed(ctx, kind, texts)
}

// What people say to each other is sent to no server that embeds; what they ask the bot is.
func TestSureAsksNoServer(t *testing.T) {
	embedder := &askedServer{Embedder: static.New()}
	table := tableOver(t, ask.Config{Embedder: embedder, Meaning: rag.SentenceModel(), Index: chromemindex.New(),
		Extractor: local.NewExtractor(), Load: func() (*article.Corpus, error) { return article.Load(docs.FS) }})
	loaded := embedder.questions.Load()
	for _, said := range []string{"When did Pakistan strike eastern Afghanistan from the air?",
		"Did anybody feed the cat?", "What is the airspeed of an unladen swallow?"} {
		sure(t, table, said)
	}
	if n := embedder.questions.Load() - loaded; n > 0 {
		t.Errorf("%d questions were sent", n)
	}
	if !sure(t, table, "When did Pakistan strike eastern Afghanistan from the air?") {
		t.Error("not sure without the server")
	}
	if _, err := table.Run(t.Context(), "ask", commands.Input{From: commands.Chat,
		Args: commands.Args{"question": "When did Pakistan strike eastern Afghanistan from the air?"}}); err != nil {
		t.Fatal(err)
	}
	if embedder.questions.Load() == loaded {
		t.Error("a question to the bot is not sent either")
	}
}
