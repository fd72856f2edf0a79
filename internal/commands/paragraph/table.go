// Package paragraph shows the paragraph behind a citation, and knows it again after its document has changed: by a mark
// of its text, by a sketch of its words, and by what stood beside it.
package paragraph

import (
	"pilcrow/internal/budget"
	"pilcrow/internal/commands/access"
)

// A Table has the command that opens a paragraph.
type Table struct {
	*access.Control
	sketches access.PerDocument[[]uint32] // by slug; see anchor
}

// New makes the table. What it keeps of documents is counted in the budget, which may be nil.
func New(control *access.Control, b *budget.Budget) *Table {
	t := &Table{Control: control}
	t.sketches.Bound(nil, b, func(s []uint32) int64 { return 4 * int64(len(s)) })
	b.Reclaimer(func(bytes int64) { t.sketches.Give(bytes) })
	return t
}
