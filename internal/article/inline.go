package article

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"pilcrow/internal/lexicon"
)

// shown takes n bytes of the line away and puts a text in their place.
func shown(block text.Reader, n int, text string) ast.Node {
	block.Advance(n)
	return ast.NewString([]byte(text))
}

// inlineTags drops the tags of components inside a paragraph, whose attributes HTML does not know.
type inlineTags struct{ mdx bool }

// Trigger names the mark.
func (inlineTags) Trigger() []byte { return []byte{'<'} }

// Parse drops a tag.
func (inlineTags) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	t, ok := scanTag(line)
	if !ok {
		return nil
	}
	upper := t.name != "" && t.name[0] >= 'A' && t.name[0] <= 'Z'
	switch {
	case upper && t.selfClosing:
		return shown(block, t.size, firstOf(t.attributes["text"], t.attributes["label"]))
	case upper, t.name == "", bytes.Contains(line[:t.size], []byte("={")):
		return shown(block, t.size, "")
	}
	return nil
}

// inlineBraces drops comments, shortcodes, expressions and attributes inside a paragraph.
type inlineBraces struct{ mdx bool }

// Trigger names the mark.
func (inlineBraces) Trigger() []byte { return []byte{'{'} }

// Parse drops braces that are no text.
func (p inlineBraces) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	b, ok := scanBrace(line, p.mdx)
	if !ok {
		return nil
	}
	return shown(block, b.size, b.text)
}

// wikilinks reads [[Page]], [[Page#Heading|words]] and ![[picture]] of Obsidian. The words are shown; a picture is not.
type wikilinks struct{}

// Trigger names the marks.
func (wikilinks) Trigger() []byte { return []byte{'[', '!'} }

// maxWikilink bounds the words of a link.
const maxWikilink = 300

// Parse reads a link.
func (wikilinks) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	start := 0
	if line[0] == '!' {
		start = 1
	}
	if !bytes.HasPrefix(line[start:], []byte("[[")) || block.PrecendingCharacter() == ']' {
		return nil
	}
	end := bytes.Index(line[:min(len(line), maxWikilink)], []byte("]]"))
	if end < 0 {
		return nil
	}
	inner := line[start+2 : end]
	behind := line[end+2:]
	if len(inner) == 0 || bytes.ContainsAny(inner, "[]") || len(behind) > 0 && (behind[0] == '(' || behind[0] == '[') {
		return nil // [[a]](b) is a link whose words stand in brackets
	}
	if start == 1 {
		return shown(block, end+2, "")
	}
	from := start + 2
	if at := bytes.IndexByte(inner, '|'); at >= 0 {
		from += at + 1
	} else if inner[0] == '#' {
		from++
	}
	link := ast.NewLink()
	link.AppendChild(link, ast.NewTextSegment(text.NewSegment(segment.Start+from, segment.Start+end)))
	block.Advance(end + 2)
	return link
}

// inlineMarks drops marks that only style: ==highlighted==, %%a comment%%, :material-icon:, ^block-id at the end of a
// line.
type inlineMarks struct{}

// Trigger names the marks.
func (inlineMarks) Trigger() []byte { return []byte{'=', '%', ':', '^'} }

// openMark is where the highlighted text that has begun ends.
var openMark = parser.NewContextKey()

// Parse drops a mark, or reads one pair of them.
func (inlineMarks) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	before := block.PrecendingCharacter()
	switch {
	case bytes.HasPrefix(line, []byte("==")):
		return highlighted(line, segment.Start, before, block, pc)
	case bytes.HasPrefix(line, []byte("%%")):
		if end := bytes.Index(line[2:], []byte("%%")); end > 0 {
			return shown(block, end+len("%%%%"), "")
		}
	case line[0] == ':':
		end := bytes.IndexByte(line[1:], ':')
		name, _, icon := strings.Cut(string(line[1:max(1, end+1)]), "-")
		if icon && iconSets[name] {
			return shown(block, end+len("::"), "")
		}
	case line[0] == '^' && before != ' ' && before != '\n':
		return readRaised(line, block)
	case line[0] == '^':
		if id := strings.TrimRight(string(line[1:]), " \n"); id != "" &&
			strings.Trim(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == "" {
			return shown(block, 1+len(id), "")
		}
	}
	return nil
}

// highlighted drops one of a pair of "==". start is where the line begins in the block.
func highlighted(line []byte, start int, before rune, block text.Reader, pc parser.Context) ast.Node {
	if at, ok := pc.Get(openMark).(int); ok && at == start {
		return shown(block, len("=="), "")
	}
	end := bytes.Index(line[2:], []byte("=="))
	if end <= 0 || line[2] == ' ' || line[2] == '=' || line[1+end] == ' ' || !notWord(before) {
		return nil
	}
	pc.Set(openMark, start+2+end)
	return shown(block, len("=="), "")
}

// readRaised reads what stands between two "^", as in x^2^.
func readRaised(line []byte, block text.Reader) ast.Node {
	const longest = 12 // bytes
	said, _, ok := bytes.Cut(line[1:min(len(line), longest+2)], []byte("^"))
	behind, _ := utf8.DecodeRune(line[min(len(line), len(said)+len("^^")):])
	if !ok || len(said) == 0 || bytes.ContainsAny(said, " \t\n{}[]()$\\") || !notWord(behind) { // not a^b^c
		return nil
	}
	block.Advance(len(said) + len("^^"))
	return &superscript{said: string(said)}
}

// iconSets are the sets of Material for MkDocs.
var iconSets = lexicon.Set("material octicons fontawesome simple")
