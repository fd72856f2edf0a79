package article

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"pilcrow/internal/lexicon"
)

// A walker makes blocks of a Markdown tree.
type walker struct {
	source  []byte
	mdx     bool
	blocks  []block
	counted int // bytes of the source whose line ends are counted
	lines   int // line ends in them
	groups  int // lists and tables so far

	sort   Kind   // of the paragraphs here
	group  int    // the list that is walked, 0 for none
	lead   string // what introduces all that is walked: the name of an admonition, the label of a tab
	prefix string // the title that the next paragraph gets in front
	note   int    // the footnote that is walked, 0 for none
	number string // of the list item whose first paragraph comes
	deep   int    // containers that are walked
}

// walk walks the blocks inside a node; kind is that of its paragraphs.
func (w *walker) walk(node ast.Node, kind blockKind) {
	for n := node.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			w.inlineBlock(n, block{kind: heading, level: n.Level, anchor: idOf(n)})
		case *ast.Paragraph, *ast.TextBlock:
			w.inlineBlock(n, block{kind: kind, sort: w.sort})
		case *ast.List:
			w.list(n)
		case *ast.Blockquote:
			w.as(Quoted, n, kind)
		case *ast.FencedCodeBlock:
			w.fenced(n, kind)
		case *ast.CodeBlock:
			w.code(n, kind, "", "")
		case *ast.HTMLBlock:
			raw := n.Lines().Value(w.source)
			if n.HasClosure() {
				raw = append(bytes.Clone(raw), n.ClosureLine.Value(w.source)...)
			}
			w.html(raw, kind, w.line(n))
		case *extast.Table:
			w.table(n)
		case *extast.DefinitionList:
			w.definitions(n)
		case *extast.Footnote:
			w.note = n.Index
			w.as(Footnote, n, kind)
			w.note = 0
		case *container:
			w.container(n, kind)
		case *dropped:
		default: // lists of footnotes
			w.walk(n, kind)
		}
	}
}

// as walks a node whose paragraphs are of a kind of their own.
func (w *walker) as(sort Kind, node ast.Node, kind blockKind) {
	was := w.sort
	w.sort = sort
	w.walk(node, kind)
	w.sort = was
}

// list walks a list. An item of a numbered one has its number.
func (w *walker) list(n *ast.List) {
	sort, group := w.sort, w.group
	if w.sort == Prose {
		w.sort = ListItem
	}
	w.groups++
	w.group = w.groups
	number := n.Start
	for item := n.FirstChild(); item != nil; item = item.NextSibling() {
		w.number = ""
		if n.IsOrdered() {
			w.number = strconv.Itoa(number) + ". "
			number++
		}
		w.walk(item, itemBlock)
	}
	w.sort, w.group, w.number = sort, group, ""
}

// admonitions holds the names that say what an admonition without a title is.
var admonitions = lexicon.Set(`note tip info warning danger caution important success question failure bug example
	abstract summary todo hint attention error seealso check faq help security deprecated`)

// container walks a container. Its title stands before its first paragraph, as its reader sees it, and introduces the
// others.
func (w *walker) container(c *container, kind blockKind) {
	introduced, prefix, sort := w.lead, w.prefix, w.sort
	name := strings.ToLower(c.name)
	switch w.directive(c, name) {
	case notShown:
		return
	case rowsOfLists:
		w.listTable(c)
		return
	}
	switch {
	case c.title != "":
		w.lead = oneLine(plainTitle(c.title))
		w.prefix += titlePrefix(w.lead)
	case admonitions[name]:
		w.lead = strings.ToUpper(name[:1]) + name[1:]
	case strings.HasSuffix(name, "caption"), name == "figure":
		w.sort = Caption
	}
	if quotes[name] {
		w.sort = Quoted
	}
	before := len(w.blocks)
	w.walk(c, kind)
	if title := w.lead; c.title != "" && len(w.blocks) == before { // all that it says
		w.lead, w.prefix = introduced, prefix
		w.add(block{kind: kind, sort: w.sort, line: w.line(c), text: title})
	}
	w.lead, w.prefix, w.sort = introduced, prefix, sort
}

