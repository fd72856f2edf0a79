package convert

import (
	"cmp"
	"html"
	"strconv"
	"strings"
)

const odtLevels = 10 // OpenDocument 1.3, part 3, 19.880: levels of a list

// odtCounts are the numbers that a list has come to, by level; 0 before the first item.
type odtCounts [odtLevels]int

// odtNumbers are the lists of a document, as far as they have come.
type odtNumbers struct {
	current *odtCounts
	byStyle map[string]*odtCounts // the last list of each style
	byID    map[string]*odtCounts
	outline odtCounts // of headings
}

// outlineStyle is the name under which the numbering of headings is kept among the styles of lists.
const outlineStyle = "\x00outline"

// listOf writes a list, each item with the number that the page shows.
func (w *odt) listOf(e *element) {
	outer := w.list
	if name := e.attr("style-name"); name != "" {
		w.list = name
	}
	if w.level == 0 {
		w.numbers.begin(e, w.list)
	}
	w.level++
	for _, c := range e.children {
		switch c.name {
		case "list-item":
			w.listItem(c)
		case "list-header":
			w.out.WriteString("<ul>")
			w.around("li", "", c)
			w.out.WriteString("</ul>")
		default:
			w.node(c)
		}
	}
	w.level--
	w.list = outer
}

// begin finds the numbers that a list outside of others goes on with.
func (n *odtNumbers) begin(e *element, style string) {
	n.current = n.byID[e.attr("continue-list")]
	if e.attr("continue-numbering") == "true" && n.current == nil {
		n.current = n.byStyle[style]
	}
	if n.current == nil {
		n.current = &odtCounts{}
	}
	n.byStyle[style] = n.current
	if id := e.attr("id"); id != "" {
		n.byID[id] = n.current
	}
}

// listItem writes an item; the lists in it follow it, for HTML would give their paragraphs its number.
func (w *odt) listItem(e *element) {
	var first *element // that is no list
	for _, c := range e.children {
		if c.name == "p" || c.name == "h" {
			first = c
			break
		}
		if c.name == "list" {
			break
		}
	}
	closing := ""
	if first != nil { // an item of nothing but a list has no number of its own
		label, number := w.labelOf(w.numbers.current, w.list, w.level, e.attr("start-value"))
		switch {
		case label != "" && (number == 0 || first.name == "h"):
			w.label = label + " "
		case number > 0:
			w.out.WriteString(`<ol><li value="` + strconv.Itoa(number) + `">`)
			closing = "</li></ol>"
		default:
			w.out.WriteString("<ul><li>")
			closing = "</li></ul>"
		}
	}
	for _, c := range e.children {
		if c.name == "list" {
			w.out.WriteString(closing)
			closing = ""
		}
		w.node(c)
	}
	w.out.WriteString(closing)
	w.label = ""
}

// labelOf counts an item and returns what stands before it, "" for a bullet; number is not 0 where that is the number
// and a dot, as Markdown has it.
func (w *odt) labelOf(counts *odtCounts, style string, level int, start string) (label string, number int) {
	level = min(level, odtLevels)
	format := w.levelStyle(style, level)
	at := &counts[level-1]
	switch from, err := strconv.Atoi(cmp.Or(start, format.attr("start-value"))); {
	case start != "" && err == nil, *at == 0 && err == nil:
		*at = from
	default:
		*at++
	}
	clear(counts[level:])
	if format.attr("num-format") == "" {
		return "", 0
	}
	shown, _ := strconv.Atoi(format.attr("display-levels"))
	shown = min(max(shown, 1), level)
	var numbers []string
	for l := level - shown + 1; l <= level; l++ {
		above := w.levelStyle(style, l).attr("num-format")
		if above == "" { // a level of bullets has no number to show
			continue
		}
		numbers = append(numbers, wordNumber(max(counts[l-1], 1), odtFormats[above]))
	}
	prefix, suffix := format.attr("num-prefix"), format.attr("num-suffix")
	label = strings.TrimSpace(prefix + strings.Join(numbers, ".") + suffix)
	if shown == 1 && format.attr("num-format") == "1" && prefix == "" && (suffix == "." || suffix == "") {
		return label, *at
	}
	return label, 0
}

// levelStyle is the format of a level, nil for none.
func (w *odt) levelStyle(style string, level int) *element {
	if s := w.lists[style]; s != nil {
		for _, l := range s.children {
			if (l.name == "list-level-style-number" || l.name == "outline-level-style") &&
				l.attr("level") == strconv.Itoa(level) {
				return l
			}
		}
	}
	return nil
}

// odtFormats are the ways to count, as Word names them; figures are the rest.
var odtFormats = map[string]string{"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}

// heading writes a heading with the number that its level has.
func (w *odt) heading(e *element) {
	level, _ := strconv.Atoi(e.attr("outline-level"))
	level = max(level, 1)
	if w.level == 0 && e.attr("is-list-header") != "true" && w.lists[outlineStyle] != nil && hasWord(e.content()) {
		if label, _ := w.labelOf(&w.numbers.outline, outlineStyle, level, e.attr("start-value")); label != "" {
			w.label = label + " "
		}
	}
	w.labeled("h"+strconv.Itoa(min(level, 6)), e)
}

// labeled writes an element with the number of its item before it.
func (w *odt) labeled(tag string, e *element) {
	w.out.WriteString("<" + tag + ">" + html.EscapeString(w.label))
	w.label = ""
	w.children(e)
	w.out.WriteString("</" + tag + ">")
}
