package convert

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Bounds of a table that is kept as one.
const (
	maxColumns   = 20
	maxRows      = 2000
	maxCellBytes = 600 // in a longer one stands prose
)

// A gridCell is what one field of a table shows. What spans several stands in each.
type gridCell struct {
	text   string
	head   bool
	strong bool
	origin *html.Node
}

// table keeps a table of data, and reads the cells of one for layout in their order.
func (c *collector) table(n *html.Node, s style) {
	grid, ok := gridOf(n)
	if !ok {
		c.within(n, c.kind, c.level, s)
		return
	}
	c.flush()
	for child := range n.ChildNodes() {
		if atomOf(child) == atom.Caption {
			c.within(child, para, 0, s)
		}
	}
	c.blocks = append(c.blocks, tableBlocks(grid)...)
}

// tableBlocks makes a table of rows below a head, and an item of each row where there is none.
func tableBlocks(grid [][]gridCell) []block {
	heads := 0
	for heads < len(grid)-1 && allHeads(grid[heads]) {
		heads++
	}
	if heads == 0 && len(grid) > 2 && allStrong(grid[0]) && !allStrong(grid[1]) {
		heads = 1
	}
	if heads > 0 {
		return []block{{kind: table, rows: headedRows(grid, heads)}}
	}
	var blocks []block
	for _, row := range grid {
		var cells []string
		for i, cell := range row {
			if cell.text != "" && (i == 0 || cell.origin == nil || cell.origin != row[i-1].origin) {
				cells = append(cells, cell.text)
			}
		}
		text := strings.Join(cells, "; ")
		if len(cells) > 1 && row[0].text != "" && (row[0].head || len(row) == 2) {
			text = strings.TrimRight(cells[0], ": ") + ": " + strings.Join(cells[1:], "; ")
		}
		if text != "" {
			blocks = append(blocks, block{kind: item, text: text})
		}
	}
	return blocks
}

func allHeads(row []gridCell) bool {
	return !slices.ContainsFunc(row, func(c gridCell) bool { return !c.head && c.text != "" })
}

func allStrong(row []gridCell) bool {
	return !slices.ContainsFunc(row, func(c gridCell) bool { return !c.strong || c.text == "" })
}

// headedRows writes the heads above each other as one, and lists what stands below a head that spans several columns.
func headedRows(grid [][]gridCell, heads int) [][]string {
	width := len(grid[0])
	above := make([]string, width)
	same := make([]bool, width) // the column goes on under the head of the one before
	for i := range width {
		same[i] = i > 0
		for r := range heads {
			cell := grid[r][i]
			if r == 0 || cell.origin != grid[r-1][i].origin {
				above[i] = strings.TrimSpace(strings.TrimSpace(above[i]) + " " + cell.text)
			}
			same[i] = same[i] && cell.origin != nil && cell.origin == grid[r][i-1].origin
		}
	}
	var rows [][]string
	join := func(texts []string, origins []*html.Node) {
		var row []string
		for i, text := range texts {
			switch {
			case !same[i]:
				row = append(row, text)
			case origins != nil && origins[i] != origins[i-1]:
				row[len(row)-1] = listing(row[len(row)-1], text)
			}
		}
		rows = append(rows, row)
	}
	join(above, nil)
	for _, row := range grid[heads:] {
		texts, origins := make([]string, width), make([]*html.Node, width)
		for i, cell := range row {
			texts[i], origins[i] = cell.text, cell.origin
		}
		if first := row[0]; first.text != "" &&
			!slices.ContainsFunc(row, func(c gridCell) bool { return c.origin != first.origin }) {
			texts = append([]string{first.text}, make([]string, width-1)...) // a heading across the table
		}
		join(texts, origins)
	}
	return rows
}

