package render

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
)

const (
	maxMessages    = 5       // ours: messages of one answer; more would push a conversation off the screen
	maxSourceLines = 10      // ours: documents named under an answer
	maxRowButtons  = 5       // Discord: buttons in a row
	maxRows        = 5       // Discord: rows of a message
	maxFile        = 8 << 20 // bytes of a reply's file; Discord: 10 MiB
	maxLabel       = 80      // Discord: characters of a button's label

	nothingToShow = "There is nothing to show."
	cutNote       = "… the answer goes on, but it does not fit here. The whole of it is in the file."
)

// Reply lays a reply out, without its file. One that can be turned is a single message, as only one can be replaced.
// It is pure.
func Reply(r commands.Reply, single bool, say lang.Printer) Page {
	return Layout{Say: say}.render(r, single)
}

// A Layout is what a reply is laid out with, beside itself.
type Layout struct {
	Say  lang.Printer
	Link func(article.Passage) string // where a source can be read; nil, or "" for nowhere
	Ids  map[string]string            // of Discord's commands, by name; nil for none that is known
}

// Page lays a reply out with its cards, or its file. With an error it lacks the file, and is an answer, too.
func (k Layout) Page(r commands.Reply, single bool) (Page, error) {
	p := k.render(r, single)
	if r.File == nil {
		p.Cards = k.cards(r, linksOf(r, k.Link))
		return p, nil
	}
	var data bytes.Buffer
	if err := r.File.Write(&data); err != nil {
		return p, err
	}
	if data.Len() > maxFile {
		return p, fmt.Errorf("%d bytes, more than %d", data.Len(), maxFile)
	}
	p.Files = append(p.Files, Attachment{r.File.Name, r.File.MediaType, r.File.Alt, data.Bytes()})
	return p, nil
}

func (k Layout) render(r commands.Reply, single bool) Page {
	say, links := k.Say, linksOf(r, k.Link)
	body, foot := bodyLines(r, k.Ids), sourceLines(r, say, links)
	if say.RightToLeft() {
		isolateMarkers(body)
	}
	if len(body)+len(foot) == 0 {
		body = bodyLines(commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: say.Text(nothingToShow)}}}, nil)
	}
	most := maxMessages
	if single || slices.ContainsFunc(r.Actions, func(a commands.Action) bool { return a.Turn }) {
		most = 1
	}
	lines := slices.Concat(body, foot)
	parts, cut := pack(lines, maxContent, most)
	p := Page{Parts: parts, buttons: rows(r, links, say), whole: plain(lines), Cut: cut}
	if cut {
		p.Parts = shorten(body, append(smallPrint(say.Text(cutNote)), foot...), most)
	}
	return p
}

// shorten lays out as much of the body as there is room for, and the foot below it.
func shorten(body, foot []line, most int) []string {
	end, _ := pack(foot, maxContent/2, 1)
	if most > 1 {
		parts, _ := pack(body, maxContent, most-1)
		return append(parts, end...)
	}
	const gap = "\n\n"
	parts, _ := pack(body, maxContent-Length(gap+end[0]), 1)
	return []string{parts[0] + gap + end[0]}
}

// Notice is a page with one short text of ours.
func Notice(text string) Page {
	return Reply(commands.Reply{Blocks: []commands.Block{{Kind: commands.Para, Text: text}}}, true, lang.Printer{})
}

