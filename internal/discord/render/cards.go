package render

import (
	"cmp"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/text"
)

// A list of which each row has a button is laid out as Discord's components of version 2: a container with a section
// for each row, its button beside it. Answers stay plain text: people copy them, and notifications show them.
// https://discord.com/developers/docs/components/reference#container

const (
	// FlagCards is of a message of components, and stays. Discord: IS_COMPONENTS_V2
	FlagCards    = 1 << 15
	spareOfCards = 2  // components that a button to share may add: itself and its row
	maxBeside    = 20 // ours: characters of a button beside a text; a telephone has 45 in a line
)

// accents are the colors at the side of a container, by what it says. One without is gray.
var accents = map[commands.Tone]int{commands.Agree: 0x248046, commands.Destroy: 0xda373c, commands.Wary: 0xf0b232}

// A cardRow is a row of a list: what it says, and what can be done with it.
type cardRow struct {
	text    string
	tone    commands.Tone
	buttons []component
}

// cards lays a list out; nil for a reply without rows, and for one that Discord would not take: it is plain text then.
func (k Layout) cards(r commands.Reply, links map[article.Ref]string) []component {
	last := slices.IndexFunc(r.Blocks, func(b commands.Block) bool { return b.Row > 0 })
	if last < 0 || r.File != nil {
		return nil
	}
	all, mark := pressable(r.Actions), r.Marks()
	several := slices.ContainsFunc(r.Sources, func(p article.Passage) bool { return mark(p.Ref) != shortMark(p.Ref) })
	var above, below []commands.Block
	var list []cardRow
	for i := 0; i < len(r.Blocks); {
		n := r.Blocks[i].Row
		end := i + 1
		for end < len(r.Blocks) && r.Blocks[end].Row == n {
			end++
		}
		switch {
		case n > 0:
			blocks := r.Blocks[i:end]
			if !several {
				blocks = unmarked(blocks, all, n)
			}
			text := strings.ReplaceAll(k.text(r, blocks), "\n\n", "\n")
			list = append(list, cardRow{text, blocks[0].Tone, buttonsOf(all, n)})
		case len(list) == 0:
			above = append(above, r.Blocks[i:end]...)
		default:
			below = append(below, r.Blocks[i:end]...)
		}
		i = end
	}
	if !several { // the buttons say the number alone: the document is named below
		r.Actions = nil
	}
	foot := strings.TrimSpace(k.text(r, below) + "\n" + strings.TrimSpace(plain(sourceLines(r, k.Say, links))))
	rest := inRows(slices.DeleteFunc(all, func(p pressed) bool { return p.Row > 0 }))
	for _, lines := range []bool{true, false} { // between the rows, where there is room
		out := slices.Concat(display(k.text(r, above)), contained(list, lines), display(foot), rest)
		if components, text := sizeOf(out); components <= maxComponents-spareOfCards && text <= maxDisplay {
			return out
		}
	}
	return nil
}

// text is some of a reply's blocks, as Discord's markup.
func (k Layout) text(r commands.Reply, blocks []commands.Block) string {
	if len(blocks) == 0 {
		return ""
	}
	lines := linesOf(blocks, r.Marks(), k.Ids)
	if k.Say.RightToLeft() {
		isolateMarkers(lines)
	}
	return strings.TrimSpace(plain(lines))
}

// buttonsOf are the buttons of a row of a list.
func buttonsOf(all []pressed, row int) []component {
	var out []component
	for _, p := range all {
		if p.Row != row {
			continue
		}
		if ref, ok := opener(p.Action); ok { // a long one would leave no room for the text on a telephone
			p.label = shortMark(ref)
		}
		p.label = cmp.Or(text.Clip(Clean(p.Short), maxLabel), p.label)
		out = append(out, p.button())
	}
	return out[:min(len(out), maxRowButtons)]
}

// unmarked are the blocks of a row without the markers of paragraphs that have a button beside it. Small print keeps
// them.
func unmarked(blocks []commands.Block, all []pressed, row int) []commands.Block {
	out := slices.Clone(blocks)
	for i, b := range out {
		if b.Kind == commands.Small {
			continue
		}
		out[i].Cites = slices.DeleteFunc(slices.Clone(b.Cites), func(ref article.Ref) bool {
			return slices.ContainsFunc(all, func(p pressed) bool {
				opens, ok := opener(p.Action)
				return ok && p.Row == row && opens == ref
			})
		})
	}
	return out
}

// display is a text as a component; none for an empty one.
func display(text string) []component {
	if text == "" {
		return nil
	}
	return []component{{Kind: kindText, Content: text}}
}

// contained puts rows into containers: each colored one into one of its own, gray ones that follow each other into one,
// with lines between them.
func contained(list []cardRow, lines bool) []component {
	var out, now []component
	for i, r := range list {
		if lines && len(now) > 0 {
			now = append(now, component{Kind: kindSeparator})
		}
		now = append(now, section(r)...)
		joined := r.tone == commands.Plain && i+1 < len(list) && list[i+1].tone == commands.Plain
		if !joined {
			out = append(out, component{Kind: kindContainer, Accent: accents[r.tone], Components: now})
			now = nil
		}
	}
	return out
}

// section is a row with its button beside it; several, or one that leaves no room beside it, stand below.
func section(r cardRow) []component {
	text := display(r.text)
	switch {
	case len(r.buttons) == 0:
		return text
	case len(r.buttons) == 1 && Length(r.buttons[0].Label) <= maxBeside && len(text) > 0:
		return []component{{Kind: kindSection, Components: text, Accessory: &r.buttons[0]}}
	}
	return append(text, row(r.buttons...))
}

// sizeOf is what Discord bounds of a message of components.
func sizeOf(list []component) (components, text int) {
	each(list, func(c component) {
		components++
		text += Length(c.Content)
	})
	return components, text
}

// textOf is what a message of ours says: its content, or the texts of its components.
func textOf(content string, list []component) string {
	if content != "" {
		return content
	}
	var parts []string
	each(list, func(c component) {
		if c.Kind == kindText {
			parts = append(parts, c.Content)
		}
	})
	return strings.Join(parts, "\n")
}

// AsCards is a body as a message of components: what takes the place of one has to be one.
func (b Body) AsCards() Body {
	if len(b.Cards) == 0 {
		b.Cards = append(display(b.Content), b.buttons...)
	}
	b.Content, b.buttons = "", nil
	return b
}

// Text is what the message will say.
func (b Body) Text() string { return textOf(b.Content, b.Cards) }
