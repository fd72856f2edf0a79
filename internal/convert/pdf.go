package convert

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"pilcrow/internal/pdfium"
)

// The bounds of a PDF. Memory and time bound it, too.
const (
	maxPages  = 5000
	maxGlyphs = 10_000_000
)

// A pdfText is what a reader found in a PDF: letters where they stand.
type pdfText struct {
	pages                []pdfPage
	title, author, made  string
	unread               int // pages that were not read to the end
	left                 leftOut
	coded                int // letters that only their codes tell
	recognized, pictures int // pages whose text lies behind their picture; pages without text
}

// A pdfPage is the letters of a page in the order of the document.
type pdfPage struct {
	glyphs []glyph
	fields []glyph // what is filled into forms
	bars   []pdfium.Bar
	spaces bool // words are parted by spaces of the document, and not by gaps alone
}

// readPDF rebuilds the text of a PDF, which knows neither words nor paragraphs, from where its letters stand. Where
// PDFium is not compiled, or fails, a smaller reader reads.
func readPDF(data []byte, engine *pdfium.Engine) (*draft, error) {
	if engine != nil {
		t, err := pdfiumText(data, engine)
		if refused, ok := errors.AsType[*Error](err); ok && refused.Msg == damagedPDF {
			if mended := withTrailer(data); mended != nil {
				t, err = pdfiumText(mended, engine)
			}
		}
		if _, refused := errors.AsType[*Error](err); refused {
			return nil, err
		}
		if err == nil {
			return t.draft()
		}
	}
	t, err := smallText(data)
	if err != nil {
		return nil, err
	}
	return t.draft()
}

// draft lays the letters out.
func (t *pdfText) draft() (*draft, error) {
	d := &draft{left: t.left, author: strings.TrimSpace(t.author), made: pdfDay(t.made)}
	if t.unread > 0 {
		d.notes = append(d.notes, Note{Kind: DamagedPages, N: t.unread})
	}
	if t.recognized > 0 {
		d.notes = append(d.notes, Note{Kind: Recognized, N: t.recognized})
	}
	if t.coded > 0 {
		d.notes = append(d.notes, Note{Kind: Coded, N: t.coded})
	}
	marks := &script{}
	var all []page
	for _, p := range t.pages {
		lines := linesOf(p, marks)
		all = append(all, page{lines: arrange(lines)})
	}
	layOut(d, all)
	if n := astray(d.blocks); n > 0 {
		d.notes = append(d.notes, Note{Kind: Disordered, N: n})
	}
	takePublicationLine(d)
	if title := strings.TrimSpace(t.title); hasWord(title) && !junkTitle.MatchString(title) {
		if d.title != "" && !sameTitle(d.title, title) { // what the page shows is not lost
			d.blocks = slices.Insert(d.blocks, 0, block{kind: heading, level: 1, text: d.title})
		}
		d.title = title
	}
	if d.words() == 0 && len(t.pages) > 0 {
		return nil, refuse(
			"there is no text in it: its pages are pictures, perhaps scanned; run a text recognition over it",
		)
	}
	if t.pictures > 0 {
		d.notes = append(d.notes, Note{Kind: EmptyPages, N: t.pictures})
	}
	if unknown, letters := unreadable(d.blocks); unknown*10 > letters {
		return nil, refuse("its letters cannot be told: its fonts do not say which they are; save it anew or as text")
	} else if unknown > 0 {
		d.notes = append(d.notes, Note{Kind: Untold, N: unknown})
	}
	return d, nil
}

const damagedPDF = "the PDF is damaged or cut short"

var (
	catalog   = regexp.MustCompile(`(?s)(?:^|[\r\n])(\d{1,9})\s+(\d{1,5})\s+obj\s*<<.{0,400}?/Type\s*/Catalog\b`)
	anyObject = regexp.MustCompile(`(?:^|[\r\n])(\d{1,9})\s+\d{1,5}\s+obj\b`)
)

