// Package commandstest reads replies, for tests.
package commandstest

import (
	"strings"

	"pilcrow/internal/commands"
)

// Text is what a reply says, a block on a line, with its commands and marks.
func Text(r commands.Reply) string {
	var b strings.Builder
	mark := r.Marks()
	for _, block := range r.Blocks {
		for _, name := range block.Commands {
			b.WriteString("/" + name + " ")
		}
		b.WriteString(block.Text)
		for _, ref := range block.Cites {
			b.WriteString(" [" + mark(ref) + "]")
		}
		b.WriteByte('\n')
	}
	return b.String()
}
