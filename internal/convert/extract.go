package convert

import (
	"net/url"
	"pilcrow/internal/byline"
	"strings"
	"unicode"

	"codeberg.org/readeck/go-readability/v2"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A candidate is what may be the article of a page.
type candidate struct {
	blocks  []block
	size    int     // bytes of text
	links   float64 // the share of the text that is links
	covered float64 // the share of the words of the page's title and description that stand in it
}

// What is rightly the article.
const (
	minArticle   = 250  // bytes: less may be a caption or a notice about cookies
	hardlyAny    = 0.25 // of the title's and description's words: the wrong part of the page, perhaps
	muchBetter   = 0.3  // more of them covered
	mostlyLinks  = 0.4  // of the text: a list of other pages
	lostMost     = 0.5  // of what the page itself marks as its article
	severalTimes = 4    // as long: more than the article
)

// extract finds the article. The extractor is asked first. Where it lost what the page itself marks as the article,
// or found a part that does not speak of what title and description name, another part is taken.
func (d *draft) extract(root *html.Node, address string, facts pageFacts) {
	about := aboutWords(facts)
	whole := d.candidate(htmlBlocks(cloneBody(root), d.title), about)
	var others []candidate
	for _, n := range []*html.Node{markedArticle(root), aroundHeadline(root)} {
		if n != nil {
			others = append(others, d.candidate(htmlBlocks(cloneArticle(n), d.title), about))
		}
	}
	blocks, by := readable(root, address, d.title) // last, for it changes the page
	best := d.candidate(blocks, about)
	if d.author == "" && facts.hasLine(by) {
		d.author = byline.Names(by)
	}
	speaks := false
	for i, o := range others {
		better := o.covered >= best.covered+muchBetter && best.covered < 2*hardlyAny
		fuller := i == 0 && float64(best.size) < lostMost*float64(o.size) &&
			o.size < severalTimes*max(best.size, minArticle) &&
			o.covered >= best.covered
		if o.links < mostlyLinks && o.size > 0 && (better || fuller && o.links < mostlyLinks/4) {
			best, speaks = o, better
		}
	}
	if best.size < minArticle { // the part around the headline says more than the whole page, with less beside it
		for _, o := range others {
			if o.size >= minArticle && o.links < mostlyLinks/4 && 2*o.size > whole.size && o.covered >= best.covered {
				best, speaks = o, true
				break
			}
		}
	}
	if best.size == 0 ||
		!speaks && best.size < minArticle && whole.size > best.size &&
			(whole.links < mostlyLinks || best.size < minArticle/4) &&
			best.covered <= whole.covered {
		best = whole
		d.notes = append(d.notes, Note{Kind: NoArticle})
	}
	d.blocks = best.blocks
	const few = 3 // words say nothing
	if len(about) >= few && best.covered < hardlyAny {
		d.notes = append(d.notes, Note{Kind: WrongPart})
	}
}

// readable is what the extractor takes for the article, and for the line with its author.
func readable(root *html.Node, address, title string) (blocks []block, by string) {
	page, err := url.Parse(address)
	if err != nil {
		page = &url.URL{}
	}
	parser := readability.NewParser()
	article, err := parser.ParseAndMutate(root, page)
	if err != nil || article.Node == nil {
		return nil, ""
	}
	return htmlBlocks(article.Node, title), article.Byline()
}

func (d *draft) candidate(blocks []block, about map[string]bool) candidate {
	c := candidate{blocks: blocks}
	found := map[string]bool{}
	linked := 0
	for _, b := range blocks {
		texts := []string{b.text}
		for _, row := range b.rows {
			texts = append(texts, row...)
		}
		text := strings.Join(texts, " ")
		c.size += len(text)
		if b.link {
			linked += len(text)
		}
		for w := range wordsOf(text) {
			if about[w] {
				found[w] = true
			}
		}
	}
	if c.size > 0 {
		c.links = float64(linked) / float64(c.size)
	}
	if len(about) > 0 {
		c.covered = float64(len(found)) / float64(len(about))
	}
	return c
}

// aboutWords are the words of four letters and more that title and description say the page is about.
func aboutWords(f pageFacts) map[string]bool {
	about := map[string]bool{}
	for w := range wordsOf(f.title() + " " + f.description) {
		about[w] = true
	}
	for w := range wordsOf(f.site) {
		delete(about, w)
	}
	return about
}

// wordsOf yields the words that mean something, in small letters: of four letters and more, or of one of a script
// without spaces.
func wordsOf(text string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for w := range strings.FieldsFuncSeq(strings.ToLower(text),
			func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(w) >= 4 && !yield(w) {
				return
			}
		}
	}
}

// markedArticle is the part that the page marks as its article: the only article element, articleBody, or main.
func markedArticle(root *html.Node) *html.Node {
	var article, body, main *html.Node
	articles := 0
	for n := range root.Descendants() {
		switch tag := atomOf(n); {
		case n.Type != html.ElementNode:
		case strings.EqualFold(attr(n, "itemprop"), "articleBody") && body == nil:
			body = n
		case tag == atom.Article:
			if article == nil || !within(n, article) {
				articles++
				article = n
			}
		case (tag == atom.Main || attr(n, "role") == "main") && main == nil:
			main = n
		}
	}
	switch {
	case body != nil:
		return body
	case articles == 1:
		return article
	case articles == 0:
		return main
	}
	return nil
}

func within(n, outer *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == outer {
			return true
		}
	}
	return false
}

// aroundHeadline is the smallest part that has the first h1 and two paragraphs.
func aroundHeadline(root *html.Node) *html.Node {
	for n := range root.Descendants() {
		if atomOf(n) != atom.H1 {
			continue
		}
		const highest = 12 // levels
		for e, level := n.Parent, 0; e != nil && atomOf(e) != atom.Body && level < highest; e, level = e.Parent, level+1 {
			paragraphs := 0
			for d := range e.Descendants() {
				if atomOf(d) == atom.P && hasWord(textOf(d)) {
					paragraphs++
				}
			}
			if paragraphs >= 2 {
				return e
			}
		}
		return nil
	}
	return nil
}

// cloneArticle copies a part without what stands beside the article in it.
func cloneArticle(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Attr: n.Attr}
	for child := range n.ChildNodes() {
		switch tag := atomOf(child); tag {
		case atom.Nav, atom.Aside, atom.Script, atom.Style, atom.Form, atom.Footer, atom.Button:
		default:
			if child.Type == html.ElementNode && besideClass.MatchString(attr(child, "class")+" "+attr(child, "id")) {
				continue
			}
			if consentBox(child) || child.Type == html.ElementNode && lineBelowTitle(child) {
				continue
			}
			c.AppendChild(cloneArticle(child))
		}
	}
	return c
}

// lineBelowTitle reports a line with the author or the day.
func lineBelowTitle(n *html.Node) bool {
	class := attr(n, "class")
	if !bylineClass.MatchString(class) && !dateClass.MatchString(class) {
		return false
	}
	text := shortText(n)
	day, _ := byline.Day(text)
	_, _, signs := byline.Signature(text)
	return text != "" &&
		(!day.IsZero() || signs || bylineClass.MatchString(class) && byline.Names(text) != "")
}
