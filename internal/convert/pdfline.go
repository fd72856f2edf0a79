package convert

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A textLine is what stands beside each other on a page, in one column.
type textLine struct {
	left, right, y float64
	size           float64
	text           string
	bold           bool
	reversed       bool // it was stored from the wrong end
	table          *block
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
)

// linesOf parts the letters of a page, in the order in which they are drawn, into pieces of lines.
func linesOf(p pdfPage, marks *script, d *draft) []textLine {
	b := lineBuilder{marks: marks, wordGap: wordGap, sizes: map[float64]int{}}
	if p.spaces {
		b.wordGap = wordGapWide
	}
	seen := seenLetters{}
	for _, g := range p.glyphs {
		if g.guessed && p.spaces || g.text != " " && seen.twice(g) {
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

	text          strings.Builder
	raised        strings.Builder // raised letters at the end
	line          textLine
	base          float64 // the size of the letters on the baseline
	last          glyph
	bold, letters int
	sizes         map[float64]int
	forth, back   int // steps between letters that are written from right to left, to the right and to the left
}

func (b *lineBuilder) add(g glyph) {
	unit := max(g.size, 1)
	if b.begun() {
		size := max(b.base, unit)
		up := g.y - b.line.y
		gap := max(g.x-b.last.x-b.last.w, b.last.x-g.x-g.w)
		if !b.rightToLeft(g) {
			gap = g.x - b.line.right
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
		case b.letters > 0 && g.size*smallerLeast > b.base && up < -raisedLeast*unit && up > -0.75*unit && gap < size && utf8.RuneCountInString(b.text.String()) <= 3:
			b.text.WriteByte(' ') // the mark stands before the text of the note
			b.line.y = g.y
		case math.Abs(up) > sameLine*size,
			!b.rightToLeft(g) && gap < -backwards && g.x < b.line.right-g.w-backwards*unit,
			gap > cellGap*size && g.text != " ":
			b.flush()
		case gap > b.wordGap*unit && g.text != " ":
			b.settle()
			b.text.WriteByte(' ')
		}
	}
	if !b.begun() {
		if g.text == " " {
			return
		}
		b.line = textLine{left: g.x, right: g.x, y: g.y}
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
	return rightToLeft(r) || rightToLeft(l) || b.back+b.forth > 0
}

// moved notes where the letter stands.
func (b *lineBuilder) moved(g glyph) {
	r, _ := utf8.DecodeRuneInString(g.text)
	l, _ := utf8.DecodeRuneInString(b.last.text)
	if rightToLeft(r) && rightToLeft(l) && b.begun() {
		switch {
		case g.x > b.last.x+0.1:
			b.forth++
		case g.x < b.last.x-0.1:
			b.back++
		}
	}
	b.line.left = min(b.line.left, g.x)
	b.line.right = max(b.line.right, g.x+g.w)
	b.last = g
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
	if l.text = strings.Join(strings.Fields(b.text.String()), " "); hasWord(l.text) || bulletAlone(l.text) {
		l.bold = b.bold*10 > b.letters*9
		most := 0
		for size, n := range b.sizes {
			if n > most || n == most && size > l.size {
				most, l.size = n, size
			}
		}
		if b.forth > b.back {
			l.text, l.reversed = logicalOrder(l.text), true
		}
		b.lines = append(b.lines, l)
	}
	b.text.Reset()
	clear(b.sizes)
	b.bold, b.letters, b.base, b.forth, b.back, b.last = 0, 0, 0, 0, 0, glyph{}
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

// logicalOrder turns a line round that was stored as it looks. Figures and words of other scripts keep their order.
func logicalOrder(s string) string {
	runes := []rune(s)
	slices.Reverse(runes)
	forward := func(r rune) bool { return unicode.IsDigit(r) || unicode.IsLetter(r) && !rightToLeft(r) }
	inside := func(r rune) bool { return strings.ContainsRune(".,:/-–", r) }
	for i := 0; i < len(runes); i++ {
		if !forward(runes[i]) {
			runes[i] = mirrored(runes[i])
			continue
		}
		end := i + 1
		for end < len(runes) && (forward(runes[end]) || inside(runes[end]) && end+1 < len(runes) && forward(runes[end+1])) {
			end++
		}
		slices.Reverse(runes[i:end])
		i = end - 1
	}
	return string(runes)
}

func mirrored(r rune) rune {
	const pairs = "()[]{}<>«»"
	if i := strings.IndexRune(pairs, r); i >= 0 {
		all := []rune(pairs)
		return all[slices.Index(all, r)^1]
	}
	return r
}
