package discord

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"time"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/discord/rest"
	"pilcrow/internal/lang"
)

// smallTable is a command table without an engine: ask answers with the question, and some questions are special.
type smallTable struct {
	slow    time.Duration // of ask
	hold    chan struct{} // if not nil, ask waits until it is closed
	deaf    chan struct{} // a question that does not listen to its context waits for it
	ran     atomic.Int64  // how often ask ran
	started atomic.Int64
	cause   atomic.Value // the error that Public was last given
}

var errRefused = errors.New("only those who manage the server may use reload")

func (s *smallTable) Commands() []commands.Command {
	document := commands.Param{Name: "document", Summary: "Only this document", Type: commands.Document,
		Complete: func(_ context.Context, _ commands.Input, typed string) []string {
			if typed == "panic" {
				panic("completion")
			}
			var out []string
			for _, slug := range []string{"border-war", "border-town", "missile"} {
				if strings.HasPrefix(slug, typed) {
					out = append(out, slug)
				}
			}
			return out
		}}
	return []commands.Command{
		{Name: "ask", Summary: "Ask a question", Params: []commands.Param{
			document,
			{Name: "question", Summary: "What you want to know", Type: commands.Text, Required: true, Rest: true,
				MaxRunes: 2000},
			{Name: "private", Summary: "Only you see the answer", Type: commands.Flag, Only: commands.Chat},
		}},
		{Name: "find", Summary: "For scripts", Only: commands.Terminal},
		{Name: "paragraph", Summary: "Show a paragraph", Params: []commands.Param{
			{Name: "number", Summary: "Its number", Type: commands.Integer, Required: true}, document}},
		{Name: "help", Summary: "Say what can be asked", Private: true},
		{Name: "reload", Summary: "Read the documents again", Admin: true},
	}
}

func (s *smallTable) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	switch name {
	case "ask":
		return s.ask(ctx, in.Args["question"])
	case "paragraph":
		return says("The words of ¶" + in.Args["number"] + " of " + in.Args["document"]), nil
	case "help":
		return says("Ask me about the documents."), nil
	case "reload":
		if !in.Admin {
			return commands.Reply{}, errRefused
		}
		return says("Nothing has changed."), nil
	}
	return commands.Reply{}, errors.New("no such command")
}

func (s *smallTable) ask(ctx context.Context, q string) (commands.Reply, error) {
	s.started.Add(1)
	if s.hold != nil {
		select {
		case <-s.hold:
		case <-ctx.Done():
			return commands.Reply{}, ctx.Err()
		}
	}
	if err := rest.Sleep(ctx, s.slow); err != nil {
		return commands.Reply{}, err
	}
	s.ran.Add(1)
	switch {
	case q == "deaf":
		<-s.deaf
	case q == "panic":
		panic("no answer to this")
	case q == "fail":
		return commands.Reply{}, errors.New("the disk at /dev/sda1 is on fire")
	case q == "empty":
		return commands.Reply{}, nil
	case strings.HasPrefix(q, "long"):
		return says(strings.Repeat("This sentence says something about the long road to the border. ", 100)), nil
	case q == "endless":
		return says(strings.Repeat("This sentence says something about the long road to the border. ", 1000)), nil
	}
	p := article.Passage{Ref: article.Ref{Slug: "border-war", N: 16}, Title: "The *Border* War", Text: "…"}
	return commands.Reply{
		Blocks:  []commands.Block{{Text: "You asked: " + q, Cites: []article.Ref{p.Ref}}},
		Sources: []article.Passage{p},
		Actions: []commands.Action{{Label: "¶16", Command: "paragraph",
			Args: commands.Args{"number": "16", "document": "border-war"}}},
	}, nil
}

// Complete is the real table's.
func (s *smallTable) Complete(ctx context.Context, command, param string, in commands.Input, typed string) []string {
	for _, c := range s.Commands() {
		for _, p := range c.Params {
			if c.Name == command && p.Name == param && p.Complete != nil {
				return p.Complete(ctx, in, typed)
			}
		}
	}
	return nil
}

// Sure is what begins with "sure".
func (s *smallTable) Sure(_ context.Context, in commands.Input) bool {
	return strings.HasPrefix(in.Args["question"], "sure")
}

// Language is the asker's.
func (s *smallTable) Language(in commands.Input, _ bool) lang.Printer { return in.Lang }

func (s *smallTable) Public(err error, _ lang.Printer) (string, string) {
	s.cause.Store(err.Error())
	switch {
	case errors.Is(err, errRefused):
		return err.Error(), ""
	case errors.Is(err, context.DeadlineExceeded):
		return "That took too long.", ""
	}
	return "Something went wrong (ref 7f3a).", "7f3a"
}

func says(s string) commands.Reply {
	return commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: strings.TrimSpace(s)}}}
}

// turningTable has a list whose second page cannot be had.
type turningTable struct{ smallTable }

func (s *turningTable) Commands() []commands.Command {
	return []commands.Command{{Name: "list", Summary: "A list", Params: []commands.Param{
		{Name: "page", Summary: "Which page", Type: commands.Integer}}}}
}

func (s *turningTable) Run(_ context.Context, _ string, in commands.Input) (commands.Reply, error) {
	if in.Args["page"] != "" {
		return commands.Reply{}, errors.New("the page is torn")
	}
	r := says("page one")
	r.Actions = []commands.Action{{Label: "Next →", Command: "list", Args: commands.Args{"page": "2"}, Turn: true}}
	return r, nil
}
