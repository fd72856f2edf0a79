package article

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The parsers of both flavors are made once: they hold no state of a document.
var (
	markdownParser = sync.OnceValue(func() parser.Parser { return newParser(false) })
	mdxParser      = sync.OnceValue(func() parser.Parser { return newParser(true) })
)

// newParser makes a parser of CommonMark with tables, footnotes, definition lists, tasks and struck-out text, and with
// what the generators of documentation add to it: see container, component and aside. mdx reads braces and modules as
// MDX does.
func newParser(mdx bool) parser.Parser {
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.Footnote, extension.DefinitionList,
			extension.TaskList),
		goldmark.WithParserOptions(
			parser.WithHeadingAttribute(),
			parser.WithBlockParsers(
				util.Prioritized(fencedContainers{}, 90),
				util.Prioritized(indentedContainers{}, 90),
				util.Prioritized(components{mdx}, 95),
				util.Prioritized(dropping{mdx}, 95),
				util.Prioritized(callouts{parser.NewBlockquoteParser()}, 95),
				util.Prioritized(modules{mdx}, 95),
			),
			parser.WithInlineParsers(
				util.Prioritized(inlineRoles{}, 80),
				util.Prioritized(inlineTags{mdx}, 90),
				util.Prioritized(inlineBraces{mdx}, 90),
				util.Prioritized(wikilinks{}, 90),
				util.Prioritized(inlineMarks{}, 90),
			),
		))
	return md.Parser()
}

// kindContainer and kindDropped are the kinds of our nodes.
var (
	kindContainer = ast.NewNodeKind("Container")
	kindDropped   = ast.NewNodeKind("Dropped")
)

// A container holds blocks: an admonition, a tab, a component.
type container struct {
	ast.BaseBlock
	name  string // "note", "tab", "Card"
	title string // what its author called it, "" for none

	fence       byte // what it is fenced with, and how often
	length      int
	indent      int // columns that its content is indented by; -1 while that is not known
	skip        int // lines that its opening tag goes on over
	last        int // bytes of the last of them
	selfClosing bool
	closing     bool // the next line is outside
	closer      string
	directive   bool // of MyST
	headed      bool // its first row names the columns
}

// Kind and Dump make it a node.
func (c *container) Kind() ast.NodeKind            { return kindContainer }
func (c *container) Dump(source []byte, level int) { ast.DumpHelper(c, source, level, nil, nil) }

// A dropped block is none of a reader's: a comment, an import, an include.
type dropped struct {
	ast.BaseBlock
	skip int // lines behind the first
}

// Kind and Dump make it a node.
func (d *dropped) Kind() ast.NodeKind            { return kindDropped }
func (d *dropped) Dump(source []byte, level int) { ast.DumpHelper(d, source, level, nil, nil) }

// inside finds the container of a node that is open deeper than it and satisfies is.
func inside(node ast.Node, pc parser.Context, is func(*container) bool) bool {
	seen := false
	for _, b := range pc.OpenedBlocks() {
		if b.Node == node {
			seen = true
			continue
		}
		if c, ok := b.Node.(*container); seen && ok && is(c) {
			return true
		}
	}
	return false
}

// inCode reports whether the innermost open block is fenced code, in which nothing else begins or ends.
func inCode(pc parser.Context) bool {
	_, code := pc.LastOpenedBlock().Node.(*ast.FencedCodeBlock)
	return code
}

// dedent takes up to n columns of white space from the front of the line.
func dedent(reader text.Reader, n int) {
	line, _ := reader.PeekLine()
	if width, _ := util.IndentWidth(line, reader.LineOffset()); width < n {
		n = width
	}
	if n > 0 {
		if pos, padding := util.IndentPosition(line, reader.LineOffset(), n); pos >= 0 {
			reader.AdvanceAndSetPadding(pos, padding)
		}
	}
}

// blockStart returns what stands on the line from its first mark on, and where that is.
func blockStart(reader text.Reader, pc parser.Context) (rest []byte, at int) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || pos >= len(line) {
		return nil, 0
	}
	return bytes.TrimRight(line[pos:], "\r\n"), segment.Start + pos - segment.Padding
}

// plainBlock gives the parsers of blocks what most have in common.
type plainBlock struct{}

// Close, CanInterruptParagraph and CanAcceptIndentedLine make it part of a parser.BlockParser.
func (plainBlock) Close(ast.Node, text.Reader, parser.Context) {}
func (plainBlock) CanInterruptParagraph() bool                 { return true }
func (plainBlock) CanAcceptIndentedLine() bool                 { return false }

// skipped continues a dropped block over the lines that it takes.
func skipped(node ast.Node, reader text.Reader) parser.State {
	d := node.(*dropped)
	if d.skip == 0 {
		return parser.Close
	}
	d.skip--
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}
