package convert

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/pdfium"
)

// A textLine is what stands beside each other on a page, in one column.
type textLine struct {
	left, right, y float64
	size           float64
	text           string
	bold           bool
	table          *block
	cell           bool // an upright line parts it from the piece before
	unsure         bool // it holds a letter that may be another
	split          bool // it was joined of two texts with a gap between, as that of two columns
	astray         bool // where it stands in the text is not sure
	another        bool // it may begin another cell of a table
}

type page struct{ lines []textLine }

// Distances in sizes of the font.
const (
	wordGap      = 0.17 // a space of most fonts has a quarter
	wordGapWide  = 0.3  // where the document has spaces, letters may stand apart
	columnGap    = 2.5
	cellGap      = 1.1  // between cells of a table, at the least
	sameLine     = 0.5  // up or down
	raisedLeast  = 0.15 // above the line: an exponent or the mark of a note
	smallerLeast = 0.82 // of the size: likewise
	backwards    = 0.6  // accents are put over letters
	// longestFigure is a figure, or a word of another script, in a line from right to left.
	longestFigure = 8
)

// linesOf parts the letters of a page, in the order in which they are drawn, into pieces of lines.
func linesOf(p pdfPage, marks *script) []textLine {
	b := lineBuilder{marks: marks, wordGap: wordGap, sizes: map[float64]int{}}
	if p.spaces {
		b.wordGap = wordGapWide
	}
	seen := seenLetters{}
	var last glyph
	for _, g := range p.glyphs {
		ligature := g.x == last.x && g.y == last.y && g.w == last.w // its letters have one place
		if g.guessed && p.spaces || g.text != " " && !ligature && seen.twice(g) {
			continue
		}
		last = g
		if b.begun() && barBetween(p.bars, b.last, g) {
			b.flush()
			b.add(g)
			b.line.cell = true
			continue
		}
		b.add(g)
	}
	b.flush()
	for _, f := range p.fields {
		b.field(f)
	}
	return b.lines
}

// barBetween reports that an upright line stands between two letters of a line.
func barBetween(bars []pdfium.Bar, a, b glyph) bool {
	const most = 500 // more are a drawing
	if len(bars) > most || b.x < a.x+a.w || math.Abs(a.y-b.y) > 1 {
		return false
	}
	for _, bar := range bars {
		if bar.X >= a.x+a.w-0.5 && bar.X <= b.x+0.5 && bar.Bottom <= a.y+0.5*a.size && bar.Top >= a.y {
			return true
		}
	}
	return false
}

// seenLetters finds letters that are drawn twice to look bold.
type seenLetters map[seenLetter]bool

type seenLetter struct {
	text        string
	x, right, y int
}

// twice reports that the letter stands within a tenth of its size where the same one was.
func (s seenLetters) twice(g glyph) bool {
	const cell = 0.11
	unit := max(g.size, 1) * cell
	x, right, y := int(math.Round(g.x/unit)), int(math.Round((g.x+g.w)/unit)), int(math.Round(g.y/unit))
	for dx := -1; dx <= 1; dx++ {
		for dy := -1; dy <= 1; dy++ { // the letters of a ligature begin at one place and end at several
			if s[seenLetter{g.text, x + dx, right + dx, y + dy}] {
				return true
			}
		}
	}
	s[seenLetter{g.text, x, right, y}] = true
	return false
}

// A lineBuilder collects letters into pieces of lines.
type lineBuilder struct {
	lines   []textLine
	marks   *script
	wordGap float64

	ended         bool // a piece has just ended, and the next may be a cell
	text          strings.Builder
	raised        strings.Builder // raised letters at the end
	line          textLine
	base          float64 // the size of the letters on the baseline
	last          glyph
	bold, letters int
	sizes         map[float64]int
	rtl           bool    // there are letters that are written from right to left
	glyphs        []glyph // of the piece, for those
}

