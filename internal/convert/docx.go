package convert

import (
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// readDOCX reads a document of Word: ECMA-376, part 1, chapter 17.
func readDOCX(a *archive) (*draft, error) {
	main := a.mainPart()
	root, err := a.xml(main)
	if err != nil {
		return nil, err
	}
	body := root.child("document", "body")
	if body == nil {
		return nil, refuse("its XML is damaged")
	}
	d := &draft{}
	w := word{draft: d}
	if styles, err := a.xml(a.related(main, "styles")); err == nil {
		w.styles = wordStyles(styles)
	}
	if numbering, err := a.xml(a.related(main, "numbering")); err == nil {
		w.numbering = wordNumbers(numbering)
	}
	w.blocks(body)
	for _, kind := range []string{"footnote", "endnote"} {
		notes, err := a.xml(a.related(main, kind+"s"))
		if err != nil {
			continue
		}
		for n := range notes.all(kind) {
			if n.attr("type") == "" { // the others are lines between text and notes
				w.blocks(n)
			}
		}
	}
	if comments, err := a.xml(a.related(main, "comments")); err == nil {
		for range comments.all("comment") {
			d.left.asides++
		}
	}
	if core, err := a.xml("docProps/core.xml"); err == nil {
		p := core.child("coreProperties")
		if d.title == "" {
			d.title = p.child("title").content()
		}
		d.author, d.made = p.child("creator").content(), parseDay(p.child("created").content())
	}
	if a.left < 0 { // in a part that can be done without
		return nil, errInflated
	}
	return d, nil
}

// mainPart is the name of the document's own part, which its relationships tell: ECMA-376, part 2, 9.3. Word's is
// word/document.xml; that of Word in a browser is not. "" where there is none.
func (a *archive) mainPart() string {
	if rels, err := a.xml("_rels/.rels"); err == nil {
		for r := range rels.all("Relationship") {
			if strings.HasSuffix(r.attr("Type"), "/officeDocument") &&
				strings.HasPrefix(path.Clean(r.attr("Target")), "word/") ||
				strings.HasSuffix(r.attr("Type"), "/officeDocument") && strings.HasPrefix(r.attr("Target"), "/word/") {
				if name := strings.TrimPrefix(path.Clean(r.attr("Target")), "/"); a.has(name) {
					return name
				}
			}
		}
	}
	if a.has("word/document.xml") {
		return "word/document.xml"
	}
	return ""
}

// related is the name of a part that belongs to the main one: its footnotes, styles, numbering.
func (a *archive) related(main, kind string) string {
	if rels, err := a.xml(path.Join(path.Dir(main), "_rels", path.Base(main)+".rels")); err == nil {
		for r := range rels.all("Relationship") {
			if strings.HasSuffix(r.attr("Type"), "/"+kind) {
				target := r.attr("Target")
				if !strings.HasPrefix(target, "/") {
					target = path.Join(path.Dir(main), target)
				}
				return strings.TrimPrefix(path.Clean(target), "/")
			}
		}
	}
	return path.Join(path.Dir(main), kind+".xml")
}

// xml reads a part as a tree.
func (a *archive) xml(name string) (*element, error) {
	data, err := a.read(name)
	if err != nil {
		return nil, err
	}
	return parseXML(data)
}

// A word reads the body of a document of Word.
type word struct {
	draft     *draft
	styles    map[string]wordStyle
	numbering wordNumbering
	marks     script
	cells     int // tables around what is being read
}

// A wordStyle is what a named style says of a paragraph or a run.
type wordStyle struct {
	name    string
	basedOn string
	outline int // 1 to 9: a heading; 0: none
	hidden  bool
	list    wordList // what it numbers with
}

var headingName = regexp.MustCompile(`^heading ([1-9])$`) // Word keeps the English names in every language

func wordStyles(root *element) map[string]wordStyle {
	all := map[string]wordStyle{}
	for s := range root.all("style") {
		style := wordStyle{
			name: strings.ToLower(
				s.child("name").attr("val"),
			), basedOn: s.child("basedOn").attr("val"), hidden: on(s.child("rPr", "vanish")),
			list: wordListOf(s.child("pPr")),
		}
		if m := headingName.FindStringSubmatch(style.name); m != nil {
			style.outline = int(m[1][0] - '0')
		} else if n, err := strconv.Atoi(s.child("pPr", "outlineLvl").attr("val")); err == nil && n >= 0 && n < 9 {
			style.outline = n + 1
		}
		all[s.attr("styleId")] = style
	}
	return all
}

// style is the named style with what it inherits.
func (w *word) style(id string) wordStyle {
	const maxBases = 10
	s := w.styles[id]
	for base, i := s.basedOn, 0; base != "" && i < maxBases; i++ {
		b := w.styles[base]
		if s.outline == 0 {
			s.outline = b.outline
		}
		s.hidden = s.hidden || b.hidden
		if s.list.id == "" {
			s.list = b.list
		}
		base = b.basedOn
	}
	return s
}

// on reads a property that is on by being there, unless it says otherwise.
func on(e *element) bool {
	return e != nil && !slices.Contains([]string{"0", "false", "off", "none"}, e.attr("val"))
}

// blocks reads what stands in a body, a cell, a note.
func (w *word) blocks(e *element) {
	for _, c := range e.children {
		switch c.name {
		case "p":
			w.paragraph(c)
		case "tbl":
			w.table(c)
		case "sectPr", "del", "moveFrom":
			w.deleted(c)
		default: // content controls, insertions
			w.blocks(c)
		}
	}
}

// deleted counts the words that a tracked change took out.
func (w *word) deleted(e *element) {
	for t := range e.all("delText") {
		w.draft.left.deletions += len(strings.Fields(t.content()))
	}
	if e.name == "moveFrom" {
		for t := range e.all("t") {
			w.draft.left.deletions += len(strings.Fields(t.content()))
		}
	}
}

func (w *word) paragraph(p *element) {
	properties := p.child("pPr")
	style := w.style(properties.child("pStyle").attr("val"))
	if n, err := strconv.Atoi(properties.child("outlineLvl").attr("val")); err == nil && n >= 0 && n < 9 {
		style.outline = n + 1
	}
	r := wordRuns{word: w, style: style, shaded: shaded(properties)}
	r.read(p)
	text := strings.Join(strings.Fields(visible(r.text.String(), &w.draft.left.invisible)), " ")
	w.draft.left.hide(r.hidden.String())
	b := block{text: text, strong: r.all > 0 && r.bold == r.all}
	listed := wordListOf(properties)
	if listed.id == "" {
		listed = style.list
	}
	switch {
	case !hasWord(text):
	case style.name == "title" && w.draft.title == "" && w.cells == 0:
		w.draft.title = text
	case style.outline > 0 && w.cells == 0:
		b.kind, b.level, b.strong = heading, style.outline, false
		w.number(&b, listed)
		w.draft.blocks = append(w.draft.blocks, b)
	default:
		if properties.child("numPr") != nil ||
			strings.HasPrefix(style.name, "list ") && style.name != "list paragraph" {
			b.kind = item
		}
		w.number(&b, listed)
		w.draft.blocks = append(w.draft.blocks, b)
	}
	for _, box := range r.boxes { // text boxes stand beside the paragraph that they are tied to
		w.blocks(box)
	}
}

// shaded reports a background other than white: white letters can be read on it.
func shaded(properties *element) bool {
	fill := strings.ToLower(properties.child("shd").attr("fill"))
	marked := properties.child("highlight")
	return fill != "" && fill != "auto" && fill != "ffffff" || on(marked) && marked.attr("val") != "white"
}

// wordRuns collects the runs of one paragraph.
type wordRuns struct {
	word         *word
	style        wordStyle
	shaded       bool
	text, hidden strings.Builder
	bold, all    int
	boxes        []*element
}

func (r *wordRuns) read(e *element) {
	for _, c := range e.children {
		switch c.name {
		case "r":
			r.run(c)
		case "del", "moveFrom":
			r.word.deleted(c)
		case "oMath":
			r.text.WriteString(mathAfter(r.text.String(), wordMath(c)))
		case "pPr", "rPr":
		case "AlternateContent":
			if choice := c.child("Choice"); choice != nil {
				r.read(choice)
			}
		default: // links, insertions, content controls, fields
			r.read(c)
		}
	}
}

func (r *wordRuns) run(e *element) {
	p := e.child("rPr")
	style := r.word.style(p.child("rStyle").attr("val"))
	color := strings.ToLower(p.child("color").attr("val"))
	size, err := strconv.Atoi(p.child("sz").attr("val"))
	const tiny = 5 // half points
	white := color == "ffffff" && !r.shaded && !shaded(p) && r.word.cells == 0
	to := &r.text
	if on(p.child("vanish")) || on(p.child("specVanish")) || style.hidden || r.style.hidden || white ||
		err == nil && size < tiny {
		to = &r.hidden
	}
	if on(p.child("strike")) || on(p.child("dstrike")) {
		var struck strings.Builder
		r.runText(e, &struck)
		r.word.draft.left.struck += len(strings.Fields(struck.String()))
		return
	}
	before := to.Len()
	switch align := p.child("vertAlign").attr("val"); {
	case to == &r.text && (align == "superscript" || align == "subscript"):
		var moved strings.Builder
		r.runText(e, &moved)
		if align == "superscript" {
			to.WriteString(r.word.marks.raised(to.String(), moved.String(), false))
		} else {
			to.WriteString(lowered(to.String(), moved.String()))
		}
	default:
		r.runText(e, to)
	}
	if to == &r.hidden {
		to.WriteByte(' ')
	} else {
		letters := len(strings.Join(strings.Fields(to.String()[before:]), ""))
		r.all += letters
		if on(p.child("b")) {
			r.bold += letters
		}
	}
}

func (r *wordRuns) runText(e *element, to *strings.Builder) {
	for _, c := range e.children {
		switch c.name {
		case "t":
			to.WriteString(c.content())
		case "tab", "br", "cr", "ptab":
			to.WriteByte(' ')
		case "noBreakHyphen":
			to.WriteByte('-')
		case "sym":
			to.WriteString(wordSymbol(c.attr("font"), c.attr("char")))
		case "ruby": // the reading stands in the file before what it is over
			base, reading := c.child("rubyBase"), c.child("rt")
			if base != nil {
				r.runText(base, to)
			}
			if reading != nil {
				to.WriteByte('(')
				r.runText(reading, to)
				to.WriteByte(')')
			}
		case "txbxContent":
			r.boxes = append(r.boxes, c)
		case "docPr":
			if hasWord(c.attr("descr")) {
				r.word.draft.left.pictures++
			}
		case "AlternateContent":
			if choice := c.child("Choice"); choice != nil {
				r.runText(choice, to)
			}
		case "", "rPr", "delText", "instrText", "delInstrText", "footnoteReference":
		default: // drawings
			r.runText(c, to)
		}
	}
}
