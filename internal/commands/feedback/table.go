// Package feedback keeps what people give, with their consent: votes, questions for those who manage their server, and
// wishes to be told of an answer. It asks open questions again when the documents changed, and deletes what is old.
package feedback

import (
	"time"

	"pilcrow/internal/commands/access"
	"pilcrow/internal/commands/admin"
	"pilcrow/internal/recent"
)

// Config is what a Table needs beside the documents.
type Config struct {
	Notify Notify // writes to those who wish to be told of an answer; nil where nobody can be
	// Servers are the ids of the servers that have the bot, if that is known; nil where there are none.
	Servers func() (ids []string, known bool)
	// Serves tells whether this process serves a server, and for "" direct messages; nil is for all.
	Serves func(server string) bool
}

// A Table has the commands.
type Table struct {
	*access.Control
	admin      *admin.Table
	notify     Notify
	Servers    func() (ids []string, known bool)
	Ours       func(server string) bool          // nil: all are; see serves
	unanswered *recent.Cache[string, unanswered] // by askerKey
	elapsed    func() time.Duration              // since the table was made, by a clock that cannot be set
}

// New makes the table. Those who manage the documents answer open questions by proposing one.
func New(control *access.Control, documents *admin.Table, c Config) *Table {
	since := control.Now()
	return &Table{Control: control, admin: documents, notify: c.Notify, Servers: c.Servers, Ours: c.Serves,
		elapsed: func() time.Duration { return control.Now().Sub(since) },
		unanswered: recent.New[string](recent.Config[unanswered]{Entries: maxUnanswered, Keep: keepUnanswered,
			Now: control.Now})}
}
