package article

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"pilcrow/internal/lexicon"
)

// The directives of MyST, which is the Markdown of Sphinx and of Jupyter Book, by what is to be done with them. What
// is in none of these lists is Markdown in a container of colons, and code in a fence of code.
var (
	codeDirectives = lexicon.Set("code-block code code-cell sourcecode ipython ipython3 prompt parsed-literal doctest")
	markdownIn     = lexicon.Set(`admonition versionadded versionchanged versionremoved deprecated figure tab-set tab-item
		grid grid-item grid-item-card card dropdown details topic sidebar margin container div epigraph pull-quote highlights
		glossary list-table table only compound aside rubric seealso blockquote`)
	droppedDirectives = lexicon.Set(`toctree include literalinclude image contents sectnum index raw bibliography meta
		highlight currentmodule module automodule autoclass autofunction automethod autosummary tableofcontents only-html
		figure-md iframe video`)
	untitled = lexicon.Set(`figure tab-set grid grid-item container div epigraph pull-quote highlights glossary only
		compound margin blockquote`)
	quotes   = lexicon.Set("quote cite epigraph pull-quote blockquote")
	versions = map[string]string{"versionadded": "New in version ", "versionchanged": "Changed in version ",
		"versionremoved": "Removed in version ", "deprecated": "Deprecated since version "}
)

// A treatment is what is done with the content of a container.
type treatment int

const (
	walked treatment = iota
	notShown
	rowsOfLists
)

// directive reads what a container is that stands for a directive, and gives it the title that Sphinx prints.
func (w *walker) directive(c *container, name string) treatment {
	if !c.directive {
		return walked
	}
	switch {
	case droppedDirectives[name]:
		return notShown
	case versions[name] != "":
		c.title = strings.TrimSpace(versions[name] + c.title)
	case untitled[name]:
		c.title = ""
	case name == "list-table":
		return rowsOfLists
	}
	return walked
}

// listTable reads a table that is written as a list of lists, a row each.
func (w *walker) listTable(c *container) {
	w.groups++
	if title := oneLine(plainTitle(c.title)); title != "" {
		w.add(block{kind: lead, line: w.line(c), text: title})
	}
	var heads []string
	first := true
	for list := c.FirstChild(); list != nil; list = list.NextSibling() {
		if _, ok := list.(*ast.List); !ok {
			continue
		}
		for row := list.FirstChild(); row != nil; row = row.NextSibling() {
			var cells []string
			for inner := row.FirstChild(); inner != nil; inner = inner.NextSibling() {
				for cell := inner.FirstChild(); cell != nil; cell = cell.NextSibling() {
					cells = append(cells, w.cellText(cell))
				}
			}
			if first && c.headed {
				heads, first = cells, false
				continue
			}
			w.add(block{kind: itemBlock, sort: TableRow, line: w.line(row), text: rowText(heads, cells), group: w.groups})
		}
	}
}

// cellText is the text of all blocks in a cell.
func (w *walker) cellText(cell ast.Node) string {
	in := inliner{source: w.source, cell: true}
	for b := cell.FirstChild(); b != nil; b = b.NextSibling() {
		if in.text.Len() > 0 {
			in.lineBreak()
		}
		in.children(b)
	}
	return oneLine(in.text.String())
}

// fenced adds a block of code, or walks one that is a directive of MyST and holds Markdown.
func (w *walker) fenced(n *ast.FencedCodeBlock, kind blockKind) {
	info := ""
	if n.Info != nil {
		info = strings.TrimSpace(string(n.Info.Value(w.source)))
	}
	directive, argument, ok := braces(info)
	name, argument := strings.ToLower(strings.TrimSpace(directive)), strings.TrimSpace(argument)
	body := n.Lines().Value(w.source)
	switch {
	case !ok && queries[languageOf(info)]:
		return
	case ok && droppedDirectives[name]:
		return
	case ok && name == "math":
		_, body = directiveOptions(body)
		if formula := oneLine(argument + " " + clean(string(body))); formula != "" {
			w.add(block{kind: kind, sort: w.sort, line: w.line(n), text: formula})
		}
		return
	case ok && codeDirectives[name]:
		options, rest := directiveOptions(body)
		w.codeText(string(rest), kind, languageOf(argument), options["caption"], w.line(n))
		return
	case ok && (admonitions[name] || markdownIn[name]) && w.deep < maxNesting:
		w.nested(n, &container{name: name, title: argument, directive: true}, kind)
		return
	}
	language, rest, _ := strings.Cut(strings.TrimLeft(info, "{. "), " ")
	w.codeText(string(body), kind, languageOf(language), titleIn(attributesOf(strings.Trim(rest, "{}"))), w.line(n))
}

