package discordtest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Reader looks over everybody's shoulder and tells what the bot has brought onto the screens since the last look. It
// is not for several goroutines.
type Reader struct {
	s     *Server
	seen  map[ID]int  // how many of a message's looks were told
	gone  map[ID]bool // messages that were seen to disappear
	forms map[ID]bool // interactions whose form was told
}

// Reader is one who has seen all that there is.
func (s *Server) Reader() *Reader {
	r := &Reader{s: s, seen: map[ID]int{}, gone: map[ID]bool{}, forms: map[ID]bool{}}
	r.Read("")
	return r
}

// Read is the news, in the order of the rooms; the name of a room stands above what is not in room here. Each look of a
// message is told, "is thinking…" only if nothing has followed it.
func (r *Reader) Read(here ID) string {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	var b strings.Builder
	for _, id := range r.s.world.order {
		news := r.room(r.s.world.channels[id])
		if news != "" && id != here {
			news = r.s.title(r.s.world.channels[id]) + "\n" + news
		}
		b.WriteString(news)
	}
	return b.String()
}

// Version changes whenever there is news.
func (r *Reader) Version() string {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	var b strings.Builder
	for _, id := range r.s.world.order {
		ch := r.s.world.channels[id]
		for _, u := range ch.uses {
			if u.it.modal != nil && !r.forms[u.it.id] {
				fmt.Fprint(&b, u.it.id, " form ")
			}
		}
		for _, m := range r.messages(ch) {
			if m.Deleted != r.gone[m.ID] || len(m.Edits) > r.seen[m.ID] {
				fmt.Fprint(&b, m.ID, " ", len(m.Edits), m.Deleted, m.Loading(), " ")
			}
		}
	}
	return b.String()
}

// Waiting tells whether somebody is shown "is thinking…" now.
func (r *Reader) Waiting() bool {
	r.s.mu.Lock()
	defer r.s.mu.Unlock()
	for _, id := range r.s.world.order {
		if slices.ContainsFunc(r.messages(r.s.world.channels[id]),
			func(m *message) bool { return m.Loading() && !m.Deleted }) {
			return true
		}
	}
	return false
}

// messages are the bot's in a room, deleted ones too.
func (r *Reader) messages(ch *channel) []*message {
	var out []*message
	for _, id := range ch.messages {
		if m := r.s.world.messages[id]; m != nil && m.Author != nil && m.Author.ID == r.s.world.bot.ID &&
			m.Type != typeStarter {
			out = append(out, m)
		}
	}
	return out
}

func (r *Reader) room(ch *channel) string {
	var b strings.Builder
	for _, u := range ch.uses {
		if u.it.modal != nil && !r.forms[u.it.id] {
			r.forms[u.it.id] = true
			r.s.writeForm(&b, u.it)
		}
	}
	for _, m := range r.messages(ch) {
		fresh := m.Edits[min(r.seen[m.ID], len(m.Edits)):]
		old := r.seen[m.ID] > 0
		r.seen[m.ID] = len(m.Edits)
		fresh = slices.DeleteFunc(slices.Clone(fresh), func(e Edit) bool { return e.Loading })
		for n, e := range fresh {
			if old || n > 0 {
				b.WriteString("  (in its place)\n")
			}
			if n < len(fresh)-1 || m.Deleted {
				look := *m
				look.Content, look.Embeds, look.Components, look.Attachments = e.Content, e.Embeds, e.Components, nil
				look.Flags &^= FlagLoading
				look.Deleted = false
				r.s.write(&b, &look)
			} else {
				r.s.write(&b, m)
			}
		}
		if m.Deleted && !r.gone[m.ID] || !old && len(fresh) == 0 {
			r.s.write(&b, m)
		}
		r.gone[m.ID] = m.Deleted
	}
	return b.String()
}

// fieldSigns are what stands in an empty field that is not typed into.
var fieldSigns = map[int]string{ChannelSelect: "# ▾", RoleSelect: "@ ▾", UserSelect: "@ ▾", MentionSelect: "@ ▾",
	FileUpload: "⇪", Checkbox: " "}

// writeForm is a form as its fields stand below each other.
func (s *Server) writeForm(b *strings.Builder, it *Interaction) {
	fmt.Fprintf(b, "%s is shown a form: %s\n", it.user.Name(), it.modal.Title)
	for _, c := range it.modal.Components {
		if c.Component == nil {
			continue
		}
		line := c.Label
		if c.Component.Type != Checkbox && (c.Component.Required == nil || *c.Component.Required) {
			line += " *"
		}
		if c.Description != "" {
			line += ": " + c.Description
		}
		b.WriteString("  " + line + "\n")
		for _, o := range c.Component.Options {
			b.WriteString("    ( ) " + o.Label + "\n")
		}
		if len(c.Component.Options) == 0 {
			b.WriteString("    [" + cmp.Or(c.Component.Placeholder, fieldSigns[c.Component.Type]) + "]\n")
		}
	}
}
