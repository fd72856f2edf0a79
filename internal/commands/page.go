package commands

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/article"
	"pilcrow/internal/lang"
)

// Bounds of one page in a chat, so that it fits one message of 2,000 characters with its markup and small print.
const (
	pageRunes    = 1_400 // characters of its text
	lineOverhead = 8     // characters of markup that are reckoned for each block
	maxCallRunes = 100   // Discord: characters of a button's custom_id
)

// pageParam takes the reader of a chat through a long reply.
func pageParam() Param {
	return Param{Name: "page", Summary: "Which page, 1 unless said otherwise", Type: Integer, Only: Chat}
}

// An entry is one thing of a list: what shows it, and its paragraph.
type entry struct {
	blocks  []Block
	passage article.Passage
	// context stands below the blocks. It is of the sentence, and shown once where entries of one sentence follow each
	// other.
	context  []Block
	sentence article.Span
	actions  []Action // what can be done with it, beside that its paragraph is opened
}

// runes is the room that the entry takes on a page.
func (e entry) runes() int {
	n := 0
	for _, b := range slices.Concat(e.blocks, e.context) {
		n += utf8.RuneCountInString(b.Text) + lineOverhead
	}
	return n
}

// pageStarts says with which entries the pages of a list begin: each holds at most so many, and fewer where they are
// long.
func pageStarts(entries []entry, most int) []int {
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

// list shows entries: all of them in a terminal, and one page of at most so many in a chat, with the buttons that open
// their paragraphs and turn the page. A page behind the last is the last. It returns the entries shown.
func (r *Reply) list(entries []entry, command string, in Input, most int) (from, to int) {
	to = len(entries)
	page, starts := 1, []int{0}
	if in.From == Chat {
		starts = pageStarts(entries, most)
		page = min(in.Args.integer("page", 1), len(starts))
		if from = starts[page-1]; page < len(starts) {
			to = starts[page]
		}
	}
	r.Listed = true
	seen := make(map[article.Ref]bool)
	rows := map[article.Ref]int{} // in which each paragraph comes first
	for i, e := range entries[from:to] {
		first := len(r.Blocks)
		r.Blocks = append(r.Blocks, e.blocks...)
		if next := from + i + 1; next == to || entries[next].passage.Ref != e.passage.Ref ||
			entries[next].sentence != e.sentence {
			r.Blocks = append(r.Blocks, e.context...)
		}
		r.row(i+1, first, len(r.Actions))
		if !seen[e.passage.Ref] {
			seen[e.passage.Ref], rows[e.passage.Ref] = true, i+1
			r.Sources = append(r.Sources, e.passage)
		}
	}
	for i, open := range openActions(*r, r.Sources) {
		open.Row = rows[r.Sources[i].Ref]
		r.Actions = append(r.Actions, open)
	}
	if len(starts) > 1 {
		r.turn(in.Lang, command, in.Args, page, len(starts), in.Lang.Text("%d–%d of %d", from+1, to, len(entries)))
	}
	return from, to
}

// row makes a row of a list of the blocks and the actions behind so many.
func (r *Reply) row(row, blocks, actions int) {
	for i := range r.Blocks[blocks:] {
		r.Blocks[blocks+i].Row = row
	}
	for i := range r.Actions[actions:] {
		r.Actions[actions+i].Row = row
	}
}

// turn says where in the list the page is, and offers the pages before and after.
func (r *Reply) turn(p lang.Printer, command string, args Args, page, last int, where string) {
	if to := page - 1; to >= 1 {
		r.Actions = append(r.Actions, turnAction(p.Text("← Previous"), command, args, to))
	}
	if to := page + 1; to <= last {
		next := turnAction(p.Text("Next →"), command, args, to)
		next.Tone = Forward
		r.Actions = append(r.Actions, next)
		if !next.fits() {
			where += " · " + p.Text("the next with the option %s: %d", p.Typed("page"), to)
		}
	}
	r.say(Small, where)
}

func turnAction(label, command string, args Args, page int) Action {
	turned := maps.Clone(args)
	if turned == nil {
		turned = Args{}
	}
	turned["page"] = strconv.Itoa(page)
	return Action{Label: label, Command: command, Args: turned, Turn: true}
}

// fits tells whether a button of Discord can surely carry the call.
func (a Action) fits() bool { return a.runes() <= maxCallRunes }

// room is how many characters a further argument may have, if none of them needs an escape; it may be less than none.
func (a Action) room(name string) int {
	return maxCallRunes - a.runes() - perArg - utf8.RuneCountInString(name)
}

const perArg = 2 // characters between two arguments and between a name and its value

// runes is how many characters the call takes at most, written into a button.
func (a Action) runes() int {
	n := utf8.RuneCountInString(a.Command) + 1
	for name, value := range a.Args {
		n += perArg + utf8.RuneCountInString(name) + utf8.RuneCountInString(value) + strings.Count(value, `\`) +
			strings.Count(value, "|") + strings.Count(value, "=") + strings.Count(value, "~")
	}
	return n
}
