package article

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"pilcrow/internal/lexicon"
)

// components reads the tags of JSX components that begin a line, `<Card title="…">`, up to `</Card>`, with Markdown
// between them. Tags of HTML are left to CommonMark, except in MDX, which knows no others than its own, and where
// `markdown` is among their attributes.
type components struct{ mdx bool }

// maxTagBytes bounds a tag: attributes hold whole tables.
const maxTagBytes = 8_000

// Trigger names the mark.
func (components) Trigger() []byte { return []byte{'<'} }

// Open opens a component. One that is nowhere closed holds nothing.
func (p components) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	rest, at := blockStart(reader, pc)
	if len(rest) == 0 {
		return nil, parser.NoChildren
	}
	source := reader.Source()
	t, ok := scanTag(source[at:min(len(source), at+maxTagBytes)])
	if !ok || !p.reads(t) {
		return nil, parser.NoChildren
	}
	behind := source[at+t.size:]
	line, _, _ := bytes.Cut(behind, []byte("\n"))
	alone := len(bytes.TrimSpace(line)) == 0
	skip := bytes.Count(source[at:at+t.size], []byte("\n"))
	closer := "</" + t.name
	switch {
	case t.closing || t.selfClosing || !closedBehind(closer, at+t.size, reader, pc):
		if !alone {
			return nil, parser.NoChildren
		}
		reader.AdvanceToEOL()
		if title := titleIn(t.attributes); t.selfClosing && t.attributes["description"] != "" {
			return &container{name: t.name, title: strings.Trim(title+": "+t.attributes["description"], ": "), skip: skip,
				selfClosing: true}, parser.NoChildren
		}
		return &dropped{skip: skip}, parser.NoChildren
	case bytes.Contains(line, []byte(closer)) && skip == 0: // all of it in one line: a paragraph with tags in it
		return nil, parser.NoChildren
	}
	c := &container{name: t.name, title: titleIn(t.attributes), closer: closer, indent: -1, skip: skip}
	if skip > 0 {
		begun := bytes.LastIndexByte(source[:at+t.size], '\n') + 1
		c.last = at + t.size - begun
		reader.AdvanceToEOL()
		return c, parser.HasChildren
	}
	reader.Advance(len(rest[:t.size]) + pc.BlockOffset())
	return c, parser.HasChildren
}

// lastClosers is where the last of each closing mark stands in the source.
var lastClosers = parser.NewContextKey()

// maxClosers bounds the different names that are looked for in one document; what has others is taken to hold nothing.
const maxClosers = 100

// closedBehind reports whether a closing mark stands behind a place. A container may open only so deep.
func closedBehind(closer string, at int, reader text.Reader, pc parser.Context) bool {
	if len(pc.OpenedBlocks()) >= maxNesting {
		return false
	}
	last, _ := pc.Get(lastClosers).(map[string]int)
	if last == nil {
		last = map[string]int{}
		pc.Set(lastClosers, last)
	}
	if _, known := last[closer]; !known {
		if len(last) >= maxClosers {
			return false
		}
		last[closer] = bytes.LastIndex(reader.Source(), []byte(closer))
	}
	return last[closer] >= at
}

// reads reports whether a tag is of a component.
func (p components) reads(t tag) bool {
	if t.name == "" { // a fragment
		return p.mdx
	}
	if t.name[0] >= 'A' && t.name[0] <= 'Z' {
		return true
	}
	if raw[t.name] {
		return false
	}
	_, markdown := t.attributes["markdown"]
	return p.mdx || markdown
}

// raw holds the tags of HTML whose content is read as HTML, wherever they stand.
var raw = lexicon.Set("table pre script style dl ul ol svg math textarea select iframe p h1 h2 h3 h4 h5 h6 img br hr a")

// Continue takes all up to the closing tag.
func (p components) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	c, ok := node.(*container)
	if !ok {
		return skipped(node, reader)
	}
	line, _ := reader.PeekLine()
	if c.skip > 0 { // the tag goes on
		if c.skip--; c.skip == 0 && len(bytes.TrimSpace(line[min(c.last, len(line)):])) > 0 {
			reader.Advance(c.last)
			return parser.Continue | parser.HasChildren
		}
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	if c.closing || c.selfClosing {
		return parser.Close
	}
	trimmed := bytes.TrimSpace(line)
	if !inCode(pc) && !inside(node, pc, func(o *container) bool { return o.closer == c.closer && !o.closing }) {
		if bytes.HasPrefix(trimmed, []byte(c.closer)) && closes(trimmed, c.closer) {
			_, rest, _ := bytes.Cut(trimmed, []byte(">"))
			if len(bytes.TrimSpace(rest)) == 0 {
				reader.AdvanceToEOL()
			} else {
				reader.Advance(bytes.IndexByte(line, '>') + 1)
			}
			return parser.Close
		}
		c.closing = closes(trimmed, c.closer)
	}
	if len(trimmed) == 0 {
		return parser.Continue | parser.HasChildren
	}
	if c.indent < 0 {
		c.indent, _ = util.IndentWidth(line, reader.LineOffset())
	}
	dedent(reader, c.indent)
	return parser.Continue | parser.HasChildren
}

// closes reports whether a line holds the closing tag, whole, and no opening one before it.
func closes(line []byte, closer string) bool {
	at := bytes.Index(line, []byte(closer))
	if at < 0 || bytes.Contains(line[:at], []byte("<"+closer[2:])) {
		return false
	}
	behind := bytes.TrimLeft(line[at+len(closer):], " ")
	return len(behind) > 0 && behind[0] == '>'
}