// Failure is a notice instead of an answer.
func Failure(text string) Page {
	p := Notice(text)
	p.Failed = true
	return p
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
func bodyLines(r commands.Reply, ids map[string]string) []line {
	return linesOf(r.Blocks, r.Marks(), ids)
}

func linesOf(blocks []commands.Block, mark markFunc, ids map[string]string) []line {
	var lines []line
	previous, head := commands.Heading, true // head: nothing but a heading and small print stands above
	for i, block := range blocks {
		lead := head && previous == commands.Small // small print that leads is told apart by its size
		if saidAgain(blocks, i) {
			block.Cites = nil
		}
		made := markedLines(block, previous, lead, mark, ids)
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
		if !head && previous == commands.Small && joins(block, lines[len(lines)-1], made) {
			end := &lines[len(lines)-1]
			end.words = append(append(end.words, word{segs: []seg{{text: "·"}}, sep: 1}), spaced(made[0].words)...)
			continue
		}
		lines = append(lines, made...)
		previous = block.Kind
		head = head && (block.Kind == commands.Heading || block.Kind == commands.Small)
	}
	if len(lines) > 0 {
		lines[0].gap = false
	}
	return lines
}

// markedLines are a block's lines, behind the commands that it names and before its citations and its link. lead takes
// the gap before the first away. The first line may have no word.
func markedLines(block commands.Block, previous commands.BlockKind, lead bool, mark markFunc,
	ids map[string]string) []line {
	made := blockLines(block, previous)
	if lead && len(made) > 0 {
		made[0].gap = false
	}
	if named := commandsNamed(block, ids); len(named) > 0 {
		if len(made) == 0 {
			made = []line{frame(block.Kind)}
			made[0].gap = apart(previous, block.Kind)
		} else {
			spaced(made[0].words)
		}
		made[0].words = append(named, made[0].words...)
	}
	if cites := append(markers(block, mark), mentions(block)...); len(cites) > 0 {
		if len(made) == 0 {
			made = []line{frame(block.Kind)}
		}
		end := &made[len(made)-1]
		end.words = append(end.words, cites...)
	}
	if address := shownLink(block.Link); address != "" && len(made) > 0 && len(made[0].words) > 0 {
		end := &made[len(made)-1]
		end.words = append(end.words, word{segs: []seg{{text: "[↗](<" + address + ">)"}}, sep: 1})
	}
	return made
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
	if block.Kind == commands.Code {
		return codeLines(block, previous)
	}
	c := lineCutter{kind: block.Kind, current: frame(block.Kind)}
	c.current.gap = apart(previous, block.Kind)
	written := 0 // where the last moment ends
	for at, r := range block.Text {
		if end := momentEnd(block, at); end > at {
			c.word.segs, written = append(c.word.segs, shownMoment(block, at)), end
		}
		if at < written {
			continue
		}
		switch r {
		case '\n':
			c.endLine()
		case ' ', '\t', '\r':
			c.endWord()
			c.word.sep++
		default:
			bold := isBold(block, at)
			if n := len(c.word.segs); n == 0 || c.word.segs[n-1].bold != bold || c.word.segs[n-1].raw {
				c.word.segs = append(c.word.segs, seg{bold: bold})
			}
			end := &c.word.segs[len(c.word.segs)-1]
			end.text += block.Text[at : at+width(block.Text[at:])]
		}
	}
	c.endLine()
	return c.lines
}

// A lineCutter gathers a block's text into words and lines.
type lineCutter struct {
	kind    commands.BlockKind
	lines   []line
	current line
	word    word
}

// endWord adds the word to the line, escaped, if there is anything in it.
func (c *lineCutter) endWord() {
	if len(c.word.segs) == 0 {
		return
	}
	for i := range c.word.segs {
		if !c.word.segs[i].raw {
			c.word.segs[i].text = Escape(c.word.segs[i].text)
		}
	}
	c.word.segs = slices.DeleteFunc(c.word.segs, func(s seg) bool { return s.text == "" })
	if len(c.word.segs) > 0 {
		c.current.words = append(c.current.words, c.word)
	}
	c.word = word{}
}

// endLine adds the line, if there is a word in it, and begins the next.
func (c *lineCutter) endLine() {
	c.endWord()
	if len(c.current.words) > 0 {
		c.lines = append(c.lines, c.current)
	}
	c.current, c.word = frame(c.kind), word{}
}

// apart tells whether an empty line stands between two blocks that follow each other.
func apart(before, kind commands.BlockKind) bool {
	switch kind {
	case commands.Small, commands.Byline:
		return false
	case commands.Item:
		return before != commands.Heading && before != commands.Item
	}
	return before != commands.Heading
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
		w := word{segs: []seg{{text: "[" + Escape(mark(ref)) + "]"}}, stay: true}
		if i == 0 {
			w.sep = 1
		}
		words = append(words, w)
	}
	if more := strings.TrimSpace(block.Others()); more != "" {
		words = append(words, word{segs: []seg{{text: Escape(more)}}, stay: true, sep: 1})
	}
	return words
}

// isolateMarkers keeps markers in one piece where the text around them runs from right to left.
func isolateMarkers(lines []line) {
	for _, l := range lines {
		for _, w := range l.words {
			if w.stay && len(w.segs) == 1 {
				w.segs[0].text = lang.Apart(w.segs[0].text)
			}
		}
	}
}

// sourceLines name each cited document once, with the cited paragraphs, as small print.
// A document is left out whose paragraphs all have a button, where there is no address to give.
func sourceLines(r commands.Reply, say lang.Printer, links map[article.Ref]string) []line {
	var order []string
	evident := evidentSources(r, links)
	titles, numbers := map[string]string{}, map[string][]int{}
	var lines []line
	linked := map[string]bool{}
	for _, p := range r.Sources {
		if p.Link() != "" { // one of the operator's: where it stands is told by heading
			if !linked[p.Link()] && len(linked) < maxSourceLines {
				made := linkedSource(p, r.Sources, say)
				linkNumbers([]line{made}, p.Ref.Slug, links)
				lines = append(lines, made)
			}
			linked[p.Link()] = true
			continue
		}
		if evident[p.Ref.Slug] {
			continue
		}
		if _, known := titles[p.Ref.Slug]; !known {
			order = append(order, p.Ref.Slug)
			titles[p.Ref.Slug] = p.Title
		}
		numbers[p.Ref.Slug] = append(numbers[p.Ref.Slug], p.Ref.N)
	}
	for i, slug := range order {
		if i == maxSourceLines {
			lines = append(lines, smallPrint(say.Text("and %d more documents", len(order)-i))...)
			break
		}
		slices.Sort(numbers[slug])
		made := smallPrint(sourceText(titles[slug], slug, slices.Compact(numbers[slug]), say))
		linkNumbers(made, slug, links)
		lines = append(lines, made...)
	}
	return lines
}

func smallPrint(text string) []line {
	return blockLines(commands.Block{Kind: commands.Small, Text: text}, commands.Small)
}
