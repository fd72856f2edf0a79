package convert

import (
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// plainInline writes as text what elements say that only their looks tell: quotation marks, exponents, formulas,
// readings of signs, the signature below a quotation. Extractors know none of it.
func plainInline(root *html.Node) {
	p := inliner{}
	p.walk(root)
}

type inliner struct {
	before string // the end of the text that stands before in the same block
	script script
	quotes int  // q elements around
	linked bool // inside a link
	url    string
}

// maxBefore is how much of the text before matters, in bytes.
const maxBefore = 64

func (p *inliner) wrote(text string) {
	if text != "" {
		p.linked = false
	}
	if p.before += text; len(p.before) > maxBefore {
		p.before = strings.ToValidUTF8(p.before[len(p.before)-maxBefore:], "")
	}
}

func (p *inliner) walk(n *html.Node) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch child.Type {
		case html.TextNode:
			p.wrote(squeezed(child.Data))
		case html.ElementNode:
			p.element(n, child)
		}
		child = next
	}
}

func (p *inliner) element(parent, n *html.Node) {
	if kind := attr(n, "epub:type") + " " + attr(n, "role"); strings.Contains(kind, "pagebreak") ||
		strings.Contains(kind, "backlink") {
		parent.RemoveChild(n) // the number of a page in print; the way back from a note
		return
	}
	tag := atomOf(n)
	switch tag {
	case atom.Script, atom.Style, atom.Head, atom.Title:
	case atom.Pre:
		if l := languageOf(n); l != "" {
			n.Attr = append(n.Attr, html.Attribute{Key: languageKept, Val: "language-" + l})
		}
	case atom.Sup, atom.Sub, atom.Math:
		text := p.asText(n, tag)
		parent.InsertBefore(&html.Node{Type: html.TextNode, Data: text}, n)
		parent.RemoveChild(n)
		p.wrote(text)
	case atom.Q:
		p.quote(n)
	case atom.Rt:
		if !hasElement(parent, atom.Rp) {
			n.InsertBefore(&html.Node{Type: html.TextNode, Data: "("}, n.FirstChild)
			n.AppendChild(&html.Node{Type: html.TextNode, Data: ")"})
		}
		p.walk(n)
	case atom.A:
		p.link(parent, n)
	case atom.Span, atom.Time, atom.Small:
		if laidApart(p.before, n) {
			parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, n)
			p.wrote(" ")
		}
		p.walk(n)
	case atom.Blockquote:
		p.before = ""
		p.walk(n)
		signQuotation(n)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.before = ""
		p.walk(n)
		dropID(n) // the extractor drops headings for what their ids mean
		p.before = ""
	default:
		p.other(n, tag)
	}
}

// asText is what stands higher, lower or as a formula, in plain text.
func (p *inliner) asText(n *html.Node, tag atom.Atom) string {
	switch tag {
	case atom.Sup:
		_, link := noteLink(n)
		return p.script.raised(p.before, textOf(n), link)
	case atom.Sub:
		return lowered(p.before, textOf(n))
	}
	text := mathText(n, p.before)
	if strings.HasSuffix(p.before, " ") || p.before == "" {
		return text
	}
	return " " + text
}

// other goes through an element that has no rule of its own.
func (p *inliner) other(n *html.Node, tag atom.Atom) {
	if !blockElement[tag] && tag != atom.Br {
		p.walk(n)
		return
	}
	if id := attr(n, "id"); id != "" && namesHeading(n, id) {
		dropID(n)
	}
	p.before = ""
	p.walk(n)
	p.before = ""
}

// quote puts marks around a quotation within a line.
func (p *inliner) quote(n *html.Node) {
	marks := [2]string{"“", "”"}
	if p.quotes%2 == 1 {
		marks = [2]string{"‘", "’"}
	}
	p.quotes++
	n.InsertBefore(&html.Node{Type: html.TextNode, Data: marks[0]}, n.FirstChild)
	n.AppendChild(&html.Node{Type: html.TextNode, Data: marks[1]})
	p.walk(n)
	p.quotes--
}

// link leaves out marks of notes, and what repeats the link before it; what two links say does not touch.
func (p *inliner) link(parent, n *html.Node) {
	text := strings.TrimSpace(textOf(n))
	if attr(n, "epub:type") == "noteref" || attr(n, "role") == "doc-noteref" ||
		noteTarget.MatchString(attr(n, "href")) && noteMark(strings.Trim(text, "[]() ")) {
		if p.script.raised(p.before, text, true) == "" {
			parent.RemoveChild(n)
			return
		}
	}
	if text != "" && strings.Trim(text, "↩↑⏎⤴^\ufe0e\ufe0f ") == "" && strings.Contains(attr(n, "href"), "#") {
		parent.RemoveChild(n) // the way back from a note
		return
	}
	touches := p.before != "" && p.linked && !strings.HasSuffix(p.before, " ")
	if touches && strings.HasSuffix(p.before, text) && attr(n, "href") == p.url {
		parent.RemoveChild(n)
		return
	}
	if touches {
		parent.InsertBefore(&html.Node{Type: html.TextNode, Data: " "}, n)
		p.wrote(" ")
	}
	p.walk(n)
	p.linked, p.url = p.before != "", attr(n, "href")
}

