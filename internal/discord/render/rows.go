package render

import (
	"slices"
	"strconv"
	"strings"

	"pilcrow/internal/article"
	"pilcrow/internal/commands"
	"pilcrow/internal/lang"
	"pilcrow/internal/text"
)

// The rows below a message. One row is what most answers need: a button for each cited paragraph, the first
// with the title of the document, and the votes beside them. More paragraphs than fit go into a menu.

const (
	paragraphCall  = "paragraph"
	maxButtonTitle = 28     // ours: characters of a title on a button: with two votes it fits a row of a telephone
	maxMenuTitle   = 60     // ours: characters of a title in a menu
	leastMenu      = 3      // ours: a menu of two paragraphs would hide more than it saves
	maxJoinedSmall = 140    // ours: characters of small print in one line, of several notes
	openMenu       = "open" // the custom_id of the menu: what is chosen says by itself what it calls
)

// saidAgain tells whether the block is a sentence that cites the same as the sentence that follows it on the line: one
// marker stands behind both.
func saidAgain(blocks []commands.Block, i int) bool {
	if i+1 >= len(blocks) || len(blocks[i].Cites) == 0 || blocks[i].Link != blocks[i+1].Link {
		return false
	}
	this, next := blocks[i], blocks[i+1]
	return (this.Kind == commands.Sentence || this.Kind == commands.Para) && next.Kind == commands.Sentence &&
		slices.Equal(this.Cites, next.Cites)
}

// joins tells whether a note of small print goes on in the line of the one before.
func joins(block commands.Block, before line, made []line) bool {
	if block.Kind != commands.Small || len(block.Cites) > 0 || len(made) != 1 {
		return false
	}
	size := 0
	for _, w := range slices.Concat(before.words, made[0].words) {
		if w.stay { // a marker: what it belongs to would be read as all of the line
			return false
		}
		for _, s := range w.segs {
			size += w.sep + Length(s.text)
		}
	}
	return size <= maxJoinedSmall
}

// spaced are the words, the first with a space in front.
func spaced(words []word) []word {
	words[0].sep = 1
	return words
}

// opened is the paragraph that a call opens.
func opened(id string) (article.Ref, bool) {
	command, args, ok := DecodeCall(strings.TrimPrefix(id, TurnMark))
	n, err := strconv.Atoi(args["number"])
	return article.Ref{Slug: args["document"], N: n}, ok && err == nil && command == paragraphCall
}

// opener is the paragraph that an action opens by a button of its own.
func opener(a commands.Action) (article.Ref, bool) {
	if a.Command != paragraphCall || a.Turn {
		return article.Ref{}, false
	}
	n, err := strconv.Atoi(a.Args["number"])
	return article.Ref{Slug: a.Args["document"], N: n}, err == nil
}

// evidentSources are the documents of which each source has a button that names it, and none has an address.
func evidentSources(r commands.Reply, links map[article.Ref]string) map[string]bool {
	has, evident, mark := map[article.Ref]bool{}, map[string]bool{}, r.Marks()
	for _, a := range r.Actions {
		if ref, ok := opener(a); ok && a.Label == mark(ref) {
			has[ref] = true
		}
	}
	for _, p := range r.Sources {
		evident[p.Ref.Slug] = true
	}
	for _, p := range r.Sources {
		if !has[p.Ref] || links[p.Ref] != "" || p.Link() != "" {
			evident[p.Ref.Slug] = false
		}
	}
	return evident
}

// titled puts the title of the document on the first button that opens a paragraph, where no line of small
// print tells it and the button does not.
func titled(all []pressed, r commands.Reply, links map[article.Ref]string) {
	evident := evidentSources(r, links)
	for i, p := range all {
		ref, ok := opener(p.Action)
		if !ok || p.label != shortMark(ref) || !evident[ref.Slug] {
			continue
		}
		if title := titleOf(r, ref); title != "" {
			all[i].label = text.Clip(title, maxButtonTitle) + " " + p.label
		}
		return
	}
}

// shortMark is how a paragraph is called where its document is known.
func shortMark(ref article.Ref) string { return "¶" + strconv.Itoa(ref.N) }

