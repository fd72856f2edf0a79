package commands

import (
	"maps"
	"strconv"
	"strings"
	"unicode/utf8"

	"pilcrow/internal/lang"
)

// Bounds of what Discord shows below a message.
const (
	MaxActions   = 10  // buttons of a reply: two rows of Discord's five
	MaxCallRunes = 100 // Discord: characters of a button's custom_id
)

// PageParam takes the reader of a chat through a long reply.
func PageParam() Param {
	return Param{Name: "page", Summary: "Which page, 1 unless said otherwise", Type: Integer, Only: Chat}
}

// Row makes a row of a list of the blocks and the actions behind so many.
func (r *Reply) Row(row, blocks, actions int) {
	for i := range r.Blocks[blocks:] {
		r.Blocks[blocks+i].Row = row
	}
	for i := range r.Actions[actions:] {
		r.Actions[actions+i].Row = row
	}
}

// Turn says where in the list the page is, and offers the pages before and after.
func (r *Reply) Turn(p lang.Printer, command string, args Args, page, last int, where string) {
	if to := page - 1; to >= 1 {
		r.Actions = append(r.Actions, turnAction(p.Text("← Previous"), command, args, to))
	}
	if to := page + 1; to <= last {
		next := turnAction(p.Text("Next →"), command, args, to)
		next.Tone = Forward
		r.Actions = append(r.Actions, next)
		if !next.Fits() {
			where += " · " + p.Text("the next with the option %s: %d", p.Typed("page"), to)
		}
	}
	r.Say(Small, where)
}

func turnAction(label, command string, args Args, page int) Action {
	turned := maps.Clone(args)
	if turned == nil {
		turned = Args{}
	}
	turned["page"] = strconv.Itoa(page)
	return Action{Label: label, Command: command, Args: turned, Turn: true}
}

// Fits tells whether a button of Discord can surely carry the call.
func (a Action) Fits() bool { return a.Runes() <= MaxCallRunes }

// Room is how many characters a further argument may have, if none of them needs an escape; it may be less than none.
func (a Action) Room(name string) int {
	return MaxCallRunes - a.Runes() - perArg - utf8.RuneCountInString(name)
}

const perArg = 2 // characters between two arguments and between a name and its value

// Runes is how many characters the call takes at most, written into a button.
func (a Action) Runes() int {
	n := utf8.RuneCountInString(a.Command) + 1
	for name, value := range a.Args {
		n += perArg + utf8.RuneCountInString(name) + utf8.RuneCountInString(value) + strings.Count(value, `\`) +
			strings.Count(value, "|") + strings.Count(value, "=") + strings.Count(value, "~")
	}
	return n
}
