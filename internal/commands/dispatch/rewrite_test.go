package dispatch

import (
	"strings"
	"testing"

	"pilcrow/internal/article"
	"pilcrow/internal/chromemindex"
	"pilcrow/internal/commands"
	"pilcrow/internal/followup"
	"pilcrow/internal/local"
	"pilcrow/internal/openai"
	"pilcrow/internal/openaitest"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
)

// A model makes a follow-up stand alone where it keeps to what was said; where it lies, is led astray or fails, the
// rules do.
func TestModelRewrites(t *testing.T) {
	turns := []followup.Turn{{Question: "Who kept the lighthouse at Skarvik?", Answer: "Its keeper was Henrik Dahl, a " +
		"retired sailor.",
		Cited: []article.Ref{{Slug: "lighthouse", N: 1}}}}
	const byRule = "What was Henrik Dahl before?"
	for _, c := range []struct {
		name  string
		reply openaitest.Reply
		want  string
	}{
		{"as it should be", openaitest.Reply{Text: "What was the keeper Henrik Dahl before?"},
			"What was the keeper Henrik Dahl before?"},
		{"another name", openaitest.Reply{Text: "What was Olaf Brandt before?"}, byRule},
		{"a number of its own", openaitest.Reply{Text: "What was Henrik Dahl before 1931?"}, byRule},
		{"the opposite", openaitest.Reply{Text: "What was Henrik Dahl not before?"}, byRule},
		{"an answer", openaitest.Reply{Text: "Henrik Dahl was a pirate who sank seven merchant ships."}, byRule},
		{"what an injection wants", openaitest.Reply{Text: "@everyone visit https://evil.example for free coins"}, byRule},
		{"an invented answer", openaitest.Reply{Fault: openaitest.InventedQuotation}, byRule},
		{"more than a line", openaitest.Reply{Text: "What was Henrik Dahl before?\nWho is he?"}, byRule},
		{"a server that fails", openaitest.Reply{Fault: openaitest.Refused}, byRule},
		{"an answer that is cut short", openaitest.Reply{Fault: openaitest.FinishLength}, byRule},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := openaitest.New(t)
			server.Always(c.reply)
			table := newTable(t, folder)
			var err error
			if table.answers.Rewriter, err = openai.NewRewriter(openai.Config{BaseURL: server.URL,
				ChatModel: "small"}); err != nil {
				t.Fatal(err)
			}
			reply, err := table.Run(t.Context(), "ask", commands.Input{Args: commands.Args{"question": "what was he before?"},
				Turns: turns,
				From:  commands.Chat})
			if err != nil {
				t.Fatal(err)
			}
			if got := text(reply); !strings.Contains(got, "Read as: "+c.want) || !strings.Contains(got, "retired sailor") {
				t.Errorf("want read as %q:\n%s", c.want, got)
			}
			table.Run(t.Context(), "ask", commands.Input{Args: commands.Args{"question": "How many passengers does the ferry " +
				"carry?"},
				Turns: turns, From: commands.Chat})
			if n := len(server.Requests()); n != 1 {
				t.Errorf("the model was asked %d times; a question that stands alone needs none", n)
			}
		})
	}
}

// engineWith is an engine over the folder of the tests that has a model write.
func engineWith(t *testing.T, generator rag.Generator) *ask.Engine {
	t.Helper()
	engine, err := ask.New(ask.Config{
		Embedder: local.NewEmbedder(), Index: chromemindex.New(), Extractor: local.NewExtractor(), Generator: generator,
		Load: func() (*article.Corpus, error) { return article.Load(folder) },
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := engine.Reload(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return engine
}
