package article

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// html makes blocks of a piece of HTML: as of Markdown, of paragraphs, headings, items, rows, definitions and code.
func (w *walker) html(raw []byte, kind blockKind, line int) {
	if !strings.ContainsFunc(withoutTags(string(raw)), func(r rune) bool { return r > ' ' }) {
		return // a tag alone, as most are
	}
	nodes, err := html.ParseFragment(strings.NewReader(string(raw)),
		&html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil {
		for _, text := range htmlParagraphs(string(raw)) {
			w.add(block{kind: kind, sort: w.sort, line: line, text: text})
		}
		return
	}
	h := hypertext{walker: w, kind: kind, line: line}
	for _, n := range nodes {
		h.node(n, 0)
	}
	h.flush(h.ordinary())
}

// withoutTags is what stands between tags, roughly.
func withoutTags(raw string) string {
	var b strings.Builder
	for raw != "" {
		text, rest, found := strings.Cut(raw, "<")
		b.WriteString(text)
		if !found {
			break
		}
		_, behind, ok := cutTag(rest)
		if !ok {
			b.WriteByte('<')
			behind = rest
		}
		raw = behind
	}
	return b.String()
}

// hypertext walks the tree of a piece of HTML.
type hypertext struct {
	*walker
	kind blockKind
	line int
	text inliner // what stands since the last block
}

// ordinary is a block of the text that stands here.
func (h *hypertext) ordinary() block { return block{kind: h.kind, sort: h.sort, group: h.group} }

// flush ends a block.
func (h *hypertext) flush(b block) {
	b.text, b.line = strings.Join(strings.Fields(h.text.text.String()), " "), h.line
	h.text = inliner{}
	if hasWord(b.text) {
		h.add(b)
	}
}

var lineSpace = strings.NewReplacer("\n", " ", "\t", " ")

// maxTreeDepth bounds the walk; deeper trees are read as their text.
const maxTreeDepth = 200

func (h *hypertext) node(n *html.Node, deep int) {
	switch {
	case n.Type == html.TextNode:
		h.text.write(lineSpace.Replace(n.Data))
		return
	case n.Type != html.ElementNode, unseen[n.Data] && n.Data != "head", struckTags[n.Data]:
		return
	}
	switch n.DataAtom {
	case atom.Br:
		h.flush(h.ordinary())
	case atom.Sup:
		h.text.tag("<sup>")
		h.children(n, deep)
		h.text.tag("</sup>")
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		h.flush(h.ordinary())
		h.children(n, deep)
		h.flush(block{kind: heading, level: int(n.Data[1] - '0'), anchor: attribute(n, "id")})
	case atom.Pre:
		h.flush(h.ordinary())
		h.codeText(textOf(n, 0), h.kind, classLanguage(n), "", h.line)
	case atom.Table:
		h.flush(h.ordinary())
		h.table(n, deep)
	case atom.Ul, atom.Ol:
		h.flush(h.ordinary())
		h.list(n, deep)
	case atom.Dl:
		h.flush(h.ordinary())
		h.definitions(n, deep)
	case atom.Blockquote:
		h.within(n, deep, Quoted)
	case atom.Figcaption, atom.Caption:
		h.within(n, deep, Caption)
	case atom.Summary:
		h.flush(h.ordinary())
		h.children(n, deep)
		title := strings.Join(strings.Fields(h.text.text.String()), " ")
		h.text = inliner{}
		h.prefix += titlePrefix(title)
	default:
		apart := blockTags[n.Data]
		if apart {
			h.flush(h.ordinary())
		}
		h.children(n, deep)
		if apart {
			h.flush(h.ordinary())
		}
	}
}

func (h *hypertext) children(n *html.Node, deep int) {
	if deep > maxTreeDepth {
		h.text.write(textOf(n, 0))
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		h.node(c, deep+1)
	}
}

// within walks a node whose paragraphs are of a kind of their own.
func (h *hypertext) within(n *html.Node, deep int, sort Kind) {
	h.flush(h.ordinary())
	was := h.sort
	h.sort = sort
	h.children(n, deep)
	h.flush(h.ordinary())
	h.sort = was
}

func (h *hypertext) list(n *html.Node, deep int) {
	kind, sort, group := h.kind, h.sort, h.group
	h.groups++
	h.kind, h.sort, h.group = itemBlock, ListItem, h.groups
	number, err := strconv.Atoi(attribute(n, "start"))
	if err != nil {
		number = 1
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == atom.Li {
			if h.number = ""; n.DataAtom == atom.Ol {
				h.number = strconv.Itoa(number) + ". "
				number++
			}
			h.children(c, deep+1)
			h.flush(h.ordinary())
		}
	}
	h.kind, h.sort, h.group, h.number = kind, sort, group, ""
}

func (h *hypertext) definitions(n *html.Node, deep int) {
	h.groups++
	term, group := "", h.groups
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Dt, atom.Dd:
			h.children(c, deep+1)
			text := strings.TrimSpace(h.text.text.String())
			if c.DataAtom == atom.Dt {
				h.text, term = inliner{}, strings.Join(strings.Fields(text), " ")
				continue
			}
			h.text = inliner{}
			h.text.write(titlePrefix(term) + text)
			h.flush(block{kind: itemBlock, sort: Definition, group: group})
		case atom.Div:
			h.definitions(c, deep+1)
		}
	}
}

