package pdfium

import (
	"math"
	"strings"
)

// A Glyph is a letter where it stands on the page as it is looked at, in points from the lower left.
type Glyph struct {
	X, Y  float64 // the origin, on the baseline
	Right float64 // where the next letter would begin; behind X in the direction of writing
	Size  float64 // of the font
	Angle float64 // in degrees, counted counterclockwise; 0 is upright
	// Text is the letter, "�" where the document does not say which.
	Text   string
	Bold   bool
	Pale   bool // nearly white
	Clear  bool // drawn with nothing, as recognized text behind a picture is
	Unseen bool // Pale, and nothing stands out from the ground: filled by Document.Look
	Struck bool // a line goes through it
	Raised bool // a figure of the font's own that stands high and small, though on the baseline
	Coded  bool // told by its code alone: the font says nothing of it
	// Guessed is a space that PDFium put where letters stand apart; it has no width.
	Guessed bool
}

// A Page is what stands on one page.
type Page struct {
	Width, Height float64
	Glyphs        []Glyph // in the order of the document, which is that of reading within a line
	Fields        []Glyph // what is filled into forms, each a Glyph with several letters
	Bars          []Bar   // upright lines
	Pictures      int
}

// A Bar is an upright line, such as stands between the cells of a table.
type Bar struct{ X, Bottom, Top float64 }

// Bounds of a page.
const (
	maxGlyphs  = 200_000
	maxObjects = 20_000 // paths that are looked at for lines
	maxFields  = 2_000
)

// Page reads a page, counted from 0. With an error what was read before comes, too, and the document must be closed.
func (d *Document) Page(n int) (p Page, err error) {
	err = d.guard(func() error {
		page := d.call("FPDF_LoadPage", d.handle, uint64(n))
		if page == 0 {
			return nil // without a page there is no text
		}
		r := reader{Document: d, page: page, out: &p}
		r.turn = int(d.call("FPDFPage_GetRotation", page)) & 3
		r.box()
		r.letters()
		if d.form != 0 {
			r.fields()
		}
		r.strike()
		if err := r.look(); err != nil {
			return err
		}
		d.call("FPDF_ClosePage", page)
		return nil
	})
	return p, err
}

// A reader reads one page.
type reader struct {
	*Document
	page                     uint64
	turn                     int // quarter turns clockwise that the page is shown with
	left, bottom, wide, high float64
	out                      *Page
	last                     uint64 // the object of the letter before
	style                    objectStyle
}

// An objectStyle is what all letters of a text object share.
type objectStyle struct {
	size, angle float64
	bold        bool
	pale, clear bool
	font        *font
}

func (r *reader) box() {
	r.call("FPDF_GetPageBoundingBox", r.page, uint64(r.scratch))
	left, top, right, bottom := r.float32At(0), r.float32At(4), r.float32At(8), r.float32At(12)
	r.left, r.bottom = min(left, right), min(top, bottom)
	r.wide, r.high = math.Abs(right-left), math.Abs(top-bottom)
	r.out.Width, r.out.Height = r.wide, r.high
	if r.turn%2 == 1 {
		r.out.Width, r.out.Height = r.high, r.wide
	}
}

// at turns a point of the page's own space as the page is shown.
func (r *reader) at(x, y float64) (float64, float64) {
	x, y = x-r.left, y-r.bottom
	switch r.turn {
	case 1:
		return y, r.wide - x
	case 2:
		return r.wide - x, r.high - y
	case 3:
		return r.high - y, x
	}
	return x, y
}

func (r *reader) letters() {
	text := r.call("FPDFText_LoadPage", r.page)
	if text == 0 {
		return
	}
	defer r.call("FPDFText_ClosePage", text)
	n := min(int(int32(r.call("FPDFText_CountChars", text))), maxGlyphs)
	for i := range n {
		r.letter(text, uint64(i))
	}
}

