package discordtest

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// view is a copy of a message for a test. The caller holds s.mu.
func (s *Server) view(m *message) Message {
	v := s.visible(m, allIntents)
	v.Deleted, v.For, v.Edits = m.Deleted, m.For, slices.Clone(m.Edits)
	return v
}

// Message is a message by its id, deleted ones too.
func (s *Server) Message(id ID) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.world.messages[id]
	if m == nil {
		return Message{}, false
	}
	return s.view(m), true
}

// Messages are those of a channel, oldest first, ephemeral ones too, deleted ones not.
func (s *Server) Messages(channel ID) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.world.channels[channel]
	if ch == nil {
		return nil
	}
	var out []Message
	for _, id := range ch.messages {
		if m := s.world.messages[id]; !m.Deleted {
			out = append(out, s.view(m))
		}
	}
	return out
}

// A Room is a channel or thread, for reading.
type Room struct {
	s  *Server
	id ID
}

// Channel is a room by its id.
func (s *Server) Channel(id ID) Room { return Room{s, id} }

// Messages are Server.Messages of the room.
func (r Room) Messages() []Message { return r.s.Messages(r.id) }

// Transcript is Server.Transcript of the room alone.
func (r Room) Transcript() string {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	return r.s.room(r.s.world.channels[r.id])
}

// Last is the newest message of the room that is not deleted.
func (r Room) Last() (Message, bool) {
	list := r.Messages()
	if len(list) == 0 {
		return Message{}, false
	}
	return list[len(list)-1], true
}

// Transcript is what people see in all rooms where something was said: stable text without ids and times.
func (s *Server) Transcript() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var rooms []string
	for _, id := range s.world.order {
		if ch := s.world.channels[id]; len(ch.messages)+len(ch.uses) > 0 {
			rooms = append(rooms, s.room(ch))
		}
	}
	return strings.Join(rooms, "\n")
}

// use is an interaction in a channel's history, before the message with that index.
type use struct {
	before int
	it     *Interaction
}

// tell notes an interaction for the transcript. The caller holds s.mu.
func (s *Server) tell(ch *channel, it *Interaction) {
	ch.uses = append(ch.uses, use{len(ch.messages), it})
}

func (s *Server) room(ch *channel) string {
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
		s.write(&b, s.world.messages[id])
	}
	for _, u := range uses {
		s.writeUse(&b, u.it)
	}
	return b.String()
}

func (s *Server) title(ch *channel) string {
	switch ch.Type {
	case DirectMessage:
		return "== " + name(&ch.Recipients[0]) + " and " + s.world.bot.Username + " =="
	case GroupDirect:
		var names []string
		for _, u := range ch.Recipients {
			names = append(names, name(&u))
		}
		return "== " + strings.Join(names, " and ") + " =="
	case PublicThread, PrivateThread, NewsThread:
		return "== " + s.parentName(ch) + " > " + ch.Name + " =="
	}
	return "== #" + ch.Name + " =="
}

func (s *Server) parentName(ch *channel) string {
	if parent := s.world.channels[ch.ParentID]; parent != nil {
		return "#" + parent.Name
	}
	return "#?"
}

func (s *Server) writeUse(b *strings.Builder, it *Interaction) {
	fmt.Fprintf(b, "%s uses %s\n", it.user.Name(), s.readable(it.usage))
	if it.modal != nil {
		fmt.Fprintf(b, "  shown to %s: form “%s”\n", it.user.Name(), it.modal.Title)
	}
}

// write is one message: who, to whom, the text, and what hangs below it.
func (s *Server) write(b *strings.Builder, m *message) {
	head := name(m.Author)
	if m.original != nil {
		head += " to " + m.original.user.Name()
	} else if m.Reference != nil {
		if to := s.world.messages[m.Reference.MessageID]; to != nil {
			head += " to " + name(to.Author)
		}
	}
	if m.Ephemeral() {
		head += " (only " + name(s.world.user(m.For)) + " sees this)"
	}
	switch {
	case m.Deleted:
		fmt.Fprintf(b, "%s: (deleted)\n", head)
		return
	case m.Loading():
		fmt.Fprintf(b, "%s: is thinking…\n", head)
		return
	}
	content, components := m.Content, m.Components
	if content == "" && len(components) > 0 && components[0].Type == TextDisplay {
		content, components = components[0].Content, components[1:]
	}
	lines := strings.Split(s.readable(content), "\n")
	b.WriteString(strings.TrimRight(head+": "+lines[0], " ") + "\n")
	for _, l := range lines[1:] {
		b.WriteString(strings.TrimRight("  "+l, " ") + "\n")
	}
	for _, e := range m.Embeds {
		s.indent(b, "| ", strings.TrimSpace(e.Title+"\n"+e.Description))
		for _, f := range e.Fields {
			s.indent(b, "| ", f.Name+": "+f.Value)
		}
		if e.Footer != nil {
			s.indent(b, "| ", e.Footer.Text)
		}
	}
	for _, a := range m.Attachments {
		fmt.Fprintf(b, "  file %s, %d bytes\n", a.Filename, a.Size)
	}
	for _, c := range components {
		s.writeComponent(b, c)
	}
}

// writeComponent is one row or block.
func (s *Server) writeComponent(b *strings.Builder, c Component) {
	switch c.Type {
	case ActionRow:
		var parts []string
		for _, x := range c.Components {
			label := x.Label + x.Placeholder
			if x.URL != "" {
				label += " -> " + x.URL
			}
			if x.Disabled {
				label += " (disabled)"
			}
			parts = append(parts, "["+label+"]")
		}
		b.WriteString("  " + strings.Join(parts, " ") + "\n")
	case TextDisplay:
		s.indent(b, "", c.Content)
	case Separator:
		b.WriteString("  ---\n")
	case Section: // the button stands beside the text
		var texts []string
		for _, x := range c.Components {
			texts = append(texts, x.Content)
		}
		if c.Accessory != nil && c.Accessory.Type == Button {
			texts[len(texts)-1] += "  [" + c.Accessory.Label + "]"
		}
		s.indent(b, "", strings.Join(texts, "\n"))
	case Container:
		var inner strings.Builder
		for _, x := range c.Components {
			s.writeComponent(&inner, x)
		}
		for l := range strings.Lines(inner.String()) {
			b.WriteString("  " + side(c.AccentColor) + strings.TrimPrefix(l, " "))
		}
	default:
		for _, x := range c.Components {
			s.writeComponent(b, x)
		}
	}
}

// side is the edge of a container: its color, for those who see it.
func side(accent *int) string {
	if accent == nil {
		return "|"
	}
	names := map[int]string{0x248046: "green|", 0xda373c: "red|", 0xf0b232: "yellow|"}
	return cmp.Or(names[*accent], "color|")
}

func (s *Server) indent(b *strings.Builder, mark, text string) {
	for l := range strings.Lines(s.readable(text)) {
		b.WriteString(strings.TrimRight("  "+mark+strings.TrimSuffix(l, "\n"), " ") + "\n")
	}
}

var anyMention = regexp.MustCompile(`<(@!?|@&|#)(\d+)>`)

// readable puts names for ids.
func (s *Server) readable(text string) string {
	return anyMention.ReplaceAllStringFunc(text, func(found string) string {
		id := ID(strings.Trim(found, "<@!&#>"))
		if ch := s.world.channels[id]; ch != nil {
			return "#" + ch.Name
		}
		if u := s.world.user(id); u != nil {
			return "@" + name(u)
		}
		return found
	})
}