// queries are the languages of what Obsidian runs in place of showing it.
var queries = lexicon.Set("dataview dataviewjs tasks query")

// nested walks the Markdown in a block of code as a container's.
func (w *walker) nested(n *ast.FencedCodeBlock, c *container, kind blockKind) {
	options, body := directiveOptions(n.Lines().Value(w.source))
	c.headed = options["header-rows"] > "0"
	inner := &walker{source: body, mdx: w.mdx, sort: w.sort, lead: w.lead, prefix: w.prefix, deep: w.deep + 1}
	root := parseTree(body, w.mdx)
	for child := root.FirstChild(); child != nil; {
		next := child.NextSibling()
		c.AppendChild(c, child)
		child = next
	}
	inner.container(c, kind)
	line := w.line(n)
	for _, b := range inner.blocks {
		b.line += line
		if b.group > 0 {
			b.group += w.groups
		}
		w.blocks = append(w.blocks, b)
	}
	w.groups += inner.groups
}

// directiveOptions parts the options at the head of a directive, lines ":key: value", from its content.
func directiveOptions(body []byte) (options map[string]string, rest []byte) {
	options = map[string]string{}
	for {
		line, behind, _ := bytes.Cut(body, []byte("\n"))
		key, value, ok := directiveOption(line)
		if !ok {
			return options, body
		}
		options[key], body = value, behind
	}
}

// directiveOption reads a line ":key: value".
func directiveOption(line []byte) (key, value string, ok bool) {
	said, ok := strings.CutPrefix(strings.TrimSpace(string(line)), ":")
	if !ok {
		return "", "", false
	}
	key, value, ok = strings.Cut(said, ":")
	if !ok || !asciiWord(key) {
		return "", "", false
	}
	return key, strings.TrimSpace(value), true
}

// roles are those of MyST whose text readers see. One with a colon, {py:func}`name`, is of a language.
var roles = lexicon.Set(`ref doc numref eq term abbr sub sup math file guilabel menuselection kbd command program option
	envvar download any code literal samp pep rfc cite strong emphasis subscript superscript`)

// inlineRoles reads {role}`text`: what a reader sees is the text.
type inlineRoles struct{}

// Trigger names the mark.
func (inlineRoles) Trigger() []byte { return []byte{'{'} }

// Parse reads a role.
func (inlineRoles) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	name, behind, ok := braces(string(line))
	language, _, colon := strings.Cut(name, ":")
	if !ok || !strings.HasPrefix(behind, "`") || !roles[name] && (!colon || !asciiWord(language)) {
		return nil
	}
	said, _, ok := strings.Cut(behind[1:], "`")
	if !ok || said == "" {
		return nil
	}
	size := len("{}``") + len(name) + len(said)
	if name == "sup" || name == "superscript" {
		block.Advance(size)
		return &superscript{said: said}
	}
	if title, target, ok := strings.Cut(said, " <"); ok && strings.HasSuffix(target, ">") {
		said = title
	} else if last, short := strings.CutPrefix(said, "~"); short { // ~quarry.weigh is shown as weigh
		said = last[strings.LastIndexByte(last, '.')+1:]
	}
	return shown(block, size, strings.TrimLeft(said, "!"))
}

// kindSuperscript is the kind of raised text that has no tags.
var kindSuperscript = ast.NewNodeKind("Superscript")

// A superscript is raised text: ^2^, {sup}`2`.
type superscript struct {
	ast.BaseInline
	said string
}

// Kind and Dump make it a node.
func (s *superscript) Kind() ast.NodeKind            { return kindSuperscript }
func (s *superscript) Dump(source []byte, level int) { ast.DumpHelper(s, source, level, nil, nil) }