func (r *reader) letter(text, i uint64) {
	code := rune(r.call("FPDFText_GetUnicode", text, i))
	if int32(r.call("FPDFText_IsGenerated", text, i)) == 1 { // a space or a line's end that is a guess
		if n := len(r.out.Glyphs); code == ' ' && n > 0 {
			last := r.out.Glyphs[n-1]
			last.Text, last.X, last.Guessed = " ", last.Right, true
			r.out.Glyphs = append(r.out.Glyphs, last)
		}
		return
	}
	object := r.call("FPDFText_GetTextObject", text, i)
	if object != r.last {
		r.last = object
		r.style = r.styleOf(text, i, object)
	}
	r.call("FPDFText_GetCharOrigin", text, i, uint64(r.scratch), uint64(r.scratch+8))
	x, y := r.float64At(0), r.float64At(8)
	r.call("FPDFText_GetLooseCharBox", text, i, uint64(r.scratch))
	left, top, right, bottom := r.float32At(0), r.float32At(4), r.float32At(8), r.float32At(12)
	g := Glyph{Size: r.style.size, Bold: r.style.bold, Pale: r.style.pale, Clear: r.style.clear}
	g.X, g.Y = r.at(x, y)
	x0, y0 := r.at(left, bottom)
	x1, y1 := r.at(right, top)
	g.Angle = math.Mod(r.style.angle-90*float64(r.turn)+720, 360)
	switch quarter := int(math.Round(g.Angle/90)) % 4; quarter {
	case 0:
		g.Right = max(x0, x1)
	case 1: // upwards
		g.Right = max(y0, y1)
	case 2:
		g.Right = min(x0, x1)
	case 3:
		g.Right = min(y0, y1)
	}
	g.Text = letterText(code)
	if int32(r.call("FPDFText_HasUnicodeMapError", text, i)) == 1 {
		g.Text, g.Coded = r.style.font.letter(byte(code), code > 0xff)
	}
	if len(g.Text) == 1 && g.Text[0] >= '0' && g.Text[0] <= '9' && g.Angle < 1 && r.turn == 0 {
		at := uint64(r.scratch)
		r.call("FPDFText_GetCharBox", text, i, at, at+8, at+16, at+24) // left, right, bottom, top
		low, high := r.float64At(16)-y, r.float64At(24)-y
		g.Raised = low > 0.2*g.Size && high-low < 0.6*g.Size && high > low
	}
	if g.Text != "" {
		r.out.Glyphs = append(r.out.Glyphs, g)
	}
}

// letterText is a letter as text: "" for what is none, "�" for what only its font knows.
func letterText(code rune) string {
	switch {
	case code == 0 || code == 0xfffe || code == 0xffff || code == 0xad:
		if code == 0xad { // a soft hyphen is drawn at the line's end
			return "-"
		}
		return ""
	case code == 2: // PDFium's mark of a hyphen at a line's end
		return "-"
	case code == ' ' || code == 0xa0 || code == '\t' || code == '\n' || code == '\r':
		return " "
	case code < ' ' || code >= 0x7f && code < 0xa0 || code >= 0xe000 && code <= 0xf8ff || code >= 0xf0000:
		return "�"
	}
	return string(code)
}

func (r *reader) styleOf(text, i, object uint64) objectStyle {
	s := objectStyle{size: 1, font: &font{}}
	r.call("FPDFText_GetMatrix", text, i, uint64(r.scratch))
	a, b, c, d := r.float32At(0), r.float32At(4), r.float32At(8), r.float32At(12)
	s.angle = math.Atan2(b, a) * 180 / math.Pi
	if object == 0 {
		s.size = math.Hypot(c, d)
		return s
	}
	r.call("FPDFTextObj_GetFontSize", object, uint64(r.scratch))
	s.size = math.Abs(r.float32At(0)) * math.Hypot(c, d)
	if f := r.call("FPDFTextObj_GetFont", object); f != 0 {
		if s.font = r.fonts[f]; s.font == nil {
			s.font = r.newFont(f)
			r.fonts[f] = s.font
		}
	}
	s.bold = s.font.bold
	const invisible, clip = 3, 7 // fpdf_edit.h
	mode := int32(r.call("FPDFTextObj_GetTextRenderMode", object))
	s.clear = mode == invisible || mode == clip
	r.call(
		"FPDFText_GetFillColor",
		text,
		i,
		uint64(r.scratch),
		uint64(r.scratch+4),
		uint64(r.scratch+8),
		uint64(r.scratch+12),
	)
	const nearly, hardly = 235, 12 // of 255
	red, green, blue, alpha := r.uint32At(0), r.uint32At(4), r.uint32At(8), r.uint32At(12)
	s.pale = min(red, green, blue) >= nearly || alpha <= hardly
	return s
}

