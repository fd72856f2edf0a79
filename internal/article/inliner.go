package article

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"

	"pilcrow/internal/lexicon"
)

// An inliner collects the text inside a block.
type inliner struct {
	source        []byte
	text          strings.Builder
	strong, links []Span
	notes         []int  // the footnotes whose marks stand in it
	cell          bool   // of a table, where a line break parts two things
	gap           bool   // something was dropped here, and a space with it
	hidden        string // the tag, such as "script", whose content is being dropped
	raised        int    // where raised text began, and 1; 0 for none
	unsure        bool   // UnsureMark stands in it
	firstLine     int    // where the first line ends that a line break ends; 0 for none
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
			if in.firstLine == 0 {
				in.firstLine = in.text.Len()
			}
			in.space()
		}
	case *ast.String:
		in.write(unescape(n.Value))
		in.gap = in.gap || len(n.Value) == 0
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
	case *superscript:
		in.raised = in.text.Len() + 1
		in.write(unescape([]byte(n.said)))
		in.raise()
	case *extast.FootnoteLink:
		in.notes = append(in.notes, n.Index)
	case *ast.Image, *extast.FootnoteBacklink, *extast.TaskCheckBox:
	case *extast.Strikethrough:
		if in.gap = in.struck(n); !in.gap {
			in.children(n)
		}
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

// struck reports text between two tildes, which does not hold any longer; between single ones some set what is lowered,
// as in H~2~O.
func (in *inliner) struck(n ast.Node) bool {
	for c := n.FirstChild(); c != nil; c = c.FirstChild() {
		if t, ok := c.(*ast.Text); ok {
			at := t.Segment.Start
			return at < 2 || in.source[at-2] == '~' || in.source[at-1] != '~'
		}
	}
	return true
}

func (in *inliner) write(s string) {
	if in.hidden != "" {
		return
	}
	if in.gap && s != "" {
		in.gap = false
		if before := in.text.String(); before == "" || before[len(before)-1] == ' ' {
			s = strings.TrimLeft(s, " ")
		}
	}
	in.text.WriteString(clean(strings.ReplaceAll(s, "\n", " ")))
}

// space parts two words, unless a space does already.
func (in *inliner) space() {
	if s := in.text.String(); s != "" && s[len(s)-1] != ' ' {
		in.text.WriteByte(' ')
	}
}

// tag drops a raw HTML tag; a line break becomes a space, and what nobody sees or what is struck out goes with its tag.
func (in *inliner) tag(raw string) {
	name, closing := tagName(raw)
	switch {
	case raw == UnsureMark:
		in.unsure = true
	case in.hidden != "":
		if closing && name == in.hidden {
			in.hidden, in.gap = "", true
		}
	case name == "br":
		in.lineBreak()
	case (unseen[name] || struckTags[name]) && !closing && !strings.HasSuffix(raw, "/>"):
		in.hidden = name
	case name == "sup" && !closing:
		in.raised = in.text.Len() + 1
	case name == "sup" && in.raised > 0:
		in.raise()
	}
}

// struckTags hold text that does not hold any longer.
var struckTags = lexicon.Set("del s strike")

// lineBreak parts what stands on two lines.
func (in *inliner) lineBreak() {
	s := strings.TrimRight(in.text.String(), " ")
	if last, _ := utf8.DecodeLastRuneInString(s); in.cell && s != "" &&
		(unicode.IsLetter(last) || unicode.IsDigit(last) || last == '%') {
		in.text.WriteByte(',')
	}
	in.space()
}

// raise puts raised text in place of what was written since its tag.
func (in *inliner) raise() {
	all := in.text.String()
	at := in.raised - 1
	in.raised = 0
	in.text.Reset()
	in.text.WriteString(all[:at])
	in.text.WriteString(raised(all[:at], all[at:]))
	for i := range in.links { // of a note's mark
		in.links[i].End = min(in.links[i].End, in.text.Len())
		in.links[i].Start = min(in.links[i].Start, in.links[i].End)
	}
}

// raised spells text that stands above the line: a power as one, "10²", letters as they are, "1st", and the mark of a
// note not at all.
func raised(before, text string) string {
	text = strings.TrimSpace(text)
	mark := strings.Trim(text, "[]()*†‡§,;")
	if mark == "" {
		return ""
	}
	if strings.Trim(mark, "0123456789+-−, ") != "" {
		if len(mark) == 1 && power(before, "2") {
			return "^" + mark
		}
		return text
	}
	if mark == text && power(before, text) {
		var b strings.Builder
		for _, r := range text {
			if s, ok := superscripts[r]; ok {
				b.WriteRune(s)
			}
		}
		return b.String()
	}
	return ""
}

var superscripts = map[rune]rune{
	'0': '⁰', '1': '¹', '2': '²', '3': '³', '4': '⁴', '5': '⁵', '6': '⁶', '7': '⁷', '8': '⁸', '9': '⁹', '+': '⁺', '-': '⁻',
	'−': '⁻',
}

// units are those that are squared and cubed.
var units = lexicon.Set("m mm cm dm km ft in yd mi s")

// power reports whether a raised number behind a text is a power of its last word, and not the mark of a note: behind
// ten, a figure, a letter, or a unit.
func power(before, exponent string) bool {
	word := before[strings.LastIndexFunc(before, notWord)+1:]
	if word != "" && before != word && strings.HasSuffix(strings.TrimSuffix(before, word), ".") &&
		strings.Trim(word, "0123456789") == "" {
		return false // 1.5 and then a mark
	}
	switch {
	case word == "10", utf8.RuneCountInString(word) == 1 && (word != "a" && word != "I" && word != "A"):
		return true
	case units[strings.TrimLeft(word, "0123456789")]:
		return exponent == "2" || exponent == "3" || strings.HasPrefix(exponent, "-") || strings.HasPrefix(exponent, "−")
	}
	return false
}

// unescape resolves backslashes and entities as CommonMark does.
func unescape(raw []byte) string {
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(raw))))
}
