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
	case s == doubles && m.glyph == straight, s == doubles && m.glyph == backticks:
		return shape
	case s == curly && m.glyph == upSix:
		return shape / 4
	case s == curly && m.glyph == upNine:
		return mismatched + shape
	case s == german && m.glyph == lowNine, s == angles && m.glyph == leftAngles,
		s == corners && m.glyph == leftCorner, s == low && m.glyph == singleLow:
		return shape / 4
	case s == angles && m.glyph == leftAngle:
		return shape/4 + 0.5
	case s == inverted && (m.glyph == rightAngles || m.glyph == rightAngle):
		if m.spaceAfter {
			return slip
		}
		return shape
	case s == singles && m.glyph == singleSix && !m.elision:
		return 0.6 + shape
	case s == plain && m.glyph == single && m.openBefore && !m.spaceAfter && !m.elision:
		return 0.6
	}
	return impossible
}

// closeCost is the cost of the mark as the end of a quotation of the style.
func (m mark) closeCost(s style) float64 {
	shape := 0.0
	switch {
	case m.shutAfter && !m.spaceBefore:
	case m.spaceBefore && m.verbAfter && m.stop:
		shape = 0.5
	case m.shutAfter:
		shape = 0.7
	case !m.spaceBefore:
		shape = 1
	default:
		shape = 4
	}
	switch {
	case s == doubles && m.glyph == straight:
		if m.inches {
			return shape + 3
		}
		return shape
	case s == curly && m.glyph == upNine, s == angles && m.glyph == rightAngles, s == german && m.glyph == upSix,
		s == corners && m.glyph == rightCorner, s == low && m.glyph == singleSix:
		return shape / 4
	case s == german && m.glyph == upNine, s == low && m.glyph == singleNine, s == angles && m.glyph == rightAngle:
		return shape/4 + 0.2
	case s == inverted && (m.glyph == leftAngles || m.glyph == leftAngle) && !m.spaceBefore:
		return shape
	case s == doubles && m.glyph == upNine, (s == curly || s == german) && m.glyph == straight:
		return mismatched + shape
	case s == curly && m.glyph == upSix:
		return 2 + shape
	case s == singles && m.glyph == singleNine, s == plain && m.glyph == single:
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
	return impossible
}

// innerCost is the cost of the mark as part of the words of an open quotation of the style.
func (m mark) innerCost(s style) float64 {
	switch s {
	case doubles:
		if m.glyph == straight {
			switch {
			case m.inches:
				return 0
			case m.digit:
				return 1.5
			}
			return slip
		}
		if m.glyph == upNine {
			return 1
		}
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
		if m.glyph == singleNine || m.glyph == single {
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
		if m.glyph == straight || m.glyph == upSix || m.glyph == upNine {
			return 0.5
		}
	case corners:
		if m.glyph == rightCorner {
			return slip
		}
	}
	return 0
}
