package dispatch

import (
	"context"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/question"
	"pilcrow/internal/rag/ask"
)

// Asks tells whether somebody who was asked would take a message for a question, of whatever it may be.
func Asks(message string) bool { return question.Asks(message) }

// Sure tells whether what somebody said to nobody in particular is a question that the documents surely answer. It asks
// no model to write and no server to embed, keeps nothing, and is found out for any message of a channel: what is no
// question by its form costs no look at the documents. The rights of Run hold; whatever is in the way, the answer is
// no.
func (t *Table) Sure(ctx context.Context, in commands.Input) bool {
	questions := question.Unaddressed(in.Args["question"])
	if len(questions) == 0 {
		return false
	}
	c, _ := t.Lookup("ask")
	c.Timeout = access.ReadTimeout
	c.Run = func(ctx context.Context, in commands.Input) (commands.Reply, error) {
		v, err := t.View(in)
		if err != nil {
			return commands.Reply{}, err
		}
		for _, text := range questions {
			query := v.Query(text)
			query.Extract, query.Unasked = true, true
			a, err := v.Engine.Ask(ctx, query)
			if err != nil || a.Outcome != ask.Answered || !a.Sure || len(a.Notes) > 0 {
				return commands.Reply{Nothing: true}, err
			}
		}
		return commands.Reply{}, nil
	}
	r, err := t.run(ctx, c, in)
	return err == nil && !r.Nothing
}
