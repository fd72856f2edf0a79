package main

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// Select Graphic Rendition codes (ECMA-48 8.3.117).
const (
	styleNone = ""
	styleBold = "1"
	styleDim  = "2"
	styleMark = "36" // cyan
)

// An atom is what a line is never broken inside of.
type atom struct {
	text  string
	space bool // a space stands before it
	style string
}

// width is in columns: wide characters take two, combining ones none.
func width(text string) int { return runewidth.StringWidth(text) }

// atoms cuts clean text at spaces, and between wide characters, which are written without any.
func atoms(text, style string) []atom {
	var out []atom
	space := strings.HasPrefix(text, " ")
	for word := range strings.FieldsSeq(text) {
		start := 0
		for i, r := range word {
			if i > start && runewidth.RuneWidth(r) == 2 {
				out = append(out, atom{word[start:i], space, style})
				start, space = i, false
			}
		}
		out = append(out, atom{word[start:], space, style})
		space = true
	}
	return out
}

// A page is where a reply is shown.
type page struct {
	columns int
	color   bool
}

// wrap lays the atoms out in lines, each with its prefix: first for the first line, then rest. An atom that is wider
// than a line is cut.
func (p page) wrap(list []atom, first, rest string) string {
	columns := max(p.columns, width(first)+minText, width(rest)+minText)
	l := layout{page: p, rest: rest}
	l.begin(first)
	for _, a := range list {
		need := width(a.text)
		if a.space && !l.empty {
			need++
		}
		if l.used+need > columns && !l.empty {
			l.newline()
		}
		if a.space && !l.empty {
			l.add(" ", a.style)
		}
		for text := a.text; text != ""; {
			piece := text
			if l.used+width(text) > columns {
				piece = prefixWithin(text, columns-l.used)
			}
			l.add(piece, a.style)
			if text = text[len(piece):]; text != "" {
				l.newline()
			}
		}
	}
	l.flush()
	l.out.WriteByte('\n')
	return l.out.String()
}

// A layout is a paragraph that is being laid out.
type layout struct {
	page  page
	rest  string // prefix of each line but the first
	out   strings.Builder
	run   string // what is not written yet, of one style
	style string
	used  int  // columns of this line
	empty bool // this line has its prefix alone
}

func (l *layout) begin(prefix string) {
	l.out.WriteString(l.page.paint(prefix, styleMark))
	l.used, l.empty = width(prefix), true
}

func (l *layout) newline() {
	l.flush()
	l.out.WriteByte('\n')
	l.begin(l.rest)
}

func (l *layout) add(text, style string) {
	if style != l.style {
		l.flush()
	}
	l.run, l.style = l.run+text, style
	l.used, l.empty = l.used+width(text), false
}

func (l *layout) flush() {
	l.out.WriteString(l.page.paint(l.run, l.style))
	l.run = ""
}

// minText is the fewest columns that text gets, however narrow the terminal.
const minText = 16

// prefixWithin is the longest prefix that fits the columns, at least one character.
func prefixWithin(text string, columns int) string {
	used := 0
	for i, r := range text {
		used += runewidth.RuneWidth(r)
		if used > columns && i > 0 {
			return text[:i]
		}
	}
	return text
}

func (p page) paint(text, style string) string {
	if !p.color || style == styleNone || strings.TrimSpace(text) == "" {
		return text
	}
	return "\x1b[" + style + "m" + text + "\x1b[0m"
}
