package convert

import (
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// table keeps a table of short cells as one, and reads the cells of any other in order.
func (w *word) table(t *element) {
	start := len(w.draft.blocks)
	var grid [][]gridCell
	data := true
	w.cells++
	for tr := range t.all("tr") {
		if on(tr.child("trPr", "del")) { // a row that a tracked change took out
			for text := range tr.all("t") {
				w.draft.left.deletions += len(strings.Fields(text.content()))
			}
			continue
		}
		row, ok := w.tableRow(tr, grid)
		data = data && ok
		grid = append(grid, row)
	}
	w.cells--
	const few = 2
	width := 0
	for _, row := range grid {
		width = max(width, len(row))
	}
	if !data || len(grid) < few || len(grid) > maxRows || width < few || width > maxColumns {
		return
	}
	for i := range grid {
		for len(grid[i]) < width {
			grid[i] = append(grid[i], gridCell{})
		}
	}
	w.draft.blocks = w.draft.blocks[:start]
	look := t.child("tblPr", "tblLook")
	const firstRow = 0x20 // ECMA-376 17.4.55
	bits, err := strconv.ParseUint(look.attr("val"), 16, 16)
	if look.attr("firstRow") == "1" || err == nil && bits&firstRow != 0 || t.child("tr", "trPr", "tblHeader") != nil {
		for i := range grid[0] {
			grid[0][i].head = true
		}
	}
	w.draft.blocks = append(w.draft.blocks, tableBlocks(grid)...)
}

// tableRow reads a row; ok is false where a cell holds what only layouts hold.
func (w *word) tableRow(tr *element, above [][]gridCell) (row []gridCell, ok bool) {
	ok = true
	for tc := range tr.all("tc") {
		before := len(w.draft.blocks)
		w.blocks(tc)
		cell := gridCell{origin: &html.Node{}, strong: true}
		for _, b := range w.draft.blocks[before:] {
			ok = ok && b.kind != table && b.kind != heading
			cell.text = listing(cell.text, b.text)
			cell.strong = cell.strong && b.strong
		}
		ok = ok && len(cell.text) <= maxCellBytes
		properties := tc.child("tcPr")
		if merge := properties.child("vMerge"); merge != nil && merge.attr("val") != "restart" && len(above) > 0 &&
			len(row) < len(above[len(above)-1]) {
			cell = above[len(above)-1][len(row)]
			cell.head = false
		}
		spans, err := strconv.Atoi(properties.child("gridSpan").attr("val"))
		if err != nil || spans < 1 {
			spans = 1
		}
		row = append(row, slices.Repeat([]gridCell{cell}, min(spans, maxColumns))...)
	}
	return row, ok && len(row) <= maxColumns
}
