package discord

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"pilcrow/internal/commands"
)

const (
	maxMessages    = 5  // ours: messages of one answer; more would push a conversation off the screen
	maxSourceLines = 10 // ours: documents named under an answer
	maxRowButtons  = 5  // Discord: buttons in a row
	maxRows        = 5  // Discord: rows of a message
	maxLabel       = 80 // Discord: characters of a button's label

	nothingToShow = "There is nothing to show."
	cutNote       = "… the answer goes on, but it does not fit here. The whole of it is in the file."
)

// A page is what a reply looks like in Discord.
type page struct {
	parts   []string // of at most maxContent each; at least one
	buttons []discordgo.MessageComponent
	whole   string // the text in one piece, for a file
	cut     bool   // parts are not all of it
}

// bodies are the messages of the page, the buttons and, where it is needed, the file on the last.
func (p page) bodies() []body {
	out := make([]body, len(p.parts))
	for i, part := range p.parts {
		out[i] = body{content: part}
	}
	last := &out[len(out)-1]
	last.buttons = p.buttons
	if p.cut {
		last.file = p.whole
	}
	return out
}

// render lays a reply out. It is pure.
func render(r commands.Reply) page {
	body, foot := bodyLines(r), sourceLines(r)
	if len(body)+len(foot) == 0 {
		body = bodyLines(commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: nothingToShow}}})
	}
	lines := slices.Concat(body, foot)
	parts, cut := pack(lines, maxContent, maxMessages)
	p := page{buttons: buttons(r.Actions), whole: plain(lines), cut: cut}
	if cut {
		parts, _ = pack(body, maxContent, maxMessages-1)
		foot = append(smallPrint(cutNote), foot...)
		foot[0].gap = true
		last, _ := pack(foot, maxContent, 1)
		parts = append(parts, last...)
	}
	p.parts = parts
	return p
}

// notice is a page with one short text of ours.
func notice(text string) page {
	return render(commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: text}}})
}

func plain(lines []line) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
			if l.gap {
				b.WriteByte('\n')
			}
		}
		b.WriteString(write(l.prefix, l.words))
	}
	return b.String() + "\n"
}

// bodyLines turns the blocks into lines.
func bodyLines(r commands.Reply) []line {
	mark := r.Marks()
	var lines []line
	previous := commands.Heading
	for _, block := range r.Blocks {
		made := blockLines(block, previous)
		if cites := markers(block, mark); len(cites) > 0 {
			if len(made) == 0 {
				made = []line{frame(block.Kind)}
			}
			end := &made[len(made)-1]
			end.words = append(end.words, cites...)
		}
		if len(made) == 0 || len(made[0].words) == 0 {
			continue
		}
		flows := block.Kind == commands.Sentence && (previous == commands.Sentence || previous == commands.Para)
		if flows && len(lines) > 0 {
			end := &lines[len(lines)-1]
			made[0].words[0].sep = 1
			end.words = append(end.words, made[0].words...)
			made = made[1:]
		}
		lines = append(lines, made...)
		previous = block.Kind
	}
	if len(lines) > 0 {
		lines[0].gap = false
	}
	return lines
}

// frame is an empty line of a kind.
func frame(kind commands.BlockKind) line {
	switch kind {
	case commands.Heading:
		return line{prefix: "### ", again: "### "}
	case commands.Quote:
		return line{prefix: "> ", again: "> "}
	case commands.Item:
		return line{prefix: "- "}
	case commands.Small:
		return line{prefix: "-# ", again: "-# "}
	}
	return line{}
}

// blockLines cuts a block's text into lines and words. previous is the kind of the block before.
func blockLines(block commands.Block, previous commands.BlockKind) []line {
	var lines []line
	current := frame(block.Kind)
	current.gap = previous != commands.Heading && block.Kind != commands.Small &&
		(block.Kind != commands.Item || previous != commands.Item)
	var w word
	endWord := func() {
		if len(w.segs) > 0 {
			for i := range w.segs {
				w.segs[i].text = escape(w.segs[i].text)
			}
			w.segs = slices.DeleteFunc(w.segs, func(s seg) bool { return s.text == "" })
			if len(w.segs) > 0 {
				current.words = append(current.words, w)
			}
			w = word{}
		}
	}
	for at, r := range block.Text {
		switch r {
		case '\n':
			endWord()
			if len(current.words) > 0 {
				lines = append(lines, current)
			}
			current, w = frame(block.Kind), word{}
		case ' ', '\t', '\r':
			endWord()
			w.sep++
		default:
			bold := isBold(block, at)
			if n := len(w.segs); n == 0 || w.segs[n-1].bold != bold {
				w.segs = append(w.segs, seg{bold: bold})
			}
			end := &w.segs[len(w.segs)-1]
			end.text += block.Text[at : at+width(block.Text[at:])]
		}
	}
	endWord()
	if len(current.words) > 0 {
		lines = append(lines, current)
	}
	return lines
}

func width(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}

func isBold(block commands.Block, at int) bool {
	for _, span := range block.Bold {
		if span.Start <= at && at < span.End {
			return true
		}
	}
	return false
}

// markers are the block's citations, each a word that stays with the one before.
func markers(block commands.Block, mark markFunc) []word {
	var words []word
	for i, ref := range block.Cites {
		w := word{segs: []seg{{text: "[" + escape(mark(ref)) + "]"}}, stay: true}
		if i == 0 {
			w.sep = 1
		}
		words = append(words, w)
	}
	return words
}

// sourceLines name each cited document once, with the cited paragraphs, as small print.
func sourceLines(r commands.Reply) []line {
	var order []string
	titles, numbers := map[string]string{}, map[string][]int{}
	for _, p := range r.Sources {
		if _, known := titles[p.Ref.Slug]; !known {
			order = append(order, p.Ref.Slug)
			titles[p.Ref.Slug] = p.Title
		}
		numbers[p.Ref.Slug] = append(numbers[p.Ref.Slug], p.Ref.N)
	}
	var lines []line
	for i, slug := range order {
		if i == maxSourceLines {
			lines = append(lines, smallPrint("and "+documents(len(order)-i)+" more")...)
			break
		}
		slices.Sort(numbers[slug])
		lines = append(lines, smallPrint(sourceText(titles[slug], slug, slices.Compact(numbers[slug])))...)
	}
	return lines
}

func smallPrint(text string) []line {
	return blockLines(commands.Block{Kind: commands.Small, Text: text}, commands.Small)
}

// buttons offers the actions in rows of five. What does not fit into a custom_id or is offered twice is left out:
// the command behind it can still be typed.
func buttons(actions []commands.Action) []discordgo.MessageComponent {
	var rows []discordgo.MessageComponent
	var row []discordgo.MessageComponent
	seen := map[string]bool{}
	for _, a := range actions {
		id, ok := encodeCall(a.Command, a.Args)
		label := clipRunes(clean(a.Label), maxLabel)
		if !ok || seen[id] || strings.TrimSpace(label) == "" {
			continue
		}
		seen[id] = true
		row = append(row, discordgo.Button{Label: label, Style: discordgo.SecondaryButton, CustomID: id})
		if len(row) == maxRowButtons {
			rows, row = append(rows, discordgo.ActionsRow{Components: row}), nil
		}
		if len(rows) == maxRows {
			return rows
		}
	}
	if len(row) > 0 {
		rows = append(rows, discordgo.ActionsRow{Components: row})
	}
	return rows
}

// clipRunes shortens a text to at most n characters, the last of them "…" if anything is left out.
func clipRunes(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	return strings.TrimRight(string([]rune(text)[:n-1]), " ") + "…"
}
