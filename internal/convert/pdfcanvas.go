package convert

import (
	"regexp"
	"strings"
	"unicode"

	"github.com/ledongthuc/pdf"
	"golang.org/x/text/unicode/norm"
)

// A glyph is a letter where it stands on a page, in points from the lower left.
type glyph struct {
	x, y, w float64 // w is its width
	size    float64 // of the font
	text    string
	bold    bool
	guessed bool // a space that the reader put in
	unsure  bool // nothing in the file says for certain which letter it is
}

// A matrix is a transformation: PDF 1.7, 8.3.3. It holds a b c d e f.
type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

// times is the transformation m, then n.
func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3], m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// A canvas collects what the operators of a page draw: PDF 1.7, chapter 9. The library's own walk knows neither color
// nor the widths of fonts of more than a byte a letter, nor what is drawn inside forms.
type canvas struct {
	fonts  map[string]*pdfFont
	glyphs []glyph
	hidden strings.Builder // the text that is white
}

// A textState is what operators set and q and Q save.
type textState struct {
	ctm                                       matrix
	font                                      *pdfFont
	size, charSpace, wordSpace, leading, rise float64
	scale                                     float64 // horizontal
	white                                     bool
}

// maxForms bounds forms inside forms.
const maxForms = 8

// show draws a stream of operators.
func (c *canvas) show(stream, resources pdf.Value, ctm matrix, depth int) {
	s := textState{ctm: ctm, scale: 1}
	var saved []textState
	text, line := identity, identity
	next := func(tx, ty float64) {
		line = matrix{1, 0, 0, 1, tx, ty}.times(line)
		text = line
	}
	pdf.Interpret(stream, func(stack *pdf.Stack, operator string) {
		args := popAll(stack)
		number := func(i int) float64 {
			if i < len(args) {
				return args[i].Float64()
			}
			return 0
		}
		switch operator {
		case "q":
			saved = append(saved, s)
		case "Q":
			if len(saved) > 0 {
				s, saved = saved[len(saved)-1], saved[:len(saved)-1]
			}
		case "cm":
			s.ctm = matrix{number(0), number(1), number(2), number(3), number(4), number(5)}.times(s.ctm)
		case "BT":
			text, line = identity, identity
		case "Tf":
			if len(args) == 2 {
				s.font, s.size = c.font(resources, args[0].Name()), number(1)
			}
		case "Tc":
			s.charSpace = number(0)
		case "Tw":
			s.wordSpace = number(0)
		case "Tz":
			s.scale = number(0) / 100
		case "TL":
			s.leading = number(0)
		case "Ts":
			s.rise = number(0)
		case "Td":
			next(number(0), number(1))
		case "TD":
			s.leading = -number(1)
			next(number(0), number(1))
		case "Tm":
			text = matrix{number(0), number(1), number(2), number(3), number(4), number(5)}
			line = text
		case "T*":
			next(0, -s.leading)
		case "Tj", "'", "\"":
			if operator != "Tj" {
				next(0, -s.leading)
			}
			if len(args) > 0 {
				c.write(&s, &text, args[len(args)-1].RawString())
			}
		case "TJ":
			if len(args) == 0 {
				return
			}
			for i := range args[0].Len() {
				if v := args[0].Index(i); v.Kind() == pdf.String {
					c.write(&s, &text, v.RawString())
				} else {
					text = matrix{1, 0, 0, 1, -v.Float64() / 1000 * s.size * s.scale, 0}.times(text)
				}
			}
		case "g", "rg", "k", "sc", "scn":
			s.white = isWhite(operator, args)
		case "Do":
			if len(args) == 0 || depth >= maxForms {
				return
			}
			form := resources.Key("XObject").Key(args[0].Name())
			if form.Key("Subtype").Name() != "Form" {
				return
			}
			m := identity
			if v := form.Key("Matrix"); v.Len() == 6 {
				for i := range m {
					m[i] = v.Index(i).Float64()
				}
			}
			inner := form.Key("Resources")
			if inner.IsNull() {
				inner = resources
			}
			c.show(form, inner, m.times(s.ctm), depth+1)
		}
	})
}

func popAll(stack *pdf.Stack) []pdf.Value {
	args := make([]pdf.Value, stack.Len())
	for i := len(args) - 1; i >= 0; i-- {
		args[i] = stack.Pop()
	}
	return args
}

// isWhite reads an operator that sets the color of letters: PDF 1.7, table 74. White letters are taken for hidden:
// those on a dark ground are headings of tables, mostly.
func isWhite(operator string, args []pdf.Value) bool {
	const nearly = 0.97
	if len(args) == 4 && operator != "g" && operator != "rg" { // inks
		return args[0].Float64()+args[1].Float64()+args[2].Float64()+args[3].Float64() < 1-nearly
	}
	if len(args) != 1 && len(args) != 3 {
		return false
	}
	for _, a := range args {
		if a.Kind() != pdf.Real && a.Kind() != pdf.Integer || a.Float64() < nearly {
			return false
		}
	}
	return operator == "g" || operator == "rg" || len(args) == 3
}

