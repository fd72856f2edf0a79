package convert

import (
	"pilcrow/internal/byline"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// takeEdges takes from both ends of an article what is not its text: the title once more, the line with the author and
// the day, links that lead elsewhere ("Jump to recipe", "Edit this page").
func takeEdges(d *draft) {
	const first = 5 // blocks, in which such lines stand
	kept := d.blocks[:0:0]
	for i, b := range d.blocks {
		early := i < first && len(b.text) <= byline.MaxLine && (b.kind == para || b.kind == heading)
		if early && (sameText(b.text, d.title) || b.kind == para && onlyByline(b.text, d)) {
			continue
		}
		kept = append(kept, b)
	}
	from, to := 0, len(kept)
	for from < min(to, first) && leadsAway(kept[from]) {
		from++
	}
	for to > from && leadsAway(kept[to-1]) {
		to--
	}
	if from < to { // else it is a page of links, and says no more than they
		kept = kept[from:to]
	}
	if len(kept) > 0 {
		d.blocks = kept
	}
}

// leadsAway reports a short paragraph that is a link and nothing else.
func leadsAway(b block) bool {
	const most = 6 // words
	return b.kind == para && b.link && len(strings.Fields(b.text)) <= most
}

func sameText(a, b string) bool {
	fold := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r)
		}), " ")
	}
	return b != "" && fold(a) == fold(b)
}

// onlyByline reports a line that names the author, and perhaps the day, and says nothing else.
func onlyByline(text string, d *draft) bool {
	if d.author == "" || !strings.Contains(text, d.author) {
		return false
	}
	rest := strings.Replace(text, d.author, " ", 1)
	if day, without := byline.Day(rest); !day.IsZero() && day.Equal(d.published) {
		rest = without
	}
	return !hasWord(byline.WithoutLabels(rest))
}

// consentBox reports a box that asks whether cookies may be set. It has a button, and little text.
func consentBox(n *html.Node) bool {
	if n.Type != html.ElementNode || atomOf(n) == atom.Body || !consentClass.MatchString(attr(n, "class")+" "+attr(n,
		"id")) {
		return false
	}
	const most = 1500 // bytes of its text
	button := false
	for d := range n.Descendants() {
		if wholePage(d) {
			return false
		}
		button = button || atomOf(d) == atom.Button || atomOf(d) == atom.Input || attr(d, "role") == "button"
	}
	return button && len(textOf(n)) < most
}

var consentClass = regexp.MustCompile(`(?i)cookie|consent|gdpr`)

// stripBeside takes from a page what is nobody's text: menus, boxes that ask for consent, labels of advertisements,
// links to edit a section.
func stripBeside(root *html.Node) {
	strip(root, func(n *html.Node) bool {
		return atomOf(n) == atom.Nav || consentBox(n) || label(n)
	})
}

// strip takes the elements out that fit.
func strip(root *html.Node, fits func(n *html.Node) bool) {
	var gone []*html.Node
	for n := range root.Descendants() {
		if n.Type == html.ElementNode && fits(n) {
			gone = append(gone, n)
		}
	}
	for _, n := range gone {
		if n.Parent != nil {
			n.Parent.RemoveChild(n)
		}
	}
}

// signupBox reports a box that asks for an address to send letters to: it has a field for one, and little text.
func signupBox(n *html.Node) bool {
	const most = 400 // bytes of its text
	switch atomOf(n) {
	case atom.Div, atom.Section, atom.Aside, atom.Form, atom.P:
	default:
		return false
	}
	asks := false
	for d := range n.Descendants() {
		if wholePage(d) {
			return false
		}
		asks = asks || atomOf(d) == atom.Input && strings.EqualFold(attr(d, "type"), "email")
	}
	return asks && len(textOf(n)) < most
}

// wholePage reports what only stands in a box that holds the page itself.
func wholePage(n *html.Node) bool {
	switch atomOf(n) {
	case atom.H1, atom.Article, atom.Main:
		return true
	}
	return false
}

// label reports the label of an advertisement, and the link to edit a section in its heading.
func label(n *html.Node) bool {
	switch atomOf(n) {
	case atom.Div, atom.P, atom.Span, atom.Small:
	default:
		return false
	}
	const most = 40 // bytes
	text := textOf(n)
	if len(text) > most {
		return false
	}
	text = strings.ToLower(strings.TrimSpace(text))
	return adLabel[text] || bracketed.MatchString(text) && inHeading(n)
}

func inHeading(n *html.Node) bool {
	for e := n.Parent; e != nil; e = e.Parent {
		switch atomOf(e) {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return true
		}
	}
	return false
}

var (
	adLabel = map[string]bool{"advertisement": true, "advertisements": true, "anzeige": true, "annonse": true,
		"publicité": true, "publicidad": true, "pubblicità": true, "advertentie": true, "reklama": true}
	bracketed = regexp.MustCompile(`^\[\s*(edit|edit source|bearbeiten|modifier|editar|rediger|redigera)[^\]]*\]$`)
)

// laidApart reports a span that touches the span before it in the source, and that styles set apart where readers see
// it: both have classes, and what would be one word is two ("Ann Lunt", "Member", "131 posts").
func laidApart(before string, n *html.Node) bool {
	prev := n.PrevSibling
	if prev == nil || atomOf(n.Parent) == atom.Code {
		return false
	}
	switch classed := attr(n, "class") != ""; {
	case prev.Type == html.TextNode: // a word that goes on has no space in it
		if !classed || len(strings.Fields(textOf(n))) < 2 {
			return false
		}
	case atomOf(prev) != atom.Span && atomOf(prev) != atom.A && atomOf(prev) != atom.Time,
		!classed && attr(prev, "class") == "" && atomOf(n) == atom.Span:
		return false
	}
	last := before[strings.LastIndexAny(before, " \n")+1:]
	const least = 3 // characters of a word: "H" and "2" stand for water
	first, _ := utf8.DecodeRuneInString(strings.TrimLeft(textOf(n), "\n"))
	end, _ := utf8.DecodeLastRuneInString(last)
	if utf8.RuneCountInString(last) < least || !wordRune(first) || !wordRune(end) {
		return false
	}
	return unicode.IsLower(end) && unicode.IsUpper(first) || unicode.IsLetter(end) != unicode.IsLetter(first)
}

func wordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
