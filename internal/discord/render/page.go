// Package render is what replies look like in Discord: messages of at most 2,000 characters, or cards of components,
// with buttons that carry whole calls and files for what does not fit.
//
// A Layout makes a Page of a commands.Reply; the Bodies of a page are messages as they are sent, and nobody is ever
// notified by one. What is untrusted is escaped here, and nowhere else. Messages that are there already are read back
// by the same package that wrote them. All of it is pure.
package render

import (
	"encoding/json"
	"slices"

	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

// A Page is what a reply looks like in Discord.
type Page struct {
	Parts   []string // of at most maxContent each; at least one
	buttons []component
	Cards   []component // the same as components of version 2, with all buttons; nil for none
	whole   string      // the text in one piece, for a file
	Cut     bool        // parts are not all of it
	Files   []Attachment
	Failed  bool // it says why there is no answer
	Silent  bool // there is nothing to say, and nobody waits for it
}

// Bodies are the messages of the page, the buttons and, where it is needed, the file on the last.
func (p Page) Bodies() []Body {
	out := make([]Body, len(p.Parts))
	for i, part := range p.Parts {
		out[i] = Body{Content: part}
	}
	last := &out[len(out)-1]
	last.buttons, last.Files = p.buttons, p.Attached()
	if len(p.Cards) > 0 {
		return []Body{{Cards: p.Cards}}
	}
	return out
}

// Under are the messages of the page with a line of small print above.
func (p Page) Under(line string) []Body {
	head := "-# " + Escape(line)
	if len(p.Cards) > 0 {
		return []Body{{Cards: append(display(head), p.Cards...)}}
	}
	bodies := p.Bodies()
	if first := head + "\n" + bodies[0].Content; Length(first) <= maxContent {
		bodies[0].Content = first
		return bodies
	}
	return append([]Body{{Content: head}}, bodies...)
}

// InFile is one message of the page with all that others would say in a file.
func (p Page) InFile(b Body) Body {
	b.buttons, b.Files = p.buttons, append(slices.Clone(p.Files), wholeAnswer(p.whole))
	return b
}

// ReadPage is what a message shows that is there already.
func ReadPage(content string, components json.RawMessage, flags int) Page {
	list := readComponents(components)
	if flags&FlagCards != 0 {
		return Page{Parts: []string{textOf(content, list)}, Cards: list}
	}
	return Page{Parts: []string{content}, buttons: list}
}

// ReadText is what a message says that is there already.
func ReadText(content string, components json.RawMessage) string {
	return textOf(content, readComponents(components))
}

// Without is the page without the buttons whose call is of a command.
func (p Page) Without(command string) Page {
	p.buttons, p.Cards = without(p.buttons, command), without(p.Cards, command)
	return p
}

// wholeAnswer is the file that holds an answer too long for messages.
func wholeAnswer(text string) Attachment {
	return Attachment{name: "answer.md", mediaType: "text/markdown; charset=utf-8", Data: []byte(text)}
}

// Uncarded is the page as plain text.
func (p Page) Uncarded() Page {
	p.Cards = nil
	return p
}

// WithAction is the page with one more button, where that can carry the action.
func (p Page) WithAction(a commands.Action) Page {
	carried := pressable([]commands.Action{a})
	if len(carried) == 0 {
		return p
	}
	b := carried[0].button()
	p.buttons, _ = withButton(p.buttons, b)
	if len(p.Cards) > 0 {
		p.Cards, _ = withButton(p.Cards, b)
	}
	return p
}

// Attached are the files of the page, with the whole of an answer that is cut.
func (p Page) Attached() []Attachment {
	if !p.Cut {
		return p.Files
	}
	return append(slices.Clone(p.Files), wholeAnswer(p.whole))
}

// Away is the page outside the server where it was made. Its buttons would not find there what they speak of: votes,
// what admins are told, and the server's own documents are the server's.
func (p Page) Away() Page {
	p.buttons, p.Cards = nil, nil
	return p
}

// bare is the page without files.
func (p Page) bare() Page {
	p.Files, p.Cut = nil, false
	return p
}

// Described is the page without its files, whose alternatives say what they would show.
func (p Page) Described(say lang.Printer) Page {
	var said []string
	for _, f := range p.Attached() {
		would := say.Text("Discord does not take the file %s.", f.name)
		if f.alt != "" {
			would = say.Text("Discord does not take the picture. It would show: %s", f.alt)
		}
		said = append(said, "-# "+Escape(text.Clip(would, maxAlt)))
	}
	p = p.bare()
	p.Parts = append([]string(nil), p.Parts...)
	for _, line := range said {
		if end := &p.Parts[len(p.Parts)-1]; Length(*end)+1+Length(line) <= maxContent {
			*end += "\n" + line
		} else {
			p.Parts = append(p.Parts, line)
		}
	}
	return p
}
