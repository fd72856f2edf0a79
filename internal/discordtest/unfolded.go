package discordtest

import (
	"fmt"
	"strings"
)

// Unfolded is the transcript of the room with all that each message of the bot has shown over time.
func (r Room) Unfolded() string {
	s := r.s
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.world.channels[r.id]
	if ch == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(s.title(ch) + "\n")
	uses := ch.uses
	for i, id := range ch.messages {
		for ; len(uses) > 0 && uses[0].before <= i; uses = uses[1:] {
			s.writeUse(&b, uses[0].it)
		}
		m := s.world.messages[id]
		last := len(m.Edits) - 1
		for n, e := range m.Edits {
			switch {
			case n == last:
				s.write(&b, m)
			case e.Loading:
				fmt.Fprintf(&b, "%s: is thinking…\n", name(m.Author))
			default:
				fmt.Fprintf(&b, "%s, for now:\n", name(m.Author))
				s.indent(&b, "| ", e.Content)
				for _, c := range e.Components {
					s.writeComponent(&b, c)
				}
			}
		}
	}
	for _, u := range uses {
		s.writeUse(&b, u.it)
	}
	return b.String()
}
