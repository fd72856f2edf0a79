package convert

import (
	"strconv"
	"strings"

	"pilcrow/internal/article"
)

// A block is a piece of a document, in reading order.
type block struct {
	kind   blockKind
	level  int        // of a heading, 1 the highest
	text   string     // of all but a table
	strong bool       // all of it is bold: a heading, perhaps
	link   bool       // all of it is a link: a promotion, perhaps
	unsure bool       // its letters or their order may be wrong
	astray bool       // its order may be wrong
	rows   [][]string // of a table; the first is its head

	number   int    // of an item in an ordered list, 0 for none
	language string // of code, "" for unknown
}

type blockKind int

const (
	para blockKind = iota
	item           // of a list
	heading
	table
	code // its text has lines
)

// markdown writes blocks as CommonMark that says nothing but their text.
func markdown(blocks []block) string {
	var b strings.Builder
	var last block
	delimiter := "."
	for _, bl := range blocks {
		text := escape(strings.Join(strings.Fields(bl.text), " "))
		if text == "" && bl.kind != table {
			continue
		}
		if b.Len() > 0 && (bl.kind != item || last.kind != item || (bl.number > 0) != (last.number > 0)) {
			b.WriteByte('\n')
		}
		if bl.kind == item && last.kind == item && bl.number > 0 && last.number > 0 && bl.number != last.number+1 {
			b.WriteByte('\n') // another sign begins another list, which does not go on with the numbers of this one
			delimiter = string('.' + ')' - delimiter[0])
		}
		last = bl
		switch bl.kind {
		case table:
			writeTable(&b, bl)
			continue
		case code:
			writeCode(&b, bl)
			continue
		case heading:
			b.WriteString(strings.Repeat("#", min(max(bl.level, 1), 6)) + " ")
			if strings.HasSuffix(text, " #") || strings.HasSuffix(text, "##") { // would close it
				text = text[:len(text)-1] + `\#`
			}
		case item:
			if bl.number > 0 {
				b.WriteString(strconv.Itoa(bl.number) + delimiter + " ")
			} else {
				b.WriteString("- ")
			}
		}
		switch {
		case bl.kind == heading:
		case bl.link:
			text = "[" + text + "](<>)"
		case bl.strong:
			text = "**" + text + "**"
		}
		b.WriteString(text)
		if bl.unsure && bl.kind != heading {
			b.WriteString(article.UnsureMark)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// writeCode writes lines between fences longer than any in them.
func writeCode(b *strings.Builder, bl block) {
	fence := "```"
	for strings.Contains(bl.text, fence) {
		fence += "`"
	}
	b.WriteString(fence + bl.language + "\n" + bl.text + "\n" + fence + "\n")
}

// writeTable writes a table; cells beyond the head's are dropped by every reader of such, so the head is made wide
// enough.
func writeTable(b *strings.Builder, bl block) {
	width := 0
	for _, row := range bl.rows {
		width = max(width, len(row))
	}
	for i, row := range bl.rows {
		b.WriteByte('|')
		for n := range width {
			cell := ""
			if n < len(row) {
				cell = strings.ReplaceAll(escape(strings.Join(strings.Fields(row[n]), " ")), "|", `\|`)
			}
			if bl.unsure && i > 0 && n == width-1 {
				cell += article.UnsureMark
			}
			b.WriteString(" " + cell + " |")
		}
		b.WriteByte('\n')
		if i == 0 {
			b.WriteString("|" + strings.Repeat(" --- |", width) + "\n")
		}
	}
}

// escape writes a line of text so that Markdown reads it back as it is.
func escape(line string) string {
	var b strings.Builder
	for i, r := range line {
		switch {
		case strings.ContainsRune("\\`*_[]<>~", r):
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '&' && i+1 < len(line) && (line[i+1] == '#' ||
			line[i+1]|0x20 >= 'a' && line[i+1]|0x20 <= 'z'): // would be an entity
			b.WriteString("&amp;")
		case i == 0 && strings.ContainsRune("#+-=:", r): // would be a heading, an item, a rule
			b.WriteByte('\\')
			b.WriteRune(r)
		case (r == '.' || r == ')') && i > 0 && strings.Trim(line[:i], "0123456789") == "": // would be a numbered item
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}
