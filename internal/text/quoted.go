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
	return s != singles && s != plain && s != low && s != inner
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
		if m.first {
			try(s, s, repeat, m.openCost(s))
		}
		try(s, s, pass, m.innerCost(s))
	}
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
