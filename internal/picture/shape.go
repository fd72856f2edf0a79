package picture

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	arabicbold "eliasnaur.com/font/noto/sans/arabic/bold"
	arabic "eliasnaur.com/font/noto/sans/arabic/regular"
	"git.sr.ht/~sbinet/gg"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/math/fixed"
)

// shaped reports whether a text has to be shaped to be read: letters of Arabic script join, and run from the right.
func shaped(text string) bool {
	for _, r := range text {
		if unicode.Is(unicode.Arabic, r) {
			return true
		}
	}
	return false
}

// rightToLeft reports whether a text is written from the right: most of its letters are.
func rightToLeft(text string) bool {
	n := 0
	for _, r := range text {
		switch {
		case !unicode.IsLetter(r):
		case unicode.Is(unicode.Arabic, r):
			n++
		default:
			n--
		}
	}
	return n > 0
}

// A typesetter shapes lines of Arabic script with what stands between them. It is not for several goroutines.
type typesetter struct {
	faces   map[bool][]*font.Face // by bold: the Arabic face, and that of other letters
	shaper  shaping.HarfbuzzShaper
	cutter  shaping.Segmenter
	wrapper shaping.LineWrapper
}

func newTypesetter() (*typesetter, error) {
	t := &typesetter{faces: map[bool][]*font.Face{}}
	for bold, files := range map[bool][][]byte{
		false: {arabic.TTF, goregular.TTF},
		true:  {arabicbold.TTF, gobold.TTF},
	} {
		for _, file := range files {
			face, err := font.ParseTTF(bytes.NewReader(file))
			if err != nil {
				return nil, fmt.Errorf("read a font to shape with: %w", err)
			}
			t.faces[bold] = append(t.faces[bold], face)
		}
	}
	return t, nil
}

// A fontmap gives each letter the first face that has it.
type fontmap []*font.Face

func (m fontmap) ResolveFace(r rune) *font.Face {
	for _, f := range m {
		if _, ok := f.NominalGlyph(r); ok {
			return f
		}
	}
	return m[len(m)-1]
}

// line shapes a text as one line: its runs from left to right.
func (t *typesetter) line(text string, size float64, bold bool) shaping.Line {
	runes := []rune(text)
	in := shaping.Input{Text: runes, RunEnd: len(runes), Size: fixed.Int26_6(size * 64), Language: languageOf(text)}
	if rightToLeft(text) {
		in.Direction = di.DirectionRTL
	}
	var runs []shaping.Output
	for _, piece := range t.cutter.Split(in, fontmap(t.faces[bold])) {
		runs = append(runs, t.shaper.Shape(piece))
	}
	lines, _ := t.wrapper.WrapParagraph(shaping.WrapConfig{Direction: in.Direction}, unlimited, runes,
		shaping.NewSliceIterator(runs))
	if len(lines) == 0 {
		return nil
	}
	line := slices.Clone(lines[0])
	slices.SortFunc(line, func(a, b shaping.Output) int { return cmp.Compare(a.VisualIndex, b.VisualIndex) })
	return line
}

// languageOf tells Urdu, whose figures 4, 6 and 7 have shapes of their own, by letters that Persian and Pashto lack.
func languageOf(text string) language.Language {
	if strings.ContainsAny(text, "ٹڈڑںے") {
		return language.NewLanguage("ur")
	}
	return language.NewLanguage("fa")
}

// unlimited is a width in pixels that no line of a picture has.
const unlimited = 1 << 20

func (t *typesetter) width(text string, size float64, bold bool) float64 {
	sum := fixed.Int26_6(0)
	for _, run := range t.line(text, size, bold) {
		sum += run.Advance
	}
	return float64(sum) / 64
}

// draw fills the outlines of a line whose left end is at x and whose letters stand on y.
func (t *typesetter) draw(dc *gg.Context, text string, size float64, bold bool, x, y float64) {
	for _, run := range t.line(text, size, bold) {
		scale := size / float64(run.Face.Upem())
		for _, g := range run.Glyphs {
			if outline, ok := run.Face.GlyphData(g.GlyphID).(font.GlyphOutline); ok {
				path(dc, outline, scale, x+float64(g.XOffset)/64, y-float64(g.YOffset)/64)
				dc.Fill()
			}
			x += float64(g.Advance) / 64
		}
	}
}

// path adds the outline of a letter that stands at x, y. Outlines count upwards.
func path(dc *gg.Context, outline font.GlyphOutline, scale, x, y float64) {
	at := func(p opentype.SegmentPoint) (float64, float64) {
		return x + float64(p.X)*scale, y - float64(p.Y)*scale
	}
	for _, s := range outline.Segments {
		x0, y0 := at(s.Args[0])
		x1, y1 := at(s.Args[1])
		x2, y2 := at(s.Args[2])
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			dc.ClosePath()
			dc.MoveTo(x0, y0)
		case opentype.SegmentOpLineTo:
			dc.LineTo(x0, y0)
		case opentype.SegmentOpQuadTo:
			dc.QuadraticTo(x0, y0, x1, y1)
		case opentype.SegmentOpCubeTo:
			dc.CubicTo(x0, y0, x1, y1, x2, y2)
		}
	}
	dc.ClosePath()
}
