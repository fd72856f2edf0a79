// Package picture draws a timeline as a PNG, in process: a line with the events at their places, ranges as bars, the
// paragraph and the sentence of each beside it. It is the only importer of the drawing library and the fonts.
//
// The line runs down the picture. Its rows are in the order of time, and the room between them follows the time
// between them; a time much longer than the others is broken, which the line shows. Where things go is decided by a
// pure function, so that tests can hold every box against every other.
//
// The Go fonts have Latin, Greek and Cyrillic letters. Noto Sans Arabic has those of Urdu, Pashto, Dari and Arabic,
// which are shaped and stand at the right. Of a sentence in another script the date alone is drawn.
package picture

import (
	"fmt"
	"image/color"
	"io"
	"slices"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"

	"pilcrow/internal/timeline"
)

// Options say how a timeline is drawn. The zero Options draw it light and without a title.
type Options struct {
	Title string
	Dark  bool
}

// PNG draws the events, which must be in the order of timeline.Events, at most MaxEvents of them; the rest is
// counted. The picture is 800 pixels wide and as high as it needs to be, below 2000. It may be called by several
// goroutines.
func PNG(w io.Writer, events []timeline.Event, o Options) error {
	faces, err := newFaces(shaped(o.Title) || slices.ContainsFunc(events, func(e timeline.Event) bool {
		return shaped(e.Text) || shaped(e.Phrase)
	}))
	if err != nil {
		return err
	}
	l := layOut(events, o, faces.width)
	dc := gg.NewContext(int(l.Width), int(l.Height))
	draw(dc, l, paletteOf(o.Dark), faces)
	if err := dc.EncodePNG(w); err != nil {
		return fmt.Errorf("write the picture of a timeline: %w", err)
	}
	return nil
}

// A tone is what a color is for.
type tone int

const (
	plain tone = iota
	strong
	muted
	accent
)

// A palette has contrasts of 4.5 and more between its texts and its ground (WCAG 2.2, 1.4.3).
type palette struct {
	ground, line, bar, hollow color.RGBA
	tones                     [4]color.RGBA // by tone
}

func paletteOf(dark bool) palette {
	if dark {
		return palette{
			ground: rgb(0x1e1f22),
			line:   rgb(0x80848e),
			bar:    rgb(0x5a7bd8),
			hollow: rgb(0x1e1f22),
			tones: [4]color.RGBA{
				plain:  rgb(0xdbdee1),
				strong: rgb(0xffffff),
				muted:  rgb(0xa3a6ad),
				accent: rgb(0x9db2ff),
			},
		}
	}
	return palette{
		ground: rgb(0xffffff), line: rgb(0x8c939c), bar: rgb(0x8ea6f0), hollow: rgb(0xffffff),
		tones: [4]color.RGBA{plain: rgb(0x2e3338), strong: rgb(0x0b0d0f), muted: rgb(0x5c646d), accent: rgb(0x3b4fc4)},
	}
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

// draw paints what the layout says and decides nothing.
func draw(dc *gg.Context, l Layout, p palette, f *faces) {
	dc.SetColor(p.ground)
	dc.Clear()
	if l.axisBottom > l.axisTop {
		dc.SetColor(p.line)
		dc.SetLineWidth(3)
		dc.DrawLine(axisX, l.axisTop, axisX, l.axisBottom)
		dc.Stroke()
	}
	for _, y := range l.breaks {
		drawBreak(dc, y, p)
	}
	for _, b := range l.bars {
		dc.SetColor(p.bar)
		dc.DrawRoundedRectangle(b.X, b.Y, b.W, b.H, barWidth/2)
		dc.Fill()
	}
	for _, m := range l.marks {
		dc.SetColor(p.tones[accent])
		dc.DrawCircle(m.X, m.Y, dotRadius)
		dc.Fill()
		if m.Hollow {
			dc.SetColor(p.hollow)
			dc.DrawCircle(m.X, m.Y, dotRadius-3)
			dc.Fill()
		}
	}
	for _, t := range l.Labels {
		dc.SetColor(p.tones[t.Tone])
		const baseline = 0.76 // of the line height: the Go fonts' ascent with its share of the leading
		if f.shaping != nil && shaped(t.Text) {
			f.shaping.draw(dc, t.Text, t.Size, t.Bold, t.X, t.Y+t.H*baseline)
			continue
		}
		dc.SetFontFace(f.face(t.Size, t.Bold))
		dc.DrawString(t.Text, t.X, t.Y+t.H*baseline)
	}
}

// drawBreak cuts the line with two slanted strokes: here time is left out.
func drawBreak(dc *gg.Context, y float64, p palette) {
	const half, rise, apart = 9, 5, 4
	dc.SetColor(p.ground)
	dc.DrawRectangle(axisX-half, y-apart, 2*half, 2*apart)
	dc.Fill()
	dc.SetColor(p.line)
	dc.SetLineWidth(3)
	for _, at := range []float64{y - apart, y + apart} {
		dc.DrawLine(axisX-half, at+rise, axisX+half, at-rise)
		dc.Stroke()
	}
}

// faces are the fonts of one picture: a font.Face is not for several goroutines.
type faces struct {
	regular, bold *opentype.Font
	made          map[faceKey]font.Face
	shaping       *typesetter // nil where nothing has to be shaped
}

type faceKey struct {
	size float64
	bold bool
}

// newFaces scales the fonts. Those that texts are shaped with are read where there are such texts.
func newFaces(shaping bool) (*faces, error) {
	f := &faces{made: map[faceKey]font.Face{}}
	var err error
	if f.regular, err = opentype.Parse(goregular.TTF); err != nil {
		return nil, fmt.Errorf("read the regular font: %w", err)
	}
	if f.bold, err = opentype.Parse(gobold.TTF); err != nil {
		return nil, fmt.Errorf("read the bold font: %w", err)
	}
	if shaping {
		if f.shaping, err = newTypesetter(); err != nil {
			return nil, err
		}
	}
	for _, size := range []float64{textSize, smallSize, titleSize} {
		for _, bold := range []bool{false, true} {
			file := f.regular
			if bold {
				file = f.bold
			}
			face, err := opentype.NewFace(file, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingFull})
			if err != nil {
				return nil, fmt.Errorf("scale a font to %v: %w", size, err)
			}
			f.made[faceKey{size, bold}] = face
		}
	}
	return f, nil
}

func (f *faces) face(size float64, bold bool) font.Face { return f.made[faceKey{size, bold}] }

func (f *faces) width(text string, size float64, bold bool) float64 {
	if f.shaping != nil && shaped(text) {
		return f.shaping.width(text, size, bold)
	}
	return float64(font.MeasureString(f.face(size, bold), text)) / 64
}
