// Package answers has ask and check: what a question is read as, what the conversation before it says of it, the
// engine, and what was left out of the answer.
package answers

import (
	"context"

	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/excerpt"
	"pilcrow/internal/commands/feedback"
	"pilcrow/internal/commands/reading"
	"pilcrow/internal/rag"
	"pilcrow/internal/rag/ask"
	"pilcrow/internal/recent"
)

// Config is what a Table needs beside the documents.
type Config struct {
	Excerpts *excerpt.Finder
	Reading  *reading.Table  // a question may be answered by what another command shows
	Feedback *feedback.Table // what is offered below an answer
	// Introduce says what can be asked.
	Introduce func(ctx context.Context, in commands.Input) (commands.Reply, error)
	Rewriter  rag.Rewriter // makes the questions of a conversation stand alone; nil: the rules alone do
}

// A Table has the commands. What it remembers of answers is in memory, and bounded.
type Table struct {
	*access.Control
	excerpts  *excerpt.Finder
	reading   *reading.Table
	feedback  *feedback.Table
	introduce func(ctx context.Context, in commands.Input) (commands.Reply, error)
	Rewriter  rag.Rewriter
	given     *recent.Cache[string, ask.Answer] // by questionKey
	left      *recent.Cache[string, left]       // by the answer's key
}

// New makes the table.
func New(control *access.Control, c Config) *Table {
	return &Table{Control: control, excerpts: c.Excerpts, reading: c.Reading, feedback: c.Feedback,
		introduce: c.Introduce, Rewriter: c.Rewriter,
		given: recent.New[string](recent.Config[ask.Answer]{Entries: MaxRemembered, Keep: KeepRemembered, Now: control.Now}),
		left:  recent.New[string](recent.Config[left]{Entries: MaxAnswers, Keep: KeepAnswers, Now: control.Now})}
}
