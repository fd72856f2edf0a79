// Package settings has what the admins of a server set: its language, and what is answered without a mention in threads
// and channels.
package settings

import (
	"pilcrow/internal/commands"
	"pilcrow/internal/commands/access"
)

// A Table has the commands.
type Table struct {
	*access.Control
	Overhears Overhearing // what is done with messages that are not said to the bot
}

// Commands are the rows, in the order in which they are shown.
func (t *Table) Commands() []commands.Command {
	return []commands.Command{t.language(), t.threads(), t.channels()}
}
