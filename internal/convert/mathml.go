package convert

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// mathText writes a formula of MathML on one line: 3/4, 10^3, x², √(a + b). Where a fraction follows a figure a space
// parts them.
func mathText(n *html.Node, before string) string {
	m := formula{}
	m.row(n)
	text := strings.Join(strings.Fields(m.text.String()), " ")
	if last, _ := utf8.DecodeLastRuneInString(before); unicode.IsDigit(last) {
		return " " + text
	}
	return text
}

// A formula is being written.
type formula struct {
	text  strings.Builder
	ended bool // ends with a fraction: what follows stands beside it, not below the line
}

// write adds a text; 1/2 A, not 1/2A.
func (m *formula) write(text string) {
	if first, _ := utf8.DecodeRuneInString(text); m.ended && (unicode.IsLetter(first) || unicode.IsDigit(first)) {
		m.text.WriteByte(' ')
	}
	if text != "" {
		m.ended = false
	}
	m.text.WriteString(text)
}

func (m *formula) row(n *html.Node) {
	for c := range n.ChildNodes() {
		m.node(c)
	}
}

// part writes one argument by itself.
func part(n *html.Node) string {
	m := formula{}
	m.node(n)
	return strings.TrimSpace(m.text.String())
}

// grouped puts what has more than one sign in brackets.
func grouped(s string) string {
	if strings.ContainsAny(s, " +−-=·×/^") && !(strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")")) {
		return "(" + s + ")"
	}
	return s
}

func (m *formula) node(n *html.Node) {
	if n.Type == html.TextNode {
		m.write(strings.TrimSpace(visible(n.Data, nil)))
		return
	}
	var args []*html.Node
	for c := range n.ChildNodes() {
		if c.Type == html.ElementNode {
			args = append(args, c)
		}
	}
	argument := func(i int) string {
		if i < len(args) {
			return part(args[i])
		}
		return ""
	}
	switch name := strings.ToLower(n.Data); name {
	case "annotation", "annotation-xml":
	case "mfrac":
		m.fraction(argument(0), argument(1))
	case "msup", "mover":
		m.power(argument(0), argument(1))
	case "msub", "munder":
		m.write(argument(0) + lowered(argument(0), argument(1)))
	case "msubsup", "munderover":
		m.power(argument(0)+lowered(argument(0), argument(1)), argument(2))
	case "msqrt":
		in := formula{}
		in.row(n)
		m.write("√" + grouped(strings.TrimSpace(in.text.String())))
	case "mroot":
		m.write(argument(1) + "√" + grouped(argument(0)))
	case "mtr", "mtd":
		m.row(n)
		m.text.WriteByte(' ')
	case "mo":
		m.operator(strings.TrimSpace(textOf(n)))
	case "mspace":
		m.text.WriteByte(' ')
	case "mfenced":
		var parts []string
		for i := range args {
			parts = append(parts, argument(i))
		}
		m.write("(" + strings.Join(parts, ", ") + ")")
	default:
		m.row(n)
	}
}

// fraction writes a/b, parted from a figure before it.
func (m *formula) fraction(above, below string) {
	if last, _ := utf8.DecodeLastRuneInString(m.text.String()); unicode.IsDigit(last) || unicode.IsLetter(last) {
		m.text.WriteByte(' ')
	}
	m.write(grouped(above) + "/" + grouped(below))
	m.ended = true
}

// power writes what is raised.
func (m *formula) power(base, raised string) {
	if exponentText(raised) {
		m.write(base + exponent(base, raised))
		return
	}
	m.write(base + "^" + grouped(raised))
}

// operator writes a sign, with spaces where both sides have something.
func (m *formula) operator(sign string) {
	switch sign {
	case "\u2061", "\u2062", "\u2063", "\u2064", "": // applied, times, a comma, plus that nobody sees
	case "+", "−", "-", "=", "<", ">", "≤", "≥", "±", "≠", "≈", "×", "·", "→":
		if m.text.Len() == 0 {
			m.text.WriteString(sign)
			return
		}
		m.text.WriteString(" " + sign + " ")
	default:
		m.text.WriteString(sign)
	}
}