// gridOf reads a table of data: rows of short cells. ok is false for one that is for layout.
func gridOf(t *html.Node) (grid [][]gridCell, ok bool) {
	if role := strings.ToLower(attr(t, "role")); role == "presentation" || role == "none" {
		return nil, false
	}
	for n := range t.Descendants() {
		if atomOf(
			n,
		) == atom.Table { // one inside another is for layout; to look into each twice would take twice as long a level
			return nil, false
		}
	}
	g := gridder{}
	if !g.rows(t, false) || len(g.grid) < 2 && !g.heads || g.width < 2 {
		return nil, false
	}
	for i := range g.grid {
		for len(g.grid[i]) < g.width {
			g.grid[i] = append(g.grid[i], gridCell{})
		}
	}
	return g.grid, g.heads || g.data()
}

// A gridder lays cells out.
type gridder struct {
	grid  [][]gridCell
	below []spanning // of each column: what hangs into the next rows
	width int
	heads bool // some cell is a head
	links int  // cells that are links
	cells int
}

type spanning struct {
	rows int
	cell gridCell
}

// data tells a table of data without heads from one for layout: few of its cells are links, or empty.
func (g *gridder) data() bool {
	filled := 0
	for _, row := range g.grid {
		for _, c := range row {
			if c.text != "" {
				filled++
			}
		}
	}
	return g.links*2 < g.cells && filled*4 >= len(g.grid)*g.width*3
}

func (g *gridder) rows(n *html.Node, head bool) bool {
	for child := range n.ChildNodes() {
		switch tag := atomOf(child); tag {
		case atom.Thead, atom.Tbody, atom.Tfoot:
			if !g.rows(child, tag == atom.Thead) {
				return false
			}
		case atom.Tr:
			if len(g.grid) == maxRows || !g.row(child, head) {
				return false
			}
		}
	}
	return true
}

// hang fills the fields that cells of rows above reach into, from column i on.
func (g *gridder) hang(row []gridCell) []gridCell {
	for len(row) < len(g.below) && g.below[len(row)].rows > 0 {
		b := &g.below[len(row)]
		b.rows--
		row = append(row, b.cell)
	}
	return row
}

func (g *gridder) row(tr *html.Node, head bool) bool {
	var row []gridCell
	filled := false
	for n := range tr.ChildNodes() {
		tag := atomOf(n)
		if tag != atom.Td && tag != atom.Th {
			continue
		}
		row = g.hang(row)
		cell, ok := readCell(n)
		cell.head = tag == atom.Th || head
		if !ok {
			return false
		}
		filled = filled || cell.text != ""
		g.heads = g.heads || cell.head && cell.text != ""
		g.cells++
		if cell.text != "" && allLinks(n) {
			g.links++
		}
		down := span(n, "rowspan", maxRows)
		for range span(n, "colspan", maxColumns) {
			if len(row) >= maxColumns {
				return false
			}
			for len(g.below) <= len(row) {
				g.below = append(g.below, spanning{})
			}
			g.below[len(row)] = spanning{down - 1, cell}
			row = append(row, cell)
		}
	}
	row = g.hang(row)
	g.width = max(g.width, len(row))
	if filled {
		g.grid = append(g.grid, row)
	}
	return true
}

func span(n *html.Node, key string, most int) int {
	v, err := strconv.Atoi(attr(n, key))
	if err != nil || v < 1 {
		return 1
	}
	return min(v, most)
}

func allLinks(n *html.Node) bool {
	blocks := htmlBlocks(n, "")
	return !slices.ContainsFunc(blocks, func(b block) bool { return !b.link })
}

// readCell reads a cell; ok is false where it holds what only layouts hold.
func readCell(n *html.Node) (cell gridCell, ok bool) {
	blocks := cellBlocks(n)
	cell.origin, cell.strong = n, true
	for _, b := range blocks {
		if b.kind == heading || b.kind == table || b.kind == code {
			return cell, false
		}
		cell.text = listing(cell.text, b.text)
		cell.strong = cell.strong && b.strong
	}
	return cell, len(cell.text) <= maxCellBytes
}

// cellText is what a cell or a term says, on one line.
func cellText(n *html.Node) string {
	text := ""
	for _, b := range cellBlocks(n) {
		text = listing(text, b.text)
	}
	return text
}

func cellBlocks(n *html.Node) []block {
	c := &collector{cell: true}
	c.children(n, style{})
	c.flush()
	return c.blocks
}
