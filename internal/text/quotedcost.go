package text

// passCost is the cost of a mark outside quotations that is no quotation mark.
func (m mark) passCost() float64 {
	switch m.glyph {
	case straight:
		switch {
		case m.inches:
			return 0
		case m.digit:
			return 1
		}
		return slip
	case single:
		if m.openBefore && !m.elision && !m.spaceAfter {
			return 1.2
		}
		return 0
	case singleNine:
		return 0
	case singleSix:
		if m.elision {
			return 0
		}
		return 1.5
	case singleLow:
		return 1
	}
	return slip
}

// openCost is the cost of the mark as the beginning of a quotation of the style.
func (m mark) openCost(s style) float64 {
	shape := 0.0
	switch {
	case m.openBefore && !m.spaceAfter:
	case m.openBefore:
		shape = 1
	case m.digit || m.spaceAfter:
		shape = 5
	default:
		shape = 2
	}
	switch {
	case s == inverted && m.spaceAfter && openPrices[s][m.glyph].possible():
		return slip
	case s == singles && m.elision, s == plain && (shape > 0 || m.elision):
		return impossible
	}
	return openPrices[s][m.glyph].of(shape)
}

// A price is what a glyph costs as an end of a quotation of a style: base, and so many times what its surroundings
// cost. The zero price is that of a glyph that is no such end.
type price struct{ base, times float64 }

func (p price) possible() bool { return p.times > 0 }

func (p price) of(shape float64) float64 {
	if !p.possible() {
		return impossible
	}
	return p.base + p.times*shape
}

// openPrices are those of the glyphs that open a style.
var openPrices = [styles][glyphCount]price{
	doubles:  {straight: {0, 1}, backticks: {0, 1}},
	curly:    {upSix: {0, 0.25}, upNine: {mismatched, 1}},
	german:   {lowNine: {0, 0.25}},
	angles:   {leftAngles: {0, 0.25}, leftAngle: {0.5, 0.25}},
	inverted: {rightAngles: {0, 1}, rightAngle: {0, 1}},
	corners:  {leftCorner: {0, 0.25}},
	low:      {singleLow: {0, 0.25}},
	singles:  {singleSix: {0.6, 1}},
	plain:    {single: {0.6, 1}},
}

// closePrices are those of the glyphs that close a style of double marks.
var closePrices = [styles][glyphCount]price{
	doubles:  {straight: {0, 1}, upNine: {mismatched, 1}},
	curly:    {upNine: {0, 0.25}, straight: {mismatched, 1}, upSix: {2, 1}},
	german:   {upSix: {0, 0.25}, upNine: {0.2, 0.25}, straight: {mismatched, 1}},
	angles:   {rightAngles: {0, 0.25}, rightAngle: {0.2, 0.25}},
	inverted: {leftAngles: {0, 1}, leftAngle: {0, 1}},
	corners:  {rightCorner: {0, 0.25}},
	low:      {singleSix: {0, 0.25}, singleNine: {0.2, 0.25}},
}

// closeCost is the cost of the mark as the end of a quotation of the style.
func (m mark) closeCost(s style) float64 {
	shape := 0.0
	switch {
	case m.shutAfter && !m.spaceBefore:
	case m.verbAfter && m.stop:
		shape = 0.5
	case m.shutAfter:
		shape = 0.7
	case !m.spaceBefore:
		shape = 1
	default:
		shape = 4
	}
	switch {
	case s == doubles && m.inches: // a straight mark
		return shape + 3
	case s == inverted && m.spaceBefore:
		return impossible
	case s == singles && m.glyph == singleNine, s == plain && m.glyph == single:
		return m.singleCloseCost()
	}
	return closePrices[s][m.glyph].of(shape)
}

// singleCloseCost is the cost of an apostrophe as the end of a quotation.
func (m mark) singleCloseCost() float64 {
	switch {
	case !m.shutAfter || m.spaceBefore:
		return impossible
	case m.stop:
		return 0
	case m.letter == 's':
		return 0.9
	}
	return 0.4
}

// innerCost is the cost of the mark as part of the words of an open quotation of the style.
func (m mark) innerCost(s style) float64 {
	switch s {
	case doubles:
		switch {
		case m.glyph == upNine:
			return 1
		case m.glyph != straight, m.inches:
			return 0
		case m.digit:
			return 1.5
		}
		return slip
	case curly, german:
		switch m.glyph {
		case upNine:
			return slip
		case upSix: // the same marks again, inside
			if s == german {
				return slip
			}
			return 2.5
		}
	case angles, inverted:
		if m.glyph == leftAngles || m.glyph == rightAngles {
			return 3
		}
	case singles, plain:
		switch m.glyph {
		case singleNine, single:
			return m.singleInnerCost()
		case straight, upSix, upNine:
			return 0.5
		}
	case corners:
		if m.glyph == rightCorner {
			return slip
		}
	}
	return 0
}

// singleInnerCost is the cost of an apostrophe among the words of a quotation in single marks.
func (m mark) singleInnerCost() float64 {
	switch {
	case !m.shutAfter:
		return 0
	case m.stop:
		return 2
	case m.letter == 's': // the possessive of a plural
		return 0.3
	}
	return 1
}
