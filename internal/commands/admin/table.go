// Package admin has the documents in the hands of those who manage a server: added, shown, tied to channels, removed,
// undone, reloaded; and how the program does.
package admin

import (
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
	"pilcrow/internal/mirror"
)

// A Table has the commands.
type Table struct {
	*access.Control
	Health  func() commands.Health // how the program does; nil where nobody knows, as in a terminal
	Sources func() []mirror.Source // the places elsewhere that the operator's documents follow; nil for none
}