func (b *lineBuilder) add(g glyph) {
	unit := max(g.size, 1)
	if b.begun() {
		size := max(b.base, unit)
		up := g.y - b.line.y
		gap := g.x - b.line.right
		if b.rightToLeft(g) {
			gap = max(gap, b.line.left-g.x-g.w)
			if r, _ := utf8.DecodeRuneInString(g.text); !rightToLeft(r) && gap < longestFigure*size {
				gap = min(gap, 0) // the first digit of a figure stands at its far end
			}
		}
		small := g.size < smallerLeast*b.base || g.size < 0.95*b.base && math.Abs(up) > 0.25*b.base
		switch {
		case small && up > raisedLeast*b.base && up < 0.75*b.base && gap < 0.6*size && gap > -backwards*size:
			if gap > b.wordGap*unit && b.raised.Len() > 0 {
				b.raised.WriteByte(' ')
			}
			b.raised.WriteString(g.text)
			b.moved(g)
			return
		case small && up < 0 && up > -0.45*b.base && gap < 0.4*size && gap > -backwards*size && g.text != " ":
			b.settle()
			b.text.WriteString(lowered(b.text.String(), g.text))
			b.moved(g)
			return
		case b.letters > 0 && g.size*smallerLeast > b.base && up < -raisedLeast*unit && up > -0.75*unit && gap < size &&
			utf8.RuneCountInString(b.text.String()) <= 3:
			b.text.WriteByte(' ') // the mark stands before the text of the note
			b.line.y = g.y
		case math.Abs(up) > sameLine*size,
			!b.rightToLeft(g) && gap < -backwards && g.x < b.line.right-g.w-backwards*unit,
			gap > cellGap*size && g.text != " ":
			b.flush()
		case gap > b.wordGap*unit && g.text != " " && b.wordGap == wordGapWide && b.last.text != " " && !b.rtl:
			b.flush() // where words are parted by spaces, this is no space
			b.line.cell, b.ended = true, true
		case gap > b.wordGap*unit && g.text != " ":
			b.settle()
			b.text.WriteByte(' ')
		}
	}
	if !b.begun() {
		if g.text == " " {
			return
		}
		b.line = textLine{left: g.x, right: g.x, y: g.y, cell: b.line.cell && b.ended}
		b.ended = false
	}
	b.settle()
	b.text.WriteString(g.text)
	if g.text != " " {
		b.letters++
		b.base = max(b.base*0.999, g.size)
		b.sizes[math.Round(g.size*2)/2]++
		if g.bold {
			b.bold++
		}
	}
	b.moved(g)
}

func (b *lineBuilder) begun() bool { return b.text.Len() > 0 || b.raised.Len() > 0 }

// rightToLeft reports that the letter, or the one before, is of a script that is written so.
func (b *lineBuilder) rightToLeft(g glyph) bool {
	r, _ := utf8.DecodeRuneInString(g.text)
	l, _ := utf8.DecodeRuneInString(b.last.text)
	return rightToLeft(r) || rightToLeft(l) || b.rtl
}

// moved notes where the letter stands.
func (b *lineBuilder) moved(g glyph) {
	if r, _ := utf8.DecodeRuneInString(g.text); rightToLeft(r) {
		b.rtl = true
	}
	b.line.left = min(b.line.left, g.x)
	b.line.right = max(b.line.right, g.x+g.w)
	b.line.unsure = b.line.unsure || g.unsure
	b.last = g
	b.glyphs = append(b.glyphs, g)
}

// settle writes what is raised onto the line.
func (b *lineBuilder) settle() {
	if b.raised.Len() == 0 {
		return
	}
	raised := b.raised.String()
	b.raised.Reset()
	b.text.WriteString(b.marks.raised(b.text.String(), raised, false))
	if strings.HasSuffix(raised, " ") {
		b.text.WriteByte(' ')
	}
}

// flush ends the piece.
func (b *lineBuilder) flush() {
	b.settle()
	l := b.line
	text := b.text.String()
	if b.rtl { // programs store such lines from either end, or a word from each
		text = b.byPlace()
	}
	if l.text = strings.Join(strings.Fields(text), " "); hasWord(l.text) || bulletAlone(l.text) {
		l.bold = b.bold*10 > b.letters*9
		most := 0
		for size, n := range b.sizes {
			if n > most || n == most && size > l.size {
				most, l.size = n, size
			}
		}
		b.lines = append(b.lines, l)
	}
	b.text.Reset()
	clear(b.sizes)
	b.bold, b.letters, b.base, b.rtl, b.last, b.glyphs = 0, 0, 0, false, glyph{}, nil
}