// write draws a string and moves on behind it.
func (c *canvas) write(s *textState, text *matrix, raw string) {
	if s.font == nil {
		return
	}
	for len(raw) > 0 {
		n := min(s.font.bytes, len(raw))
		code := raw[:n]
		raw = raw[n:]
		width := s.font.width(code) / 1000
		at := matrix{s.size * s.scale, 0, 0, s.size, 0, s.rise}.times(*text).times(s.ctm)
		letter := s.font.letter(code)
		upright := at[0] > 0 && abs(at[1]) < abs(at[0])/10 // text that is turned is a mark in the margin or a picture's
		size := abs(at[3])
		switch {
		case s.white || size < 1 && size > 0 && upright:
			c.hidden.WriteString(letter)
		case upright:
			c.glyphs = append(c.glyphs, glyph{at[4], at[5], width * at[0], size, letter, s.font.bold, false, false})
		}
		advance := width*s.size + s.charSpace
		if n == 1 && code == " " {
			advance += s.wordSpace
		}
		*text = matrix{1, 0, 0, 1, advance * s.scale, 0}.times(*text)
	}
	if s.white {
		c.hidden.WriteByte(' ')
	}
}

func abs(x float64) float64 { return max(x, -x) }

// A pdfFont decodes and measures the codes of a font.
type pdfFont struct {
	bytes   int // of a code
	bold    bool
	letters map[string]string
	decoder pdf.TextEncoding
	widths  map[int]float64 // in thousandths of the size
	usual   float64
}

// font is the font of the name. Subsets, which have names of their own, are parsed once for all pages.
func (c *canvas) font(resources pdf.Value, name string) *pdfFont {
	v := resources.Key("Font").Key(name)
	base := v.Key("BaseFont").Name()
	key := base + "\x00" + v.Key("FirstChar").String() + v.Key("LastChar").String() + v.Key("Encoding").Name() + "\x00" +
		name
	if f := c.fonts[key]; f != nil && strings.Contains(base, "+") {
		return f
	}
	f := newPDFFont(v)
	c.fonts[key] = f
	return f
}

func newPDFFont(v pdf.Value) *pdfFont {
	low := strings.ToLower(v.Key("BaseFont").Name())
	f := &pdfFont{
		bytes: 1, letters: map[string]string{}, widths: map[int]float64{}, usual: 500,
		bold: strings.Contains(low, "bold") || strings.Contains(low, "black") || strings.Contains(low, "heavy"),
	}
	font := pdf.Font{V: v}
	f.decoder = font.Encoder()
	if v.Key("Subtype").Name() == "Type0" {
		f.bytes = 2
		f.compositeWidths(v.Key("DescendantFonts").Index(0))
		return f
	}
	first := int(v.Key("FirstChar").Int64())
	widths := v.Key("Widths")
	for i := range min(widths.Len(), 256) {
		f.widths[first+i] = widths.Index(i).Float64()
	}
	if v.Key("Subtype").Name() == "Type3" { // its unit is its own
		scale := v.Key("FontMatrix").Index(0).Float64() * 1000
		for i := range f.widths {
			f.widths[i] *= scale
		}
	}
	return f
}

// compositeWidths reads the widths of a font of two bytes a letter: PDF 1.7, 9.7.4.3.
func (f *pdfFont) compositeWidths(v pdf.Value) {
	f.usual = 1000
	if dw := v.Key("DW"); !dw.IsNull() {
		f.usual = dw.Float64()
	}
	const maxCode = 1 << 16
	w := v.Key("W")
	for i := 0; i+1 < w.Len(); {
		first := int(w.Index(i).Int64())
		if list := w.Index(i + 1); list.Kind() == pdf.Array {
			for j := range min(list.Len(), maxCode) {
				f.widths[first+j] = list.Index(j).Float64()
			}
			i += 2
			continue
		}
		last, width := int(w.Index(i+1).Int64()), w.Index(i+2).Float64()
		for code := max(first, 0); code <= last && code < maxCode; code++ {
			f.widths[code] = width
		}
		i += 3
	}
}

func (f *pdfFont) width(code string) float64 {
	n := 0
	for i := range len(code) {
		n = n<<8 | int(code[i])
	}
	if w, ok := f.widths[n]; ok {
		return w
	}
	return f.usual
}

// letter is what a code stands for, "�" where that cannot be told.
func (f *pdfFont) letter(code string) string {
	if s, ok := f.letters[code]; ok {
		return s
	}
	s := strings.ToValidUTF8(f.decoder.Decode(code), "�")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\t' || r == '\n' || r == '\r':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Co, r): // private use: a symbol of the font's own
			return '�'
		}
		return r
	}, s)
	if s == "" {
		s = "�"
	}
	s = normalLetter(s)
	f.letters[code] = s
	return s
}

// normalLetter writes forms that only typesetters tell apart as the letters that they are: ligatures, the four forms of
// an Arabic letter.
func normalLetter(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\u2010' || r == '\u2011' { // hyphens
			return '-'
		}
		return r
	}, presentation.ReplaceAllStringFunc(s, norm.NFKC.String))
}

// presentation are Unicode's blocks of presentation forms, Latin, Hebrew and Arabic.
var presentation = regexp.MustCompile(`[\x{FB00}-\x{FDFB}\x{FE70}-\x{FEFC}]+`)