// titlePrefix is a title as it stands before a paragraph.
func titlePrefix(title string) string {
	if title == "" {
		return ""
	}
	if last := title[len(title)-1]; last == ':' || last == '?' || last == '!' || last == '.' {
		return title + " "
	}
	return title + ": "
}

// plainTitle drops the marks of Markdown that titles have.
func plainTitle(title string) string {
	return clean(titleMarks.Replace(title))
}

var titleMarks = strings.NewReplacer("**", "", "`", "", `\"`, `"`)

// languageOf is the name of a language as it stands behind a fence, without what some put behind it: `js{1,3}`,
// `python:app.py`.
func languageOf(info string) string {
	n := strings.IndexFunc(info, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+#-_", r)
	})
	if n >= 0 {
		info = info[:n]
	}
	const maxLanguage = 20
	return strings.ToLower(info[:min(len(info), maxLanguage)])
}

// maxCodeBytes bounds a paragraph of code; longer code is parted at the ends of lines.
const maxCodeBytes = 8 << 10

// code adds a block of code as it is.
func (w *walker) code(n ast.Node, kind blockKind, language, title string) {
	w.codeText(string(n.Lines().Value(w.source)), kind, language, title, w.line(n))
}

// codeText adds code, in parts where it is long.
func (w *walker) codeText(text string, kind blockKind, language, title string, line int) {
	text = flushLeft(strings.TrimRightFunc(withoutDirections(clean(text)), unicode.IsSpace))
	before := firstOf(title, strings.TrimSpace(w.number))
	w.number = ""
	for text != "" {
		part := text
		if len(part) > maxCodeBytes {
			if at := strings.LastIndexByte(part[:maxCodeBytes], '\n'); at > 0 {
				part = part[:at]
			}
		}
		text = strings.TrimPrefix(text[len(part):], "\n")
		w.add(block{kind: kind, sort: Code, line: line, text: part, language: language, lead: before, group: w.group})
		line += strings.Count(part, "\n") + 1
	}
}

// flushLeft drops blank lines in front and the indentation that all lines have.
func flushLeft(text string) string {
	for {
		line, rest, more := strings.Cut(text, "\n")
		if !more || strings.TrimSpace(line) != "" {
			break
		}
		text = rest
	}
	common, begun := "", false
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		for begun && !strings.HasPrefix(indent, common) {
			common = common[:len(common)-1]
		}
		if !begun {
			common, begun = indent, true
		}
	}
	if common == "" {
		return text
	}
	return strings.TrimPrefix(strings.ReplaceAll("\n"+text, "\n"+common, "\n"), "\n")
}

// table makes a block of each row: "Year: 2021; Attacks: 294", so that a row can be understood by itself.
func (w *walker) table(table *extast.Table) {
	w.groups++
	var heads []string
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		unsure := false
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			in := inliner{source: w.source, cell: true}
			in.children(cell)
			cells, unsure = append(cells, oneLine(in.text.String())), unsure || in.unsure
		}
		if _, ok := row.(*extast.TableHeader); ok {
			heads = cells
			continue
		}
		w.add(block{kind: itemBlock, sort: TableRow, line: w.line(table), text: rowText(heads, cells), group: w.groups,
			unsure: unsure})
	}
}

