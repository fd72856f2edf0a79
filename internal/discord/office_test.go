package discord

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"pilcrow/internal/commands"
)

// officeTable has commands with every kind of parameter, and remembers what they were called with.
type officeTable struct {
	smallTable

	mu    sync.Mutex
	calls []called
}

type called struct {
	name string
	in   commands.Input
}

func (o *officeTable) Commands() []commands.Command {
	reasons := []string{"wrong", "not supported", "missing", "other"}
	document := commands.Param{Name: "document", Summary: "Which document", Type: commands.Document, Required: true,
		Complete: func(_ context.Context, in commands.Input, typed string) []string {
			return []string{typed + "-of-" + in.Server + in.Args["title"]}
		}}
	return append(o.smallTable.Commands(),
		commands.Command{Name: "documents", Summary: "The documents that can be asked about", Only: commands.Terminal},
		commands.Command{Name: "documents list", Summary: "List the documents", Only: commands.Chat},
		commands.Command{Name: "documents add", Summary: "Add a document", Admin: true, Private: true,
			Params: []commands.Param{
				{Name: "file", Summary: "The file", Type: commands.Attachment},
				{Name: "address", Summary: "Or where it is", Type: commands.Text, MaxRunes: 500},
				{Name: "title", Summary: "What it is called", Type: commands.Text, MaxRunes: 200},
			}},
		commands.Command{Name: "documents replace", Summary: "Replace a document", Admin: true, Private: true,
			Params: []commands.Param{
				{Name: "title", Summary: "What it is called", Type: commands.Text, MaxRunes: 200}, document,
			}},
		commands.Command{Name: "documents scope", Summary: "Tie a channel to documents", Admin: true,
			Params: []commands.Param{
				{Name: "channel", Summary: "Which channel", Type: commands.Channel, Required: true},
				{Name: "role", Summary: "Which role", Type: commands.Role},
				{Name: "how", Summary: "How", Type: commands.Text, Choices: reasons},
			}},
		commands.Command{Name: "every field", Summary: "Ask for everything", Private: true, Only: commands.Button,
			Params: []commands.Param{
				{Name: "file", Summary: "The file", Type: commands.Attachment},
				{Name: "place", Summary: "Which channel", Type: commands.Channel, Required: true},
				{Name: "up", Summary: "A button gives it", Type: commands.Flag, Carried: true},
				{Name: "whose", Summary: "Which role", Type: commands.Role},
				{Name: "thread", Summary: "With a thread", Type: commands.Flag},
			}},
		commands.Command{Name: "vote", Summary: "Say what is wrong with an answer, so that it can be made better for others",
			Private: true,
			Only:    commands.Button, Params: []commands.Param{
				{Name: "answer", Summary: "Which answer", Type: commands.Text, Required: true},
				{Name: "comment", Summary: "What you would have expected", Type: commands.Text, MaxRunes: 500},
				{Name: "reason", Summary: "What is wrong", Type: commands.Text, Required: true, Choices: reasons},
			}},
	)
}

func (o *officeTable) Run(ctx context.Context, name string, in commands.Input) (commands.Reply, error) {
	o.mu.Lock()
	o.calls = append(o.calls, called{name, in})
	o.mu.Unlock()
	switch {
	case name == "ask" && in.Args[attachedParam] != "":
		return says(fmt.Sprintf("You asked: %s with %d bytes", in.Args["question"], len(in.Files[attachedParam].Data))), nil
	case name == "ask" && in.Args["question"] == "vote here":
		r := says("An answer.")
		r.Actions = []commands.Action{{Label: "👎", Command: "vote", Args: commands.Args{"answer": "k1"}, Form: true,
			Turn: true},
			{Label: "👍", Command: "vote", Args: commands.Args{"answer": "k1", "reason": "none", "comment": "-"}, Form: true}}
		return r, nil
	case name == "ask" && in.Args["question"] == "all fields":
		r := says("An answer.")
		r.Actions = []commands.Action{{Label: "Fill in", Command: "every field", Form: true}}
		return r, nil
	case name == "ask" && in.Args["question"] == "unbroken":
		r := says(strings.Repeat("word ", 1850))
		r.Share = true
		return r, nil
	case name == "ask" && in.Args["question"] == "vote":
		r := says("An answer.")
		r.Actions = []commands.Action{{Label: "👎", Command: "vote", Args: commands.Args{"answer": "k1"}, Form: true}}
		return r, nil
	case strings.HasPrefix(name, "documents") || name == "vote" || name == "every field":
		var said []string
		for param, value := range in.Args {
			said = append(said, param+" "+value)
		}
		slices.Sort(said)
		for param, f := range in.Files {
			said = append(said, fmt.Sprintf("%s holds %d bytes", param, len(f.Data)))
		}
		return says("You called " + name + ": " + strings.Join(said, ", ")), nil
	}
	return o.smallTable.Run(ctx, name, in)
}

// May is the real table's.
func (s *smallTable) May(string, commands.Input) bool { return true }

// May knows admins alone.
func (o *officeTable) May(command string, in commands.Input) bool {
	return in.Admin || !strings.HasPrefix(command, "documents ") || command == "documents list"
}

func (o *officeTable) Complete(ctx context.Context, command, param string, in commands.Input, typed string) []string {
	for _, c := range o.Commands() {
		for _, p := range c.Params {
			if c.Name == command && p.Name == param && p.Complete != nil {
				return p.Complete(ctx, in, typed)
			}
		}
	}
	return nil
}

// last is the latest call of a command.
func (o *officeTable) last(name string) commands.Input {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, c := range slices.Backward(o.calls) {
		if c.name == name {
			return c.in
		}
	}
	return commands.Input{}
}
