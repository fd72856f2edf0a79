package convert

import (
	"errors"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// readODT reads a text of OpenDocument 1.3, part 3: https://docs.oasis-open.org/office/OpenDocument/v1.3. It is written
// as HTML and read like a page, so that tables, lists and raised figures are read in one way.
func readODT(a *archive) (*draft, error) {
	if manifest, err := a.read("META-INF/manifest.xml"); err == nil && strings.Contains(string(manifest),
		"encryption-data") {
		return nil, refuse("it is protected by a password: save it without")
	}
	root, err := a.xml("content.xml")
	if errors.Is(err, errNoPart) {
		return nil, refuse("an OpenDocument file without its text: save it anew")
	}
	if err != nil {
		return nil, err
	}
	body := root.child("document-content", "body", "text")
	if body == nil {
		return nil, refuse("its XML is damaged")
	}
	d := &draft{}
	w := odt{draft: d, archive: a, styles: map[string]*element{}, lists: map[string]*element{},
		numbers: odtNumbers{byStyle: map[string]*odtCounts{}, byID: map[string]*odtCounts{}}}
	w.learn(root.child("document-content", "automatic-styles"))
	if styles, err := a.xml("styles.xml"); err == nil {
		w.learn(styles.child("document-styles", "styles"))
	}
	w.children(body)
	for _, n := range w.notes { // behind the text, as they stand on paper
		w.children(n)
	}
	page, err := html.Parse(strings.NewReader("<body>" + w.out.String()))
	if err != nil {
		return nil, refuse("its elements are nested too deeply to be read")
	}
	if meta, err := a.xml("meta.xml"); err == nil {
		m := meta.child("document-meta", "meta")
		if d.title == "" {
			d.title = m.child("title").content()
		}
		if d.author = m.child("initial-creator").content(); d.author == "" {
			d.author = m.child("creator").content()
		}
		d.made = parseDay(m.child("creation-date").content())
	}
	plainInline(page)
	d.blocks = htmlBlocks(bodyOf(page), d.title)
	if a.left < 0 { // in a part that can be done without
		return nil, errInflated
	}
	return d, nil
}

// odt writes a text of OpenDocument as HTML.
type odt struct {
	draft         *draft
	archive       *archive
	out           strings.Builder
	styles, lists map[string]*element // by name
	notes         []*element
	list          string // the style of the list that is being read
	level         int    // of lists inside each other
	label         string // what stands before the paragraph that comes next
	numbers       odtNumbers
	head          bool // in the rows of a table's head
}

// learn keeps styles; one of the document's own goes before one of the same name.
func (w *odt) learn(styles *element) {
	if styles == nil {
		return
	}
	for _, s := range styles.children {
		switch name := s.attr("name"); {
		case s.name == "style" && w.styles[name] == nil:
			w.styles[name] = s
		case s.name == "list-style" && w.lists[name] == nil:
			w.lists[name] = s
		case s.name == "outline-style":
			w.lists[outlineStyle] = s
		}
	}
}

// property is what a style, or one that it is made from, says.
func (w *odt) property(style, name string) string {
	const deep = 8 // styles made from each other
	for range deep {
		s := w.styles[style]
		if s == nil {
			break
		}
		if v := s.child("text-properties").attr(name); v != "" {
			return v
		}
		style = s.attr("parent-style-name")
	}
	return ""
}

// titled reports a style that is that of titles, or made from it.
func (w *odt) titled(style string) bool {
	return style == "Title" || w.styles[style] != nil && w.styles[style].attr("parent-style-name") == "Title"
}

func (w *odt) children(e *element) {
	for _, c := range e.children {
		w.node(c)
	}
}

// around writes what is in an element between tags.
func (w *odt) around(tag, attributes string, e *element) {
	w.out.WriteString("<" + tag + attributes + ">")
	w.children(e)
	w.out.WriteString("</" + tag + ">")
}

func (w *odt) node(e *element) {
	switch e.name {
	case "":
		w.out.WriteString(html.EscapeString(visible(e.text, &w.draft.left.invisible)))
	case "h":
		w.heading(e)
	case "p":
		if text := strings.TrimSpace(e.content()); w.draft.title == "" && text != "" && w.titled(e.attr("style-name")) {
			w.draft.title = text
			return
		}
		w.labeled("p", e)
	case "span":
		w.span(e)
	case "s":
		n, _ := strconv.Atoi(e.attr("c"))
		w.out.WriteString(strings.Repeat(" ", min(max(n, 1), 100)))
	case "tab":
		w.out.WriteString(" ")
	case "line-break":
		w.out.WriteString("<br>")
	case "list":
		w.listOf(e)
	case "note":
		if body := e.child("note-body"); body != nil {
			w.notes = append(w.notes, body)
		}
	case "annotation":
		w.draft.left.asides++
	case "tracked-changes":
		for removed := range e.all("deletion") {
			w.draft.left.deletions += len(strings.Fields(removed.content()))
		}
	case "table-of-content", "alphabetical-index", "illustration-index", "table-index", "forms", "sequence-decls":
		// made of the text, or none
	case "object":
		w.formula(e)
	case "title", "desc": // of a picture
		w.draft.left.pictures++
	default:
		w.table(e)
	}
}

// span writes a stretch of text as its style has it. What a line goes through, and what is hidden, is left out.
func (w *odt) span(e *element) {
	style := e.attr("style-name")
	position := w.property(style, "text-position")
	through := w.property(style, "text-line-through-style")
	switch {
	case w.property(style, "display") == "none":
		w.draft.left.hide(e.content())
	case through != "" && through != "none":
		w.draft.left.struck += len(strings.Fields(e.content()))
	case strings.HasPrefix(position, "super"), shifted(position) > 0:
		w.around("sup", "", e)
	case strings.HasPrefix(position, "sub"), shifted(position) < 0:
		w.around("sub", "", e)
	case w.property(style, "font-weight") == "bold":
		w.around("b", "", e)
	default:
		w.children(e)
	}
}

// shifted is how far a text stands above its line, in percent: "33% 80%".
func shifted(position string) int {
	percent, _, _ := strings.Cut(position, "%")
	n, _ := strconv.Atoi(percent)
	return n
}

// formula writes a formula, which is a part of its own, in MathML.
func (w *odt) formula(e *element) {
	data, err := w.archive.read(strings.TrimPrefix(e.attr("href"), "./") + "/content.xml")
	if err != nil {
		return
	}
	if at := strings.Index(string(data), "<math"); at >= 0 {
		w.out.Write(data[at:])
	}
}

// table writes a table and what it is made of; of any other element, what is in it.
func (w *odt) table(e *element) {
	switch e.name {
	case "table":
		w.around("table", "", e)
	case "table-header-rows":
		w.head = true
		w.children(e)
		w.head = false
	case "table-row":
		w.around("tr", "", e)
	case "table-cell":
		attributes := spanned("colspan", e.attr("number-columns-spanned")) +
			spanned("rowspan", e.attr("number-rows-spanned"))
		tag := "td"
		if w.head {
			tag = "th"
		}
		w.around(tag, attributes, e)
	case "covered-table-cell": // another cell spans it
	default:
		w.children(e)
	}
}

// spanned is the attribute of a cell that spans others.
func spanned(name, n string) string {
	if n == "" || n == "1" {
		return ""
	}
	return " " + name + `="` + html.EscapeString(n) + `"`
}
