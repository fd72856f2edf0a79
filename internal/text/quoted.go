package text

import (
	"strings"
	"unicode"

	"pilcrow/internal/steps"
)

// A QuotedSpan is a stretch between quotation marks inside one paragraph: the words, without the marks and without
// space at the ends.
type QuotedSpan struct {
	Span
	Paragraph int
	From, To  int  // with the marks, where they are printed
	Continues bool // runs on from the paragraph before
	RunsOn    bool // runs on into the next paragraph
	Open      bool // never closed
	Single    bool // between single marks
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

// runsOn reports whether a quotation of the style may be of several sentences, and run on into another paragraph.
func (s style) runsOn() bool {
	return s != none && s != singles && s != plain && s != low && s != inner
}

// closing is the mark that closes a style where it is printed by the book.
var closing = [styles]rune{doubles: '"', curly: '”', german: '“', angles: '»', inverted: '«', corners: '」'}

// Costs of reading a mark in one way, in units of "somewhat unusual". They only have to order the readings: what is
// printed by the book costs nothing, and everything that must be a slip of the author's costs more than what is merely
// rare.
const (
	impossible = 1e6
	slip       = 4.0 // a mark that no rule explains
	unclosed   = 3.5 // a quotation without an end
	cutOff     = 1.5 // a fragment that begins or ends inside a quotation: dearer than an inch
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

// Quotations finds the outermost quotations of consecutive paragraphs, in order, as far as the counter lets it. A
// quotation may run on over several. Of a paragraph the first MaxMarks marks are read; beyond counts those that have
// more.
func Quotations(c *steps.Counter, paragraphs []string) (found []QuotedSpan, beyond int) {
	return pair(c, paragraphs, false)
}

// Quoted finds the outermost quotations of a text by itself, which may be a sentence out of the middle of one: what
// stands before a closing mark without its opening one is quoted, and what stands behind an opening mark without its
// closing one. No mark but an apostrophe and that of inches is passed over.
func Quoted(text string) []QuotedSpan {
	if !strings.ContainsAny(text, marksAndApostrophes) {
		return nil
	}
	found, _ := pair(nil, []string{text}, true)
	return found
}

// pair finds quotations by the cheapest reading of all marks together: a Viterbi search whose states are the styles. It
// takes steps in proportion to the number of marks. A fragment may begin and end inside a quotation.
func pair(c *steps.Counter, texts []string, fragment bool) (pieces []QuotedSpan, beyond int) {
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
	for s := range styles {
		cost[s] = impossible
		if fragment && s.runsOn() && strings.ContainsRune(texts[0], closing[s]) {
			cost[s] = cutOff
		}
	}
	cost[none] = 0
	path := make([][styles]step, len(marks))
	for i, m := range marks {
		next := [styles]float64{}
		for s := range next {
			next[s] = impossible * 2
		}
		try := func(from, to style, a action, c float64) {
			if c += cost[from]; c < next[to] {
				next[to] = c
				path[i][to] = step{from, a}
			}
		}
		for s := range styles {
			if cost[s] >= impossible {
				continue
			}
			readings(m, s, fragment, try)
		}
		if cost = next; !c.Take(1) {
			return nil, beyond
		}
	}
	// An open end is not paid for at the last paragraph only: readings gave every style the way back to none.
	at := none
	actions := make([]step, len(marks))
	for i := len(marks) - 1; i >= 0; i-- {
		actions[i] = path[i][at]
		at = actions[i].from
	}
	return cut(texts, marks, actions, at), beyond
}

// readings tries everything that mark m can be while style s is open.
func readings(m mark, s style, fragment bool, try func(from, to style, a action, c float64)) {
	switch {
	case m.size == 0 && s == none:
		try(s, none, pass, 0)
	case m.beyond: // what is open here would run over all that is not read
		try(s, none, drop, 0)
	case m.size == 0 && fragment && s.runsOn():
		try(s, none, drop, cutOff)
	case m.size == 0:
		try(s, none, drop, unclosed)
		if s.runsOn() {
			try(s, s, pass, carried)
		}
	case s == none:
		cost := m.passCost()
		if fragment && cost >= slip {
			cost = impossible / 1_000
		}
		try(s, s, pass, cost)
		for to := doubles; to < styles; to++ {
			if c := m.openCost(to); c < impossible {
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

// cut turns the reading into pieces.
// begun is the style that is open before them.
func cut(texts []string, marks []mark, actions []step, begun style) []QuotedSpan {
	var pieces []QuotedSpan
	para, inside := 0, begun != none
	p := QuotedSpan{Continues: inside}
	closePiece := func(end, to int) {
		p.End, p.To = end, to
		p.Span = p.trim(texts[p.Paragraph])
		if p.Start < p.End {
			pieces = append(pieces, p)
		}
	}
	for i, m := range marks {
		switch actions[i].action {
		case begin:
			p = QuotedSpan{Span: Span{Start: m.at + m.size}, Paragraph: para, From: m.at}
			p.Single = m.glyph == single || m.glyph == singleSix || m.glyph == singleLow
			inside = true
		case repeat:
			p.From, p.Start = m.at, m.at+m.size
		case finish:
			closePiece(m.at, m.at+m.size)
			inside = false
		case drop:
			p.Open = true
			closePiece(m.at, m.at)
			inside = false
		case pass:
		}
		if m.size > 0 {
			continue
		}
		if inside {
			p.RunsOn = true
			closePiece(m.at, m.at)
			p = QuotedSpan{Paragraph: para + 1, Continues: true}
		}
		para++
	}
	return pieces
}

// trim moves the ends inward over white space.
func (s Span) trim(text string) Span {
	words := s.Of(text)
	left := strings.TrimLeftFunc(words, unicode.IsSpace)
	s.Start += len(words) - len(left)
	s.End = s.Start + len(strings.TrimRightFunc(left, unicode.IsSpace))
	return s
}
