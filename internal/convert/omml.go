package convert

import "strings"

// wordMath writes a formula of Word on one line, as mathText does one of MathML: ECMA-376, part 1, 22.1.
func wordMath(e *element) string {
	m := formula{}
	m.wordRow(e)
	return strings.TrimSpace(m.text.String())
}

func wordPart(e *element) string {
	if e == nil {
		return ""
	}
	return wordMath(e)
}

func (m *formula) wordRow(e *element) {
	for _, c := range e.children {
		m.wordNode(c)
	}
}

func (m *formula) wordNode(e *element) {
	argument := func(name string) string { return wordPart(e.child(name)) }
	switch e.name {
	case "t":
		m.write(e.content())
	case "f":
		m.fraction(argument("num"), argument("den"))
	case "sSup":
		m.power(argument("e"), argument("sup"))
	case "sSub":
		base := argument("e")
		m.write(base + lowered(base, argument("sub")))
	case "sSubSup":
		base := argument("e")
		m.power(base+lowered(base, argument("sub")), argument("sup"))
	case "rad":
		m.write(argument("deg") + "√" + grouped(argument("e")))
	case "d":
		var parts []string
		for _, c := range e.children {
			if c.name == "e" {
				parts = append(parts, wordPart(c))
			}
		}
		opening, closing := "(", ")"
		if p := e.child("dPr"); p != nil {
			if c := p.child("begChr"); c != nil {
				opening = c.attr("val")
			}
			if c := p.child("endChr"); c != nil {
				closing = c.attr("val")
			}
		}
		m.write(opening + strings.Join(parts, ", ") + closing)
	case "nary":
		sign := "∫"
		if c := e.child("naryPr", "chr"); c != nil {
			sign = c.attr("val")
		}
		m.write(sign)
		if below := argument("sub"); below != "" {
			m.write("_" + grouped(below))
		}
		if above := argument("sup"); above != "" {
			m.write("^" + grouped(above))
		}
		m.write(" " + argument("e"))
	case "rPr", "fPr", "ctrlPr", "sSupPr", "sSubPr", "radPr", "naryPr", "oMathParaPr":
	default:
		m.wordRow(e)
	}
}
