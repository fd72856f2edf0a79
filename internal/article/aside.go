package article

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// dropping drops lines that are no reader's: comments and expressions in braces, includes, lists of attributes,
// shortcodes and tags of templates. What stands between two shortcodes of a pair is a container.
type dropping struct{ mdx bool }

// Trigger names the marks.
func (dropping) Trigger() []byte { return []byte{'{', '%', '-', ';', '<', '[', '(', '+'} }

// Open drops what takes whole lines.
func (p dropping) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	rest, at := blockStart(reader, pc)
	source := reader.Source()
	size := 0
	switch {
	case len(rest) < 2:
	case rest[0] == '{':
		return p.brace(source, at, reader, pc)
	case bytes.HasPrefix(rest, []byte("%%")): // Obsidian
		end := bytes.Index(source[at+2:min(len(source), at+2+maxTagBytes)], []byte("%%"))
		if end >= 0 {
			size = end + len("%%%%")
		}
	case snippet(rest), target(rest), p.comment(rest, source):
		size = len(rest)
	}
	if size == 0 || !lineEnds(source[at+size:]) {
		return nil, parser.NoChildren
	}
	return dropLines(source[at:at+size], reader), parser.NoChildren
}

// snippet reports a line that includes another file: `--8<-- "file"` (MkDocs), `<<< @/file` (VitePress), `[!INCLUDE
// [title](file)]`, and one that asks for a table of contents.
func snippet(line []byte) bool {
	line = bytes.TrimSpace(line)
	switch line[0] {
	case '-', ';':
		return bytes.Contains(line[:min(len(line), 9)], []byte("8<--"))
	case '<':
		return bytes.HasPrefix(line, []byte("<<< "))
	case '[':
		low := strings.ToLower(string(line[:min(len(line), 12)]))
		return strings.HasPrefix(low, "[!include") || slices.Contains([]string{"[toc]", "[[toc]]", "[[_toc_]]", "[tocm]"},
			low)
	}
	return false
}

// target reports a label of MyST, which a reference leads to, `(label)=`, and the end of a cell, `+++`.
func target(line []byte) bool {
	line = bytes.TrimSpace(line)
	label, ok := bytes.CutSuffix(line, []byte(")="))
	return ok && line[0] == '(' && len(label) > 1 && !bytes.ContainsAny(label[1:], " ()") || string(line) == "+++" ||
		bytes.HasPrefix(line, []byte("+++ {"))
}

// comment reports a comment of MyST, "% …", in a file that has some of its directives.
func (dropping) comment(line, source []byte) bool {
	return bytes.HasPrefix(line, []byte("% ")) && (bytes.Contains(source, []byte("```{")) ||
		bytes.Contains(source, []byte(":::{")))
}

// brace drops braces that stand alone on their lines, and opens a container between shortcodes.
func (p dropping) brace(source []byte, at int, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	b, ok := scanBrace(source[at:min(len(source), at+maxTagBytes)], p.mdx)
	if !ok || !b.block || !lineEnds(source[at+b.size:]) {
		return nil, parser.NoChildren
	}
	if b.name != "" && !b.closing && bytes.IndexByte(source[at:at+b.size], '\n') < 0 {
		for _, closer := range b.closers() {
			if closedBehind(closer, at+b.size, reader, pc) {
				reader.AdvanceToEOL()
				return &container{name: b.name, title: titleIn(b.attributes), closer: closer}, parser.HasChildren
			}
		}
	}
	return dropLines(source[at:at+b.size], reader), parser.NoChildren
}

// lineEnds reports whether nothing else stands on the line.
func lineEnds(behind []byte) bool { return blankNext(behind) }

func dropLines(text []byte, reader text.Reader) *dropped {
	reader.AdvanceToEOL()
	return &dropped{skip: bytes.Count(text, []byte("\n"))}
}