// rowText is a row of a table with the head of each column. A row of one column and its heading alike is no more than
// its cells.
func rowText(heads, cells []string) string {
	var parts []string
	for i, cell := range cells {
		switch {
		case cell == "":
		case i < len(heads) && heads[i] != "":
			parts = append(parts, titlePrefix(heads[i])+cell)
		default:
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, "; ")
}

// definitions makes a block of each definition: "Term: what it means".
func (w *walker) definitions(list *extast.DefinitionList) {
	w.groups++
	group := w.group
	w.group = w.groups
	var terms []string
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		if _, ok := n.(*extast.DefinitionTerm); ok {
			in := inliner{source: w.source}
			in.children(n)
			if _, before := n.PreviousSibling().(*extast.DefinitionTerm); !before {
				terms = nil
			}
			terms = append(terms, oneLine(in.text.String()))
			continue
		}
		prefix := w.prefix
		w.prefix += titlePrefix(strings.Join(terms, ", "))
		w.as(Definition, n, itemBlock)
		w.prefix = prefix
	}
	w.group = group
}

// idOf is the id that a heading's author gave it, "" for none.
func idOf(n *ast.Heading) string {
	id, _ := n.AttributeString("id")
	switch id := id.(type) {
	case []byte:
		return string(id)
	case string:
		return id
	}
	return ""
}

func (w *walker) inlineBlock(n ast.Node, b block) {
	in := inliner{source: w.source}
	in.children(n)
	b.line = w.line(n)
	b.text = in.text.String()
	front := len(b.text) - len(strings.TrimLeftFunc(b.text, unicode.IsSpace))
	if b.text = strings.TrimSpace(b.text); b.kind != heading && onlyTags(b.text) {
		return
	}
	b.strong, b.links = shifted(in.strong, front, len(b.text)), shifted(in.links, front, len(b.text))
	b.notes, b.note, b.unsure = in.notes, w.note, in.unsure
	b.line1 = min(max(0, in.firstLine-front), len(b.text))
	if b.kind != heading {
		b.group = w.group
	}
	if b.kind == para && len(b.strong) == 1 && b.strong[0] == (Span{Start: 0, End: len(b.text)}) &&
		n.NextSibling() != nil &&
		likeTitle(b.text) && !ownLinePromo(b.text) {
		_, before := n.NextSibling().(*ast.Heading)
		if b.kind, b.level = heading, maxNesting; strings.HasSuffix(b.text, ":") && !before { // below all others
			b.kind = lead // "Prerequisites:" is about what follows, and not all of that
		}
	}
	w.add(b)
}

// add adds a block that is not empty, with what stands before it.
func (w *walker) add(b block) {
	if b.text == "" {
		return
	}
	if b.kind != heading && b.kind != lead {
		front := ""
		if b.sort != Code && b.sort != TableRow {
			front = w.prefix + w.number
			w.number = ""
		}
		w.prefix = ""
		b.text = front + b.text
		b.strong, b.links = moved(b.strong, len(front)), moved(b.links, len(front))
		b.lead = firstOf(b.lead, w.lead)
	}
	w.blocks = append(w.blocks, b)
}

// moved moves spans to the right.
func moved(spans []Span, by int) []Span {
	for i := range spans {
		spans[i] = Span{Start: spans[i].Start + by, End: spans[i].End + by}
	}
	return spans
}

// line is the line where the node begins, counting from 1.
func (w *walker) line(n ast.Node) int {
	for n != nil && n.Type() != ast.TypeInline && n.Lines().Len() == 0 {
		n = n.FirstChild()
	}
	if n == nil || n.Type() == ast.TypeInline {
		return 1 + w.lines
	}
	start := n.Lines().At(0).Start
	if start < w.counted { // footnotes come last, wherever they stand
		return 1 + bytes.Count(w.source[:start], []byte("\n"))
	}
	w.lines += bytes.Count(w.source[w.counted:start], []byte("\n"))
	w.counted = start
	return 1 + w.lines
}

// shifted moves spans to the left and keeps them within size.
func shifted(spans []Span, by, size int) []Span {
	var kept []Span
	for _, s := range spans {
		s = Span{Start: min(max(s.Start-by, 0), size), End: min(max(s.End-by, 0), size)}
		if s.Start < s.End {
			kept = append(kept, s)
		}
	}
	return kept
}
