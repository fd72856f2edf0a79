// Package reading tells what stands in the documents, without a model: who said what, what happened when, who is in
// them, and the sentences that stand for the rest. What it reads of a document is kept until that changes.
package reading

import (
	"pilcrow/internal/budget"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/summary"
)

// A Table has the commands, and keeps what was read.
type Table struct {
	*access.Control
	Cast      Cast
	summaries access.PerDocument[[]summary.Pick]
	speeches  access.PerDocument[speech]
	events    access.PerDocument[events]
}

// New makes the table. What it keeps of documents is counted in the budget, which may be nil.
func New(control *access.Control, b *budget.Budget) *Table {
	t := &Table{Control: control}
	t.remember(access.NewMakers(), b)
	return t
}