// withTrailer ends a file that was cut off behind its objects: PDFium finds objects by itself, but not which one is
// the root. nil where there is no root in sight.
func withTrailer(data []byte) []byte {
	roots := catalog.FindAllSubmatch(data, -1)
	if roots == nil {
		return nil
	}
	most := 0
	for _, m := range anyObject.FindAllSubmatch(data, -1) {
		n, _ := strconv.Atoi(string(m[1]))
		most = max(most, n)
	}
	root := roots[len(roots)-1]
	return fmt.Appendf(
		slices.Clip(data),
		"\nxref\n0 0\ntrailer\n<</Size %d/Root %s %s R>>\nstartxref\n0\n%%%%EOF\n",
		most+1,
		root[1],
		root[2],
	)
}

// pdfiumText reads with PDFium. The error is an *Error where the document is at fault for certain.
func pdfiumText(data []byte, engine *pdfium.Engine) (*pdfText, error) {
	d, err := engine.Open(context.Background(), data) // the child has a deadline
	switch {
	case errors.Is(err, pdfium.ErrPassword):
		return nil, refuse("it is protected by a password: save it without")
	case errors.Is(err, pdfium.ErrFormat):
		return nil, refuse(damagedPDF)
	case err != nil:
		return nil, err
	}
	defer d.Close()
	if d.Pages > maxPages {
		return nil, refuse(fmt.Sprintf("there are more than %d pages in it", maxPages))
	}
	programs := fontPrograms(data)
	d.Program = programs
	t := &pdfText{title: d.Meta("Title"), author: d.Meta("Author"), made: d.Meta("CreationDate")}
	glyphs := 0
	for n := range d.Pages {
		p, err := d.Page(n)
		if glyphs += len(p.Glyphs); glyphs > maxGlyphs {
			return nil, refuse(fmt.Sprintf("there are more than %d letters in it", maxGlyphs))
		}
		t.add(p)
		if err != nil { // the module must not be called again
			t.unread = d.Pages - n
			break
		}
	}
	return t, nil
}

// add turns a page so that most of its text is upright, and leaves out what nobody sees.
func (t *pdfText) add(p pdfium.Page) {
	var count [4]int
	unpainted := 0
	for _, g := range p.Glyphs {
		count[quarter(g.Angle)]++
		if g.Clear {
			unpainted++
		}
	}
	most := slices.Index(count[:], slices.Max(count[:]))
	recognized := unpainted*10 > len(p.Glyphs)*9 && unpainted > 0
	if recognized {
		t.recognized++
	}
	if len(p.Glyphs) == 0 && len(p.Fields) == 0 && p.Pictures > 0 {
		t.pictures++
	}
	var out pdfPage
	var hidden, turned strings.Builder
	spaces, struck := 0, false
	for _, g := range p.Glyphs {
		if g.Text == " " && !g.Guessed {
			spaces++
		}
		u := upright(g, most, p)
		const lean = 8 // degrees
		switch off := abs(angleBetween(g.Angle, float64(most)*90)); {
		case g.Text != " " && (g.Unseen || g.Clear && !recognized || g.Size < 1 && g.Size > 0 || outside(u, p, most)):
			hidden.WriteString(g.Text)
			continue
		case off > lean:
			turned.WriteString(g.Text)
			continue
		}
		if g.Struck && g.Text != " " {
			if !struck {
				t.left.struck++
			}
			struck = true
			continue
		}
		struck = struck && g.Text != " "
		if g.Guessed && most != 0 { // on turned pages they are wrong
			continue
		}
		if g.Coded {
			t.coded++
		}
		u.unsure = u.unsure || recognized
		if g.Raised { // as a smaller letter above the line would be
			u.size, u.y = 0.6*g.Size, u.y+0.35*g.Size
		}
		out.glyphs = append(out.glyphs, u)
	}
	for _, g := range p.Fields {
		u := upright(g, 0, p)
		out.fields = append(out.fields, u)
	}
	out.spaces = spaces*15 > len(p.Glyphs)
	if most == 0 {
		out.bars = p.Bars
	}
	if most != 0 ||
		slices.ContainsFunc(
			out.glyphs,
			func(g glyph) bool { r, _ := utf8.DecodeRuneInString(g.text); return rightToLeft(r) },
		) {
		sortByPlace(
			out.glyphs,
		) // PDFium puts turned pages, and words beside those from right to left, into another order
	}
	t.left.hide(hidden.String())
	t.left.turned += len(strings.Fields(turned.String()))
	t.pages = append(t.pages, out)
}

