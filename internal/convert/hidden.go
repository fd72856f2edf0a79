package convert

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// stripHidden takes out of the page what its readers do not see, and counts it: what styles hide (the page's own; those in other
// files are not fetched), comments, descriptions of pictures, and characters without width.
func stripHidden(root *html.Node, left *leftOut) {
	s := &stripper{sheet: readSheets(root), left: left}
	s.walk(root, look{color: black, background: white})
}

type stripper struct {
	sheet sheet
	left  *leftOut
}

// unseenElement holds the elements whose text is not on the page.
var unseenElement = map[atom.Atom]bool{
	atom.Template: true, atom.Noscript: true, atom.Iframe: true, atom.Object: true, atom.Canvas: true, atom.Audio: true, atom.Video: true,
	atom.Textarea: true, atom.Select: true, atom.Datalist: true, atom.Svg: true, atom.Noembed: true, atom.Noframes: true, atom.Input: true,
}

// unseenClass holds names that the styles of Bootstrap, WordPress, Drupal and others hide, in files that we do not fetch.
var unseenClass = map[string]bool{
	"sr-only": true, "visually-hidden": true, "visuallyhidden": true, "screen-reader-text": true, "screen-reader-only": true,
	"d-none": true, "element-invisible": true, "a11y-hidden": true, "assistive-text": true, "offscreen": true, "off-screen": true,
}

// walk strips below n, whose look is given.
func (s *stripper) walk(n *html.Node, l look) {
	for child := n.FirstChild; child != nil; {
		next := child.NextSibling
		switch child.Type {
		case html.CommentNode:
			if hasWord(child.Data) {
				s.left.comments++
			}
			n.RemoveChild(child)
		case html.TextNode:
			if l.unseen() && n.DataAtom != atom.Script && n.DataAtom != atom.Style && n.DataAtom != atom.Title {
				s.left.hide(child.Data)
				n.RemoveChild(child)
				break
			}
			if n.DataAtom != atom.Script {
				child.Data = visible(child.Data, &s.left.invisible)
			}
		case html.ElementNode:
			s.element(n, child, l)
		}
		child = next
	}
}

func (s *stripper) element(parent, n *html.Node, l look) {
	if hasWord(attr(n, "alt")) {
		s.left.pictures++
	}
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "alt" || a.Key == "title" && n.DataAtom != atom.Meta })
	switch n.DataAtom {
	case atom.Script, atom.Head, atom.Meta, atom.Title, atom.Link, atom.Base, atom.Style:
		s.walk(n, look{color: black, background: white}) // metadata is not laid out
		return
	}
	own := l.inherit()
	s.sheet.apply(n, &own)
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body { // a page that is hidden as a whole waits for its scripts
		own.gone, own.invisible = false, false
	} else if own.gone || unseenElement[n.DataAtom] || unseenByName(n) {
		s.left.hide(textOf(n))
		parent.RemoveChild(n)
		return
	}
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "style" }) // the extractor has ideas of its own
	s.walk(n, own)
}

// unseenByName reports an element that an attribute of HTML or a well-known class hides.
func unseenByName(n *html.Node) bool {
	_, hidden := attribute(n, "hidden")
	_, open := attribute(n, "open")
	if hidden || n.DataAtom == atom.Dialog && !open {
		return true
	}
	classes := strings.Fields(strings.ToLower(attr(n, "class")))
	if slices.ContainsFunc(classes, func(c string) bool { return strings.HasPrefix(c, "d-") && c != "d-none" }) {
		return false // Bootstrap: hidden on small screens alone, "d-none d-md-block"
	}
	return slices.ContainsFunc(classes, func(c string) bool { return unseenClass[c] })
}

// textOf is the text below a node that would be on the page.
func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode && d.Parent.DataAtom != atom.Script && d.Parent.DataAtom != atom.Style {
			b.WriteString(d.Data)
			b.WriteByte(' ')
		}
	}
	return b.String()
}