// Close does nothing.
func (components) Close(ast.Node, text.Reader, parser.Context) {}

// CanInterruptParagraph and CanAcceptIndentedLine: a tag may stand anywhere but in code.
func (components) CanInterruptParagraph() bool   { return true }
func (p components) CanAcceptIndentedLine() bool { return p.mdx }

// A tag is one of JSX or HTML.
type tag struct {
	name                 string // "" for a fragment
	closing, selfClosing bool
	attributes           map[string]string // by name, small; "" for one without a text of its own
	size                 int               // bytes
}

// readName reads the name behind the bracket, and the slash before it; end is where it ends.
func (t *tag) readName(text []byte) (end int, ok bool) {
	i := 1
	if text[i] == '/' {
		t.closing = true
		i++
	}
	start := i
	for i < len(text) && nameByte(text[i]) {
		i++
	}
	t.name = string(text[start:i])
	if t.name == "" { // a fragment
		return i, i < len(text) && text[i] == '>'
	}
	return i, isASCIILetter(t.name[0])
}

// scanTag reads the tag at the front of a text. Values of attributes stand between quotation marks or braces, which may
// hold more of both.
func scanTag(text []byte) (t tag, ok bool) {
	if len(text) < 2 || text[0] != '<' {
		return t, false
	}
	i, ok := t.readName(text)
	if !ok {
		return t, false
	}
	start := i - len(t.name)
	for i < len(text) {
		switch c := text[i]; {
		case c == '>':
			t.size = i + 1
			return t, true
		case c == '/' && i+1 < len(text) && text[i+1] == '>':
			t.selfClosing = true
			i++
		case c == ' ' || c == '\t' || c == '\n' || c == '\r':
			if c == '\n' && blankNext(text[i+1:]) {
				return t, false
			}
			i++
		case c == '{': // {...spread}
			n := balanced(text[i:])
			if n == 0 {
				return t, false
			}
			i += n
		case nameByte(c) && i > start+len(t.name):
			n, good := t.attribute(text[i:])
			if !good {
				return t, false
			}
			i += n
		default:
			return t, false
		}
	}
	return t, false
}

// attribute reads one attribute, and returns how many bytes it has.
func (t *tag) attribute(text []byte) (size int, ok bool) {
	i := 0
	for i < len(text) && (nameByte(text[i]) || text[i] == '@') {
		i++
	}
	name, value := strings.ToLower(string(text[:i])), ""
	if i+1 < len(text) && text[i] == '=' {
		i++
		switch c := text[i]; c {
		case '"', '\'':
			end := bytes.IndexByte(text[i+1:], c)
			if end < 0 {
				return 0, false
			}
			value = string(text[i+1 : i+1+end])
			i += end + 2
		case '{':
			n := balanced(text[i:])
			if n == 0 {
				return 0, false
			}
			value = literal(string(text[i+1 : i+n-1]))
			i += n
		default:
			start := i
			for i < len(text) && !strings.ContainsRune(" \t\n\r>\"'`=<", rune(text[i])) {
				i++
			}
			value = string(text[start:i])
			if i == start {
				return 0, false
			}
		}
	}
	if t.attributes == nil {
		t.attributes = map[string]string{}
	}
	t.attributes[name] = value
	return i, true
}

// literal is the text of an expression that is one string, else "".
func literal(expression string) string {
	e := strings.TrimSpace(expression)
	if len(e) >= 2 && strings.ContainsRune("\"'`", rune(e[0])) && e[len(e)-1] == e[0] && strings.Count(e, e[:1]) == 2 {
		return e[1 : len(e)-1]
	}
	return ""
}

// balanced measures what stands between a brace and the one that closes it, both included; 0 where none does. Strings
// and comments may hold others.
func balanced(text []byte) int {
	deep := 0
	for i := 0; i < len(text); i++ {
		switch c := text[i]; c {
		case '{':
			deep++
		case '}':
			if deep--; deep == 0 {
				return i + 1
			}
		case '"', '\'', '`':
			end := bytes.IndexByte(text[i+1:], c)
			switch {
			case end < 0 && c != '\'':
				return 0
			case end < 0 || c == '\'' && bytes.IndexByte(text[i+1:i+1+end], '\n') >= 0: // an apostrophe
			default:
				i += end + 1
			}
		case '/':
			if !bytes.HasPrefix(text[i:], []byte("/*")) {
				continue
			}
			end := bytes.Index(text[i:], []byte("*/"))
			if end < 0 {
				return 0
			}
			i += end + 1
		}
	}
	return 0
}

func nameByte(c byte) bool {
	return isASCIILetter(c) || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_' || c == ':'
}

func blankNext(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	return len(bytes.TrimSpace(line)) == 0
}

// titleIn is what the attributes of a component call it, as its reader sees it.
func titleIn(attributes map[string]string) string {
	for _, name := range []string{"title", "label", "header", "heading", "summary", "caption", "path", "query", "body",
		"name"} {
		if v := strings.TrimSpace(attributes[name]); v != "" {
			return v
		}
	}
	return ""
}

// attributesOf reads attributes that stand alone, as in `{.x title="Title"}` or a shortcode.
func attributesOf(text string) map[string]string {
	t, _ := scanTag([]byte("<x " + strings.ReplaceAll(strings.TrimLeft(text, ".#"), "\n", " ") + ">"))
	return t.attributes
}
