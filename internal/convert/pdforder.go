package convert

import (
	"math"
	"strings"
)

// A PDF draws letters in any order. What could not be put into that of reading is told by where it stands: a text
// runs down, or on at the top of a column further on, and lines beside each other belong to columns or to a table.

// markDisorder marks the lines of a page, in their order, that stand as no text runs:
//   - rows below each other, each of two or more pieces, that became neither a table nor columns;
//   - lines that were drawn from the bottom up;
//   - columns that look like the rows of a table.
func markDisorder(lines []textLine) {
	for from := 0; from < len(lines); {
		to := from + 1
		for to < len(lines) && sideBySide(lines[to-1], lines[to]) {
			to++
		}
		if to-from > 1 || lines[from].split {
			if next := to; next < len(lines) && below(lines[from], lines[next]) &&
				(lines[next].split || next+1 < len(lines) && sideBySide(lines[next], lines[next+1])) {
				markAstray(lines[from : next+1])
				for end := next + 1; end < len(lines) && sideBySide(lines[end-1], lines[end]); end++ {
					lines[end].astray = true
				}
			}
		}
		from = to
	}
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		near := b.y-a.y < 3*max(a.size, 1)
		alike := math.Abs(a.size-b.size) < 0.2*max(a.size, 1)
		if a.table == nil && b.table == nil && near && alike && climbs(a, b) {
			markAstray(lines[i-1 : i+1])
		}
	}
	markCells(lines)
}

// markCells marks the first lines of what may be cells of a table, drawn one after another: text goes up to the
// right, and back to where it came from, below, again and again.
func markCells(lines []textLine) {
	const least = 2 // ways back; one is what stands below two columns
	var cells []int
	jump, ways := -1, 0 // where the text went to the right
	end := func() {
		for _, i := range cells {
			lines[i].another = ways >= least
		}
		cells, jump, ways = nil, -1, 0
	}
	for i := 1; i < len(lines); i++ {
		a, b := lines[i-1], lines[i]
		switch {
		case b.left >= a.right && b.y > a.y-sameLine*b.size:
			jump = i
			cells = append(cells, i)
		case jump > 0 && returns(a, b):
			if math.Abs(b.left-lines[jump-1].left) < max(b.size, 1) {
				ways++
			}
			jump = -1
		case math.Abs(a.y-b.y) > 3*max(a.size, 1):
			end()
		}
	}
	end()
}

func markAstray(lines []textLine) {
	for i := range lines {
		lines[i].astray = lines[i].table == nil
	}
}

// sideBySide reports that b stands to the right on the line of a, and neither is a table.
func sideBySide(a, b textLine) bool { return a.table == nil && b.table == nil && beside(a, b) }

// below reports that b is on the line under that of a.
func below(a, b textLine) bool {
	down := a.y - b.y
	return b.table == nil && down > 0.3*max(a.size, 1) && down < 3*max(a.size, 1)
}

// overlap reports that two lines stand in one column: most of the shorter is above or below the other.
func overlap(a, b textLine) bool {
	return min(a.right, b.right)-max(a.left, b.left) > 0.5*min(a.right-a.left, b.right-b.left)
}

// climbs reports that b stands above a in the same column.
func climbs(a, b textLine) bool { return b.y-a.y > sameLine*max(a.size, 1) && overlap(a, b) }

// strays reports that no text runs from a to b on one page: up in a column, back to the left below what stands
// beside it, or into another cell. (A script that is written from the right goes on at the left.)
func strays(a, b textLine) bool {
	return b.another || climbs(a, b) || returns(a, b)
}

// returns reports that b stands left of a, just below.
func returns(a, b textLine) bool {
	down := a.y - b.y
	return b.right <= a.left && down > sameLine*max(a.size, 1) && down < 3*max(a.size, 1) &&
		!fromRight(a.text) && !fromRight(b.text)
}

// wordy reports a piece that is more than a figure or a name.
func wordy(s string) bool { return len(strings.Fields(s)) >= 3 }

// rowsOfTable reports that what stands left and right of a gutter are the rows of a table: wherever a text begins
// anew on one side, after a gap or as the first, one begins at the same height on the other.
func rowsOfTable(left, right []textLine) bool {
	starts := func(lines []textLine) (all []float64) {
		for i, l := range lines {
			if i == 0 || lines[i-1].y-l.y > 1.6*max(l.size, 1) {
				all = append(all, l.y)
			}
		}
		return all
	}
	l, r := starts(left), starts(right)
	if len(l) < 3 || len(l) != len(r) {
		return false
	}
	for i := range l {
		if math.Abs(l[i]-r[i]) > 2 {
			return false
		}
	}
	return true
}

// astray counts the blocks whose order is not sure.
func astray(blocks []block) int {
	n := 0
	for _, b := range blocks {
		if b.astray && b.kind != heading {
			n++
		}
	}
	return n
}
