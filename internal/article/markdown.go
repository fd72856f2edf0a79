package article

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// maxNesting bounds lists and quotations inside each other. A reader loses track at four.
const maxNesting = 64

// markdownBlocks reads Markdown: CommonMark with tables, footnotes and struck-out text. A paragraph, an item of a
// list, a row of a table and a code block are a block each; marks, HTML tags, comments and pictures are dropped.
func markdownBlocks(body string) []block {
	source := []byte(body)
	md := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote))
	w := walker{source: source}
	w.container(md.Parser().Parse(text.NewReader(source)), para)
	return w.blocks
}

// maxBlocks bounds the memory that the parser's tree takes: some 800 bytes a block, which may be a heading of three.
const maxBlocks = 50_000

// tooMany finds the line where the blocks, as far as they can be told without parsing, have become more than maxBlocks, or returns 0.
func tooMany(body string) int {
	n, blocks, blank := 0, 0, true
	for line := range strings.Lines(body) {
		n++
		line = strings.TrimLeft(line, " \t")
		switch {
		case line == "\n" || line == "":
			blank = true
			continue
		case blank || strings.IndexByte("#>-*+<|[=", line[0]) >= 0 || line[0] >= '0' && line[0] <= '9':
			blocks++
		}
		blank = false
		if blocks += strings.Count(line, "|"); blocks > maxBlocks {
			return n
		}
	}
	return 0
}

// maxMarkPairs bounds the time that the parser takes to match marks: it compares each with those before it in the
// same paragraph, some 3 ns a pair, so this is about a second. A table of a thousand rows with four links each has a
// twentieth.
const maxMarkPairs = 300_000_000

// maxMarks bounds the memory for what marks set apart, some 370 bytes a mark, and twice as much for a link: one in a hundred
// bytes of the largest file.
const maxMarks = 100_000

// tooMarked finds the line where the marks have become more than maxMarks, or their pairs within paragraphs more than maxMarkPairs, or
// returns 0.
func tooMarked(body string) int {
	n, all, pairs, marks, links := 0, 0, 0, 0, 0
	for line := range strings.Lines(body) {
		n++
		if strings.TrimSpace(line) == "" {
			all, pairs, marks = all+marks, pairs+marks*marks, 0
			continue
		}
		for i := range len(line) {
			switch line[i] {
			case '[':
				links++
				marks++
			case '*', '_', '~', '`', '<', '!':
				marks++
			}
		}
		if pairs+marks*marks > maxMarkPairs || all+marks+links > maxMarks {
			return n
		}
	}
	return 0
}

// tooDeep finds a line that opens more than maxNesting quotations and lists, or returns 0: the parser's time and depth
// grow with them.
func tooDeep(body string) int {
	n := 0
	for line := range strings.Lines(body) {
		n++
		depth, indent := 0, 0
		for _, r := range line {
			if unicode.IsSpace(r) {
				indent++
				continue
			}
			if !strings.ContainsRune(">-*+0123456789.)", r) {
				break
			}
			depth++
		}
		const perLevel = 2 // columns
		if depth > maxNesting && !rule(strings.TrimSpace(line)) || indent > maxNesting*perLevel && depth > 0 {
			return n
		}
	}
	return 0
}

// A walker makes blocks of a Markdown tree.
type walker struct {
	source  []byte
	blocks  []block
	counted int // bytes of the source whose line ends are counted
	lines   int // line ends in them
}

// container walks the blocks inside a node; kind is that of its paragraphs.
func (w *walker) container(node ast.Node, kind blockKind) {
	for n := node.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			w.inlineBlock(n, block{kind: heading, level: n.Level})
		case *ast.Paragraph, *ast.TextBlock:
			w.inlineBlock(n, block{kind: kind})
		case *ast.ListItem:
			w.container(n, item)
		case *ast.CodeBlock, *ast.FencedCodeBlock:
			w.add(block{kind: kind, line: w.line(n), text: oneLine(string(n.Lines().Value(w.source)))})
		case *ast.HTMLBlock:
			raw := n.Lines().Value(w.source)
			if n.HasClosure() {
				raw = append(bytes.Clone(raw), n.ClosureLine.Value(w.source)...)
			}
			for _, p := range htmlParagraphs(string(raw)) {
				w.add(block{kind: kind, line: w.line(n), text: p})
			}
		case *extast.Table:
			w.table(n)
		default: // quotations, lists, footnotes
			w.container(n, kind)
		}
	}
}