// noteTarget matches the places of a page that notes have, as generators name them.
var noteTarget = regexp.MustCompile(`(?i)#(?:user-content-)?_?(?:fn|ftn|edn|sdfootnote|sdendnote|footnote|` +
	`endnote|cite_note|note)[-_:.]?\w*$`)

// squeezed is the text with one space for each stretch of space.
func squeezed(s string) string {
	words := strings.Join(strings.Fields(s), " ")
	switch {
	case words == "" && s != "":
		return " "
	case words == "":
		return ""
	}
	if strings.TrimLeftFunc(s, unicode.IsSpace) != s {
		words = " " + words
	}
	if strings.TrimRightFunc(s, unicode.IsSpace) != s {
		words += " "
	}
	return words
}

// noteLink reports whether all that an element says is a link to a place of the same page, or that it calls itself a
// reference.
func noteLink(n *html.Node) (href string, ok bool) {
	for _, e := range []*html.Node{n, n.Parent} {
		class := strings.ToLower(attr(e, "class"))
		if strings.Contains(class, "footnote") || strings.Contains(class, "reference") ||
			strings.Contains(class, "noteref") ||
			attr(e, "epub:type") == "noteref" ||
			attr(e, "role") == "doc-noteref" {
			return "", true
		}
	}
	if n.Parent != nil && atomOf(n.Parent) == atom.A {
		href = attr(n.Parent, "href")
	}
	for d := range n.Descendants() {
		if atomOf(d) == atom.A {
			href = attr(d, "href")
			if _, named := attribute(d, "name"); named && href == "" {
				return "", true
			}
		}
	}
	return href, strings.Contains(href, "#") || strings.Contains(href, "note")
}

func hasElement(n *html.Node, tag atom.Atom) bool {
	for c := range n.ChildNodes() {
		if atomOf(c) == tag {
			return true
		}
	}
	return false
}

func dropID(n *html.Node) {
	for i, a := range n.Attr {
		if a.Key == "id" {
			n.Attr = append(n.Attr[:i:i], n.Attr[i+1:]...)
			return
		}
	}
}

// namesHeading reports an id made of words of the first heading below the element, which therefore says nothing of
// its role.
func namesHeading(n *html.Node, id string) bool {
	for d := range n.Descendants() {
		switch atomOf(d) {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			words := strings.Fields(strings.ToLower(textOf(d)))
			parts := strings.FieldsFunc(
				strings.ToLower(id),
				func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) },
			)
			shared := 0
			for _, p := range parts {
				for _, w := range words {
					if strings.TrimFunc(w, unicode.IsPunct) == p {
						shared++
						break
					}
				}
			}
			return len(parts) > 0 && shared*2 >= len(parts)
		}
	}
	return false
}

// signQuotation joins the source of a block quotation to its last paragraph: “… .” — Paula Grey.
func signQuotation(n *html.Node) {
	var source *html.Node
	var paragraphs []*html.Node
	for c := range n.ChildNodes() {
		switch atomOf(c) {
		case atom.Footer, atom.Cite, atom.Figcaption:
			source = c
		case atom.P:
			paragraphs = append(paragraphs, c)
		}
	}
	if source == nil && len(paragraphs) > 1 { // <p>…</p><p><cite>Paula Grey</cite></p>
		last := paragraphs[len(paragraphs)-1]
		if cite := last.FirstChild; cite != nil && atomOf(cite) == atom.Cite && cite.NextSibling == nil {
			source, paragraphs = last, paragraphs[:len(paragraphs)-1]
		}
	}
	name := ""
	if source != nil {
		name = saysSo.ReplaceAllString(strings.TrimLeft(joined(source), "—–―- "), "")
	}
	if name == "" {
		return
	}
	n.RemoveChild(source)
	first, last := n, n
	if len(paragraphs) > 0 {
		first, last = paragraphs[0], paragraphs[len(paragraphs)-1]
	}
	if text := strings.TrimSpace(textOf(first)); text != "" &&
		!strings.ContainsAny(text[:min(len(text), 3)], "\"“„«‘「『") {
		first.InsertBefore(&html.Node{Type: html.TextNode, Data: "“"}, firstWord(first))
		last.AppendChild(&html.Node{Type: html.TextNode, Data: "”"})
		trimEnd(last)
	}
	last.AppendChild(&html.Node{Type: html.TextNode, Data: " — " + name})
}

// saysSo matches what forums put behind the name of whom they quote: "berit wrote:".
var saysSo = regexp.MustCompile(`(?i)\s+(?:wrote|said|writes|says|schrieb|a écrit|escribió)\s*:?\s*$`)

// firstWord is the first child that is more than space.
func firstWord(n *html.Node) *html.Node {
	for c := range n.ChildNodes() {
		if c.Type != html.TextNode || strings.TrimSpace(c.Data) != "" {
			c.Data = strings.TrimLeftFunc(c.Data, unicode.IsSpace)
			return c
		}
	}
	return nil
}

// trimEnd takes the space before the closing mark away.
func trimEnd(n *html.Node) {
	if prev := n.LastChild.PrevSibling; prev != nil && prev.Type == html.TextNode {
		prev.Data = strings.TrimRightFunc(prev.Data, unicode.IsSpace)
	}
}