// Continue goes on to the closing shortcode.
func (dropping) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c, ok := node.(*container)
	if !ok {
		return skipped(node, reader)
	}
	line, _ := reader.PeekLine()
	if bytes.HasPrefix(bytes.TrimSpace(line), []byte(c.closer)) && !inCode(pc) &&
		!inside(node, pc, func(o *container) bool { return o.closer == c.closer }) {
		reader.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

// Close does nothing.
func (dropping) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph and CanAcceptIndentedLine: braces on lines of their own are no text.
func (dropping) CanInterruptParagraph() bool { return true }
func (dropping) CanAcceptIndentedLine() bool { return false }

// A brace is what stands in braces that are no text: `{/* a comment */}`, `{{< shortcode >}}`, `{% tag %}`, `{: .class
// }`.
type brace struct {
	size       int
	block      bool   // it may take a line for itself
	open       string // "{{<", "{{%" or "{%" of a shortcode
	name       string // of a shortcode
	closing    bool
	attributes map[string]string
	text       string // what readers see of it
}

// scanBrace reads the braces at the front of a text.
func scanBrace(source []byte, mdx bool) (b brace, ok bool) {
	for _, pair := range [][2]string{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{!", "!}"}, {"{*", "*}"},
		{"{/*", "*/}"}, {"{{", "}}"}} {
		if !bytes.HasPrefix(source, []byte(pair[0])) {
			continue
		}
		end := bytes.Index(source[len(pair[0]):], []byte(pair[1]))
		if end < 0 {
			return b, false
		}
		b.size, b.block = len(pair[0])+end+len(pair[1]), true
		if pair[0] == "{{<" || pair[0] == "{{%" || pair[0] == "{%" {
			b.open = pair[0]
			b.shortcode(string(source[len(pair[0]) : len(pair[0])+end]))
		}
		return b, true
	}
	line, _, _ := bytes.Cut(source, []byte("\n"))
	if end := bytes.IndexByte(line, '}'); end > 0 && attributeList(string(line[1:end])) {
		return brace{size: end + 1, block: true}, true
	}
	if !mdx {
		return b, false
	}
	n := balanced(source)
	if n == 0 {
		return b, false
	}
	return brace{size: n, block: true, text: literal(string(source[1 : n-1]))}, true
}

// shortcode reads what stands in a shortcode.
func (b *brace) shortcode(inner string) {
	inner = strings.TrimSpace(strings.Trim(strings.TrimSpace(inner), "-"))
	inner, b.closing = strings.CutPrefix(inner, "/")
	name, rest, _ := strings.Cut(strings.TrimSpace(inner), " ")
	b.name, b.attributes = name, attributesOf(rest)
	if b.attributes == nil && !b.closing { // {{< ref "page" >}} {{% tab "Linux" %}}
		if text, ok := strings.CutPrefix(strings.TrimSpace(rest), `"`); ok && strings.HasPrefix(name, "tab") {
			text, _, _ = strings.Cut(text, `"`)
			b.attributes = map[string]string{"title": text}
		}
	}
	b.text = b.attributes["text"]
}

// closers are how a shortcode of the name is closed.
func (b *brace) closers() []string {
	if b.open == "{%" {
		return []string{"{% end" + b.name, "{%- end" + b.name}
	}
	return []string{b.open + " /" + b.name, b.open + "/" + b.name}
}

// attributeList reports what kramdown, MkDocs and Pandoc take for attributes: `: .note`, `#id`, `.class`,
// `target=_blank`.
func attributeList(inner string) bool {
	inner = strings.TrimSpace(inner)
	first, colon := strings.CutPrefix(inner, ":")
	fields := strings.Fields(first)
	if len(fields) == 0 {
		return colon
	}
	for _, f := range fields {
		name, _, value := strings.Cut(f, "=")
		if f[0] != '.' && f[0] != '#' && (!value || name == "" || !asciiWord(name)) {
			return false
		}
	}
	return !strings.ContainsAny(inner, `\`) // {#1} of formulas has none, but {.5\linewidth} does
}

// modules drops `import` and `export` of MDX. In Markdown only an import that can be no sentence is dropped: Docusaurus
// reads .md as MDX.
type modules struct{ mdx bool }

// Trigger names the first letters.
func (modules) Trigger() []byte { return []byte{'i', 'e'} }

// Open drops a module's lines, up to a blank line outside of braces.
func (p modules) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	rest, at := blockStart(reader, pc)
	if pc.BlockIndent() != 0 {
		return nil, parser.NoChildren
	}
	line := string(rest)
	from := strings.Contains(line, " from '") || strings.Contains(line, ` from "`) ||
		strings.HasPrefix(line, "import '") || strings.HasPrefix(line, `import "`)
	strict := from && strings.HasPrefix(line, "import ") &&
		strings.HasSuffix(strings.TrimRight(line, " ;"), line[len(line)-1:]) &&
		strings.ContainsRune(`'";`, rune(line[len(line)-1]))
	if !strict && (!p.mdx || !strings.HasPrefix(line, "import ") && !strings.HasPrefix(line, "export ")) {
		return nil, parser.NoChildren
	}
	source := reader.Source()
	return dropLines(moduleText(source[at:min(len(source), at+maxTagBytes)]), reader), parser.NoChildren
}

// moduleText is what of the text is one module's: all up to a blank line that stands in no brackets.
func moduleText(source []byte) []byte {
	deep, end := 0, 0
	for line := range bytes.Lines(source) {
		if len(bytes.TrimSpace(line)) == 0 && deep <= 0 {
			break
		}
		for _, c := range line {
			switch c {
			case '{', '(', '[':
				deep++
			case '}', ')', ']':
				deep--
			}
		}
		end += len(line)
	}
	return bytes.TrimRight(source[:end], "\n")
}

// Continue goes on over the module's lines.
func (modules) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	return skipped(node, reader)
}

// Close does nothing.
func (modules) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph and CanAcceptIndentedLine: a module begins a paragraph.
func (modules) CanInterruptParagraph() bool { return false }
func (modules) CanAcceptIndentedLine() bool { return false }
