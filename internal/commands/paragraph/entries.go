package paragraph

import (
	"slices"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
)

// Bounds of one page in a chat, so that it fits one message of 2,000 characters with its markup and small print.
const (
	pageRunes    = 1_400 // characters of its text
	lineOverhead = 8     // characters of markup that are reckoned for each block
)

// An Entry is one thing of a list: what shows it, and its paragraph.
type Entry struct {
	Blocks  []commands.Block
	Passage article.Passage
	// Context stands below the blocks. It is of the sentence, and shown once where entries of one sentence follow each
	// other.
	Context  []commands.Block
	Sentence article.Span
	Actions  []commands.Action // what can be done with it, beside that its paragraph is opened
}

// runes is the room that the entry takes on a page.
func (e Entry) runes() int {
	n := 0
	for _, b := range slices.Concat(e.Blocks, e.Context) {
		n += utf8.RuneCountInString(b.Text) + lineOverhead
	}
	return n
}

// PageStarts says with which entries the pages of a list begin: each holds at most so many, and fewer where they are
// long.
func PageStarts(entries []Entry, most int) []int {
	starts := []int{0}
	runes := 0
	for i, e := range entries {
		size := e.runes()
		if from := starts[len(starts)-1]; i > from && (i-from == most || runes+size > pageRunes) {
			starts = append(starts, i)
			runes = 0
		}
		runes += size
	}
	return starts
}

// List shows entries: all of them in a terminal, and one page of at most so many in a chat, with the buttons that open
// their paragraphs and turn the page. A page behind the last is the last. It returns the entries shown.
func List(r *commands.Reply, entries []Entry, command string, in commands.Input, most int) (from, to int) {
	to = len(entries)
	page, starts := 1, []int{0}
	if in.From == commands.Chat {
		starts = PageStarts(entries, most)
		page = min(in.Args.Integer("page", 1), len(starts))
		if from = starts[page-1]; page < len(starts) {
			to = starts[page]
		}
	}
	r.Listed = true
	seen := make(map[article.Ref]bool)
	rows := map[article.Ref]int{} // in which each paragraph comes first
	for i, e := range entries[from:to] {
		first := len(r.Blocks)
		r.Blocks = append(r.Blocks, e.Blocks...)
		if next := from + i + 1; next == to || entries[next].Passage.Ref != e.Passage.Ref ||
			entries[next].Sentence != e.Sentence {
			r.Blocks = append(r.Blocks, e.Context...)
		}
		r.Row(i+1, first, len(r.Actions))
		if !seen[e.Passage.Ref] {
			seen[e.Passage.Ref], rows[e.Passage.Ref] = true, i+1
			r.Sources = append(r.Sources, e.Passage)
		}
	}
	for i, open := range OpenActions(*r, r.Sources) {
		open.Row = rows[r.Sources[i].Ref]
		r.Actions = append(r.Actions, open)
	}
	if len(starts) > 1 {
		r.Turn(in.Lang, command, in.Args, page, len(starts), in.Lang.Text("%d–%d of %d", from+1, to, len(entries)))
	}
	return from, to
}
