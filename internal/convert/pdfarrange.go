package convert

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// arrange puts the pieces of a page into reading order: rows of tables become tables, columns that are drawn line by
// line follow each other, and pieces of one line are joined.
func arrange(pieces []textLine) []textLine {
	pieces = tablesOf(pieces)
	lines := joinPieces(columnsApart(pieces))
	markDisorder(lines)
	return lines
}

// joinPieces joins pieces beside each other that are no cells of a table.
func joinPieces(pieces []textLine) []textLine {
	var lines []textLine
	for _, p := range pieces {
		if n := len(lines); n > 0 && p.table == nil && lines[n-1].table == nil {
			l := &lines[n-1]
			size := max(l.size, p.size, 1)
			gap := p.left - l.right
			if math.Abs(l.y-p.y) < 0.3*size && gap >= -0.3*size &&
				(gap < columnGap*size || gap < longestTab*size && (bulletAlone(l.text) || listMark.MatchString(l.text))) {
				l.split = l.split || gap >= cellGap*size && wordy(l.text) && wordy(p.text)
				l.astray = l.astray || p.astray
				l.text += " " + p.text
				l.right = max(l.right, p.right)
				l.bold = l.bold && p.bold
				l.unsure = l.unsure || p.unsure
				l.size = max(l.size, p.size)
				continue
			}
		}
		lines = append(lines, p)
	}
	return slices.DeleteFunc(lines, func(l textLine) bool { return l.table == nil && !hasWord(l.text) })
}

// longestTab is how far the text of an item may stand from its sign, in sizes of the font.
const longestTab = 15

// beside reports that b stands on the line of a, to the right.
func beside(a, b textLine) bool {
	size := max(min(a.size, b.size), 1)
	return math.Abs(a.y-b.y) < 0.35*size && (b.left > a.right+0.5*size || b.cell && b.left >= a.right)
}

// A tableRow is the pieces of one line of a page.
type tableRow struct {
	cells []textLine
	first int // of the pieces of the page
	after int
}

// tablesOf finds rows of cells below each other whose columns do not overlap, and puts a table in their place.
func tablesOf(pieces []textLine) []textLine {
	rows := rowsOf(pieces)
	var out []textLine
	for i := 0; i < len(rows); {
		end, spans := tableFrom(rows, i)
		if end-i < 2 || !isTable(rows[i:end], spans) {
			if end = max(end, i+1); !isProse(rows[i:end]) {
				end = i + 1
			}
			out = append(out, pieces[rows[i].first:rows[end-1].after]...)
			i = end
			continue
		}
		out = append(out, textLine{
			left: spans[0].left, right: spans[len(spans)-1].right, y: rows[i].cells[0].y, size: rows[i].cells[0].size,
			text: rowText(rows[i]), table: tableOf(rows[i:end], spans),
		})
		i = end
	}
	return out
}

func rowText(r tableRow) string {
	var texts []string
	for _, c := range r.cells {
		texts = append(texts, c.text)
	}
	return strings.Join(texts, " ")
}

// rowsOf groups pieces that follow each other in the document and stand on one line.
func rowsOf(pieces []textLine) []tableRow {
	var rows []tableRow
	for i := 0; i < len(pieces); {
		end := i + 1
		for end < len(pieces) && beside(pieces[end-1], pieces[end]) {
			end++
		}
		rows = append(rows, tableRow{pieces[i:end], i, end})
		i = end
	}
	return rows
}

// tableFrom extends a table from row i on: each cell stands in one column, and rows are not far from each other.
func tableFrom(rows []tableRow, i int) (end int, spans []column) {
	for _, c := range rows[i].cells {
		spans = append(spans, column{c.left, c.right})
	}
	if len(spans) < 2 {
		return i, nil
	}
	end = i + 1
	for end < len(rows) {
		above, row := rows[end-1].cells[0], rows[end]
		size := max(above.size, 1)
		if down := above.y - row.cells[0].y; down <= 0.3*size || down > 3.2*size {
			break
		}
		wider, ok := widen(spans, row.cells)
		if !ok || len(row.cells) == 1 && !continues(rows, end, spans) {
			break
		}
		spans = wider
		end++
	}
	return end, spans
}

// continues reports that a row of one cell belongs to a table: its cell goes on below the first column, close above,
// or rows follow.
func continues(rows []tableRow, i int, spans []column) bool {
	cell := rows[i].cells[0]
	near := rows[i-1].cells[0].y-cell.y < 1.45*max(cell.size, 1)
	return near && cell.left > spans[0].right ||
		near && i+1 < len(rows) && len(rows[i+1].cells) > 1 && len(rows[i-1].cells) > 1 &&
			cell.right <= spans[0].right+1
}

// widen adds cells to columns; ok is false where one would stand in two, or between.
func widen(spans []column, cells []textLine) (wider []column, ok bool) {
	wider = slices.Clone(spans)
	for _, c := range cells {
		in := -1
		for i, s := range wider {
			if c.left < s.right && c.right > s.left {
				if in >= 0 {
					return nil, false
				}
				in = i
			}
		}
		if in < 0 {
			return nil, false
		}
		wider[in].left, wider[in].right = min(wider[in].left, c.left), max(wider[in].right, c.right)
	}
	for i := 1; i < len(wider); i++ {
		if wider[i].left < wider[i-1].right {
			return nil, false
		}
	}
	return wider, true
}

var listMark = regexp.MustCompile(`^([(\[]?[0-9]{1,3}[.)\]]?|[(\[]?[a-zA-Z][.)\]]|[ivxIVX]+[.)])$`)

