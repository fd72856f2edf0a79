package article

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// number turns the blocks into the passages of the document. on is the site that it stands on, nil for none.
func number(d *Document, blocks []block, on *site, p *problems) {
	n := numberer{document: d, named: d.Title != "", noted: map[int]int{}, links: newLinker(on, d)}
	n.link = n.links.page
	paragraphs := 0
	for _, b := range blocks {
		if b.kind != heading && b.kind != lead {
			paragraphs++
		}
	}
	d.Passages = slices.Grow(d.Passages, paragraphs) // as large as it has to be, for each server's documents
	for _, b := range blocks {
		n.add(b)
	}
	n.footnotes()
	if len(d.Passages) == 0 {
		p.add(1, "no paragraph in it: write some text or take the file away")
	}
	if d.Title == "" {
		d.Title = cmp.Or(d.label, titleOf(d.Path))
	}
	d.takeByline(blocks)
	d.takePath()
	for i := range d.Passages {
		d.Passages[i].Title = d.Title
	}
}

// A numberer numbers blocks, one after the other.
type numberer struct {
	document *Document
	named    bool // the document has a title

	levels   []int    // of the headings that the next paragraph stands under
	headings []string // their texts
	path     string   // the same in one, which the paragraphs share
	over     string   // the last of them; "" also under the title

	links *linker
	link  string // of the next paragraph

	label string // what introduces the next blocks, if its group is theirs
	last  *block // the last paragraph, nil behind a heading
	intro int    // the index, and 1, of the paragraph that introduces what follows; 0 for none
	group int    // what it introduces: a list, a table; 0 for a single block

	notes []note
	noted map[int]int // of each footnote, the index, and 1, of the paragraph where its mark stands
}

// A note is a paragraph of a footnote.
type note struct{ passage, note int }

// add numbers a block, or takes over what it says of those behind it.
func (n *numberer) add(b block) {
	d := n.document
	// Cloned, as a piece of the file would keep all of it in memory for who keeps one paragraph.
	text := strings.Clone(strings.ToValidUTF8(b.text, string(utf8.RuneError)))
	switch {
	case b.kind == heading && b.level == 1 && !n.named:
		d.Title, n.named = cut(text, maxFieldRunes), true
		n.under(0, "")
		n.links.heading(text, b.anchor) // which counts where another has the same
		n.link = n.links.page
		return
	case b.kind == heading && text == d.Title:
		n.under(0, "")
		n.links.heading(text, b.anchor)
		n.link = n.links.page
		return
	case b.kind == heading:
		n.under(b.level, cut(text, maxFieldRunes))
		if b.level < maxNesting { // not a line in bold, which no anchor stands at
			n.link = n.links.heading(text, b.anchor)
		}
		return
	case b.kind == lead:
		n.label, n.last, n.intro = text, nil, 0
		return
	}
	p := Passage{Ref: Ref{Slug: d.Slug, N: len(d.Passages) + 1}, Heading: n.over, Path: n.path, Text: text, Kind: b.sort,
		Unsure: b.unsure}
	var before *Passage
	if len(d.Passages) > 0 {
		before = &d.Passages[len(d.Passages)-1]
	}
	p.have(rare{strings.Clone(b.language), n.introduce(&p, b), n.link}, before)
	for _, mark := range b.notes {
		if n.noted[mark] == 0 {
			n.noted[mark] = p.Ref.N
		}
	}
	if b.note > 0 {
		n.notes = append(n.notes, note{len(d.Passages), b.note})
	}
	n.last = &b
	d.Passages = append(d.Passages, p)
}

// under begins what stands under a heading of the level; 0 is the title's.
func (n *numberer) under(level int, text string) {
	keep := 0
	for keep < len(n.levels) && n.levels[keep] < level {
		keep++
	}
	n.levels, n.headings, n.over = n.levels[:keep], n.headings[:keep], text
	if text == "" {
		n.levels, n.headings = nil, nil
	} else {
		n.levels, n.headings = append(n.levels, level), append(n.headings, text)
	}
	n.path = strings.Join(n.headings, PathMark)
	n.label, n.last, n.intro = "", nil, 0
}

// maxIntroduced bounds how many paragraphs one introduces: a longer list is a document of its own.
const maxIntroduced = 200

// introduce tells what introduces a paragraph: a label, or the paragraph "…:" before it.
func (n *numberer) introduce(p *Passage, b block) (lead string) {
	n.begin(b)
	passages := n.document.Passages
	if n.intro > 0 && int(passages[n.intro-1].Behind) < maxIntroduced {
		before := &passages[n.intro-1]
		before.Behind = uint8(len(passages) - (n.intro - 1))
		p.Introduced = uint8(p.Ref.N - before.Ref.N)
		return cmp.Or(strings.Clone(b.lead), before.Text)
	}
	if n.label != "" {
		switch {
		case n.last == nil || b.group != 0 && b.group == n.last.group:
			return cmp.Or(strings.Clone(b.lead), n.label)
		default:
			n.label = ""
		}
	}
	return strings.Clone(b.lead)
}

// begin notes that the paragraph before b introduces b and those behind it, or that nothing does from here on.
func (n *numberer) begin(b block) {
	passages := n.document.Passages
	block := b.sort != Prose && b.sort != Caption && b.sort != Footnote // what can stand behind a colon
	opens := n.last != nil && colon(n.last.text) && block && (n.last.sort != ListItem || b.sort != TableRow) &&
		(b.sort == Code || n.last.group == 0 || n.last.group != b.group)
	goesOn := n.intro > 0 && n.last != nil && (b.group != 0 && b.group == n.group ||
		b.sort == Code && n.last.sort == Code && b.group == n.last.group)
	switch {
	case opens:
		n.intro, n.group, n.label = len(passages), b.group, ""
		if b.sort == Code {
			n.group = 0 // not the items behind it
		}
	case !goesOn:
		n.intro = 0
	}
}

// colon reports a text that announces what stands behind it.
func colon(text string) bool {
	last, _ := utf8.DecodeLastRuneInString(text)
	return last == ':' || last == '：'
}

// footnotes gives the paragraphs of footnotes the text in which their marks stand.
func (n *numberer) footnotes() {
	passages := n.document.Passages
	for _, note := range n.notes {
		if at := n.noted[note.note]; at > 0 && at-1 != note.passage {
			p := &passages[note.passage]
			r := p.rare.get()
			r.lead = passages[at-1].Text
			p.have(r, nil)
			p.Noted = int32(at)
		}
	}
}
