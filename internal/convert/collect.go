package convert

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// A collector makes blocks of elements.
type collector struct {
	blocks []block
	kind   blockKind // of the text that is being collected
	level  int       // of a heading
	number int       // of an item, 0 for none
	label  string    // of an item that is counted in letters: "b. "
	title  string
	lines  []line // of the block, parted by br
	line   line
	cell   bool // of a table: what its lines say is listed
	box    bool // beside the text, which goes on behind it under the heading of before
}

// A line is being collected, with how many of its letters are bold, and links, and all.
type line struct {
	text              strings.Builder
	bold, linked, all int
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

// unreadElement holds the elements whose text is not the page's.
var unreadElement = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Head: true, atom.Title: true,
	atom.Svg:  true,
	atom.Math: true, atom.Iframe: true, atom.Object: true, atom.Canvas: true, atom.Audio: true, atom.Video: true,
	atom.Select:   true,
	atom.Textarea: true, atom.Button: true, atom.Img: true,
}

func (c *collector) node(n *html.Node, s style) {
	if n.Type == html.TextNode {
		c.write(n.Data, s)
		return
	}
	tag := atomOf(n)
	if n.Type != html.ElementNode || unreadElement[tag] {
		return
	}
	switch tag {
	case atom.Br:
		if next := nextElement(n); next != nil && atomOf(next) == atom.Br { // two of them part paragraphs
			c.flush()
		} else {
			c.lines = append(c.lines, c.line)
			c.line = line{}
		}
	case atom.B, atom.Strong:
		s.bold = true
		c.children(n, s)
	case atom.A:
		s.link = true
		c.children(n, s)
	case atom.Aside:
		outer := c.box
		c.box = true
		c.within(n, c.kind, c.level, s)
		c.box = outer
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		if c.box {
			c.flush()
			c.blocks = append(c.blocks, block{kind: para, text: strings.TrimRight(cellText(n), ": ") + ":", strong: true})
			return
		}
		c.within(n, heading, int(n.Data[1]-'0'), s)
	case atom.Ol:
		c.list(n, s)
	case atom.Li:
		c.number = 0
		c.within(n, item, 0, s)
	case atom.Dl:
		c.flush()
		c.definitions(n, s, "")
		c.flush()
	case atom.Pre:
		c.preformatted(n, s)
	case atom.Table:
		c.table(n, s)
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

// list numbers the items of an ordered list as the page shows them.
func (c *collector) list(n *html.Node, s style) {
	c.flush()
	number, step := 1, 1
	if _, reversed := attribute(n, "reversed"); reversed {
		step, number = -1, 0
		for child := range n.ChildNodes() {
			if atomOf(child) == atom.Li {
				number++
			}
		}
	}
	if v, err := strconv.Atoi(attr(n, "start")); err == nil {
		number = v
	}
	const most = 999_999_999 // CommonMark 0.31: at most nine digits
	letters := letterTypes[attr(n, "type")]
	for child := range n.ChildNodes() {
		if atomOf(child) != atom.Li {
			c.node(child, s)
			continue
		}
		if v, err := strconv.Atoi(attr(child, "value")); err == nil {
			number = v
		}
		c.number, c.label = 0, ""
		switch {
		case number <= 0 || number > most:
		case letters != "":
			c.label = wordNumber(number, letters) + ". "
		default:
			c.number = number
		}
		c.within(child, item, 0, s)
		number += step
	}
	c.number, c.label = 0, ""
}

// letterTypes are the ways to count that HTML has beside figures, as Word names them.
var letterTypes = map[string]string{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

// definitions reads a list of terms: "Height: 412 m". It returns the term that is open.
func (c *collector) definitions(n *html.Node, s style, term string) string {
	const longest = 100 // bytes of a term
	for child := range n.ChildNodes() {
		switch atomOf(child) {
		case atom.Dt:
			c.flush()
			if text := cellText(child); term != "" && nextTerm(child) {
				term += ", " + text
			} else {
				term = text
			}
			if len(term) > longest {
				c.blocks = append(c.blocks, block{kind: para, text: term, strong: true})
				term = ""
			}
		case atom.Dd:
			inner := htmlBlocks(child, "")
			if term != "" && len(inner) > 0 && (inner[0].kind == para || inner[0].kind == item) {
				inner[0].text = strings.TrimRight(term, ": ") + ": " + inner[0].text
				inner[0].kind, inner[0].strong, inner[0].link, inner[0].number = item, false, false, 0
			}
			c.blocks = append(c.blocks, inner...)
		case atom.Div, atom.Section:
			term = c.definitions(child, s, term)
		default:
			c.node(child, s)
		}
	}
	return term
}

// nextTerm reports that a term follows another without a definition between.
func nextTerm(n *html.Node) bool {
	for prev := n.PrevSibling; prev != nil; prev = prev.PrevSibling {
		if prev.Type == html.ElementNode {
			return atomOf(prev) == atom.Dt
		}
	}
	return false
}

// preformatted keeps the lines of code, and reads the paragraphs of text that was written with a typewriter.
func (c *collector) preformatted(n *html.Node, s style) {
	c.flush()
	text := rawText(n)
	if !typewritten(text) {
		c.blocks = append(c.blocks, block{kind: code, text: strings.Trim(text, "\n"), language: languageOf(n)})
		return
	}
	for p := range strings.SplitSeq(text, "\n\n") {
		c.write(p, s)
		c.flush()
	}
}

// typewritten tells prose in lines from code: it has sentences, and mostly letters.
func typewritten(text string) bool {
	letters, others, sentences := 0, 0, 0
	last := ' '
	for _, r := range text {
		switch {
		case unicode.IsLetter(r):
			letters++
		case !unicode.IsSpace(r):
			others++
		case last == '.':
			sentences++
		}
		last = r
	}
	return sentences >= 2 && letters > 8*others && strings.Contains(strings.TrimSpace(text), "\n")
}

// languageKept is the attribute that carries the classes of code past the extractor, which drops them.
const languageKept = "data-pilcrow-code"

// languageOf is the language that highlighters name in a class: language-go, lang-go, highlight-source-go.
func languageOf(n *html.Node) string {
	for e := n; e != nil; e = e.FirstChild {
		for class := range strings.FieldsSeq(strings.ToLower(attr(e, "class") + " " + attr(e, languageKept))) {
			for _, prefix := range []string{"language-", "lang-", "highlight-source-", "brush:"} {
				if l, ok := strings.CutPrefix(class, prefix); ok &&
					strings.Trim(l, "abcdefghijklmnopqrstuvwxyz0123456789+#-") == "" {
					return l
				}
			}
		}
	}
	return ""
}

// rawText is the text below a node with its line ends.
func rawText(n *html.Node) string {
	var b strings.Builder
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := range n.ChildNodes() {
			switch {
			case c.Type == html.TextNode:
				b.WriteString(c.Data)
			case atomOf(c) == atom.Br:
				b.WriteByte('\n')
			case !unreadElement[atomOf(c)]:
				if blockElement[atomOf(c)] && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
					b.WriteByte('\n')
				}
				walk(c)
			}
		}
	}
	walk(n)
	return strings.ReplaceAll(strings.ReplaceAll(b.String(), "\r\n", "\n"), "\u00a0", " ")
}

func (c *collector) write(text string, s style) {
	c.line.text.WriteString(strings.ReplaceAll(text, "\n", " "))
	letters := 0
	for w := range strings.FieldsSeq(text) {
		letters += len(w)
	}
	c.line.all += letters
	if s.bold {
		c.line.bold += letters
	}
	if s.link {
		c.line.linked += letters
	}
}

// flush ends the block that is being collected.
func (c *collector) flush() {
	c.lines = append(c.lines, c.line)
	lines := c.lines
	c.lines, c.line = nil, line{}
	if c.kind == para && !c.cell && listed(lines) {
		for i := range lines {
			kind := item
			if i == 0 && lines[0].bold == lines[0].all {
				kind = para
			}
			c.add(kind, lines[i:i+1])
		}
		return
	}
	c.add(c.kind, lines)
}

func (c *collector) add(kind blockKind, lines []line) {
	text := ""
	bold, linked, all := 0, 0, 0
	for i := range lines {
		l := strings.Join(strings.Fields(lines[i].text.String()), " ")
		if c.cell {
			text = listing(text, l)
		} else {
			text = strings.TrimSpace(text + " " + l)
		}
		bold, linked, all = bold+lines[i].bold, linked+lines[i].linked, all+lines[i].all
	}
	b := block{kind: kind, level: c.level, number: c.number, text: text, strong: bold == all, link: linked == all}
	if text == "" || !hasWord(text) || b.kind == heading && text == c.title {
		return
	}
	if b.kind == heading && b.level > 1 && sentenceLike(text) { // a standfirst
		b.kind = para
	}
	b.text = c.label + b.text
	c.blocks = append(c.blocks, b)
	c.number, c.label = 0, "" // of an item with several paragraphs the first has it
}

// sentenceLike reports a text that is a sentence, and too long for a heading.
func sentenceLike(text string) bool {
	const least = 10 // words
	return strings.HasSuffix(text, ".") && len(strings.Fields(text)) >= least
}

// listed reports lines that are items, each a thing of its own: at least three, short, none going on in the next.
func listed(lines []line) bool {
	const least, longest = 3, 90 // lines; runes
	n := 0
	for i := range lines {
		text := strings.TrimSpace(lines[i].text.String())
		if text == "" {
			continue
		}
		first, _ := utf8.DecodeRuneInString(text)
		if utf8.RuneCountInString(text) > longest || n > 0 && unicode.IsLower(first) {
			return false
		}
		n++
	}
	return n >= least
}

// listing joins what stands below each other in a cell: "7 to 12, 14 to 20", but "4,100 (estimate)".
func listing(sofar, next string) string {
	last, _ := utf8.DecodeLastRuneInString(sofar)
	switch {
	case sofar == "" || next == "":
		return sofar + next
	case strings.ContainsRune(".,;:!?", last) || strings.HasPrefix(next, "("):
		return sofar + " " + next
	}
	return sofar + ", " + next
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