// fields reads what is filled into a form. It is no text of the page.
func (r *reader) fields() {
	n := min(int(int32(r.call("FPDFPage_GetAnnotCount", r.page))), maxFields)
	for i := range n {
		annotation := r.call("FPDFPage_GetAnnot", r.page, uint64(i))
		if annotation == 0 {
			continue
		}
		r.field(annotation)
		r.call("FPDFPage_CloseAnnot", annotation)
	}
}

func (r *reader) field(annotation uint64) {
	const widget, hidden, noView = 20, 2, 32                                     // fpdf_annot.h; PDF 1.7, table 165
	const push, checkBox, radio, comboBox, listBox, textField = 1, 2, 3, 4, 5, 6 // fpdf_formfill.h
	if r.call("FPDFAnnot_GetSubtype", annotation) != widget ||
		r.call("FPDFAnnot_GetFlags", annotation)&(hidden|noView) != 0 {
		return
	}
	value := ""
	switch int32(r.call("FPDFAnnot_GetFormFieldType", r.form, annotation)) {
	case checkBox, radio:
		value = "[ ]"
		if int32(r.call("FPDFAnnot_IsChecked", r.form, annotation)) == 1 {
			value = "[x]"
		}
	case comboBox, listBox, textField:
		n := uint32(r.call("FPDFAnnot_GetFormFieldValue", r.form, annotation, uint64(r.scratch), scratchBytes))
		value = strings.Join(strings.Fields(r.utf16At(min(n, scratchBytes))), " ")
	case push:
	}
	if value == "" {
		return
	}
	r.call("FPDFAnnot_GetRect", annotation, uint64(r.scratch))
	x0, y0 := r.at(r.float32At(0), r.float32At(4))
	x1, y1 := r.at(r.float32At(8), r.float32At(12))
	high := math.Abs(y1 - y0)
	const usual = 10 // points
	size := min(usual, max(high*0.7, 1))
	g := Glyph{X: min(x0, x1), Y: min(y0, y1) + (high-size)/2 + 0.2*size, Size: size, Text: value}
	g.Right = g.X + float64(len(value))*size/2
	r.out.Fields = append(r.out.Fields, g)
}

// strike reads lines, and marks letters that a thin line goes through: above the baseline, below the middle.
func (r *reader) strike() {
	const path, picture, thin, short = 2, 3, 2.0, 3.0 // fpdf_edit.h; points
	type rule struct{ left, right, y float64 }
	var rules []rule
	n := min(int(int32(r.call("FPDFPage_CountObjects", r.page))), maxObjects)
	for i := range n {
		object := r.call("FPDFPage_GetObject", r.page, uint64(i))
		if object == 0 {
			continue
		}
		switch r.call("FPDFPageObj_GetType", object) {
		case picture:
			r.out.Pictures++
			continue
		case path:
		default:
			continue
		}
		at := uint64(r.scratch)
		r.call("FPDFPageObj_GetBounds", object, at, at+4, at+8, at+12)
		x0, y0 := r.at(r.float32At(0), r.float32At(4))
		x1, y1 := r.at(r.float32At(8), r.float32At(12))
		switch wide, high := math.Abs(x1-x0), math.Abs(y1-y0); {
		case high <= thin && wide >= short:
			rules = append(rules, rule{min(x0, x1), max(x0, x1), (y0 + y1) / 2})
		case wide <= thin && high >= short:
			r.out.Bars = append(r.out.Bars, Bar{(x0 + x1) / 2, min(y0, y1), max(y0, y1)})
		}
	}
	const most = 2000 // rules: more are a drawing
	if len(rules) > most {
		return
	}
	for i := range r.out.Glyphs {
		g := &r.out.Glyphs[i]
		middle := (g.X + g.Right) / 2
		for _, l := range rules {
			if up := l.y - g.Y; up > 0.12*g.Size && up < 0.45*g.Size && l.left <= middle && middle <= l.right &&
				g.Angle < 1 {
				g.Struck = true
				break
			}
		}
	}
}