// byPlace reads the piece by where its letters stand: as it looks, and then in the order of reading.
func (b *lineBuilder) byPlace() string {
	type placed struct {
		glyph
		at float64
	}
	var all []placed
	for _, g := range b.glyphs {
		p := placed{g, g.x}
		if r, _ := utf8.DecodeRuneInString(g.text); unicode.Is(
			unicode.Mn,
			r,
		) { // a mark goes with the letter that it is over
			for _, base := range b.glyphs {
				if l, _ := utf8.DecodeRuneInString(base.text); unicode.IsLetter(l) && base.x <= g.x+g.w/2 &&
					g.x+g.w/2 <= base.x+base.w {
					p.at = base.x
				}
			}
		}
		all = append(all, p)
	}
	// From the right, as most of it is read; marks stay behind their letters.
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(b.at, a.at) })
	var text strings.Builder
	for i, p := range all {
		if i > 0 && p.text != " " && all[i-1].x-p.x-p.w > b.wordGap*max(p.size, 1) {
			text.WriteByte(' ')
		}
		text.WriteString(p.text)
	}
	return logicalOrder(text.String())
}

// bulletAlone reports the sign of an item that stands apart from it.
func bulletAlone(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return size > 0 && size == len(s) && strings.ContainsRune(bullets, r)
}

// field puts what is filled into a form behind the text before it, or on a line of its own.
func (b *lineBuilder) field(f glyph) {
	best := -1
	for i, l := range b.lines {
		if math.Abs(l.y-f.y) < max(l.size, f.size) && l.right <= f.x+1 && (best < 0 || l.right > b.lines[best].right) {
			best = i
		}
	}
	if best < 0 {
		b.lines = append(b.lines, textLine{left: f.x, right: f.x + f.w, y: f.y, size: f.size, text: f.text})
		return
	}
	b.lines[best].text += " " + f.text
	b.lines[best].right = f.x + f.w
}

// rightToLeft reports the letters of the scripts that are written from right to left.
func rightToLeft(r rune) bool {
	return r >= 0x590 && r <= 0x8ff && unicode.IsLetter(r) || r >= 0xfb1d && r <= 0xfdff ||
		r >= 0xfe70 && r <= 0xfefc ||
		r >= 0x10800 && r <= 0x10fff
}

// logicalOrder puts figures and words of other scripts into their own order in a line that was read from the right.
// Where most words are of other scripts, the line is read from the left, and what is written from the right is
// turned.
func logicalOrder(s string) string {
	runes := []rune(s)
	rtl, ltr := 0, 0
	for _, r := range runes {
		switch {
		case rightToLeft(r):
			rtl++
		case unicode.IsLetter(r):
			ltr++
		}
	}
	turns := func(r rune) bool { return unicode.IsDigit(r) || unicode.IsLetter(r) && !rightToLeft(r) }
	inside := func(r rune) bool { return strings.ContainsRune(".,:/-–%", r) }
	if ltr > rtl {
		slices.Reverse(runes)
		turns = func(r rune) bool { return rightToLeft(r) || unicode.Is(unicode.Mn, r) }
		inside = func(r rune) bool { return r == ' ' }
	}
	for i := 0; i < len(runes); i++ {
		if !turns(runes[i]) {
			continue
		}
		end := i + 1
		for end < len(runes) && (turns(runes[end]) || inside(runes[end]) && end+1 < len(runes) && turns(runes[end+1])) {
			end++
		}
		slices.Reverse(runes[i:end])
		i = end - 1
	}
	if ltr <= rtl {
		pairBrackets(runes)
	}
	return string(runes)
}

// pairBrackets mirrors brackets that were stored as they look.
func pairBrackets(runes []rune) {
	depth := 0
	for _, r := range runes {
		switch r {
		case '(', '[', '«':
			depth++
		case ')', ']', '»':
			if depth--; depth < 0 {
				for i := range runes {
					runes[i] = mirrored(runes[i])
				}
				return
			}
		}
	}
}

func mirrored(r rune) rune {
	const pairs = "()[]{}<>«»"
	if i := strings.IndexRune(pairs, r); i >= 0 {
		all := []rune(pairs)
		return all[slices.Index(all, r)^1]
	}
	return r
}
