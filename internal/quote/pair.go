package quote

import (
	"strings"
	"unicode"

	"pilcrow/internal/steps"
)

// A piece is a stretch between quotation marks inside one paragraph.
type piece struct {
	para       int
	start, end int  // the words, without marks and without space at the ends
	from, to   int  // with the marks, where they are printed
	continues  bool // runs on from the paragraph before
	runsOn     bool // runs on into the next paragraph
	open       bool // never closed
	single     bool // between single marks
}

// A style is a pair of marks that belong together; the state of the search is the style that is open.
type style uint8

const (
	none     style = iota
	doubles        // "…"
	curly          // “…”
	german         // „…“
	angles         // «…»
	inverted       // »…«
	singles        // ‘…’
	plain          // '…'
	corners        // 「…」
	low            // ‚…‘
	inner          // “…” inside “…”
	styles
)

// Costs of reading a mark in one way, in units of "somewhat unusual". They only have to order the readings: what is printed by
// the book costs nothing, and everything that must be a slip of the author's costs more than what is merely rare.
const (
	never      = 1e6
	slip       = 4.0 // a mark that no rule explains
	unclosed   = 3.5 // a quotation without an end
	carried    = 1.0 // an open quotation at the end of a paragraph, per paragraph
	mismatched = 1.5 // closed by a mark of another style
)

// A step is what the cheapest reading does with one mark.
type step struct {
	from   style
	action action
}

type action uint8

const (
	pass   action = iota // no mark of a quotation, or one inside a quotation
	begin                // opens
	finish               // closes
	repeat               // opens a further paragraph of the same quotation
	drop                 // at the end of a paragraph: the open quotation has no end
)

// pair finds the outermost quotations of a text by the cheapest reading of all its marks together: a Viterbi search
// whose states are the styles. It takes steps in proportion to the number of marks. Of a paragraph the first MaxMarks are read; beyond
// counts those that have more.
func pair(c *steps.Counter, texts []string) (pieces []piece, beyond int) {
	var marks []mark
	for _, text := range texts {
		found := marksOf(text)
		if found[len(found)-1].beyond {
			beyond++
		}
		if marks = append(marks, found...); !c.Take(len(found)) {
			return nil, beyond
		}
	}
	cost := [styles]float64{}
	for s := range cost {
		cost[s] = never
	}
	cost[none] = 0
	steps := make([][styles]step, len(marks))
	for i, m := range marks {
		next := [styles]float64{}
		for s := range next {
			next[s] = never * 2
		}
		try := func(from, to style, a action, c float64) {
			if c += cost[from]; c < next[to] {
				next[to] = c
				steps[i][to] = step{from, a}
			}
		}
		for s := range styles {
			if cost[s] >= never {
				continue
			}
			readings(m, s, try)
		}
		if cost = next; !c.Take(1) {
			return nil, beyond
		}
	}
	// An open end is not paid for at the last paragraph only: readings gave every style the way back to none.
	at := none
	actions := make([]step, len(marks))
	for i := len(marks) - 1; i >= 0; i-- {
		actions[i] = steps[i][at]
		at = actions[i].from
	}
	return cut(texts, marks, actions), beyond
}

// readings tries everything that mark m can be while style s is open.
func readings(m mark, s style, try func(from, to style, a action, c float64)) {
	switch {
	case m.size == 0 && s == none:
		try(s, none, pass, 0)
	case m.beyond: // what is open here would run over all that is not read
		try(s, none, drop, 0)
	case m.size == 0:
		try(s, none, drop, unclosed)
		if s != singles && s != plain && s != low && s != inner {
			try(s, s, pass, carried)
		}
	case s == none:
		try(s, s, pass, m.passCost())
		for to := doubles; to < styles; to++ {
			if c := m.openCost(to); c < never {
				try(s, to, begin, c)
			}
		}
	case s == inner:
		try(s, inner, pass, m.innerCost(curly))
		if m.glyph == upNine {
			try(s, curly, pass, 0)
		}
	default:
		if s == curly && m.glyph == upSix {
			try(s, inner, pass, 0.5)
		}
		try(s, none, finish, m.closeCost(s))
		if m.first && m.openCost(s) < slip {
			try(s, s, repeat, m.openCost(s))
		}
		try(s, s, pass, m.innerCost(s))
	}
}

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
	return never
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
			return never
		case m.stop:
			return 0
		case m.letter == 's':
			return 0.9
		}
		return 0.4
	}
	return never
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

// cut turns the reading into pieces.
func cut(texts []string, marks []mark, actions []step) []piece {
	var pieces []piece
	para, inside := 0, false
	var p piece
	closePiece := func(end, to int) {
		p.end, p.to = end, to
		p.start, p.end = trim(texts[p.para], p.start, p.end)
		if p.start < p.end {
			pieces = append(pieces, p)
		}
	}
	for i, m := range marks {
		switch actions[i].action {
		case begin:
			p = piece{para: para, from: m.at, start: m.at + m.size}
			p.single = m.glyph == single || m.glyph == singleSix || m.glyph == singleLow
			inside = true
		case repeat:
			p.from, p.start = m.at, m.at+m.size
		case finish:
			closePiece(m.at, m.at+m.size)
			inside = false
		case drop:
			p.open = true
			closePiece(m.at, m.at)
			inside = false
		case pass:
		}
		if m.size > 0 {
			continue
		}
		if inside {
			p.runsOn = true
			closePiece(m.at, m.at)
			p = piece{para: para + 1, continues: true}
		}
		para++
	}
	return pieces
}

// trim moves the ends inward over white space.
func trim(text string, start, end int) (int, int) {
	words := text[start:end]
	left := strings.TrimLeftFunc(words, unicode.IsSpace)
	start += len(words) - len(left)
	return start, start + len(strings.TrimRightFunc(left, unicode.IsSpace))
}
