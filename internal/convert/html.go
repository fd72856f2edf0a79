package convert

import (
	"bytes"
	"errors"
	"net/url"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"codeberg.org/readeck/go-readability/v2"
	"github.com/wlynxg/chardet"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
)

// readHTML reads the article of a page: without what readers do not see, and without navigation, advertisements and comments.
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
	stripHidden(root, &d.left)
	d.published = publishedIn(root, address)
	page, err := url.Parse(address)
	if err != nil {
		page = &url.URL{}
	}
	plain := cloneBody(root)
	parser := readability.NewParser()
	article, err := parser.ParseAndMutate(root, page)
	if err == nil {
		d.title, d.author, d.source = article.Title(), byline(article.Byline()), article.SiteName()
		if t, err := article.PublishedTime(); err == nil && t.Year() >= 1000 {
			d.published = t
		}
		if article.Node != nil {
			d.blocks = htmlBlocks(article.Node, d.title)
		}
	}
	// A page that is all article, or hardly one, defeats the extractor.
	whole := htmlBlocks(plain, d.title)
	if size, all := blocksSize(d.blocks), blocksSize(whole); size == 0 || size < minArticle && all > size {
		d.blocks = whole
		d.notes = append(d.notes, "no article was found in the page, so all of its text was taken")
	}
	return d, nil
}

// minArticle is the length in bytes below which what was taken for the article may be a caption or a notice about cookies.
const minArticle = 250

func blocksSize(blocks []block) int {
	n := 0
	for _, b := range blocks {
		if n += len(b.text); b.kind == table {
			for _, row := range b.rows {
				n += len(strings.Join(row, " "))
			}
		}
	}
	return n
}

var charsetDeclared = regexp.MustCompile(`(?i)charset\s*=|encoding\s*=`)

// decodeHTML makes UTF-8 of a page. What is valid UTF-8 beyond ASCII is UTF-8, whatever it says; then the mark in front, the
// server and the page are believed, in this order; then the bytes are looked at.
func decodeHTML(data []byte, declared string) (string, error) {
	plain := bytes.TrimPrefix(data, []byte("\ufeff"))
	if utf8.Valid(plain) && bytes.ContainsFunc(plain, func(r rune) bool { return r >= utf8.RuneSelf }) {
		return string(plain), nil
	}
	contentType := ""
	if declared != "" {
		contentType = "text/html; charset=" + declared
	}
	// https://html.spec.whatwg.org/multipage/parsing.html#prescan-a-byte-stream-to-determine-its-encoding
	head := data[:min(len(data), sniffed)]
	enc, _, certain := charset.DetermineEncoding(head, contentType)
	if !certain && !charsetDeclared.Match(head) {
		if guess := chardet.Detect(data); guess.Encoding != "" {
			name := guess.Encoding
			if name == "MacCyrillic" { // as good as unknown on the web; its small letters are those of windows-1251
				name = "windows-1251"
			}
			if e, _ := charset.Lookup(name); e != nil && e != encoding.Replacement {
				enc = e
			}
		}
	}
	text, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return "", refuse("its characters cannot be read: it is in no encoding that is known")
	}
	return string(text), nil
}

var byWord = regexp.MustCompile(`(?i)^\s*(?:written\s+)?by[:\s]+`)

// byline is the author without "By".
func byline(s string) string { return byWord.ReplaceAllString(s, "") }

var dateMeta = map[string]bool{
	"article:published_time": true, "og:published_time": true, "datepublished": true, "date": true, "dc.date": true,
	"dc.date.issued": true, "dcterms.created": true, "dcterms.issued": true, "pubdate": true, "publishdate": true, "publish-date": true,
	"publication_date": true, "citation_publication_date": true, "citation_date": true, "parsely-pub-date": true,
	"sailthru.date": true, "cxenseparse:recs:publishtime": true,
}

var dateInPath = regexp.MustCompile(`/((?:19|20)\d\d)[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])(?:[/-]|$)`)

// publishedIn looks for the day of publication where the extractor does not: in other names of meta elements, in a time
// element, in the address. Zero if there is none.
func publishedIn(root *html.Node, address string) (day time.Time) {
	var fromTime time.Time
	times := 0
	for n := range root.Descendants() {
		switch n.DataAtom {
		case atom.Meta:
			name := strings.ToLower(attr(n, "name") + attr(n, "property") + attr(n, "itemprop"))
			if dateMeta[name] && day.IsZero() {
				day = parseDay(attr(n, "content"))
			}
		case atom.Time:
			t := parseDay(attr(n, "datetime"))
			if t.IsZero() {
				continue
			}
			_, pubdate := attribute(n, "pubdate")
			if pubdate || strings.EqualFold(attr(n, "itemprop"), "datePublished") {
				return t
			}
			if times++; times == 1 {
				fromTime = t
			} else if !t.Equal(fromTime) { // of several days none is sure
				fromTime = time.Time{}
			}
		}
	}
	if day.IsZero() {
		day = fromTime
	}
	if m := dateInPath.FindStringSubmatch(address); m != nil && day.IsZero() {
		day = parseDay(m[1] + "-" + m[2] + "-" + m[3])
	}
	return day
}

// cloneBody copies the body without what is certainly no part of the text.
func cloneBody(root *html.Node) *html.Node {
	for n := range root.Descendants() {
		if n.DataAtom == atom.Body {
			return cloneNode(n)
		}
	}
	return cloneNode(root)
}

