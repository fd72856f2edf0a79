package main

import (
	"fmt"
	"slices"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

// render writes a reply as text: the blocks wrapped, citations as [¶4], and the cited paragraphs below a rule. Nothing
// that a document or a model wrote reaches the terminal but printable characters.
func (p page) render(r commands.Reply) string {
	mark := r.Marks()
	var b strings.Builder
	for i := 0; i < len(r.Blocks); {
		begin, kind := i, r.Blocks[i].Kind
		if i > 0 && apart(r.Blocks[i-1].Kind, kind) {
			b.WriteByte('\n')
		}
		if kind == commands.Code {
			b.WriteString(p.code(r.Blocks[i], mark))
			i++
			continue
		}
		line := p.inline(r.Blocks[i], mark)
		if link := r.Blocks[i].Link; link != "" {
			line = append(line, atom{clean(link), true, styleDim})
		}
		for i++; i < len(r.Blocks) && r.Blocks[i].Kind == commands.Sentence; i++ {
			more := p.inline(r.Blocks[i], mark)
			if len(more) > 0 {
				more[0].space = true
			}
			line = append(line, more...)
		}
		first, rest := prefixes(kind)
		if kind == commands.Small && begin > 0 && !apart(r.Blocks[begin-1].Kind, kind) {
			first, rest = prefixes(commands.Byline)
		}
		b.WriteString(p.wrap(line, first, rest))
	}
	if r.Listed {
		p.document(&b, r.Sources)
	} else {
		p.sources(&b, r.Sources)
	}
	return b.String()
}

// apart tells whether an empty line stands between two blocks that follow each other.
func apart(before, kind commands.BlockKind) bool {
	switch kind {
	case commands.Byline:
		return false
	case commands.Item:
		return before != commands.Item
	case commands.Small:
		return before != commands.Byline
	}
	return true
}

// inline is a block's text and its citations as atoms.
func (p page) inline(block commands.Block, mark func(article.Ref) string) []atom {
	style := styleNone
	switch block.Kind {
	case commands.Heading:
		style = styleBold
	case commands.Small:
		style = styleDim
	}
	var list []atom
	space := false
	add := func(text, style string) {
		more := atoms(text, style)
		if len(more) > 0 {
			more[0].space = more[0].space || space
			list = append(list, more...)
		}
		space = strings.HasSuffix(text, " ")
	}
	at := 0
	for _, span := range block.Bold {
		add(clean(block.Text[at:span.Start]), style)
		add(clean(span.Of(block.Text)), styleBold)
		at = span.End
	}
	add(clean(block.Text[at:]), style)
	if len(block.Cites) > 0 {
		marks := make([]string, len(block.Cites))
		for i, ref := range block.Cites {
			marks[i] = clean(mark(ref))
		}
		text := "[" + strings.Join(marks, ", ") + block.Others() + "]"
		if width(text) <= p.columns/3 {
			return append(list, atom{text, true, styleMark}) // whole, on one line
		}
		list = append(list, atoms(" "+text, styleMark)...)
	}
	return list
}

// codeIndent stands before each line of code.
const codeIndent = "    "

// code writes code as it is, each line whole, with the citations behind the last.
func (p page) code(block commands.Block, mark func(article.Ref) string) string {
	text := indented(block.Text, codeIndent)
	if len(block.Cites) == 0 {
		return text
	}
	marks := make([]string, len(block.Cites))
	for i, ref := range block.Cites {
		marks[i] = clean(mark(ref))
	}
	return text + codeIndent + p.paint("["+strings.Join(marks, ", ")+"]", styleMark) + "\n"
}

// indented puts a prefix before each line of a text, of which nothing reaches the terminal but printable characters and
// tabs.
func indented(text, prefix string) string {
	var b strings.Builder
	for line := range strings.SplitSeq(text, "\n") {
		cells := strings.Split(line, "\t")
		for i, c := range cells {
			cells[i] = clean(c)
		}
		b.WriteString(strings.TrimRight(prefix+strings.Join(cells, "\t"), " \t") + "\n")
	}
	return b.String()
}

func prefixes(kind commands.BlockKind) (first, rest string) {
	switch kind {
	case commands.Item:
		return "• ", "  "
	case commands.Quote:
		return "│ ", "│ "
	case commands.Byline:
		return "  ", "    "
	}
	return "", ""
}

// document names the one document of all passages; where there are several, each citation names its own.
func (p page) document(b *strings.Builder, passages []article.Passage) {
	if len(passages) == 0 || slices.ContainsFunc(passages,
		func(s article.Passage) bool { return s.Ref.Slug != passages[0].Ref.Slug }) {
		return
	}
	b.WriteString("\n" + p.wrap(atoms(titleOf(passages[0]), styleDim), "", ""))
}

func titleOf(s article.Passage) string {
	return fmt.Sprintf("%s (%s)", clean(s.Title), clean(s.Ref.Slug))
}

// sources lists the cited paragraphs under their documents, in the order of first citation.
func (p page) sources(b *strings.Builder, passages []article.Passage) {
	if len(passages) == 0 {
		return
	}
	b.WriteString("\n" + p.paint(strings.Repeat("─", p.columns), styleDim) + "\n")
	var order []string
	of := make(map[string][]article.Passage)
	for _, s := range passages {
		if _, seen := of[s.Ref.Slug]; !seen {
			order = append(order, s.Ref.Slug)
		}
		of[s.Ref.Slug] = append(of[s.Ref.Slug], s)
	}
	for i, slug := range order {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(p.wrap(atoms(titleOf(of[slug][0]), styleBold), "", ""))
		for i, s := range of[slug] {
			if s.Link() != "" && (i == 0 || of[slug][i-1].Link() != s.Link()) {
				b.WriteString(p.wrap(atoms(clean(s.Link()), styleDim), "  ", "  "))
			}
			number := fmt.Sprintf("¶%d ", s.Ref.N)
			first := strings.Repeat(" ", max(0, numberColumns-width(number))) + number
			if s.Kind == article.Code {
				b.WriteString(first + strings.TrimLeft(indented(s.Text, strings.Repeat(" ", width(first))), " "))
				continue
			}
			b.WriteString(p.wrap(atoms(clean(s.Text), styleNone), first, strings.Repeat(" ", width(first))))
		}
	}
}

const numberColumns = 5 // "¶999 "