// table makes a block of each row: "Year: 2021; Attacks: 294", so that a row can be understood by itself.
func (w *walker) table(table *extast.Table) {
	var heads []string
	for row := table.FirstChild(); row != nil; row = row.NextSibling() {
		var cells []string
		for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
			in := inliner{source: w.source}
			in.children(cell)
			cells = append(cells, oneLine(in.text.String()))
		}
		if _, ok := row.(*extast.TableHeader); ok {
			heads = cells
			continue
		}
		var parts []string
		for i, cell := range cells {
			switch {
			case cell == "":
			case i < len(heads) && heads[i] != "":
				parts = append(parts, heads[i]+": "+cell)
			default:
				parts = append(parts, cell)
			}
		}
		w.add(block{kind: item, line: w.line(table), text: strings.Join(parts, "; ")})
	}
}

func (w *walker) inlineBlock(n ast.Node, b block) {
	in := inliner{source: w.source}
	in.children(n)
	b.line = w.line(n)
	b.text = in.text.String()
	lead := len(b.text) - len(strings.TrimLeftFunc(b.text, unicode.IsSpace))
	b.text = strings.TrimSpace(b.text)
	b.strong, b.links = shifted(in.strong, lead, len(b.text)), shifted(in.links, lead, len(b.text))
	if b.kind == para && len(b.strong) == 1 && b.strong[0] == (Span{Start: 0, End: len(b.text)}) && n.NextSibling() != nil &&
		likeTitle(b.text) && !ownLinePromo(b.text) {
		b.kind, b.level = heading, maxNesting // a heading by its looks, below all others
	}
	w.add(b)
}

func (w *walker) add(b block) {
	if b.text != "" {
		w.blocks = append(w.blocks, b)
	}
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

// An inliner collects the text inside a block.
type inliner struct {
	source        []byte
	text          strings.Builder
	strong, links []Span
	hidden        string // the tag, such as "script", whose content is being dropped
}

func (in *inliner) children(node ast.Node) {
	for n := node.FirstChild(); n != nil; n = n.NextSibling() {
		in.node(n)
	}
}

func (in *inliner) node(n ast.Node) {
	start := in.text.Len()
	switch n := n.(type) {
	case *ast.Text:
		in.write(unescape(n.Value(in.source)))
		if n.SoftLineBreak() || n.HardLineBreak() {
			in.space()
		}
	case *ast.String:
		in.write(unescape(n.Value))
	case *ast.CodeSpan:
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			if t, ok := c.(*ast.Text); ok {
				in.write(strings.ReplaceAll(string(t.Value(in.source)), "\n", " "))
			}
		}
	case *ast.AutoLink:
		in.write(string(n.Label(in.source)))
		in.links = append(in.links, Span{Start: start, End: in.text.Len()})
	case *ast.RawHTML:
		in.tag(string(n.Segments.Value(in.source)))
	case *ast.Image, *extast.FootnoteLink, *extast.FootnoteBacklink:
	case *ast.Link:
		in.children(n)
		in.links = append(in.links, Span{Start: start, End: in.text.Len()})
	case *ast.Emphasis:
		in.children(n)
		if n.Level > 1 {
			in.strong = append(in.strong, Span{Start: start, End: in.text.Len()})
		}
	default:
		in.children(n)
	}
}

func (in *inliner) write(s string) {
	if in.hidden == "" {
		in.text.WriteString(clean(strings.ReplaceAll(s, "\n", " ")))
	}
}

// space parts two words, unless a space does already.
func (in *inliner) space() {
	if s := in.text.String(); s != "" && s[len(s)-1] != ' ' {
		in.text.WriteByte(' ')
	}
}

// tag drops a raw HTML tag; a line break becomes a space, and what nobody sees goes with its tag.
func (in *inliner) tag(raw string) {
	name, closing := tagName(raw)
	switch {
	case in.hidden != "":
		if closing && name == in.hidden {
			in.hidden = ""
		}
	case name == "br":
		in.space()
	case unseen[name] && !closing && !strings.HasSuffix(raw, "/>"):
		in.hidden = name
	}
}

// unescape resolves backslashes and entities as CommonMark does.
func unescape(raw []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}