// sortByPlace orders letters by lines, from the top, and along each.
func sortByPlace(glyphs []glyph) {
	slices.SortStableFunc(glyphs, func(a, b glyph) int { return cmp.Compare(b.y, a.y) })
	for from := 0; from < len(glyphs); {
		to := from + 1
		for to < len(glyphs) && glyphs[from].y-glyphs[to].y < sameLine*max(glyphs[to].size, 1) {
			to++
		}
		slices.SortStableFunc(glyphs[from:to], func(a, b glyph) int { return cmp.Compare(a.x, b.x) })
		from = to
	}
}

func quarter(angle float64) int { return int(angle/90+0.5) % 4 }

func angleBetween(a, b float64) float64 {
	d := a - b
	for d > 180 {
		d -= 360
	}
	for d < -180 {
		d += 360
	}
	return d
}

// upright turns a letter by quarters.
func upright(g pdfium.Glyph, quarters int, p pdfium.Page) glyph {
	x, y, right := g.X, g.Y, g.Right
	switch quarters {
	case 1:
		x, y = g.Y, p.Width-g.X
	case 2:
		x, y, right = p.Width-g.X, p.Height-g.Y, p.Width-g.Right
	case 3:
		x, y, right = p.Height-g.Y, g.X, p.Height-g.Right
	}
	w := right - x
	if r, _ := utf8.DecodeRuneInString(g.Text); rightToLeft(r) && w < 0 {
		x, w = right, -w
	}
	return glyph{x, y, max(w, 0), g.Size, normalLetter(g.Text), g.Bold, g.Guessed, g.Coded}
}

// outside reports a letter beside the page.
func outside(g glyph, p pdfium.Page, quarters int) bool {
	wide, high := p.Width, p.Height
	if quarters%2 == 1 {
		wide, high = high, wide
	}
	return wide > 0 && high > 0 && (g.x+g.w < 0 || g.x > wide || g.y+g.size < 0 || g.y > high)
}

var (
	junkTitle = regexp.MustCompile(`(?i)^(untitled|document\d*|microsoft word|powerpoint|slide \d)\b` +
		`|\.(docx?|tex|dvi|indd|qxd|pdf|rtf|odt|html?)$`)
	dayInPDF = regexp.MustCompile(`^(?:D:)?(\d{8})`) // PDF 1.7, 7.9.4
)

func pdfDay(s string) (day time.Time) {
	if m := dayInPDF.FindStringSubmatch(s); m != nil {
		day = parseDay(m[1])
	}
	return day
}

// unreadable counts the letters that could not be told, and all.
func unreadable(blocks []block) (unknown, letters int) {
	count := func(s string) {
		unknown += strings.Count(s, "�")
		letters += len(s)
	}
	for _, b := range blocks {
		count(b.text)
		for _, row := range b.rows {
			count(strings.Join(row, ""))
		}
	}
	return unknown, letters
}

// sameTitle reports that one title holds the other, but for marks.
func sameTitle(a, b string) bool {
	fold := func(s string) string {
		return strings.Join(
			strings.FieldsFunc(
				strings.ToLower(s),
				func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) },
			),
			" ",
		)
	}
	a, b = fold(a), fold(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
}
