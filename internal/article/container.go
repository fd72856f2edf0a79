package article

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// fencedContainers reads ":::note Title" (Docusaurus, VitePress, Pandoc, MyST) and "/// note | Title" (MkDocs), each up
// to a line of its marks alone.
type fencedContainers struct{ plainBlock }

// minFence is the shortest fence.
const minFence = 3

// Trigger names the marks.
func (fencedContainers) Trigger() []byte { return []byte{':', '/'} }

// Open opens a container, or drops a line of marks that opens none.
func (fencedContainers) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	rest, _ := blockStart(reader, pc)
	if len(rest) == 0 {
		return nil, parser.NoChildren
	}
	mark := rest[0]
	said := bytes.TrimLeft(rest, string(mark))
	length := len(rest) - len(said)
	if length < minFence || len(said) > 0 && mark == '/' && said[0] != ' ' {
		return nil, parser.NoChildren
	}
	if mark == '/' && len(said) > 0 && !closedBehind("\n///", 0, reader, pc) { // a comment
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	head := strings.TrimSpace(string(said))
	// ":::row:::"
	if head == "" || strings.HasSuffix(head, string(rest[:length])) || len(pc.OpenedBlocks()) >= maxNesting {
		return &dropped{}, parser.NoChildren
	}
	c := &container{fence: mark, length: length}
	c.name, c.title = containerHead(head)
	inner, _, _ := braces(head)
	c.directive = mark == ':' && inner != "" && !strings.ContainsAny(inner, ".#= ")
	return c, parser.HasChildren
}

// Continue ends the container at a line of its marks.
func (fencedContainers) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c, ok := node.(*container)
	if !ok {
		return skipped(node, reader)
	}
	line, _ := reader.PeekLine()
	trimmed := bytes.TrimSpace(line)
	n := len(trimmed)
	switch {
	case n >= c.length && len(bytes.Trim(trimmed, string(c.fence))) == 0 && !inCode(pc) &&
		!inside(node, pc, func(o *container) bool { return o.fence == c.fence && o.length <= n }):
		reader.AdvanceToEOL()
		return parser.Close
	case c.fence == '/' && !c.HasChildren() && option(line): // "    type: warning"
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	case c.directive && !c.HasChildren():
		if key, value, ok := directiveOption(line); ok { // ":class: warning"
			c.headed = c.headed || key == "header-rows" && value > "0"
			reader.AdvanceToEOL()
			return parser.Continue | parser.NoChildren
		}
	}
	return parser.Continue | parser.HasChildren
}

// option reports an indented line "key: value".
func option(line []byte) bool {
	key, _, ok := bytes.Cut(bytes.TrimPrefix(line, []byte("    ")), []byte(":"))
	return ok && bytes.HasPrefix(line, []byte("    ")) && len(key) > 0 &&
		len(bytes.TrimFunc(key, func(r rune) bool { return r >= 'a' && r <= 'z' || r == '_' })) == 0
}

// containerHead reads the name and the title behind a fence: `note Title`, `note | Title`, `note[Title]{.x}`, `{note}
// Title`, `{.callout-note title="Title"}`.
func containerHead(head string) (name, title string) {
	if inner, rest, ok := braces(head); ok {
		attributes := attributesOf(inner)
		name, _, _ = strings.Cut(strings.TrimSpace(strings.TrimLeft(inner, ".#")), " ")
		return name, firstOf(strings.TrimSpace(rest), titleIn(attributes))
	}
	n := strings.IndexFunc(head, func(r rune) bool { return r == ' ' || r == '[' || r == '{' || r == '|' })
	if n < 0 {
		return head, ""
	}
	name, rest := head[:n], strings.TrimSpace(head[n:])
	switch {
	case strings.HasPrefix(rest, "|"):
		title = strings.TrimSpace(rest[1:])
	case strings.HasPrefix(rest, "["):
		if end := strings.LastIndexByte(rest, ']'); end > 0 {
			title = rest[1:end]
		}
	default:
		title = rest
		if at := strings.IndexByte(rest, '{'); at >= 0 {
			inner, _, _ := braces(rest[at:])
			title = firstOf(titleIn(attributesOf(inner)), strings.TrimSpace(rest[:at]))
		}
	}
	if name == "html" || name == "row" || name == "column" {
		title = ""
	}
	return name, strings.Trim(title, `"`)
}

// braces parts "{inner} rest".
func braces(text string) (inner, rest string, ok bool) {
	if !strings.HasPrefix(text, "{") {
		return "", text, false
	}
	inner, rest, ok = strings.Cut(text[1:], "}")
	return inner, rest, ok
}

// firstOf is the first text that is not empty.
func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

// indentedContainers reads `!!! note "Title"`, `???` and `=== "Tab"` of MkDocs: what follows belongs to them as long as
// it is indented.
type indentedContainers struct{ plainBlock }

// contentIndent is by how many columns the content of MkDocs' blocks is indented.
const contentIndent = 4

// Trigger names the marks.
func (indentedContainers) Trigger() []byte { return []byte{'!', '?', '='} }

// Open opens a container.
func (indentedContainers) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	rest, _ := blockStart(reader, pc)
	if len(rest) < minFence+2 || rest[0] != rest[1] || rest[1] != rest[2] {
		return nil, parser.NoChildren
	}
	head := string(rest[minFence:])
	if rest[0] != '!' {
		head = strings.TrimLeft(head, "+!")
	}
	if !strings.HasPrefix(head, " ") || len(pc.OpenedBlocks()) >= maxNesting {
		return nil, parser.NoChildren
	}
	head = strings.TrimSpace(head)
	c := &container{indent: contentIndent, name: "tab"}
	before, after, quoted := strings.Cut(head, `"`)
	if quoted {
		c.title, _, _ = strings.Cut(after, `"`)
	}
	switch {
	case rest[0] == '=' && (!quoted || before != ""):
		return nil, parser.NoChildren
	case rest[0] != '=':
		words := strings.Fields(before)
		for i, w := range words {
			if i == 0 && !asciiWord(w) || i > 0 && w != "inline" && w != "end" {
				return nil, parser.NoChildren // somebody shouts
			}
		}
		if len(words) > 0 {
			c.name = words[0]
		}
	}
	reader.AdvanceToEOL()
	return c, parser.HasChildren
}

// Continue takes what is indented.
func (indentedContainers) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	if width, _ := util.IndentWidth(line, reader.LineOffset()); width < contentIndent {
		return parser.Close
	}
	dedent(reader, contentIndent)
	return parser.Continue | parser.HasChildren
}

// asciiWord reports a word of letters and hyphens, such as the name of an admonition.
func asciiWord(w string) bool {
	return w != "" && strings.Trim(w, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") == ""
}

// callouts reads quotations that begin with `[!NOTE]` (GitHub) or `[!note]- Title` (Obsidian) as admonitions.
type callouts struct{ parser.BlockParser }

// Open opens a callout; other quotations are CommonMark's.
func (callouts) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	rest, _ := blockStart(reader, pc)
	said := bytes.TrimLeft(bytes.TrimPrefix(rest, []byte(">")), " ")
	head, ok := bytes.CutPrefix(said, []byte("[!"))
	name, title, closed := strings.Cut(string(head), "]")
	if name, _, _ = strings.Cut(name, "|"); !ok || !closed || !asciiWord(name) || len(pc.OpenedBlocks()) >= maxNesting {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &container{name: name, title: strings.TrimSpace(strings.TrimLeft(title, "+-"))}, parser.HasChildren
}