// titleOf is the title of a source's document; "" for none.
func titleOf(r commands.Reply, ref article.Ref) string {
	at := slices.IndexFunc(r.Sources, func(p article.Passage) bool { return p.Ref == ref })
	if at < 0 {
		return ""
	}
	return strings.TrimSpace(Clean(r.Sources[at].Title))
}

// firstWords are what a menu shows of the sources.
func firstWords(r commands.Reply) map[article.Ref]string {
	out := map[article.Ref]string{}
	for _, p := range r.Sources {
		out[p.Ref] = text.Clip(strings.Join(strings.Fields(Clean(p.Text)), " "), maxOptionLabel)
	}
	return out
}

// styles are how Discord shows what a button means.
var styles = map[commands.Tone]int{commands.Plain: 2, commands.Forward: 1, commands.Agree: 3, commands.Destroy: 4}

// A pressed is an action as a button or an option of a menu: with its call.
type pressed struct {
	commands.Action
	id, label string
}

// pressable are the actions that a button can carry, each once. What does not fit into a custom_id or is
// offered twice is left out: the command behind it can still be typed.
func pressable(actions []commands.Action) []pressed {
	var out []pressed
	seen := map[string]bool{}
	for _, a := range actions {
		id, ok := buttonID(a)
		label := text.Clip(Clean(a.Label), maxLabel)
		if !ok || seen[id] || strings.TrimSpace(label) == "" {
			continue
		}
		seen[id] = true
		out = append(out, pressed{a, id, label})
	}
	return out
}

func (p pressed) button() component {
	return component{Kind: kindButton, Label: p.label, Style: styles[p.Tone], CustomID: p.id}
}

// rows offers the reply's actions: in one row where there is room; else the paragraphs in a menu, with their
// first words, and the rest in rows of five.
func rows(r commands.Reply, links map[article.Ref]string, say lang.Printer) []component {
	all := pressable(r.Actions)
	var named, rest []pressed
	words := firstWords(r)
	for _, p := range all {
		if ref, ok := opener(p.Action); ok && strings.HasSuffix(p.label, shortMark(ref)) && words[ref] != "" {
			named = append(named, p)
		} else {
			rest = append(rest, p)
		}
	}
	if len(all) > maxRowButtons && len(named) >= leastMenu && len(named) <= maxMenuOptions {
		return append([]component{row(menu(named, r, say))}, inRows(rest)...)
	}
	titled(all, r, links)
	return inRows(all)
}

// menu offers paragraphs by their first words.
func menu(named []pressed, r commands.Reply, say lang.Printer) component {
	words := firstWords(r)
	first, _ := opener(named[0].Action)
	one, placeholder := true, say.Text("Open a paragraph")
	m := component{Kind: kindMenu, CustomID: openMenu}
	for _, p := range named {
		ref, _ := opener(p.Action)
		one = one && ref.Slug == first.Slug
		m.Options = append(m.Options, menuOption{Label: p.label, Value: p.id, Description: words[ref]})
	}
	if title := titleOf(r, first); one && title != "" {
		placeholder = say.Text("Open a paragraph of “%s”", text.Clip(title, maxMenuTitle))
	}
	m.Placeholder = placeholder
	return m
}

// inRows puts buttons into rows of five. What does not fit one row begins another where the actions say so.
func inRows(all []pressed) []component {
	var out, now []component
	end := func() {
		if len(now) > 0 && len(out) < maxRows {
			out = append(out, row(now...))
		}
		now = nil
	}
	turning, several := false, len(all) > maxRowButtons
	for _, p := range all {
		if several && (p.Apart || p.Turn && !turning) { // the buttons that turn a page stand below the others
			end()
		}
		turning = p.Turn
		if now = append(now, p.button()); len(now) == maxRowButtons {
			end()
		}
	}
	end()
	return out
}

// withButton is the rows with one more button: on the last of them where there is room. ok is false where there
// is none.
func withButton(list []component, b component) (out []component, ok bool) {
	out = slices.Clone(list)
	if n := len(out); n > 0 {
		last := out[n-1]
		room := last.Kind == kindRow && len(last.Components) < maxRowButtons
		if room && last.Components[0].Kind == kindButton {
			out[n-1] = row(append(slices.Clone(last.Components), b)...)
			return out, true
		}
	}
	if len(out) == maxRows {
		return list, false
	}
	return append(out, row(b)), true
}