// isTable tells a table from columns of text, and from the signs of a list.
func isTable(rows []tableRow, spans []column) bool {
	words, cells, full, marks := 0, 0, 0, 0
	for _, r := range rows {
		if len(r.cells) > 1 {
			full++
		}
		for _, c := range r.cells {
			cells++
			words += len(strings.Fields(c.text))
		}
		if first := r.cells[0].text; bulletAlone(first) ||
			listMark.MatchString(first) && len(spans) == 2 && len(strings.Fields(r.cells[len(r.cells)-1].text)) > 3 {
			marks++
		}
	}
	switch {
	case marks*2 > len(rows), full < 2, isProse(rows):
		return false
	case len(spans) == 2:
		return full >= 3 || rows[0].cells[0].bold || full == len(rows) && words <= 4*cells && len(rows) > 1
	}
	return true
}

// isProse tells text in columns: its lines are long, or go on in small letters.
func isProse(rows []tableRow) bool {
	const wordy = 6 // words of a cell, on an average
	words, cells, goOn := 0, 0, 0
	for _, r := range rows {
		for _, c := range r.cells {
			cells++
			words += len(strings.Fields(c.text))
			if first, _ := utf8.DecodeRuneInString(c.text); unicode.IsLower(first) && len(strings.Fields(c.text)) > 3 {
				goOn++
			}
		}
	}
	return words > wordy*cells || goOn*2 > cells
}

// tableOf makes a block of rows.
func tableOf(rows []tableRow, spans []column) *block {
	var grid [][]gridCell
	lastY := 0.0
	for _, r := range rows {
		cells := make([]gridCell, len(spans))
		for _, c := range r.cells {
			for i, s := range spans {
				if c.left < s.right && c.right > s.left {
					cells[i].text = strings.TrimSpace(cells[i].text + " " + c.text)
					cells[i].strong = c.bold
				}
			}
		}
		size := max(r.cells[0].size, 1)
		if n := len(grid); n > 0 && lastY-r.cells[0].y < 1.45*size &&
			(cells[0].text == "" || len(r.cells) == 1) { // the row goes on
			for i := range cells {
				grid[n-1][i].text = strings.TrimSpace(grid[n-1][i].text + " " + cells[i].text)
			}
		} else {
			grid = append(grid, cells)
		}
		lastY = r.cells[0].y
	}
	if len(grid) > 1 && headLike(grid) {
		for i := range grid[0] {
			grid[0][i].head = true
		}
	}
	block := plainTable(grid)
	block.unsure = slices.ContainsFunc(rows, func(r tableRow) bool {
		return slices.ContainsFunc(r.cells, func(c textLine) bool { return c.unsure })
	})
	return &block
}

// headLike reports that the first row names the columns: it has no figures where the columns have them, or is bold
// where they are not.
func headLike(grid [][]gridCell) bool {
	figures := func(s string) bool { return strings.ContainsAny(s, "0123456789") }
	bold, plain, named := true, false, 0
	for i, c := range grid[0] {
		bold = bold && (c.strong || c.text == "")
		below := 0
		for _, row := range grid[1:] {
			plain = plain || !row[i].strong && row[i].text != ""
			if figures(row[i].text) {
				below++
			}
		}
		if !figures(c.text) && c.text != "" && below*2 > len(grid)-1 {
			named++
		}
	}
	if len(grid[0]) == 2 { // "Town, Boats" cannot be told from "Director, Ada Moe"
		return bold && plain
	}
	return bold && plain ||
		named > 0 && !slices.ContainsFunc(grid[0], func(c gridCell) bool { return figures(c.text) && len(c.text) != 4 })
}

// plainTable writes the grid as one block; without a head its rows are items of a table that has no names.
func plainTable(grid [][]gridCell) block {
	var rows [][]string
	headed := grid[0][0].head || len(grid[0]) > 1 && grid[0][1].head
	if !headed {
		var texts []string
		for _, b := range tableBlocks(grid) {
			texts = append(texts, b.text)
		}
		return block{kind: item, rows: [][]string{texts}}
	}
	for _, row := range grid {
		var cells []string
		for _, c := range row {
			cells = append(cells, c.text)
		}
		rows = append(rows, cells)
	}
	return block{kind: table, rows: rows}
}

// columnsApart reorders two columns of text that are drawn line by line: left, right, left, right.
func columnsApart(pieces []textLine) []textLine {
	const least = 3 // pairs
	pairs := 0
	var lefts, rights []float64
	for i := 1; i < len(pieces); i++ {
		a, b := pieces[i-1], pieces[i]
		if a.table == nil && b.table == nil && beside(a, b) && wordy(a.text) && wordy(b.text) {
			pairs++
			lefts, rights = append(lefts, a.right), append(rights, b.left)
		}
	}
	if pairs < least {
		return pieces
	}
	gutter := (slices.Max(lefts) + slices.Min(rights)) / 2
	if slices.Max(lefts) >= slices.Min(rights) {
		return pieces
	}
	var out, left, right []textLine
	flush := func() {
		if rowsOfTable(left, right) {
			markAstray(left)
			markAstray(right)
		}
		out = append(append(out, left...), right...)
		left, right = nil, nil
	}
	byHeight := slices.Clone(pieces)
	slices.SortStableFunc(byHeight, func(a, b textLine) int { return cmp.Compare(math.Round(b.y), math.Round(a.y)) })
	for _, p := range byHeight {
		switch {
		case p.right <= gutter:
			left = append(left, p)
		case p.left >= gutter:
			right = append(right, p)
		default:
			flush()
			out = append(out, p)
		}
	}
	flush()
	return out
}