// table makes a block of each row. A cell that spans rows is in each of them; the heads are the first row, if all of it
// is heads, and the first cell of a row of two, if it is one.
func (h *hypertext) table(n *html.Node, deep int) {
	h.groups++
	grid := gridOf(n)
	var heads []string
	if grid.headed {
		heads = grid.rows[0]
		grid.rows = grid.rows[1:]
	}
	for _, cells := range grid.rows {
		text := rowText(heads, cells)
		if heads == nil && len(cells) == 2 && cells[0] != "" {
			text = titlePrefix(cells[0]) + cells[1]
		}
		if hasWord(text) {
			h.add(block{kind: itemBlock, sort: TableRow, group: h.groups, line: h.line, text: text})
		}
	}
	_ = deep
}

// A grid is the text of a table's cells.
type grid struct {
	rows   [][]string
	headed bool // the first row is heads
}

// The bounds of a table: wider ones are no text, and a span may claim any number.
const (
	maxColumns = 100
	maxGrid    = 20_000 // cells
)

// gridOf reads a table's cells. One that spans columns stands in the first of them, so that those behind it keep their
// heads.
func gridOf(table *html.Node) grid {
	var g grid
	down := map[int]span{} // by column: what hangs down from above
	cells := 0
	for _, tr := range rowsOf(table, 0) {
		var row []string
		heads, all := 0, 0
		fill := func() {
			for s, ok := down[len(row)]; ok && s.rows > 0 && len(row) < maxColumns; s, ok = down[len(row)] {
				s.rows--
				down[len(row)] = s
				row = append(row, s.text)
			}
		}
		for c := tr.FirstChild; c != nil && len(row) < maxColumns; c = c.NextSibling {
			if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
				continue
			}
			fill()
			text := cellText(c)
			if all++; c.DataAtom == atom.Th {
				heads++
			}
			down[len(row)] = span{text, spanOf(c, "rowspan") - 1}
			row = append(row, text)
			for range min(spanOf(c, "colspan")-1, maxColumns-len(row)) {
				row = append(row, "")
			}
		}
		fill()
		if cells += len(row); cells > maxGrid {
			break
		}
		if len(g.rows) == 0 {
			g.headed = all > 0 && heads == all
		}
		g.rows = append(g.rows, row)
	}
	g.headed = g.headed && len(g.rows) > 1
	return g
}

type span struct {
	text string
	rows int
}

func spanOf(n *html.Node, name string) int {
	v, err := strconv.Atoi(strings.TrimSpace(attribute(n, name)))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, maxGrid)
}

// rowsOf are the rows of a table, but not of those inside it.
func rowsOf(n *html.Node, deep int) (rows []*html.Node) {
	for c := n.FirstChild; c != nil && deep < 3; c = c.NextSibling {
		switch c.DataAtom {
		case atom.Tr:
			rows = append(rows, c)
		case atom.Thead, atom.Tbody, atom.Tfoot:
			rows = append(rows, rowsOf(c, deep+1)...)
		}
	}
	return rows
}

// cellText is the text of a cell in one line: what stands on lines or in items of its own is parted by commas.
func cellText(n *html.Node) string {
	in := inliner{cell: true}
	var walk func(n *html.Node, deep int)
	walk = func(n *html.Node, deep int) {
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			switch {
			case c.Type == html.TextNode:
				in.write(strings.NewReplacer("\n", " ", "\t", " ").Replace(c.Data))
			case c.Type != html.ElementNode || unseen[c.Data] || struckTags[c.Data]:
			case c.DataAtom == atom.Sup:
				in.tag("<sup>")
				in.write(textOf(c, 0))
				in.tag("</sup>")
			case deep > maxTreeDepth:
				in.write(textOf(c, 0))
			default:
				if blockTags[c.Data] && strings.TrimSpace(in.text.String()) != "" && strings.TrimSpace(textOf(c, 0)) != "" ||
					c.DataAtom == atom.Br {
					in.lineBreak()
				}
				walk(c, deep+1)
			}
		}
	}
	walk(n, 0)
	return strings.Join(strings.Fields(in.text.String()), " ")
}

// textOf is all text below a node.
func textOf(n *html.Node, deep int) string {
	if n.Type == html.TextNode {
		return n.Data
	}
	var b strings.Builder
	for c := n.FirstChild; c != nil && deep < 2*maxTreeDepth; c = c.NextSibling {
		if c.DataAtom == atom.Br {
			b.WriteByte('\n')
		}
		b.WriteString(textOf(c, deep+1))
	}
	return b.String()
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// classLanguage is the language that a block of code, or what stands in it, names in its class.
func classLanguage(n *html.Node) string {
	for c := n; c != nil; c = c.FirstChild {
		for class := range strings.FieldsSeq(attribute(c, "class")) {
			for _, mark := range []string{"language-", "lang-", "highlight-source-"} {
				if name, ok := strings.CutPrefix(class, mark); ok {
					return languageOf(name)
				}
			}
		}
	}
	return ""
}