func cloneNode(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Attr: n.Attr}
	for child := range n.ChildNodes() {
		switch child.DataAtom {
		case atom.Nav, atom.Footer, atom.Aside, atom.Script, atom.Style, atom.Head, atom.Form:
		default:
			c.AppendChild(cloneNode(child))
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

// A collector makes blocks of elements.
type collector struct {
	blocks []block
	kind   blockKind // of the text that is being collected
	level  int
	title  string
	text   strings.Builder
	bold   int // letters that are bold
	linked int // letters that are links
	all    int // letters
}

// htmlBlocks reads the blocks below a node. A heading that repeats the title is left out.
func htmlBlocks(n *html.Node, title string) []block {
	c := &collector{title: strings.Join(strings.Fields(title), " ")}
	c.children(n, style{})
	c.flush()
	return c.blocks
}

// A style is what inline elements around a text make of it.
type style struct{ bold, link bool }

func (c *collector) children(n *html.Node, s style) {
	for child := range n.ChildNodes() {
		c.node(child, s)
	}
}

func (c *collector) node(n *html.Node, s style) {
	if n.Type == html.TextNode {
		c.write(n.Data, s)
		return
	}
	if n.Type != html.ElementNode {
		return
	}
	switch tag := atomOf(n); tag {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Head, atom.Title, atom.Svg, atom.Math, atom.Iframe, atom.Object,
		atom.Canvas, atom.Audio, atom.Video, atom.Select, atom.Textarea, atom.Button, atom.Img:
		return
	case atom.Br:
		if next := nextElement(n); next != nil && atomOf(next) == atom.Br { // two of them part paragraphs
			c.flush()
		} else {
			c.text.WriteByte(' ')
		}
	case atom.B, atom.Strong:
		s.bold = true
		c.children(n, s)
	case atom.A:
		s.link = true
		c.children(n, s)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		c.within(n, heading, int(n.Data[1]-'0'), s)
	case atom.Li:
		c.within(n, item, 0, s)
	case atom.Table:
		if rows := dataTable(n); rows != nil {
			c.flush()
			c.blocks = append(c.blocks, block{kind: table, rows: rows})
			return
		}
		c.within(n, c.kind, c.level, s)
	default:
		if blockElement[tag] {
			c.within(n, c.kind, c.level, s)
			return
		}
		c.children(n, s)
	}
}

// within collects an element as blocks of its own.
func (c *collector) within(n *html.Node, kind blockKind, level int, s style) {
	c.flush()
	outer, outerLevel := c.kind, c.level
	c.kind, c.level = kind, level
	c.children(n, s)
	c.flush()
	c.kind, c.level = outer, outerLevel
}

func (c *collector) write(text string, s style) {
	c.text.WriteString(text)
	letters := len(strings.Join(strings.Fields(text), ""))
	c.all += letters
	if s.bold {
		c.bold += letters
	}
	if s.link {
		c.linked += letters
	}
}

// flush ends the block that is being collected.
func (c *collector) flush() {
	text := strings.Join(strings.Fields(c.text.String()), " ")
	b := block{kind: c.kind, level: c.level, text: text, strong: c.bold == c.all, link: c.linked == c.all}
	c.text.Reset()
	c.bold, c.linked, c.all = 0, 0, 0
	if text == "" || !hasWord(text) || b.kind == heading && text == c.title {
		return
	}
	c.blocks = append(c.blocks, b)
}

// nextElement is the next sibling, if nothing but space is between.
func nextElement(n *html.Node) *html.Node {
	for next := n.NextSibling; next != nil; next = next.NextSibling {
		if next.Type == html.ElementNode {
			return next
		}
		if strings.TrimSpace(next.Data) != "" && next.Type == html.TextNode {
			return nil
		}
	}
	return nil
}

// blockElement holds the elements that begin and end a block.
var blockElement = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Aside: true, atom.Header: true, atom.Footer: true,
	atom.Main: true, atom.Nav: true, atom.Blockquote: true, atom.Pre: true, atom.Ul: true, atom.Ol: true, atom.Dl: true, atom.Dt: true,
	atom.Dd: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Caption: true, atom.Figure: true, atom.Figcaption: true,
	atom.Hr: true, atom.Address: true, atom.Details: true, atom.Summary: true, atom.Form: true, atom.Fieldset: true, atom.Center: true,
	atom.Body: true, atom.Html: true, atom.Hgroup: true,
}

// Bounds of a table that is kept as one.
const (
	maxColumns = 20
	maxRows    = 2000
)

var errNoData = errors.New("the table is for layout")

// dataTable reads a table whose first row is a head and whose cells hold no blocks; nil for one that is for layout.
func dataTable(t *html.Node) (rows [][]string) {
	for n := range t.Descendants() {
		if atomOf(n) == atom.Table { // one inside another is for layout; to look into each twice would take twice as long a level
			return nil
		}
	}
	var walk func(n *html.Node) error
	walk = func(n *html.Node) error {
		for child := range n.ChildNodes() {
			switch atomOf(child) {
			case atom.Thead, atom.Tbody, atom.Tfoot:
				if err := walk(child); err != nil {
					return err
				}
			case atom.Tr:
				row, heads := tableRow(child)
				if row == nil || len(rows) == 0 && !heads || len(rows) == maxRows {
					return errNoData
				}
				rows = append(rows, row)
			}
		}
		return nil
	}
	if walk(t) != nil || len(rows) < 2 {
		return nil
	}
	return rows
}

// tableRow reads the cells of a row and whether all are of a head; nil where a cell holds more than a line.
func tableRow(tr *html.Node) (cells []string, heads bool) {
	heads = true
	for cell := range tr.ChildNodes() {
		tag := atomOf(cell)
		if tag != atom.Td && tag != atom.Th {
			continue
		}
		heads = heads && tag == atom.Th
		inner := htmlBlocks(cell, "")
		if len(inner) > 1 || len(cells) == maxColumns {
			return nil, false
		}
		text := ""
		if len(inner) == 1 {
			text = inner[0].text
		}
		cells = append(cells, text)
	}
	return cells, heads && len(cells) > 0
}
