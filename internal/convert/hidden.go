package convert

import (
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// stripHidden takes out of the page what its readers do not see, and counts it: what styles hide (the page's own;
// those in other files are not fetched), comments, descriptions of pictures, and characters without width. Struck
// text goes, too: beside the new price the old one would be one of the document's words.
//
// A page whose text is nearly all as light as paper has its ground from styles in other files. Then no color tells
// anything, and foreign is true.
func stripHidden(root *html.Node, left *leftOut) (foreign bool) {
	s := &stripper{sheet: readSheets(root), left: left, ground: white}
	if foreign = s.paleOnForeignGround(root); foreign {
		s.ground = rgb{unknown: true}
	}
	s.walk(root, look{color: black, background: s.ground})
	return foreign
}

type stripper struct {
	sheet  sheet
	left   *leftOut
	ground rgb // what the page is drawn on
}

// paleOnForeignGround reports a page that names styles in other files and three quarters of whose text, by letters,
// would have the color of its ground: nobody would have made it so.
func (s *stripper) paleOnForeignGround(root *html.Node) bool {
	styled := false
	for n := range root.Descendants() {
		if n.DataAtom == atom.Link && strings.EqualFold(attr(n, "rel"), "stylesheet") {
			styled = true
			break
		}
	}
	if !styled {
		return false
	}
	pale, all := s.paleLetters(root, look{color: black, background: white})
	return pale*4 > all*3
}

// paleLetters counts the letters below n that have the color of what they stand on, and all that are not hidden
// otherwise.
func (s *stripper) paleLetters(n *html.Node, l look) (pale, all int) {
	for child := range n.ChildNodes() {
		switch {
		case child.Type == html.TextNode && !l.invisible && !l.tiny:
			letters := len(strings.Join(strings.Fields(child.Data), ""))
			all += letters
			if l.color.near(l.background) {
				pale += letters
			}
		case child.Type == html.ElementNode && child.DataAtom != atom.Head && child.DataAtom != atom.Script &&
			child.DataAtom != atom.Style:
			own := l.inherit()
			s.sheet.apply(child, &own)
			if !own.gone && !unseenElement[child.DataAtom] && !unseenByName(child) {
				p, a := s.paleLetters(child, own)
				pale, all = pale+p, all+a
			}
		}
	}
	return pale, all
}

// unseenElement holds the elements whose text is not on the page.
var unseenElement = map[atom.Atom]bool{
	atom.Template: true, atom.Noscript: true, atom.Iframe: true, atom.Object: true, atom.Canvas: true, atom.Audio: true,
	atom.Video:    true,
	atom.Textarea: true, atom.Select: true, atom.Datalist: true, atom.Svg: true, atom.Noembed: true, atom.Noframes: true,
	atom.Input: true,
}

// unseenClass holds names that the styles of Bootstrap, WordPress, Drupal and others hide, in files that we do not
// fetch.
var unseenClass = map[string]bool{
	"sr-only": true, "visually-hidden": true, "visuallyhidden": true, "screen-reader-text": true,
	"screen-reader-only": true,
	"d-none":             true, "element-invisible": true, "a11y-hidden": true, "assistive-text": true, "offscreen": true,
	"off-screen": true,
	// shown when somebody points at what they stand in
	"tooltiptext": true, "tooltip-text": true, "tooltip-content": true, "tooltip__content": true, "tooltip__text": true,
	"tooltip-inner": true, "popover-content": true, "popover-body": true, "hovercard-content": true, "hover-card": true,
	"popup-content": true, "popup-text": true, "popuptext": true,
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
			if l.struck {
				s.left.struck += len(strings.Fields(child.Data))
				child.Data = " "
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
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool {
		return a.Key == "alt" ||
			a.Key == "title" && n.DataAtom != atom.Meta
	})
	switch n.DataAtom {
	case atom.Script, atom.Head, atom.Meta, atom.Title, atom.Link, atom.Base, atom.Style:
		s.walk(n, look{color: black, background: s.ground}) // metadata is not laid out
		return
	}
	own := l.inherit()
	switch n.DataAtom {
	case atom.S, atom.Strike, atom.Del:
		own.struck = true
	}
	s.sheet.apply(n, &own)
	if n.DataAtom == atom.Html || n.DataAtom == atom.Body { // a page that is hidden as a whole waits for its scripts
		own.gone, own.invisible = false, false
	} else if own.gone || unseenElement[n.DataAtom] || unseenByName(n) || popsUp(n) {
		s.left.hide(textOf(n))
		parent.RemoveChild(n)
		return
	}
	// the extractor has ideas of its own
	n.Attr = slices.DeleteFunc(n.Attr, func(a html.Attribute) bool { return a.Key == "style" })
	s.walk(n, own)
}

// unseenByName reports an element that an attribute of HTML or a well-known class hides.
func unseenByName(n *html.Node) bool {
	_, hidden := attribute(n, "hidden")
	_, open := attribute(n, "open")
	if hidden || n.DataAtom == atom.Dialog && !open || attr(n, "role") == "tooltip" {
		return true
	}
	classes := strings.Fields(strings.ToLower(attr(n, "class")))
	if slices.ContainsFunc(classes, func(c string) bool { return strings.HasPrefix(c, "d-") && c != "d-none" }) {
		return false // Bootstrap: hidden on small screens alone, "d-none d-md-block"
	}
	return slices.ContainsFunc(classes, func(c string) bool { return unseenClass[c] })
}

// popsUp reports an element within a line that begins with the very words that it touches, and says more of them: a
// card that appears for who points at a name, hidden by styles that are not here.
func popsUp(n *html.Node) bool {
	if n.DataAtom != atom.Span && n.DataAtom != atom.Div && n.DataAtom != atom.Aside || n.PrevSibling == nil {
		return false
	}
	prev := n.PrevSibling
	before := prev.Data
	if prev.Type == html.ElementNode {
		before = textOf(prev)
		if blockElement[prev.DataAtom] || !strings.HasSuffix(before, " ") {
			return false
		}
		before = before[:len(before)-1] // which textOf puts behind each text
	} else if prev.Type != html.TextNode {
		return false
	}
	const mostWords, least = 6, 4 // of a name; bytes
	words := strings.Fields(textOf(n))
	said := strings.Join(strings.Fields(before), " ")
	if before == "" || strings.TrimRight(before, " \t\n") != before {
		return false
	}
	for k := min(mostWords, len(words)-1); k > 0; k-- {
		name := strings.Join(words[:k], " ")
		rest, ok := strings.CutSuffix(said, name)
		if ok && len(name) >= least && (rest == "" || rest[len(rest)-1] == ' ') {
			return true
		}
	}
	return false
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
