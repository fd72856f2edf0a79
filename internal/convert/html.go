package convert

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// readHTML reads the article of a page: without what readers do not see, and without navigation, advertisements and
// comments.
func readHTML(data []byte, address, declared string) (*draft, error) {
	text, err := decodeHTML(data, declared)
	if err != nil {
		return nil, err
	}
	root, err := html.Parse(strings.NewReader(text))
	if err != nil { // a nesting too deep; all else is mended
		return nil, refuse("its elements are nested too deeply to be read")
	}
	d := &draft{}
	strip(root, signupBox) // while its fields are there
	if stripHidden(root, &d.left) {
		d.notes = append(d.notes, Note{Kind: OtherStyles})
	}
	plainInline(root)
	facts := factsOf(root, address)
	d.title, d.author, d.source, d.published = facts.title(), facts.author, facts.site, facts.published
	stripBeside(root)
	d.extract(root, address, facts)
	demoteLinkedHeadings(d.blocks)
	takePublicationLine(d)
	takeEdges(d)
	return d, nil
}

// demoteLinkedHeadings makes paragraphs of headings that are links, where others are not: they lead to other articles.
func demoteLinkedHeadings(blocks []block) {
	const most = 2 // in an overview they are the headings
	var linked []int
	for i, b := range blocks {
		if b.kind == heading && b.link {
			linked = append(linked, i)
		}
	}
	if len(linked) > most {
		return
	}
	for _, i := range linked {
		blocks[i].kind = para
	}
}

// cloneBody copies the body without what is certainly no part of the text.
func cloneBody(root *html.Node) *html.Node { return cloneNode(bodyOf(root)) }

// bodyOf is the body of a page. In a book nothing stands beside the text: asides are notes and boxes.
func bodyOf(root *html.Node) *html.Node {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body {
			return n
		}
	}
	return root
}

func cloneNode(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Attr: n.Attr}
	for child := range n.ChildNodes() {
		switch child.DataAtom {
		case atom.Nav, atom.Footer, atom.Aside, atom.Script, atom.Style, atom.Head, atom.Form:
		default:
			if !consentBox(child) {
				c.AppendChild(cloneNode(child))
			}
		}
	}
	return c
}

// atomOf is the element's name. The extractor makes elements without an atom.
func atomOf(n *html.Node) atom.Atom {
	if n.DataAtom == 0 && n.Type == html.ElementNode {
		return atom.Lookup([]byte(n.Data))
	}
	return n.DataAtom
}

// attr is the value of an attribute, "" for none.
func attr(n *html.Node, key string) string {
	value, _ := attribute(n, key)
	return value
}

func attribute(n *html.Node, key string) (value string, ok bool) {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val, true
		}
	}
	return "", false
}

// blockElement holds the elements that begin and end a block.
var blockElement = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Aside: true, atom.Header: true,
	atom.Footer: true,
	atom.Main:   true, atom.Nav: true, atom.Blockquote: true, atom.Pre: true, atom.Ul: true, atom.Ol: true, atom.Dl: true,
	atom.Dt: true,
	atom.Dd: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Caption: true, atom.Figure: true,
	atom.Figcaption: true,
	atom.Hr:         true, atom.Address: true, atom.Details: true, atom.Summary: true, atom.Form: true,
	atom.Fieldset: true,
	atom.Center:   true,
	atom.Body:     true, atom.Html: true, atom.Hgroup: true,
}
